// lineage: addresses of what is gone, for the daily work of whoever owns it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lineage/lineage.hpp"

namespace kedge::lineage {

// What evidence and links of this kind name, each once.
[[nodiscard]] Result<std::vector<std::string>> named(store::Read& db, const store::Scope& scope, std::string_view kind);
// The address of what is gone goes too; the finding still says that it rested on something.
Done loosen(store::Tx& tx, const store::Scope& scope, const Ref& ref);

}  // namespace kedge::lineage
