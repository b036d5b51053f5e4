// identity pages: signing in and out.
#pragma once

#include "web/context.hpp"

namespace kedge::identity::pages {

[[nodiscard]] Result<web::Reply> show_sign_in(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_sign_in(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_second_step(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> choose_library_of(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_sign_out(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_sign_out(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
