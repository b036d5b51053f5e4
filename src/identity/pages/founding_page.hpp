// identity pages: founding a library by the console's code.
#pragma once

#include "web/context.hpp"

namespace kedge::identity::pages {

[[nodiscard]] Result<web::Reply> show_founding(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_found(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
