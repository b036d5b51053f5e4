#include "guide/board_store.hpp"

namespace kedge::guide::rows {
namespace {

using store::Query;

const Query<BoardRow(Id, Id)> kBoard{"guide.board", "SELECT words, asks, left_out, shown, version FROM board_page WHERE library_id = :library AND workbook_id = :workbook"};
const Query<void(Id, Id, std::string, std::string, std::string, bool, std::int64_t)> kAddBoard{
    "guide.add_board",
    "INSERT INTO board_page (library_id, workbook_id, words, asks, left_out, shown, version) VALUES (:library, :workbook, :words, :asks, :left_out, :shown, :version)"};
const Query<void(Id, std::string, std::string, std::string, bool, std::int64_t, Id)> kUpdateBoard{
    "guide.update_board",
    "UPDATE board_page SET words = :words, asks = :asks, left_out = :left_out, shown = :shown, version = :version WHERE library_id = :library AND workbook_id = :workbook"};

Done done(const Result<std::int64_t>& ran) { return ran ? Done() : fail(ran.error()); }

}  // namespace

Result<std::optional<BoardRow>> board(store::Read& db, const store::Scope& scope, const Id& workbook) { return db.maybe(kBoard, scope.library, workbook); }
Done add_board(store::Tx& tx, const store::Scope& scope, const Id& workbook, const BoardRow& row) {
  return done(tx.run(kAddBoard, scope.library, workbook, row.words, row.asks, row.left_out, row.shown, row.version));
}
Done update_board(store::Tx& tx, const store::Scope& scope, const Id& workbook, const BoardRow& row) {
  return done(tx.run(kUpdateBoard, scope.library, row.words, row.asks, row.left_out, row.shown, row.version, workbook));
}

}  // namespace kedge::guide::rows
