#include "guide/workbook_store.hpp"

namespace kedge::guide::rows {
namespace {

using store::Query;
using Moment = std::optional<std::int64_t>;

const Query<GuideRow(Id)> kGuides{"guide.guides", "SELECT id, slug, yaml, shipped, version FROM guide WHERE library_id = :library ORDER BY id"};
const Query<GuideRow(Id, Id)> kGuide{"guide.guide",
                                     "SELECT id, slug, yaml, shipped, version FROM guide WHERE library_id = :library AND id = :id"};
const Query<GuideRow(Id, std::string)> kGuideBySlug{
    "guide.guide_by_slug", "SELECT id, slug, yaml, shipped, version FROM guide WHERE library_id = :library AND slug = :slug ORDER BY id LIMIT 1"};
const Query<void(Id, Id, std::string, std::string, bool, std::int64_t)> kAddGuide{
    "guide.add_guide",
    "INSERT INTO guide (library_id, id, slug, yaml, shipped, version, changed_ms) VALUES (:library, :id, :slug, :yaml, :shipped, 1, :now)"};
const Query<void(Id, std::string, bool, std::int64_t, Id, std::int64_t)> kSaveGuide{
    "guide.save_guide",
    "UPDATE guide SET yaml = :yaml, shipped = :shipped, version = version + 1, changed_ms = :now WHERE library_id = :library AND id = :id AND version = :read"};

const Query<std::string(Id, Id)> kAnsweredPrompts{
    "guide.answered_prompts",
    "SELECT a.prompt FROM answer a JOIN workbook w ON w.library_id = a.library_id AND w.id = a.workbook_id "
    "WHERE a.library_id = :library AND w.guide_id = :guide "
    "UNION SELECT c.prompt FROM checklist c JOIN workbook w ON w.library_id = c.library_id AND w.id = c.workbook_id "
    "WHERE c.library_id = :library AND w.guide_id = :guide"};

const Query<WorkbookRow(Id)> kWorkbooks{
    "guide.workbooks", "SELECT id, guide_id, title, opened_ms FROM workbook WHERE library_id = :library AND removed_ms IS NULL ORDER BY id DESC"};
const Query<WorkbookRow(Id, Id)> kWorkbook{
    "guide.workbook",
    "SELECT id, guide_id, title, opened_ms FROM workbook WHERE library_id = :library AND id = :id AND removed_ms IS NULL"};
const Query<RemovedWorkbook(Id, std::int64_t)> kRemovedWorkbooks{
    "guide.removed_workbooks", "SELECT id, title, removed_ms FROM workbook WHERE library_id = :library AND removed_ms > :since ORDER BY removed_ms DESC, id DESC"};
const Query<void(Id, Id, Id, std::string, std::int64_t)> kAddWorkbook{
    "guide.add_workbook",
    "INSERT INTO workbook (library_id, id, guide_id, title, opened_ms) VALUES (:library, :id, :guide, :title, :now)"};
const Query<void(Id, std::string, Id)> kRenameWorkbook{"guide.rename_workbook",
                                                       "UPDATE workbook SET title = :title WHERE library_id = :library AND id = :id"};
const Query<void(Id, Moment, Id)> kMarkWorkbook{"guide.mark_workbook",
                                                "UPDATE workbook SET removed_ms = :removed WHERE library_id = :library AND id = :id"};

const Query<AnswerRow(Id, Id)> kAnswers{
    "guide.answers",
    "SELECT id, workbook_id, prompt, row, voice, member_id, body, version, position, changed_ms, changed_by, member_key FROM answer "
    "WHERE library_id = :library AND workbook_id = :workbook AND removed_ms IS NULL ORDER BY position, id"};
const Query<AnswerRow(Id, Id)> kAnswer{
    "guide.answer",
    "SELECT id, workbook_id, prompt, row, voice, member_id, body, version, position, changed_ms, changed_by, member_key FROM answer "
    "WHERE library_id = :library AND id = :id"};
const Query<AnswerRow(Id, Id, std::string, std::string, Voice, std::string)> kAnswerAt{
    "guide.answer_at",
    "SELECT id, workbook_id, prompt, row, voice, member_id, body, version, position, changed_ms, changed_by, member_key FROM answer "
    "WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt AND row = :row AND voice = :voice AND member_key = :member"};
const Query<std::int64_t(Id, Id, std::string)> kNextPosition{
    "guide.next_position",
    "SELECT COALESCE(MAX(position), 0) + 1 FROM answer WHERE library_id = :library AND workbook_id = :workbook AND prompt = :prompt"};
const Query<void(Id, Id, Id, std::string, std::string, Voice, Id, std::string, std::string, std::int64_t, std::int64_t, std::int64_t, Id)> kAddAnswer{
    "guide.add_answer",
    "INSERT INTO answer (library_id, id, workbook_id, prompt, row, voice, member_id, member_key, body, version, position, changed_ms, changed_by) "
    "VALUES (:library, :id, :workbook, :prompt, :row, :voice, :member, :key, :body, :version, :position, :changed, :by)"};
const Query<void(Id, std::string, std::int64_t, std::int64_t, Id, Id)> kUpdateAnswer{
    "guide.update_answer",
    "UPDATE answer SET body = :body, version = :version, changed_ms = :changed, changed_by = :by, removed_ms = NULL "
    "WHERE library_id = :library AND id = :id"};
const Query<void(Id, Moment, Id)> kMarkAnswer{"guide.mark_answer", "UPDATE answer SET removed_ms = :removed WHERE library_id = :library AND id = :id"};
const Query<void(Id, std::int64_t, Id)> kEmptyAnswer{
    "guide.empty_answer", "UPDATE answer SET body = '{}', removed_ms = :removed WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id)> kDeleteRevisions{"guide.delete_revisions", "DELETE FROM answer_revision WHERE library_id = :library AND answer_id = :id"};
const Query<void(Id, Id)> kDeleteAnswer{"guide.delete_answer", "DELETE FROM answer WHERE library_id = :library AND id = :id"};

const Query<void(Id, Id, Id, std::int64_t, std::string, Id, std::int64_t, bool, bool)> kAddRevision{
    "guide.add_revision",
    "INSERT INTO answer_revision (library_id, id, answer_id, version, body, member_id, at_ms, beside, settled) "
    "VALUES (:library, :id, :answer, :version, :body, :member, :at, :beside, :settled)"};
const Query<RevisionRow(Id, Id)> kRevisions{
    "guide.revisions",
    "SELECT id, answer_id, version, body, member_id, at_ms, beside, settled FROM answer_revision "
    "WHERE library_id = :library AND answer_id = :answer ORDER BY at_ms DESC, id DESC LIMIT 500"};
const Query<RevisionRow(Id, Id)> kBesides{
    "guide.besides",
    "SELECT r.id, r.answer_id, r.version, r.body, r.member_id, r.at_ms, r.beside, r.settled FROM answer_revision r "
    "JOIN answer a ON a.library_id = r.library_id AND a.id = r.answer_id "
    "WHERE r.library_id = :library AND a.workbook_id = :workbook AND r.beside AND NOT r.settled ORDER BY r.at_ms, r.id"};
const Query<RevisionRow(Id, Id)> kRevision{
    "guide.revision",
    "SELECT id, answer_id, version, body, member_id, at_ms, beside, settled FROM answer_revision WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id)> kSettle{"guide.settle", "UPDATE answer_revision SET settled = TRUE WHERE library_id = :library AND id = :id"};

const Query<PrivateRow(Id, Id, Id)> kPrivateAnswers{
    "guide.private_answers",
    "SELECT id, workbook_id, member_id, prompt, row, sealed, version, position, changed_on, shared_version FROM private_answer "
    "WHERE library_id = :library AND workbook_id = :workbook AND member_id = :member AND removed_ms IS NULL ORDER BY position, id"};
const Query<PrivateRow(Id, Id, Id, std::string, std::string)> kPrivateAt{
    "guide.private_at",
    "SELECT id, workbook_id, member_id, prompt, row, sealed, version, position, changed_on, shared_version FROM private_answer "
    "WHERE library_id = :library AND workbook_id = :workbook AND member_id = :member AND prompt = :prompt AND row = :row"};
const Query<std::int64_t(Id, Id, Id, std::string)> kNextPrivatePosition{
    "guide.next_private_position",
    "SELECT COALESCE(MAX(position), 0) + 1 FROM private_answer "
    "WHERE library_id = :library AND workbook_id = :workbook AND member_id = :member AND prompt = :prompt"};
const Query<void(Id, Id, Id, Id, std::string, std::string, store::Bytes, std::int64_t, std::int64_t, Date)> kAddPrivate{
    "guide.add_private",
    "INSERT INTO private_answer (library_id, id, workbook_id, member_id, prompt, row, sealed, version, position, changed_on, shared_version) "
    "VALUES (:library, :id, :workbook, :member, :prompt, :row, :sealed, :version, :position, :changed, 0)"};
const Query<void(Id, store::Bytes, std::int64_t, Date, Id)> kUpdatePrivate{
    "guide.update_private",
    "UPDATE private_answer SET sealed = :sealed, version = :version, changed_on = :changed, removed_ms = NULL WHERE library_id = :library AND id = :id"};
const Query<void(Id, Moment, Id)> kMarkPrivate{"guide.mark_private",
                                               "UPDATE private_answer SET removed_ms = :removed WHERE library_id = :library AND id = :id"};
const Query<void(Id, std::int64_t, Id)> kMarkShared{
    "guide.mark_shared", "UPDATE private_answer SET shared_version = :shared WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id, std::int64_t, store::Bytes, Date)> kAddPrivateRevision{
    "guide.add_private_revision",
    "INSERT INTO private_revision (library_id, answer_id, version, sealed, changed_on) VALUES (:library, :answer, :version, :sealed, :changed)"};
const Query<PrivateRevisionRow(Id, Id)> kPrivateRevisions{
    "guide.private_revisions",
    "SELECT version, sealed, changed_on FROM private_revision WHERE library_id = :library AND answer_id = :answer ORDER BY version DESC LIMIT 500"};
const Query<void(Id, Id, std::int64_t, store::Bytes, Date)> kAddPrivateBeside{
    "guide.add_private_beside",
    "INSERT INTO private_beside (library_id, answer_id, number, sealed, changed_on, settled) "
    "VALUES (:library, :answer, :number, :sealed, :changed, FALSE)"};
const Query<PrivateBesideRow(Id, Id)> kPrivateBesides{
    "guide.private_besides",
    "SELECT answer_id, number, sealed, changed_on, settled FROM private_beside "
    "WHERE library_id = :library AND answer_id = :answer ORDER BY number DESC LIMIT 500"};
const Query<PrivateBesideRow(Id, Id, Id)> kWaitingBesides{
    "guide.waiting_private_besides",
    "SELECT b.answer_id, b.number, b.sealed, b.changed_on, b.settled FROM private_beside b "
    "JOIN private_answer a ON a.library_id = b.library_id AND a.id = b.answer_id "
    "WHERE b.library_id = :library AND a.workbook_id = :workbook AND a.member_id = :member AND a.removed_ms IS NULL AND NOT b.settled "
    "ORDER BY b.answer_id, b.number"};
const Query<void(Id, Id, std::int64_t)> kSettlePrivate{
    "guide.settle_private", "UPDATE private_beside SET settled = TRUE WHERE library_id = :library AND answer_id = :answer AND number = :number"};
const Query<void(Id, Id)> kErasePrivateBesides{
    "guide.erase_private_besides",
    "DELETE FROM private_beside WHERE library_id = :library AND answer_id IN "
    "(SELECT id FROM private_answer WHERE library_id = :library AND member_id = :member)"};
const Query<void(Id, Id)> kErasePrivateRevisions{
    "guide.erase_private_revisions",
    "DELETE FROM private_revision WHERE library_id = :library AND answer_id IN "
    "(SELECT id FROM private_answer WHERE library_id = :library AND member_id = :member)"};
const Query<void(Id, Id)> kErasePrivate{"guide.erase_private", "DELETE FROM private_answer WHERE library_id = :library AND member_id = :member"};

// the place stays taken, under a key of the row's own
const Query<void(Id, Id)> kForgetWriter{
    "guide.forget_writer", "UPDATE answer SET member_id = NULL, member_key = id WHERE library_id = :library AND member_id = :member AND voice = 'personal'"};

Done done(const Result<std::int64_t>& changed) {
  if (!changed) return fail(changed.error());
  return {};
}

}  // namespace

Result<std::vector<GuideRow>> guides(store::Read& db, const store::Scope& scope) { return db.all(kGuides, scope.library); }
Result<GuideRow> guide(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kGuide, scope.library, id); }
Result<std::optional<GuideRow>> guide_by_slug(store::Read& db, const store::Scope& scope, std::string_view slug) {
  return db.maybe(kGuideBySlug, scope.library, std::string(slug));
}
Done add_guide(store::Tx& tx, const store::Scope& scope, const GuideRow& row) {
  TRY_DONE(tx.run(kAddGuide, scope.library, row.id, row.slug, row.yaml, row.shipped, tx.now_ms()));
  return tx.touch("guides");
}
Result<std::int64_t> save_guide(store::Tx& tx, const store::Scope& scope, const GuideRow& row, std::int64_t read_version) {
  return tx.run(kSaveGuide, scope.library, row.yaml, row.shipped, tx.now_ms(), row.id, read_version);
}

Result<std::vector<std::string>> answered_prompts(store::Read& db, const store::Scope& scope, const Id& guide) {
  return db.all(kAnsweredPrompts, scope.library, guide);
}

Result<std::vector<WorkbookRow>> workbooks(store::Read& db, const store::Scope& scope) { return db.all(kWorkbooks, scope.library); }
Result<WorkbookRow> workbook(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kWorkbook, scope.library, id); }
Result<std::vector<RemovedWorkbook>> removed_workbooks(store::Read& db, const store::Scope& scope, std::int64_t since_ms) {
  return db.all(kRemovedWorkbooks, scope.library, since_ms);
}
Done add_workbook(store::Tx& tx, const store::Scope& scope, const WorkbookRow& row) {
  return done(tx.run(kAddWorkbook, scope.library, row.id, row.guide, row.title, row.opened_ms));
}
Result<std::int64_t> rename_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title) {
  return tx.run(kRenameWorkbook, scope.library, title, id);
}
Result<std::int64_t> mark_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, Moment removed_ms) {
  return tx.run(kMarkWorkbook, scope.library, removed_ms, id);
}

