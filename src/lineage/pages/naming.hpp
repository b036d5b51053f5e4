// lineage pages: what names a record without resting on it, such as a row of a workbook. Each slice says its own.
#pragma once

#include <functional>
#include <vector>

#include "lineage/pages/shown.hpp"

namespace kedge::lineage::pages {

using Namer = std::function<Result<std::vector<ThreadLine>>(web::Context&, store::Read&, const Ref&)>;
// Not thread-safe: while the program starts. The same name replaces what was told before.
void tell_namer(std::string_view slice, Namer namer);
// Everything that names it, as lines with a link.
[[nodiscard]] Result<std::vector<ThreadLine>> named_by(web::Context& context, store::Read& db, const Ref& ref);

}  // namespace kedge::lineage::pages
