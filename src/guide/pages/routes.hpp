// guide pages: the addresses of workbooks.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::guide {

extern const std::span<const web::Route> kRoutes;

}  // namespace kedge::guide
