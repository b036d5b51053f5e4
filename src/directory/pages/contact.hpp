// directory pages: one contact of an organization.
#pragma once

#include "directory/pages/directory_page.hpp"
#include "lineage/pages/rights.hpp"
#include "lineage/pages/shown.hpp"

namespace kedge::directory::pages {

struct ContactForm {
  web::Form form;
  std::string title;
  std::string organization;
  web::Url at;               // the organization
  web::Url action;
  web::Url removal;          // empty: it is a new one
  std::int64_t version = 0;
  web::Field name;
  web::Field role;           // HSDS title
  web::Field department;
  web::Field phone;
  web::Field email;
  std::vector<lineage::pages::ThreadLine> uses;
  bool named = false;  // by rows of a workbook: not removed before they say something else
  std::vector<lineage::pages::Differing> differing;
};

Result<web::Reply> new_contact(const web::Request& request, web::Context& context);      // GET  /directory/organizations/{id}/contacts/new
Result<web::Reply> make_contact(const web::Request& request, web::Context& context);     // POST /directory/organizations/{id}/contacts
Result<web::Reply> show_contact(const web::Request& request, web::Context& context);     // GET  /directory/contacts/{id}
Result<web::Reply> save_contact(const web::Request& request, web::Context& context);     // POST /directory/contacts/{id}
Result<web::Reply> drop_contact(const web::Request& request, web::Context& context);     // POST /directory/contacts/{id}/removal
Result<web::Reply> return_contact(const web::Request& request, web::Context& context);   // POST /directory/contacts/{id}/restoration

}  // namespace kedge::directory::pages
