// web: the few routes that belong to no slice.
#pragma once

#include "web/route.hpp"

namespace kedge::web {

[[nodiscard]] Routes own_routes();

Result<Reply> choose_language(const Request& request, Context& context);
Result<Reply> follow_changes(const Request& request, Context& context);
Result<Reply> say_present(const Request& request, Context& context);
Result<Reply> show_presence(const Request& request, Context& context);

}  // namespace kedge::web
