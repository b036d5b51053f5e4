// lineage: themes, findings, and what each thing of the golden thread rests on.
// Owns the tables theme_word, theme_hidden, finding, finding_revision, evidence and link. Knows nothing of pages, nor of the slices that raise findings.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/language.hpp"
#include "core/result.hpp"
#include "store/kept.hpp"

namespace kedge::lineage {

extern const std::span<const store::Migration> kMigrations;

// A theme of content/themes.yaml; the code never changes, a library may give it another label or hide it.
struct Theme {
  std::string code;
  std::string label;
  std::string about;
  bool hidden = false;
  std::string shipped = {};  // the label that comes with the program
};
// The themes as this library names them, in the order of the file.
[[nodiscard]] Result<std::vector<Theme>> themes(store::Read& db, const store::Scope& scope, Language language);
constexpr std::size_t kThemeLabelLength = 60;
// By Language; what is empty, or reads as the shipped label, gives the shipped one back and follows it from then on.
using ThemeWords = std::array<std::string, kLanguages.size()>;
// Errors: not_found (no such theme); invalid at "label_<language>": over 60, or another theme is called that.
Done rename_theme(store::Tx& tx, const store::Scope& scope, std::string_view code, const ThemeWords& labels);
// A hidden theme is not offered any more and stays on what carries it. Repeating it is harmless. Errors: not_found.
enum class Offering : std::uint8_t { offered, hidden };
Done offer_theme(store::Tx& tx, const store::Scope& scope, std::string_view code, Offering offering);

// What something rests on or came from: a kind that one slice owns, and the record's id (or a stable address in it).
//   answer (guide: an answer of the team, or one that is shared), band (guide: one item of a closed list),
//   private_note (guide: rests on a private answer; never opens), finding, action, organization, contact
struct Ref {
  std::string kind;
  std::string id;  // an Id, or "<Id>/<item>" for a band
  bool operator==(const Ref&) const = default;
};

// How a Ref reads and where it leads, for who asks; made by the slice that owns the kind.
struct Shown {
  std::string text;   // a short quotation or sentence
  std::string label;  // what it is, in words: "The team's answer"
  std::string path;   // empty: it does not open
  std::string workbook = {};  // id of the one that it stands in, or empty
};

enum class State : std::uint8_t { open, accepted, dismissed };
// Whether the person behind it is named: the team's own, a named member, or "a team member".
enum class Voice : std::uint8_t { team, named, unnamed };

struct Finding {
  Id id;
  std::string theme;      // a code, or empty: never forced
  std::string statement;  // one sentence, at most 500 characters
  State state = State::open;
  Voice voice = Voice::team;
  Id by;                  // who raised it; empty for Voice::unnamed
  std::int64_t opened_ms = 0;
  std::int64_t version = 1;
};

struct Evidence {
  Id id;
  Id finding;
  Ref ref;
};

// How a finding read until it was changed.
struct Revision {
  std::int64_t version = 1;
  std::string theme;
  std::string statement;
  std::int64_t until_ms = 0;
};

struct NewFinding {
  std::string statement;
  std::string theme;
  Voice voice = Voice::team;
  std::vector<Ref> rests_on;
};

constexpr std::size_t kStatementLength = 500;

// Errors: invalid at "statement" (empty, over 500) or "theme" (unknown).
// With Voice::unnamed nothing tells who raised it: no member, no entry in the ledger, no address of the private note.
[[nodiscard]] Result<Id> raise(store::Tx& tx, const store::Scope& scope, const NewFinding& finding);
[[nodiscard]] Result<store::Shared<std::vector<Finding>>> findings(store::Read& db, const store::Scope& scope);  // open, accepted, dismissed; newest first
[[nodiscard]] Result<Finding> finding(store::Read& db, const store::Scope& scope, const Id& id);
[[nodiscard]] Result<std::vector<Evidence>> evidence_of(store::Read& db, const store::Scope& scope, const Id& finding);
// The findings that rest on this, for "what became of it".
[[nodiscard]] Result<std::vector<Finding>> findings_on(store::Read& db, const store::Scope& scope, const Ref& ref);
// Changes the sentence or theme. Errors: conflict "lineage.finding.changed" when `version` is not the one read.
Done revise(store::Tx& tx, const store::Scope& scope, const Id& id, std::string_view statement, std::string_view theme, std::int64_t version);
// Repeating is harmless. dismissed can be opened again: nothing is lost on the way.
Done decide(store::Tx& tx, const store::Scope& scope, const Id& id, State state);
Done rest_on(store::Tx& tx, const store::Scope& scope, const Id& finding, const Ref& ref);
Done unrest(store::Tx& tx, const store::Scope& scope, const Id& finding, const Id& evidence);  // can be brought back for 30 days
Done rest_again(store::Tx& tx, const store::Scope& scope, const Id& finding, const Id& evidence);
[[nodiscard]] Result<std::vector<Revision>> revisions(store::Read& db, const store::Scope& scope, const Id& finding);  // newest first
// All of a library at once, for lists.
[[nodiscard]] Result<store::Shared<std::vector<Evidence>>> all_evidence(store::Read& db, const store::Scope& scope);

// Links between any two things, "from" came before: an action came from a finding, an answer, an organization.
Done link(store::Tx& tx, const store::Scope& scope, const Ref& from, const Ref& to);
[[nodiscard]] Result<std::vector<Ref>> came_from(store::Read& db, const store::Scope& scope, const Ref& to);
[[nodiscard]] Result<std::vector<Ref>> became(store::Read& db, const store::Scope& scope, const Ref& from);
struct Link {
  Ref from;
  Ref to;
};
// All links that start at things of one kind, for lists.
[[nodiscard]] Result<store::Shared<std::vector<Link>>> links_from(store::Read& db, const store::Scope& scope, std::string_view kind);
// Everything that points at a Ref which is gone (an erased member's private note stays as "private_note").
Done forget(store::Tx& tx, const store::Scope& scope, const Ref& ref);
// Retention: deletes evidence that was removed more than 30 days ago. Daily.
Done sweep(store::Tx& tx, const store::Scope& scope);

}  // namespace kedge::lineage

template <>
struct kedge::Codes<kedge::lineage::State> {
  static constexpr std::array<std::string_view, 3> names{"open", "accepted", "dismissed"};
};
template <>
struct kedge::Codes<kedge::lineage::Voice> {
  static constexpr std::array<std::string_view, 3> names{"team", "named", "unnamed"};
};
