// directory pages: organizations and contacts.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::search::pages {
class Source;
}

namespace kedge::directory::pages {

extern const std::span<const web::Route> kRoutes;
extern const std::span<search::pages::Source* const> kSources;  // what can be found of it

// Says how organizations and contacts read on the thread (lineage::pages::show_kind). Once, before the server starts.
void wire();

}  // namespace kedge::directory::pages
