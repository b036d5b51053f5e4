// guide: workbooks, and what members and the team write in them.
// Owns the tables guide, workbook, answer, answer_revision, private_answer and private_revision (and those of checklist.hpp).
// Knows nothing of pages. What a private answer says is known here only while its writer's key is at hand.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"
#include "guide/definition.hpp"
#include "store/database.hpp"

namespace kedge::guide {

extern const std::span<const store::Migration> kMigrations;

// ---- guides of a library

struct LibraryGuide {
  Id id;
  std::string slug;
  bool shipped = true;      // as it came; false once the library changed it
  std::int64_t version = 1;
  std::shared_ptr<const Guide> guide;
};

// The guides that ship with the product, by slug; read once from content/guides.
[[nodiscard]] const std::map<std::string, std::shared_ptr<const Guide>, std::less<>>& shipped_guides();
[[nodiscard]] Result<std::vector<LibraryGuide>> guides(store::Read& db, const store::Scope& scope);
[[nodiscard]] Result<LibraryGuide> guide_of(store::Read& db, const store::Scope& scope, const Id& id);
// This library's guide of the slug, taken from the shipped ones at first use. Errors: not_found "guide.unknown".
[[nodiscard]] Result<Id> adopt_guide(store::Tx& tx, const store::Scope& scope, std::string_view slug);
// Whose the slug is: a guide of this library, or a shipped one that it has not taken yet.
struct Taken {
  std::optional<LibraryGuide> by;
  std::string title;  // by the one that has it, in `language`
  bool replaceable = false;  // a library's own; a guide as it came stays as it came
};
[[nodiscard]] Result<std::optional<Taken>> taken_by(store::Read& db, const store::Scope& scope, std::string_view slug, Language language);
// A guide from a file becomes this library's own; one of the same slug is replaced as replace_guide does. Errors: those of
// both.
[[nodiscard]] Result<Id> put_guide(store::Tx& tx, const store::Scope& scope, const Guide& guide);
// The same under another title, and a slug made of it. Errors: invalid at "title".
[[nodiscard]] Result<Id> put_beside(store::Tx& tx, const store::Scope& scope, Guide guide, const std::string& title);
// A copy under a slug of its own, to change. Errors: not_found.
[[nodiscard]] Result<Id> copy_guide(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title);
// Prompts that the team answered, or a member for all eyes, in some workbook. What is private is asked of nobody.
[[nodiscard]] Result<std::set<std::string, std::less<>>> answered_prompts(store::Read& db, const store::Scope& scope, const Id& guide);
// Replaces the definition. Errors: invalid (the problems of parse_guide), conflict "guide.changed".
Done save_guide(store::Tx& tx, const store::Scope& scope, const Id& id, const Guide& guide, std::int64_t version);

// ---- workbooks

struct Workbook {
  Id id;
  std::string title;
  std::int64_t opened_ms = 0;
  LibraryGuide guide;
  [[nodiscard]] const Guide& definition() const { return *guide.guide; }
};

[[nodiscard]] Result<Id> open_workbook(store::Tx& tx, const store::Scope& scope, const Id& guide, const std::string& title);
[[nodiscard]] Result<std::vector<Workbook>> workbooks(store::Read& db, const store::Scope& scope);  // newest first
[[nodiscard]] Result<Workbook> workbook(store::Read& db, const store::Scope& scope, const Id& id);
Done rename_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title);
Done remove_workbook(store::Tx& tx, const store::Scope& scope, const Id& id);
Done restore_workbook(store::Tx& tx, const store::Scope& scope, const Id& id);
struct RemovedWorkbook {
  Id id;
  std::string title;
  std::int64_t removed_ms = 0;
};
[[nodiscard]] Result<std::vector<RemovedWorkbook>> removed_workbooks(store::Read& db, const store::Scope& scope);  // of the last 30 days, newest first

// ---- answers

// The fields of one answer, by name: a reflection has "text"; a choice "choice" and "reason"; a goal "text", "done" and
// "outcome"; a row of a list or matrix its columns (and "label" in a row of one's own); notes their fields; a scale "value".
using Values = std::map<std::string, std::string>;

// Where an answer stands: which prompt, and which row of it ("" where the prompt has no rows).
struct Place {
  Id workbook;
  std::string prompt;
  std::string row;
};

struct Answer {
  Id id;
  Place place;
  Voice voice = Voice::team;
  Id member;               // whose; empty for the team
  Values values;
  std::int64_t version = 0;  // 0: nothing was saved yet
  std::int64_t position = 0;
  std::int64_t changed_ms = 0;
  Id changed_by;
  Id sheet;                // of a shared one that no member wrote: the sheet of paper that it stood on (sheets.hpp), or empty
  [[nodiscard]] bool blank() const;
};

struct PrivateAnswer {
  Id id;
  Place place;
  Values values;
  std::int64_t version = 0;
  std::int64_t position = 0;
  std::int64_t shared_version = 0;  // 0: not shared; below version: changed since it was shared
  Date changed_on;
};

// Everything that is written in the workbook for all eyes of the team: its own answers and the shared ones. Row order.
[[nodiscard]] Result<std::vector<Answer>> answers(store::Read& db, const store::Scope& scope, const Id& workbook);
[[nodiscard]] Result<Answer> answer(store::Read& db, const store::Scope& scope, const Id& id);
// What `scope.actor` wrote alone. Errors: forbidden "crypto.wrong_key".
[[nodiscard]] Result<std::vector<PrivateAnswer>> private_answers(store::Read& db, const store::Scope& scope, const crypto::Key& key,
                                                                 const Id& workbook);

