// guide pages: what a workbook holds for everybody, as its pages show it.
#pragma once

#include "guide/pages/card.hpp"
#include "store/kept.hpp"

namespace kedge::guide {

[[nodiscard]] Result<store::Shared<Written>> written_of(store::Read& db, const web::Context& context, const Id& workbook);

}  // namespace kedge::guide
