// web: who else is at the same thing. Rows live a minute; never for marks, pulses or anything anonymous.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "web/context.hpp"

namespace kedge::web {

// Names of the others who are at `topic` ("answer/<id>") now, by name. Empty when it can't be told.
[[nodiscard]] std::vector<std::string> presence(Context& context, std::string_view topic);
// Removes who was not seen for a minute, and tells the feed so.
Done forget_absent(store::Tx& tx, const store::Scope& scope);
// Whether a topic may be followed at all: at most 120 of a-z 0-9 / - _ ., and not a staff care list, pulse or encounter.
[[nodiscard]] bool presence_allowed(std::string_view topic);

}  // namespace kedge::web
