// web: "Ana and Luis are here too", as a live region.
#pragma once

#include <string_view>

#include "web/context.hpp"

namespace kedge::web {

[[nodiscard]] Html presence_line(Context& context, std::string_view topic);

}  // namespace kedge::web
