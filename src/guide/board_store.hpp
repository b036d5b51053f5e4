// guide: the row of the table board_page, and nothing that decides.
#pragma once

#include <optional>
#include <string>

#include "store/database.hpp"

namespace kedge::guide::rows {

struct BoardRow {
  std::string words;
  std::string asks;      // JSON
  std::string left_out;  // JSON
  bool shown = false;
  std::int64_t version = 0;
};
Result<std::optional<BoardRow>> board(store::Read& db, const store::Scope& scope, const Id& workbook);
Done add_board(store::Tx& tx, const store::Scope& scope, const Id& workbook, const BoardRow& row);
Done update_board(store::Tx& tx, const store::Scope& scope, const Id& workbook, const BoardRow& row);

}  // namespace kedge::guide::rows