Result<std::vector<AnswerRow>> answers(store::Read& db, const store::Scope& scope, const Id& workbook) {
  return db.all(kAnswers, scope.library, workbook);
}
Result<std::optional<AnswerRow>> maybe_answer(store::Read& db, const store::Scope& scope, const Id& id) { return db.maybe(kAnswer, scope.library, id); }
Result<AnswerRow> answer(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kAnswer, scope.library, id); }
Result<std::optional<AnswerRow>> answer_at(store::Read& db, const store::Scope& scope, const Place& place, Voice voice, const Id& member) {
  return answer_by(db, scope, place, voice, member.text());
}
Result<std::optional<AnswerRow>> answer_by(store::Read& db, const store::Scope& scope, const Place& place, Voice voice, const std::string& key) {
  return db.maybe(kAnswerAt, scope.library, place.workbook, place.prompt, place.row, voice, key);
}
Result<std::int64_t> next_position(store::Read& db, const store::Scope& scope, const Place& place) {
  return db.one(kNextPosition, scope.library, place.workbook, place.prompt);
}
Done add_answer(store::Tx& tx, const store::Scope& scope, const AnswerRow& row) {
  return done(tx.run(kAddAnswer, scope.library, row.id, row.workbook, row.prompt, row.row, row.voice, row.member, row.key.empty() ? row.member.text() : row.key, row.body,
                     row.version, row.position, row.changed_ms, row.changed_by));
}
Done update_answer(store::Tx& tx, const store::Scope& scope, const AnswerRow& row) {
  return done(tx.run(kUpdateAnswer, scope.library, row.body, row.version, row.changed_ms, row.changed_by, row.id));
}
Result<std::int64_t> mark_answer(store::Tx& tx, const store::Scope& scope, const Id& id, Moment removed_ms) {
  return tx.run(kMarkAnswer, scope.library, removed_ms, id);
}
Done empty_answer(store::Tx& tx, const store::Scope& scope, const Id& id, std::int64_t removed_ms) {
  TRY_DONE(tx.run(kDeleteRevisions, scope.library, id));
  return done(tx.run(kEmptyAnswer, scope.library, removed_ms, id));
}
Done delete_answer(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(tx.run(kDeleteRevisions, scope.library, id));
  return done(tx.run(kDeleteAnswer, scope.library, id));
}

