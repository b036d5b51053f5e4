// guide pages: the staff care list as its card shows it.
#pragma once

#include "guide/pages/card.hpp"

namespace kedge::guide {

// Nothing in it differs by what colleagues have marked, nor by whether they have.
Done add_list(store::Read& db, const web::Context& context, const Material& material, CardView& card);

}  // namespace kedge::guide
