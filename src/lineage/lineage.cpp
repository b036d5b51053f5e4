#include "lineage/lineage.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "lineage/lineage_store.hpp"
#include "lineage/retention.hpp"
#include "lineage/themes.hpp"

namespace kedge::lineage {
namespace {

constexpr std::int64_t kUndoMs = 30LL * 24 * 60 * 60 * 1000;

store::Kept<std::vector<Finding>> kept_findings{"finding"};
store::Kept<std::vector<Evidence>> kept_evidence{"evidence"};
store::Kept<std::vector<Link>> kept_links{"link"};

// What may be said and how it is kept. Errors at "statement" and "theme", both at once.
Result<std::string> checked(std::string_view statement, std::string_view theme) {
  Error error{Fault::invalid, "lineage.finding.invalid", {}, {}, {}};
  auto sentence = text::clean_line(statement);
  if (sentence.empty()) error.fields.push_back({"statement", "lineage.statement.missing"});
  if (text::length(sentence) > kStatementLength)
    error.fields.push_back({"statement", "lineage.statement.too_long", {{"most", std::to_string(kStatementLength)}}});
  TRY(const auto known, theme_known(theme));
  if (!known) error.fields.push_back({"theme", "lineage.theme.unknown"});
  if (!error.fields.empty()) return fail(std::move(error));
  return sentence;
}

Done check_ref(const Ref& ref) {
  const auto code = std::ranges::all_of(ref.kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  if (ref.kind.empty() || ref.kind.size() > 40 || !code || ref.id.empty() || ref.id.size() > 200)
    return fail(Fault::invalid, "lineage.ref.invalid");
  return {};
}

Done tell(store::Tx& tx, const Id& finding) {
  TRY_DONE(tx.touch("findings"));
  return tx.touch("finding/" + finding.text());
}

Done add_evidence(store::Tx& tx, const store::Scope& scope, const Id& finding, const Ref& ref, Voice voice) {
  TRY_DONE(check_ref(ref));
  const auto id = tx.fresh_id();
  const bool hidden = voice == Voice::unnamed && ref.kind == "private_note";  // its address would name the writer
  TRY_DONE(tx.run(kAddEvidence, scope.library, id, finding, ref.kind, hidden ? id.text() : ref.id, tx.now_ms()));
  return {};
}

std::vector<Evidence> to_evidence(std::vector<EvidenceRow> rows) {
  std::vector<Evidence> evidence;
  evidence.reserve(rows.size());
  for (auto& row : rows) evidence.push_back({row.id, row.finding, {std::move(row.kind), std::move(row.ref)}});
  return evidence;
}

// Changes of an unnamed finding by its writer must not stand beside the writer's name in the ledger; by others they may,
// but who is who can't be told here. The ledger leaves unnamed findings out altogether.
Done record(store::Tx& tx, const Finding& finding, std::initializer_list<std::string_view> fields) {
  return finding.voice == Voice::unnamed ? Done{} : tx.record("finding", finding.id, fields);
}

}  // namespace

Result<std::vector<Theme>> themes(store::Read& db, const store::Scope& scope, Language language) {
  TRY(const auto* shipped, shipped_themes());
  TRY(const auto own, db.all(kWords, scope.library, std::string(code(language))));
  TRY(const auto hidden, db.all(kHidden, scope.library));
  const auto at = static_cast<std::size_t>(language);
  std::vector<Theme> themes;
  themes.reserve(shipped->size());
  for (const auto& theme : *shipped) {
    const auto mine = std::ranges::find(own, theme.code, &WordRow::code);
    themes.push_back({theme.code, mine == own.end() ? theme.label[at] : mine->label, theme.about[at],
                      std::ranges::find(hidden, theme.code) != hidden.end(), theme.label[at]});
  }
  return themes;
}

Done rename_theme(store::Tx& tx, const store::Scope& scope, std::string_view code_of_theme, const ThemeWords& labels) {
  const std::string code(code_of_theme);
  Error wrong{Fault::invalid, "lineage.themes.invalid", {}, {}, {}};
  for (const auto language : kLanguages) {
    const std::string tongue(kedge::code(language));
    const auto label = text::clean_line(labels[static_cast<std::size_t>(language)]);
    TRY(const auto all, themes(tx, scope, language));
    const auto theme = std::ranges::find(all, code, &Theme::code);
    if (theme == all.end()) return fail(Fault::not_found, "lineage.theme.unknown");
    const auto same = [&](const Theme& other) { return other.code != code && text::fold(other.label) == text::fold(label); };
    if (text::length(label) > kThemeLabelLength) {
      wrong.fields.push_back({"label_" + tongue, "lineage.theme.label_too_long", {}});
    } else if (!label.empty() && std::ranges::any_of(all, same)) {
      wrong.fields.push_back({"label_" + tongue, "lineage.theme.label_taken", {}});
    } else if (label.empty() || label == theme->shipped) {
      TRY_DONE(tx.run(kDropWord, scope.library, code, tongue));
    } else {
      TRY_DONE(tx.run(kSaveWord, scope.library, code, tongue, label));
    }
  }
  if (!wrong.fields.empty()) return fail(std::move(wrong));
  TRY_DONE(tx.record("theme_word", scope.library, {"label"}));
  return tx.touch("findings");
}

Done offer_theme(store::Tx& tx, const store::Scope& scope, std::string_view code, Offering offering) {
  TRY(const auto known, theme_known(code));
  if (!known || code.empty()) return fail(Fault::not_found, "lineage.theme.unknown");
  switch (offering) {
    case Offering::offered: TRY_DONE(tx.run(kOffer, scope.library, std::string(code))); break;
    case Offering::hidden: TRY_DONE(tx.run(kHide, scope.library, std::string(code))); break;
  }
  TRY_DONE(tx.record("theme_hidden", scope.library, {"code"}));
  return tx.touch("findings");
}

Result<Id> raise(store::Tx& tx, const store::Scope& scope, const NewFinding& finding) {
  TRY(const auto statement, checked(finding.statement, finding.theme));
  const auto id = tx.fresh_id();
  const auto by = finding.voice == Voice::unnamed ? Id() : scope.actor;
  TRY_DONE(tx.run(kAddFinding, scope.library, id, finding.theme, statement, State::open, finding.voice, by, tx.now_ms()));
  for (const auto& ref : finding.rests_on) TRY_DONE(add_evidence(tx, scope, id, ref, finding.voice));
  if (finding.voice != Voice::unnamed) TRY_DONE(tx.record("finding", id, {"statement", "theme", "state"}));
  TRY_DONE(tell(tx, id));
  return id;
}

Result<store::Shared<std::vector<Finding>>> findings(store::Read& db, const store::Scope& scope) {
  return kept_findings.of(db, scope, "", [](store::Read& read, const store::Scope& library) { return read.all(kFindings, library.library); });
}

Result<Finding> finding(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kFinding, scope.library, id); }

Result<std::vector<Evidence>> evidence_of(store::Read& db, const store::Scope& scope, const Id& finding) {
  TRY(auto rows, db.all(kEvidence, scope.library, finding));
  return to_evidence(std::move(rows));
}

Result<store::Shared<std::vector<Evidence>>> all_evidence(store::Read& db, const store::Scope& scope) {
  return kept_evidence.of(db, scope, "", [](store::Read& read, const store::Scope& library) -> Result<std::vector<Evidence>> {
    TRY(auto rows, read.all(kAllEvidence, library.library));
    return to_evidence(std::move(rows));
  });
}

Result<std::vector<Finding>> findings_on(store::Read& db, const store::Scope& scope, const Ref& ref) {
  return db.all(kFindingsOn, scope.library, ref.kind, ref.id);
}

Result<std::vector<Revision>> revisions(store::Read& db, const store::Scope& scope, const Id& finding) {
  return db.all(kRevisions, scope.library, finding);
}

Done revise(store::Tx& tx, const store::Scope& scope, const Id& id, std::string_view statement, std::string_view theme,
            std::int64_t version) {
  TRY(const auto kept, finding(tx, scope, id));
  TRY(const auto sentence, checked(statement, theme));
  if (kept.version != version) return fail(Fault::conflict, "lineage.finding.changed");
  if (kept.statement == sentence && kept.theme == theme) return {};
  TRY_DONE(tx.run(kKeepRevision, scope.library, tx.now_ms(), id));
  TRY_DONE(tx.run(kReviseFinding, scope.library, std::string(theme), sentence, id, version));
  TRY_DONE(record(tx, kept, {"statement", "theme"}));
  return tell(tx, id);
}

Done decide(store::Tx& tx, const store::Scope& scope, const Id& id, State state) {
  TRY(const auto kept, finding(tx, scope, id));
  if (kept.state == state) return {};
  TRY_DONE(tx.run(kDecide, scope.library, state, tx.now_ms(), id));
  TRY_DONE(record(tx, kept, {"state"}));
  return tell(tx, id);
}

Done rest_on(store::Tx& tx, const store::Scope& scope, const Id& id, const Ref& ref) {
  TRY(const auto kept, finding(tx, scope, id));
  TRY_DONE(add_evidence(tx, scope, id, ref, kept.voice));
  TRY_DONE(record(tx, kept, {"evidence"}));
  return tell(tx, id);
}

Done unrest(store::Tx& tx, const store::Scope& scope, const Id& id, const Id& evidence) {
  TRY(const auto kept, finding(tx, scope, id));
  TRY_DONE(tx.run(kRemoveEvidence, scope.library, tx.now_ms(), id, evidence));
  TRY_DONE(record(tx, kept, {"evidence"}));
  return tell(tx, id);
}

Done rest_again(store::Tx& tx, const store::Scope& scope, const Id& id, const Id& evidence) {
  TRY(const auto kept, finding(tx, scope, id));
  TRY_DONE(tx.run(kRestoreEvidence, scope.library, id, evidence));
  TRY_DONE(record(tx, kept, {"evidence"}));
  return tell(tx, id);
}

Done link(store::Tx& tx, const store::Scope& scope, const Ref& from, const Ref& to) {
  TRY_DONE(check_ref(from));
  TRY_DONE(check_ref(to));
  if (from == to) return fail(Fault::invalid, "lineage.ref.invalid");
  TRY_DONE(tx.run(kAddLink, scope.library, from.kind, from.id, to.kind, to.id, tx.now_ms()));
  for (const auto& end : {from, to})
    if (end.kind == "finding") TRY_DONE(tx.touch("finding/" + end.id));
  return tx.touch("findings");
}

Result<std::vector<Ref>> came_from(store::Read& db, const store::Scope& scope, const Ref& to) {
  TRY(auto rows, db.all(kCameFrom, scope.library, to.kind, to.id));
  std::vector<Ref> refs;
  for (auto& row : rows) refs.push_back({std::move(row.from_kind), std::move(row.from_ref)});
  return refs;
}

Result<std::vector<Ref>> became(store::Read& db, const store::Scope& scope, const Ref& from) {
  TRY(auto rows, db.all(kBecame, scope.library, from.kind, from.id));
  std::vector<Ref> refs;
  for (auto& row : rows) refs.push_back({std::move(row.to_kind), std::move(row.to_ref)});
  return refs;
}

Result<store::Shared<std::vector<Link>>> links_from(store::Read& db, const store::Scope& scope, std::string_view kind) {
  return kept_links.of(db, scope, kind, [&](store::Read& read, const store::Scope& library) -> Result<std::vector<Link>> {
    TRY(auto rows, read.all(kLinksFrom, library.library, std::string(kind)));
    std::vector<Link> links;
    for (auto& row : rows)
      links.push_back({{std::move(row.from_kind), std::move(row.from_ref)}, {std::move(row.to_kind), std::move(row.to_ref)}});
    return links;
  });
}

Done forget(store::Tx& tx, const store::Scope& scope, const Ref& ref) {
  TRY(const auto dropped, tx.run(kDropLinks, scope.library, ref.kind, ref.id));
  if (ref.kind == "private_note") {  // told only when something that others see went with it
    TRY(const auto loosened, tx.run(kLoosenNotes, scope.library, ref.id));
    return dropped + loosened > 0 ? tx.touch("findings") : Done{};
  }
  TRY_DONE(tx.run(kDropEvidence, scope.library, ref.kind, ref.id));
  return tx.touch("findings");
}

Result<std::vector<std::string>> named(store::Read& db, const store::Scope& scope, std::string_view kind) {
  return db.all(kNamed, scope.library, std::string(kind));
}

Done loosen(store::Tx& tx, const store::Scope& scope, const Ref& ref) {
  TRY_DONE(tx.run(kDropLinks, scope.library, ref.kind, ref.id));
  TRY_DONE(tx.run(kLoosen, scope.library, ref.kind, ref.id));
  return tx.touch("findings");
}

Done sweep(store::Tx& tx, const store::Scope& scope) {
  TRY(const auto swept, tx.run(kSweepEvidence, scope.library, tx.now_ms() - kUndoMs));
  return swept > 0 ? tx.touch("findings") : Done{};
}

}  // namespace kedge::lineage