Done add_revision(store::Tx& tx, const store::Scope& scope, const RevisionRow& row) {
  return done(tx.run(kAddRevision, scope.library, row.id, row.answer, row.version, row.body, row.member, row.at_ms, row.beside, row.settled));
}
Result<std::vector<RevisionRow>> revisions(store::Read& db, const store::Scope& scope, const Id& answer) {
  return db.all(kRevisions, scope.library, answer);
}
Result<std::vector<RevisionRow>> besides(store::Read& db, const store::Scope& scope, const Id& workbook) {
  return db.all(kBesides, scope.library, workbook);
}
Result<RevisionRow> revision(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kRevision, scope.library, id); }
Done settle(store::Tx& tx, const store::Scope& scope, const Id& revision) { return done(tx.run(kSettle, scope.library, revision)); }

Result<std::vector<PrivateRow>> private_answers(store::Read& db, const store::Scope& scope, const Id& workbook) {
  return db.all(kPrivateAnswers, scope.library, workbook, scope.actor);
}
Result<std::optional<PrivateRow>> private_at(store::Read& db, const store::Scope& scope, const Place& place) {
  return db.maybe(kPrivateAt, scope.library, place.workbook, scope.actor, place.prompt, place.row);
}
Result<std::int64_t> next_private_position(store::Read& db, const store::Scope& scope, const Place& place) {
  return db.one(kNextPrivatePosition, scope.library, place.workbook, scope.actor, place.prompt);
}
Done add_private(store::Tx& tx, const store::Scope& scope, const PrivateRow& row) {
  return done(tx.run(kAddPrivate, scope.library, row.id, row.workbook, row.member, row.prompt, row.row, row.sealed, row.version, row.position,
                     row.changed_on));
}
Done update_private(store::Tx& tx, const store::Scope& scope, const PrivateRow& row) {
  return done(tx.run(kUpdatePrivate, scope.library, row.sealed, row.version, row.changed_on, row.id));
}
Result<std::int64_t> mark_private(store::Tx& tx, const store::Scope& scope, const Id& id, Moment removed_ms) {
  return tx.run(kMarkPrivate, scope.library, removed_ms, id);
}
Done mark_shared(store::Tx& tx, const store::Scope& scope, const Id& id, std::int64_t version) {
  return done(tx.run(kMarkShared, scope.library, version, id));
}
Done add_private_revision(store::Tx& tx, const store::Scope& scope, const PrivateRow& row) {
  return done(tx.run(kAddPrivateRevision, scope.library, row.id, row.version, row.sealed, row.changed_on));
}
Result<std::vector<PrivateRevisionRow>> private_revisions(store::Read& db, const store::Scope& scope, const Id& answer) {
  return db.all(kPrivateRevisions, scope.library, answer);
}
Done forget_writer(store::Tx& tx, const store::Scope& scope, const Id& member) { return done(tx.run(kForgetWriter, scope.library, member)); }
Done add_private_beside(store::Tx& tx, const store::Scope& scope, const PrivateBesideRow& row) {
  return done(tx.run(kAddPrivateBeside, scope.library, row.answer, row.number, row.sealed, row.changed_on));
}
Result<std::vector<PrivateBesideRow>> private_besides(store::Read& db, const store::Scope& scope, const Id& answer) {
  return db.all(kPrivateBesides, scope.library, answer);
}
Result<std::vector<PrivateBesideRow>> waiting_besides(store::Read& db, const store::Scope& scope, const Id& workbook) {
  return db.all(kWaitingBesides, scope.library, workbook, scope.actor);
}
Done settle_private(store::Tx& tx, const store::Scope& scope, const Id& answer, std::int64_t number) {
  return done(tx.run(kSettlePrivate, scope.library, answer, number));
}
Done erase_private(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY_DONE(tx.run(kErasePrivateBesides, scope.library, member));
  TRY_DONE(tx.run(kErasePrivateRevisions, scope.library, member));
  return done(tx.run(kErasePrivate, scope.library, member));
}

}  // namespace kedge::guide::rows
