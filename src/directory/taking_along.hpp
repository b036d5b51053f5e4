// directory: everything that is there as lines of a file, and when each record was last changed.
#pragma once

#include <vector>

#include "directory/lines.hpp"
#include "directory/vcard.hpp"

namespace kedge::directory {

// By organization, then by name; an organization without contacts has a line of its own.
[[nodiscard]] Result<std::vector<Line>> all_lines(store::Read& db, const store::Scope& scope);
[[nodiscard]] Result<ChangedAt> changed_at(store::Read& db, const store::Scope& scope);

}  // namespace kedge::directory
