// directory pages: the contacts as a file, for address books and spreadsheets.
#pragma once

#include "web/context.hpp"

namespace kedge::directory::pages {

Result<web::Reply> contacts_csv(const web::Request& request, web::Context& context);  // GET /directory/contacts.csv
Result<web::Reply> contacts_vcf(const web::Request& request, web::Context& context);  // GET /directory/contacts.vcf

}  // namespace kedge::directory::pages
