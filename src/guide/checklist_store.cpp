#include "guide/checklist_store.hpp"

namespace kedge::guide::rows {
namespace {

using store::Query;
using MaybeBand = std::optional<disclosure::Band>;

const Query<ListRow(Id, Id, std::string)> kLists{
    "guide.lists",
    "SELECT id, workbook_id, prompt, state, opened_on, closes_on, threshold, said, restarted_on, paper FROM checklist "
    "WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt ORDER BY opened_on DESC, id DESC"};
const Query<ListRow(Id)> kAllLists{
    "guide.all_lists",
    "SELECT id, workbook_id, prompt, state, opened_on, closes_on, threshold, said, restarted_on, paper FROM checklist WHERE library_id = :library ORDER BY id"};
const Query<ListRow(Id, Id)> kList{
    "guide.list",
    "SELECT id, workbook_id, prompt, state, opened_on, closes_on, threshold, said, restarted_on, paper FROM checklist WHERE library_id = :library AND id = :id"};
// across libraries: what is to be tended
const Query<OpenList()> kOpenLists{"guide.open_lists", "SELECT library_id, id FROM checklist WHERE state = 'open' ORDER BY id"};
const Query<void(Id, Id, Id, std::string, ListState, Date, Date, std::int64_t, bool, bool)> kAddList{
    "guide.add_list",
    "INSERT INTO checklist (library_id, id, workbook_id, prompt, state, opened_on, closes_on, threshold, said, paper) "
    "VALUES (:library, :id, :workbook, :prompt, :state, :opened, :closes, :threshold, :said, :paper)"};
const Query<void(Id, ListState, Id)> kSetState{"guide.set_list_state", "UPDATE checklist SET state = :state WHERE library_id = :library AND id = :id"};

const Query<void(Id, Date, Id)> kRestarted{"guide.list_restarted", "UPDATE checklist SET restarted_on = :today WHERE library_id = :library AND id = :id"};

const Query<ItemRow(Id, Id)> kItems{
    "guide.list_items",
    "SELECT item, label, position, well, better FROM checklist_item WHERE library_id = :library AND checklist_id = :list ORDER BY position"};
const Query<void(Id, Id, std::string, std::string, std::int64_t, MaybeBand, MaybeBand)> kAddItem{
    "guide.add_list_item",
    "INSERT INTO checklist_item (library_id, checklist_id, item, label, position, well, better) "
    "VALUES (:library, :list, :item, :label, :position, :well, :better)"};
const Query<void(Id, MaybeBand, MaybeBand, Id, std::string)> kSetBands{
    "guide.set_bands",
    "UPDATE checklist_item SET well = :well, better = :better WHERE library_id = :library AND checklist_id = :list AND item = :item"};

const Query<Id(Id, Id)> kRoster{
    "guide.list_roster", "SELECT member_id FROM checklist_roster WHERE library_id = :library AND checklist_id = :list ORDER BY member_id"};
const Query<void(Id, Id, Id)> kAddToRoster{
    "guide.add_to_roster", "INSERT INTO checklist_roster (library_id, checklist_id, member_id) VALUES (:library, :list, :member)"};
const Query<store::Bytes(Id, Id, Id)> kTicket{
    "guide.ticket", "SELECT sealed FROM checklist_ticket WHERE library_id = :library AND checklist_id = :list AND member_id = :member"};
const Query<void(Id, Id, Id, store::Bytes)> kAddTicket{
    "guide.add_ticket",
    "INSERT INTO checklist_ticket (library_id, checklist_id, member_id, sealed) VALUES (:library, :list, :member, :sealed)"};
const Query<store::Bytes(Id, Id)> kBox{"guide.box", "SELECT sealed FROM checklist_box WHERE library_id = :library AND checklist_id = :list"};
const Query<void(Id, Id, store::Bytes)> kAddBox{
    "guide.add_box", "INSERT INTO checklist_box (library_id, checklist_id, sealed) VALUES (:library, :list, :sealed)"};
const Query<void(Id, store::Bytes, Id)> kSetBox{
    "guide.set_box", "UPDATE checklist_box SET sealed = :sealed WHERE library_id = :library AND checklist_id = :list"};
const Query<void(Id, Id)> kDropBox{"guide.drop_box", "DELETE FROM checklist_box WHERE library_id = :library AND checklist_id = :list"};
const Query<void(Id, Id)> kDropTickets{"guide.drop_tickets", "DELETE FROM checklist_ticket WHERE library_id = :library AND checklist_id = :list"};

const Query<std::string(Id, Id)> kComments{
    "guide.list_comments", "SELECT words FROM checklist_comment WHERE library_id = :library AND checklist_id = :list ORDER BY id"};
const Query<void(Id, Id, Id, std::string)> kAddComment{
    "guide.add_comment", "INSERT INTO checklist_comment (library_id, id, checklist_id, words) VALUES (:library, :id, :list, :words)"};
const Query<std::string(Id, Id, std::string)> kProposals{
    "guide.proposals",
    "SELECT label FROM checklist_proposal WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt ORDER BY label"};
const Query<void(Id, Id, Id, std::string, std::string)> kAddProposal{
    "guide.add_proposal",
    "INSERT INTO checklist_proposal (library_id, id, workbook_id, prompt, label) VALUES (:library, :id, :workbook, :prompt, :label)"};
const Query<void(Id, Id, std::string)> kDropProposals{
    "guide.drop_proposals", "DELETE FROM checklist_proposal WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt"};
const Query<void(Id, Id, std::string, std::string)> kDropProposal{
    "guide.drop_proposal",
    "DELETE FROM checklist_proposal WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt AND label = :label"};

Done done(const Result<std::int64_t>& changed) {
  if (!changed) return fail(changed.error());
  return {};
}

}  // namespace

Result<std::vector<ListRow>> lists(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt) {
  return db.all(kLists, scope.library, workbook, std::string(prompt));
}
Result<std::vector<ListRow>> all_lists(store::Read& db, const store::Scope& scope) { return db.all(kAllLists, scope.library); }
Result<ListRow> list(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kList, scope.library, id); }
Result<std::vector<OpenList>> open_lists(store::Read& db) { return db.all(kOpenLists); }
Done add_list(store::Tx& tx, const store::Scope& scope, const ListRow& row) {
  return done(tx.run(kAddList, scope.library, row.id, row.workbook, row.prompt, row.state, row.opened_on, row.closes_on, row.threshold, row.said, row.paper));
}
Done set_state(store::Tx& tx, const store::Scope& scope, const Id& id, ListState state) { return done(tx.run(kSetState, scope.library, state, id)); }

