// lineage pages: findings and themes.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::lineage::pages {

extern const std::span<const web::Route> kRoutes;

}  // namespace kedge::lineage::pages
