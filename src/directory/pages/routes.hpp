// directory pages: organizations and contacts.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::directory::pages {

extern const std::span<const web::Route> kRoutes;

// Says how organizations and contacts read on the thread (lineage::pages::show_kind). Once, before the server starts.
void wire();

}  // namespace kedge::directory::pages
