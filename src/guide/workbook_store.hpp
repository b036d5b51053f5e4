// guide: rows of the workbook's tables, and nothing that decides.
#pragma once

#include <vector>

#include "guide/workbook.hpp"

namespace kedge::guide::rows {

struct GuideRow {
  Id id;
  std::string slug;
  std::string yaml;
  bool shipped = true;
  std::int64_t version = 1;
};
Result<std::vector<GuideRow>> guides(store::Read& db, const store::Scope& scope);
Result<GuideRow> guide(store::Read& db, const store::Scope& scope, const Id& id);
Result<std::optional<GuideRow>> guide_by_slug(store::Read& db, const store::Scope& scope, std::string_view slug);
Done add_guide(store::Tx& tx, const store::Scope& scope, const GuideRow& row);
Result<std::int64_t> save_guide(store::Tx& tx, const store::Scope& scope, const GuideRow& row, std::int64_t read_version);

// Prompts of the guide with an answer for all eyes, removed or not, or a list, in any of its workbooks.
Result<std::vector<std::string>> answered_prompts(store::Read& db, const store::Scope& scope, const Id& guide);

struct WorkbookRow {
  Id id;
  Id guide;
  std::string title;
  std::int64_t opened_ms = 0;
};
Result<std::vector<WorkbookRow>> workbooks(store::Read& db, const store::Scope& scope);
Result<WorkbookRow> workbook(store::Read& db, const store::Scope& scope, const Id& id);
Result<std::vector<RemovedWorkbook>> removed_workbooks(store::Read& db, const store::Scope& scope, std::int64_t since_ms);
Done add_workbook(store::Tx& tx, const store::Scope& scope, const WorkbookRow& row);
Result<std::int64_t> rename_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title);
Result<std::int64_t> mark_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, std::optional<std::int64_t> removed_ms);

struct AnswerRow {
  Id id;
  Id workbook;
  std::string prompt;
  std::string row;
  Voice voice = Voice::team;
  Id member;
  std::string body;
  std::int64_t version = 0;
  std::int64_t position = 0;
  std::int64_t changed_ms = 0;
  Id changed_by;
  std::string key = {};  // of its writer: the member's id, or a sheet's; empty for the team
};
Result<std::vector<AnswerRow>> answers(store::Read& db, const store::Scope& scope, const Id& workbook);
Result<std::optional<AnswerRow>> maybe_answer(store::Read& db, const store::Scope& scope, const Id& id);
Result<AnswerRow> answer(store::Read& db, const store::Scope& scope, const Id& id);
// Also one that was removed: its place is taken until then.
Result<std::optional<AnswerRow>> answer_at(store::Read& db, const store::Scope& scope, const Place& place, Voice voice, const Id& member);
// The same by its writer's key.
Result<std::optional<AnswerRow>> answer_by(store::Read& db, const store::Scope& scope, const Place& place, Voice voice, const std::string& key);
Result<std::int64_t> next_position(store::Read& db, const store::Scope& scope, const Place& place);
Done add_answer(store::Tx& tx, const store::Scope& scope, const AnswerRow& row);
Done update_answer(store::Tx& tx, const store::Scope& scope, const AnswerRow& row);
Result<std::int64_t> mark_answer(store::Tx& tx, const store::Scope& scope, const Id& id, std::optional<std::int64_t> removed_ms);
// The words go with their revisions; the place stays, so that what names it finds it again.
Done empty_answer(store::Tx& tx, const store::Scope& scope, const Id& id, std::int64_t removed_ms);
Done delete_answer(store::Tx& tx, const store::Scope& scope, const Id& id);

struct RevisionRow {
  Id id;
  Id answer;
  std::int64_t version = 0;
  std::string body;
  Id member;
  std::int64_t at_ms = 0;
  bool beside = false;
  bool settled = false;
};
Done add_revision(store::Tx& tx, const store::Scope& scope, const RevisionRow& row);
Result<std::vector<RevisionRow>> revisions(store::Read& db, const store::Scope& scope, const Id& answer);
Result<std::vector<RevisionRow>> besides(store::Read& db, const store::Scope& scope, const Id& workbook);
Result<RevisionRow> revision(store::Read& db, const store::Scope& scope, const Id& id);
Done settle(store::Tx& tx, const store::Scope& scope, const Id& revision);

struct PrivateRow {
  Id id;
  Id workbook;
  Id member;
  std::string prompt;
  std::string row;
  store::Bytes sealed;
  std::int64_t version = 0;
  std::int64_t position = 0;
  Date changed_on;
  std::int64_t shared_version = 0;
};
Result<std::vector<PrivateRow>> private_answers(store::Read& db, const store::Scope& scope, const Id& workbook);
Result<std::optional<PrivateRow>> private_at(store::Read& db, const store::Scope& scope, const Place& place);
Result<std::int64_t> next_private_position(store::Read& db, const store::Scope& scope, const Place& place);
Done add_private(store::Tx& tx, const store::Scope& scope, const PrivateRow& row);
Done update_private(store::Tx& tx, const store::Scope& scope, const PrivateRow& row);
Result<std::int64_t> mark_private(store::Tx& tx, const store::Scope& scope, const Id& id, std::optional<std::int64_t> removed_ms);
Done mark_shared(store::Tx& tx, const store::Scope& scope, const Id& id, std::int64_t version);
struct PrivateRevisionRow {
  std::int64_t version = 0;
  store::Bytes sealed;
  Date changed_on;
};
Done add_private_revision(store::Tx& tx, const store::Scope& scope, const PrivateRow& row);
Result<std::vector<PrivateRevisionRow>> private_revisions(store::Read& db, const store::Scope& scope, const Id& answer);
// Shared copies stay, written by nobody.
Done forget_writer(store::Tx& tx, const store::Scope& scope, const Id& member);
struct PrivateBesideRow {
  Id answer;
  std::int64_t number = 0;
  store::Bytes sealed;
  Date changed_on;
  bool settled = false;
};
Done add_private_beside(store::Tx& tx, const store::Scope& scope, const PrivateBesideRow& row);
Result<std::vector<PrivateBesideRow>> private_besides(store::Read& db, const store::Scope& scope, const Id& answer);  // newest first
Result<std::vector<PrivateBesideRow>> waiting_besides(store::Read& db, const store::Scope& scope, const Id& workbook);  // the actor's, unsettled
Done settle_private(store::Tx& tx, const store::Scope& scope, const Id& answer, std::int64_t number);
Done erase_private(store::Tx& tx, const store::Scope& scope, const Id& member);

}  // namespace kedge::guide::rows
