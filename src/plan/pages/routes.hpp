// plan pages: actions.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::plan::pages {

extern const std::span<const web::Route> kRoutes;

// Says how an action reads on the thread (lineage::pages::show_kind). Once, before the server starts.
void wire();

}  // namespace kedge::plan::pages
