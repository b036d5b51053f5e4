// search pages: the search over everything that one may see, and the pages of help that it finds.
#pragma once

#include <span>

#include "search/pages/source.hpp"
#include "web/route.hpp"

namespace kedge::search::pages {

extern const std::span<const web::Route> kRoutes;
extern const std::span<Source* const> kSources;

}  // namespace kedge::search::pages
