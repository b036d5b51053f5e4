// guide pages: a workbook or a guide as a page that stands alone, for files and for the command line.
#pragma once

#include <cstdint>

#include "guide/workbook.hpp"
#include "store/database.hpp"
#include "web/document.hpp"

namespace kedge::guide {

enum class Filling : std::uint8_t { team, mine, blank };

// Errors: not_found.
[[nodiscard]] Result<web::DocumentPage> workbook_document(store::Read& db, web::Context& context, const Id& id, Filling filling);
// The page of a workbook for the board, whether its members may read it or not. Errors: not_found.
[[nodiscard]] Result<web::DocumentPage> board_document(store::Read& db, const web::Context& context, const Id& id);
// The guide to fill in by hand.
[[nodiscard]] web::DocumentPage blank_document(const web::Context& context, const Guide& guide);

}  // namespace kedge::guide
