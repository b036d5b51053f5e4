// guide pages: the addresses of workbooks.
#pragma once

#include <span>

#include "web/route.hpp"

namespace kedge::search::pages {
class Source;
}

namespace kedge::guide {

extern const std::span<const web::Route> kRoutes;
extern const std::span<search::pages::Source* const> kSources;  // what can be found of it

// Says how answers and bands read on the thread. Once, before the server starts.
void wire();

}  // namespace kedge::guide
