// directory pages: one organization, its contacts and where it is used.
#pragma once

#include "directory/pages/directory_page.hpp"
#include "lineage/pages/rights.hpp"
#include "lineage/pages/shown.hpp"

namespace kedge::directory::pages {

struct OrganizationPage {
  Organization organization;
  std::string kind;
  web::Url website;
  web::Url write;
  std::vector<ContactLine> contacts;
  std::vector<lineage::pages::ThreadLine> uses;
  bool named = false;  // by rows of a workbook: it is not removed before they say something else
  web::Url self;
  web::Url edit;
  web::Url add_contact;
  web::Url make_action;
  web::Url removal;
  web::Url restoration;  // of a contact that was just removed; empty: none was
};

struct OrganizationForm {
  web::Form form;
  std::string title;
  web::Url action;
  web::Url back;
  std::int64_t version = 0;
  web::Field name;
  web::Field alternate_name;
  web::Field kind;
  web::Field description;
  web::Field email;
  web::Field website;
  std::vector<lineage::pages::Differing> differing;
};

Result<web::Reply> new_organization(const web::Request& request, web::Context& context);      // GET  /directory/organizations/new
Result<web::Reply> make_organization(const web::Request& request, web::Context& context);     // POST /directory/organizations
Result<web::Reply> show_organization(const web::Request& request, web::Context& context);     // GET  /directory/organizations/{id}
Result<web::Reply> edit_organization(const web::Request& request, web::Context& context);     // GET  /directory/organizations/{id}/edit
Result<web::Reply> save_organization(const web::Request& request, web::Context& context);     // POST /directory/organizations/{id}
Result<web::Reply> remove_organization(const web::Request& request, web::Context& context);   // POST the same with /removal
Result<web::Reply> restore_organization(const web::Request& request, web::Context& context);  // POST the same with /restoration

}  // namespace kedge::directory::pages
