// lineage pages: findings and themes.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::search::pages {
class Source;
}

namespace kedge::lineage::pages {

extern const std::span<const web::Route> kRoutes;
extern const std::span<search::pages::Source* const> kSources;  // what can be found of it

}  // namespace kedge::lineage::pages
