// identity pages: welcome, signing in, ways in, the account, people and settings.
#pragma once

#include "web/context.hpp"
#include "web/route.hpp"

namespace kedge::identity::pages {

extern const web::Routes kRoutes;

// The doors on every page of the example library, for House::banner.
[[nodiscard]] web::Banner example_banner(const web::Context& context);

}  // namespace kedge::identity::pages
