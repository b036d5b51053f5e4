// app pages: those about a whole library, which no module can know.
#pragma once

#include "web/route.hpp"

namespace kedge::app::pages {

extern const web::Routes kRoutes;

}  // namespace kedge::app::pages
