// guide: sheets of paper of a workbook. Printed with a code, filled by hand by somebody without an account, and typed in by a
// scribe; what is typed stands among the shared answers, under the sheet's code or the name that its writer put on it.
// Owns the table sheet. The staff care list is no part of a sheet, nor what is private for ever.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "guide/workbook.hpp"

namespace kedge::guide {

constexpr std::int64_t kMostSheetsAtOnce = 40;
constexpr std::size_t kMostSheets = 200;   // of a workbook
constexpr std::size_t kSheetName = 120;    // characters

struct Sheet {
  Id id;
  Id workbook;
  std::string code;    // three letters or digits without look-alikes, once in the workbook
  std::string name;    // as its writer put it on the sheet; empty: none
  bool typed = false;  // all of it has been typed in
};

// Whether a prompt is asked on a sheet, and in which voice its answer is checked.
[[nodiscard]] bool on_sheet(const Prompt& prompt);
[[nodiscard]] Voice voice_on_sheet(const Prompt& prompt);

// In the order in which they were made, without removed ones.
[[nodiscard]] Result<std::vector<Sheet>> sheets(store::Read& db, const store::Scope& scope, const Id& workbook);
[[nodiscard]] Result<Sheet> sheet(store::Read& db, const store::Scope& scope, const Id& id);
// Errors: invalid at "count" (none, over 40 at once, over 200 in all).
Done make_sheets(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::int64_t count);
// Errors: invalid at "name" (over 120 characters).
Done name_sheet(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& name);
enum class Typed : std::uint8_t { missing, whole };
Done mark_sheet(store::Tx& tx, const store::Scope& scope, const Id& id, Typed typed);
// With what was typed from it; both come back together within 30 days. Repeating it is harmless.
Done remove_sheet(store::Tx& tx, const store::Scope& scope, const Id& id);
Done restore_sheet(store::Tx& tx, const store::Scope& scope, const Id& id);

// What one place of the sheet says. Errors: as save_team; conflict "guide.sheet.changed" when somebody else typed it meanwhile.
[[nodiscard]] Result<Answer> save_on_sheet(store::Tx& tx, const store::Scope& scope, const Id& sheet, const Place& place, const Values& typed, std::int64_t read_version);

}  // namespace kedge::guide
