#include "guide/sheet_store.hpp"

namespace kedge::guide::rows {
namespace {

using store::Query;

#define SHEET_COLUMNS "SELECT id, workbook_id, code, name, typed, position FROM sheet WHERE library_id = :library"
const Query<SheetRow(Id, Id)> kSheets{"guide.sheets", SHEET_COLUMNS " AND workbook_id = :workbook ORDER BY position, id"};
const Query<SheetRow(Id, Id)> kStanding{"guide.standing_sheets", SHEET_COLUMNS " AND workbook_id = :workbook AND removed_ms IS NULL ORDER BY position, id"};
const Query<SheetRow(Id, Id)> kSheet{"guide.sheet", SHEET_COLUMNS " AND id = :id AND removed_ms IS NULL"};
#undef SHEET_COLUMNS
const Query<void(Id, Id, Id, std::string, std::string, bool, std::int64_t)> kAdd{
    "guide.add_sheet",
    "INSERT INTO sheet (library_id, id, workbook_id, code, name, typed, position) VALUES (:library, :id, :workbook, :code, :name, :typed, :position)"};
const Query<void(Id, std::string, bool, Id)> kUpdate{"guide.update_sheet", "UPDATE sheet SET name = :name, typed = :typed WHERE library_id = :library AND id = :id"};
const Query<void(Id, std::int64_t, Id)> kRemove{"guide.remove_sheet", "UPDATE sheet SET removed_ms = :now WHERE library_id = :library AND id = :id"};
const Query<void(Id, std::int64_t, Id, std::string)> kRemoveAnswers{
    "guide.remove_answers_of_sheet",
    "UPDATE answer SET removed_ms = :now WHERE library_id = :library AND workbook_id = :workbook AND member_key = :sheet AND voice = 'personal' AND removed_ms IS NULL"};
const Query<void(Id, Id)> kRestoreAnswers{
    "guide.restore_answers_of_sheet",
    "UPDATE answer SET removed_ms = NULL WHERE library_id = :library AND voice = 'personal' AND EXISTS (SELECT 1 FROM sheet s WHERE s.library_id = answer.library_id "
    "AND s.id = :id AND s.id = answer.member_key AND s.removed_ms = answer.removed_ms)"};
const Query<void(Id, Id)> kRestore{"guide.restore_sheet", "UPDATE sheet SET removed_ms = NULL WHERE library_id = :library AND id = :id"};

Done done(const Result<std::int64_t>& ran) { return ran ? Done() : fail(ran.error()); }

}  // namespace

Result<std::vector<SheetRow>> sheets(store::Read& db, const store::Scope& scope, const Id& workbook) { return db.all(kSheets, scope.library, workbook); }
Result<std::vector<SheetRow>> standing_sheets(store::Read& db, const store::Scope& scope, const Id& workbook) { return db.all(kStanding, scope.library, workbook); }
Result<SheetRow> sheet(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kSheet, scope.library, id); }
Done add_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row) {
  return done(tx.run(kAdd, scope.library, row.id, row.workbook, row.code, row.name, row.typed, row.position));
}
Done update_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row) { return done(tx.run(kUpdate, scope.library, row.name, row.typed, row.id)); }
Done remove_sheet(store::Tx& tx, const store::Scope& scope, const SheetRow& row, std::int64_t now_ms) {
  TRY_DONE(tx.run(kRemove, scope.library, now_ms, row.id));
  return done(tx.run(kRemoveAnswers, scope.library, now_ms, row.workbook, row.id.text()));
}
Done restore_sheet(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(tx.run(kRestoreAnswers, scope.library, id));
  return done(tx.run(kRestore, scope.library, id));
}

}  // namespace kedge::guide::rows
