// guide: rows of the table sheet, and nothing that decides.
#pragma once

#include <vector>

#include "guide/sheets.hpp"

namespace kedge::guide::rows {

struct SheetRow {
  Id id;
  Id workbook;
  std::string code;
  std::string name;
  bool typed = false;
  std::int64_t position = 0;
};
Result<std::vector<SheetRow>> sheets(store::Read& db, const store::Scope& scope, const Id& workbook);  // removed ones too: their codes are taken
Result<std::vector<SheetRow>> standing_sheets(store::Read& db, const store::Scope& scope, const Id& workbook);
Result<SheetRow> sheet(store::Read& db, const store::Scope& scope, const Id& id);
Done add_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row);
Done update_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row);
// The sheet and its answers go at one moment, by which they come back.
Done remove_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row, std::int64_t now_ms);
Done restore_sheet(store::Tx& tx, const store::Scope& scope, const Id& id);

}  // namespace kedge::guide::rows
