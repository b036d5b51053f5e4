// directory pages: all organizations with their contacts.
#pragma once

#include <string>
#include <vector>

#include "directory/directory.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::directory::pages {

struct ContactLine {
  web::Url url;
  std::string name;
  std::string role;    // title and department
  std::string phone;
  web::Url call;       // tel:
  std::string email;
  web::Url write;      // mailto:
};
[[nodiscard]] ContactLine contact_line(const Contact& contact);

struct OrganizationCard {
  web::Url url;
  std::string name;
  std::string kind;    // in words; empty: none
  std::string about;
  std::vector<ContactLine> contacts;
};

struct DirectoryPage {
  std::vector<OrganizationCard> cards;
  web::Field query;
  web::Field kind;
  bool filtered = false;
  web::Url fragment;
  web::Url restoration;  // of an organization that was just removed; empty: none was
};

// The kinds in words, after a first choice of no kind.
[[nodiscard]] std::vector<web::Choice> kind_choices(const locale::Words& words, std::string_view none);
[[nodiscard]] std::string kind_words(const locale::Words& words, const std::string& kind);

Result<web::Reply> list_directory(const web::Request& request, web::Context& context);  // GET /directory?q=&kind=

}  // namespace kedge::directory::pages
