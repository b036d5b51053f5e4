// identity pages: coming in by a code or an invitation.
#pragma once

#include "web/context.hpp"

namespace kedge::identity::pages {

[[nodiscard]] Result<web::Reply> show_join(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> find_join(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_join_by(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_join_by(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_invitation(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> accept_invitation_by(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
