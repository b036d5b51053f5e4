// identity pages: the people of a library, and ways in for others.
#pragma once

#include <string>
#include <vector>

#include "identity/pages/parts.hpp"

namespace kedge::identity::pages {

struct PeopleView {
  struct Former {
    std::string name;
    web::Url forget;
  };
  struct Person {
    std::string name;
    std::string job;
    std::string roles;
    bool has_password = false;
    bool self = false;
    web::Url page;
  };
  struct Open {
    std::string words;
    web::Url withdraw;
    std::string label;
    std::string letter;  // how it stands with the letter; empty: none was sent
  };
  std::vector<Person> people;
  bool leads = false;
  web::Field code_role;
  std::vector<web::Field> invitation;
  std::vector<web::Field> roles;  // label and help of each, to be read
  bool may_mail = false;
  std::vector<Open> open;
  std::vector<Former> former;  // who left and is still named; for those who lead
};
struct PersonView {
  std::string name;
  std::string roles;
  std::vector<web::Field> fields;
  web::Url change;
  web::Url reset;
  web::Url close;
  bool may_reset = false;
  std::string letter_to;  // where a letter with the link may go; empty: nowhere
  bool may_close = false;
};

[[nodiscard]] Result<web::Reply> show_people(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_join_code(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> invite_by_link(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> withdraw(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_person(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_roles(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> make_reset(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_close(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_close(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_forget(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_forget(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