// A new row's name in a list or matrix.
[[nodiscard]] std::string fresh_row();

// Saves what the team writes at a place. `read_version` is the version that the writer had before their eyes (0: nothing);
// `shown` what its row showed of the records that it names (see records.hpp).
// Errors: invalid at a field (too long: "guide.answer.too_long"; a choice or date that does not exist), not_found (no such
// prompt), conflict "guide.answer.changed": somebody saved in between. In that case what was typed is kept beside the
// answer, in a transaction that commits: see keep_beside.
[[nodiscard]] Result<Answer> save_team(store::Tx& tx, const store::Scope& scope, const Place& place, const Values& values,
                                       std::int64_t read_version, const std::optional<Values>& shown = std::nullopt);
// Keeps a text that came too late beside the answer, until somebody settles it: no later save does. An own text that stands
// whole in the newer one gives way to it. Repeating it is harmless.
Done keep_beside(store::Tx& tx, const store::Scope& scope, const Place& place, const Values& values, std::int64_t read_version);

struct PrivateSave {
  Place place;
  Values values;
  std::int64_t read_version = 0;
};
// Errors: as save_team; conflict "guide.answer.changed_elsewhere": it was saved on another device. See keep_private_beside.
[[nodiscard]] Result<PrivateAnswer> save_private(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const PrivateSave& save);

// What one wrote on a device that saved late, sealed and kept beside the answer until its writer settles it. As keep_beside.
struct PrivateBeside {
  Id answer;
  std::int64_t number = 0;
  Values values;
  Date changed_on;
};
Done keep_private_beside(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place, const Values& values);
[[nodiscard]] Result<std::vector<PrivateBeside>> private_besides(store::Read& db, const store::Scope& scope, const crypto::Key& key, const std::vector<PrivateAnswer>& own,
                                                                 const Id& workbook);
Done settle_private(store::Tx& tx, const store::Scope& scope, const Id& answer, std::int64_t number);

// Writes a clear copy of the private answer for the team. Errors: not_found, forbidden "guide.answer.never_shared".
Done share(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place);
// Deletes the clear copy with its revisions. Repeating it is harmless.
Done take_back(store::Tx& tx, const store::Scope& scope, const Place& place);
// Adds shared answers to what the team has, words under their writers' names; nothing that stands there is lost.
// A row that somebody added alone becomes a new row of the team's. Errors: not_found, invalid where it grows too long.
Done pull(store::Tx& tx, const store::Scope& scope, const Place& place, const std::vector<Id>& shared);

// Rows go and come back within 30 days. With one's own goes the clear copy that was shared: its words and revisions are
// deleted, and come back from the sealed text that was shared.
Done remove_row(store::Tx& tx, const store::Scope& scope, const Place& place, Voice voice);
Done restore_row(store::Tx& tx, const store::Scope& scope, const Place& place);  // the team's
Done restore_own_row(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place);

struct Revision {
  Id id;
  std::int64_t version = 0;
  Values values;
  Id member;
  std::int64_t at_ms = 0;
  bool beside = false;   // came too late and waits beside the answer
  bool settled = false;
};
[[nodiscard]] Result<std::vector<Revision>> revisions(store::Read& db, const store::Scope& scope, const Id& answer);  // newest first
// Texts that came too late and that nobody has settled yet, of a whole workbook, with the answer's id in `id`'s place.
struct Beside {
  Id revision;
  Id answer;
  Values values;
  Id member;
  std::int64_t at_ms = 0;
};
[[nodiscard]] Result<std::vector<Beside>> besides(store::Read& db, const store::Scope& scope, const Id& workbook);
Done settle(store::Tx& tx, const store::Scope& scope, const Id& revision);

struct PrivateRevision {
  std::int64_t version = 0;
  Values values;
  Date changed_on;
  bool beside = false;   // came from another device and was kept beside the answer
};
[[nodiscard]] Result<std::vector<PrivateRevision>> private_revisions(store::Read& db, const store::Scope& scope, const crypto::Key& key,
                                                                     const Place& place);

// What goes when a member leaves: private answers with their revisions. The shared work stays; whose name went with them is
// its writer no more.
Done erase_private(store::Tx& tx, const store::Scope& scope, const Id& member);

// ---- how far a workbook is

enum class Progress : std::uint8_t { untouched, begun, complete };
struct SectionProgress {
  std::string section;
  Progress progress = Progress::untouched;
  int answered = 0;  // prompts that the team has answered (readings do not count)
  int asked = 0;
};
// Whether the workbook's action table has a step yet (plan's records, not answers).
enum class Steps : std::uint8_t { none, some };
// By what all may see, and by what `own` (the reader's private answers) tells the reader alone.
[[nodiscard]] std::vector<SectionProgress> progress(const Guide& guide, const std::vector<Answer>& team, const std::vector<PrivateAnswer>& own, Steps steps);
[[nodiscard]] Result<Steps> steps_of(store::Read& db, const store::Scope& scope, const Id& workbook, const Date& today);

// Whether everything that `part` says stands in `whole` too.
[[nodiscard]] bool holds(const Values& whole, const Values& part);
// JSON of an answer's fields, keys in order; and back. Errors: internal "store.broken_row".
[[nodiscard]] std::string to_json(const Values& values);
[[nodiscard]] Result<Values> values_from(std::string_view json);

}  // namespace kedge::guide
