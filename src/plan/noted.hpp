// plan: what was noted on the way, of a whole library at once.
#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace kedge::plan {

// Newest first; those of removed actions too.
[[nodiscard]] Result<std::vector<CheckIn>> all_check_ins(store::Read& db, const store::Scope& scope);

}  // namespace kedge::plan
