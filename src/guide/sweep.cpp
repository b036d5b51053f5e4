// The terms that the migrations of this module declare.
#include "guide/sweep.hpp"

#include "identity/identity.hpp"
#include "lineage/retention.hpp"

namespace kedge::guide {
namespace {

using store::Query;

constexpr std::int64_t kUndoMs = 30LL * 24 * 3600 * 1000;
constexpr std::int64_t kRosterDays = 365;  // as long as a roster decides whether another list may speak (PRIVACY.md 5)

const Query<Id(Id, std::int64_t)> kOldWorkbooks{
    "guide.sweep.workbooks", "SELECT id FROM workbook WHERE library_id = :library AND removed_ms < :before ORDER BY id"};

// Of one workbook, what refers to another first.
#define OF_LISTS(table) \
  "DELETE FROM " table " WHERE library_id = :library AND checklist_id IN (SELECT id FROM checklist WHERE library_id = :library AND workbook_id = :book)"
const Query<void(Id, Id)> kOfWorkbook[] = {
    {"guide.sweep.revisions",
     "DELETE FROM answer_revision WHERE library_id = :library AND answer_id IN (SELECT id FROM answer WHERE library_id = :library AND workbook_id = :book)"},
    {"guide.sweep.answers", "DELETE FROM answer WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.private_revisions",
     "DELETE FROM private_revision WHERE library_id = :library AND answer_id IN "
     "(SELECT id FROM private_answer WHERE library_id = :library AND workbook_id = :book)"},
    {"guide.sweep.private_besides",
     "DELETE FROM private_beside WHERE library_id = :library AND answer_id IN "
     "(SELECT id FROM private_answer WHERE library_id = :library AND workbook_id = :book)"},
    {"guide.sweep.private_answers", "DELETE FROM private_answer WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.list_items", OF_LISTS("checklist_item")},
    {"guide.sweep.list_rosters", OF_LISTS("checklist_roster")},
    {"guide.sweep.list_tickets", OF_LISTS("checklist_ticket")},
    {"guide.sweep.list_boxes", OF_LISTS("checklist_box")},
    {"guide.sweep.list_comments", OF_LISTS("checklist_comment")},
    {"guide.sweep.lists", "DELETE FROM checklist WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.list_proposals", "DELETE FROM checklist_proposal WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.sheets", "DELETE FROM sheet WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.board", "DELETE FROM board_page WHERE library_id = :library AND workbook_id = :book"},
    {"guide.sweep.workbook", "DELETE FROM workbook WHERE library_id = :library AND id = :book"},
};
#undef OF_LISTS

const Query<void(Id, std::int64_t)> kOldAnswers[] = {
    {"guide.sweep.old_revisions",
     "DELETE FROM answer_revision WHERE library_id = :library AND answer_id IN (SELECT id FROM answer WHERE library_id = :library AND removed_ms < :before)"},
    {"guide.sweep.old_answers", "DELETE FROM answer WHERE library_id = :library AND removed_ms < :before"},
    {"guide.sweep.old_sheets", "DELETE FROM sheet WHERE library_id = :library AND removed_ms < :before"},
    {"guide.sweep.old_private_revisions",
     "DELETE FROM private_revision WHERE library_id = :library AND answer_id IN "
     "(SELECT id FROM private_answer WHERE library_id = :library AND removed_ms < :before)"},
    {"guide.sweep.old_private_besides",
     "DELETE FROM private_beside WHERE library_id = :library AND answer_id IN "
     "(SELECT id FROM private_answer WHERE library_id = :library AND removed_ms < :before)"},
    {"guide.sweep.old_private_answers", "DELETE FROM private_answer WHERE library_id = :library AND removed_ms < :before"},
};

const Query<void(Id, Date)> kOldRosters{
    "guide.sweep.old_rosters",
    "DELETE FROM checklist_roster WHERE library_id = :library AND checklist_id IN "
    "(SELECT id FROM checklist WHERE library_id = :library AND state <> 'open' AND closes_on < :before)"};

const Query<bool(Id, std::string)> kIsAnswer{"guide.sweep.is_answer", "SELECT EXISTS (SELECT 1 FROM answer WHERE library_id = :library AND id = :id)"};
const Query<bool(Id, std::string)> kIsPrivate{
    "guide.sweep.is_private", "SELECT EXISTS (SELECT 1 FROM private_answer WHERE library_id = :library AND id = :id)"};
const Query<bool(Id, std::string)> kIsList{"guide.sweep.is_list", "SELECT EXISTS (SELECT 1 FROM checklist WHERE library_id = :library AND id = :id)"};

// A band's address is "list/item".
std::string id_in(const std::string& ref) { return ref.substr(0, ref.find('/')); }

Done loosen_what_is_gone(store::Tx& tx, const store::Scope& scope, std::string_view kind, const Query<bool(Id, std::string)>& is_there) {
  TRY(const auto named, lineage::named(tx, scope, kind));
  for (const auto& ref : named) {
    TRY(const bool there, tx.one(is_there, scope.library, id_in(ref)));
    if (!there) TRY_DONE(lineage::loosen(tx, scope, {std::string(kind), ref}));
  }
  return {};
}

}  // namespace

Done sweep(store::Tx& tx, const store::Scope& scope) {
  const auto before = tx.now_ms() - kUndoMs;
  TRY(const auto books, tx.all(kOldWorkbooks, scope.library, before));
  for (const auto& book : books)
    for (const auto& query : kOfWorkbook) TRY_DONE(tx.run(query, scope.library, book));
  for (const auto& query : kOldAnswers) TRY_DONE(tx.run(query, scope.library, before));
  TRY(const auto library, identity::library(tx, scope));
  const auto today = Date::at(tx.now_ms(), library.time_zone);
  TRY_DONE(tx.run(kOldRosters, scope.library, Date::from_days(today.days() - kRosterDays)));
  TRY_DONE(loosen_what_is_gone(tx, scope, "answer", kIsAnswer));
  TRY_DONE(loosen_what_is_gone(tx, scope, "private_note", kIsPrivate));
  TRY_DONE(loosen_what_is_gone(tx, scope, "band", kIsList));
  return tx.touch("workbooks");  // each day, so that it does not tell what went
}

}  // namespace kedge::guide
