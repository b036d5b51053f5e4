// guide pages: what a card shows beyond its fields: the sealed checklist and the action table.
#pragma once

#include "guide/pages/card.hpp"

namespace kedge::guide {

Done add_part(store::Read& db, const web::Context& context, const Material& material, CardView& card);

}  // namespace kedge::guide
