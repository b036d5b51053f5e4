// guide pages: what a card shows beyond its fields: the sealed checklist and the action table.
#pragma once

#include "guide/pages/card.hpp"

namespace kedge::guide {

// The actions of a workbook as its action table shows them, late ones first.
[[nodiscard]] Result<std::vector<ActionView>> actions_said(store::Read& db, const web::Context& context, const Written& written);
Done add_part(store::Read& db, const web::Context& context, const Material& material, CardView& card);

}  // namespace kedge::guide
