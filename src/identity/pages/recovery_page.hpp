// identity pages: a new password by link or by recovery code, and opening private answers again.
#pragma once

#include "web/context.hpp"

namespace kedge::identity::pages {

[[nodiscard]] Result<web::Reply> show_reset(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_reset(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_recover(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_recover(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_ask_letter(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_ask_letter(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