Done set_restarted(store::Tx& tx, const store::Scope& scope, const Id& id, const Date& day) { return done(tx.run(kRestarted, scope.library, day, id)); }

Result<std::vector<ItemRow>> items(store::Read& db, const store::Scope& scope, const Id& list) { return db.all(kItems, scope.library, list); }
Done add_item(store::Tx& tx, const store::Scope& scope, const Id& list, const ItemRow& row) {
  return done(tx.run(kAddItem, scope.library, list, row.item, row.label, row.position, row.well, row.better));
}
Done set_bands(store::Tx& tx, const store::Scope& scope, const Id& list, const ItemRow& row) {
  return done(tx.run(kSetBands, scope.library, row.well, row.better, list, row.item));
}

Result<std::vector<Id>> roster(store::Read& db, const store::Scope& scope, const Id& list) { return db.all(kRoster, scope.library, list); }
Done add_to_roster(store::Tx& tx, const store::Scope& scope, const Id& list, const Id& member) {
  return done(tx.run(kAddToRoster, scope.library, list, member));
}
Result<std::optional<store::Bytes>> ticket(store::Read& db, const store::Scope& scope, const Id& list) {
  return db.maybe(kTicket, scope.library, list, scope.actor);
}
Done add_ticket(store::Tx& tx, const store::Scope& scope, const Id& list, const Id& member, const store::Bytes& sealed) {
  return done(tx.run(kAddTicket, scope.library, list, member, sealed));
}
Result<std::optional<store::Bytes>> box(store::Read& db, const store::Scope& scope, const Id& list) { return db.maybe(kBox, scope.library, list); }
Done add_box(store::Tx& tx, const store::Scope& scope, const Id& list, const store::Bytes& sealed) {
  return done(tx.run(kAddBox, scope.library, list, sealed));
}
Done set_box(store::Tx& tx, const store::Scope& scope, const Id& list, const store::Bytes& sealed) {
  return done(tx.run(kSetBox, scope.library, sealed, list));
}
Done empty(store::Tx& tx, const store::Scope& scope, const Id& list) {
  TRY_DONE(tx.run(kDropBox, scope.library, list));
  return done(tx.run(kDropTickets, scope.library, list));
}

Result<std::vector<std::string>> comments(store::Read& db, const store::Scope& scope, const Id& list) {
  return db.all(kComments, scope.library, list);
}
Done add_comment(store::Tx& tx, const store::Scope& scope, const Id& list, const std::string& words) {
  return done(tx.run(kAddComment, scope.library, Id::random(), list, words));
}
Result<std::vector<std::string>> proposals(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt) {
  return db.all(kProposals, scope.library, workbook, std::string(prompt));
}
Done add_proposal(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label) {
  return done(tx.run(kAddProposal, scope.library, Id::random(), workbook, std::string(prompt), label));
}
Done drop_proposals(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt) {
  return done(tx.run(kDropProposals, scope.library, workbook, std::string(prompt)));
}

Done drop_proposal(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label) {
  return done(tx.run(kDropProposal, scope.library, workbook, std::string(prompt), label));
}

}  // namespace kedge::guide::rows
