// identity pages: the logo of a library: chosen, described, removed, brought back, served.
#pragma once

#include "web/fields.hpp"

namespace kedge::identity::pages {

struct LogoPage {
  web::Url image;            // empty: there is none
  std::string alternative;
  web::Field file;
  web::Field words;          // for who can't see it
};

[[nodiscard]] Result<web::Reply> show_logo(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_logo(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> remove_logo_page(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> restore_logo_page(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> logo_file(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
