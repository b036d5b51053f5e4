#include "guide/checklist_paper.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/checklist_store.hpp"
#include "identity/identity.hpp"

namespace kedge::guide {
namespace {

// What is wrong with the counts, each at its field.
std::vector<FieldError> wrong_in(const PaperBatch& batch, std::int64_t least) {
  std::vector<FieldError> wrong;
  if (batch.sheets < least || batch.sheets > kMostPapers) wrong.push_back({"sheets", "guide.papers.sheets", {{"least", std::to_string(least)}, {"most", std::to_string(kMostPapers)}}});
  const auto count = [&](const std::string& field, std::int64_t tally) {
    if (tally < 0 || tally > batch.sheets) wrong.push_back({field, "guide.papers.tally", {{"sheets", std::to_string(batch.sheets)}}});
  };
  for (std::size_t i = 0; i < batch.tallies.size(); ++i) {
    count("well-" + std::to_string(i), batch.tallies[i].well);
    count("better-" + std::to_string(i), batch.tallies[i].better);
  }
  if (std::ranges::any_of(batch.comments, [](const std::string& line) { return text::length(line) > kCommentLimit; })) wrong.push_back({"comments", "guide.list.long_comment", {}});
  else if (static_cast<std::int64_t>(batch.comments.size()) > batch.sheets) wrong.push_back({"comments", "guide.papers.lines", {{"sheets", std::to_string(batch.sheets)}}});
  return wrong;
}

}  // namespace

Result<Papers> papers(store::Read& db, const store::Scope& scope) {
  TRY(const auto library, identity::library(db, scope));
  const auto today = Date::at(db.now_ms(), library.time_zone);
  TRY(const auto all, rows::all_lists(db, scope));
  auto now = Papers::may_come;
  for (const auto& one : all) {
    if (one.state == ListState::open) now = Papers::list_open;
    if (today.days() - one.closes_on.days() > kDaysApart) continue;
    TRY(const auto list, checklist(db, scope, one.id));
    if (list.has_result() && (list.paper || !list.roster.empty())) return Papers::too_soon;
  }
  return now;
}

Result<Id> type_in_papers(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const PaperBatch& batch) {
  TRY(const auto now, papers(tx, scope));
  if (now == Papers::list_open) return fail(Fault::conflict, "guide.papers.open");
  if (now == Papers::too_soon) return fail(Fault::conflict, "guide.papers.too_soon");
  TRY(const auto library, identity::library(tx, scope));
  TRY(auto items, next_items(tx, scope, workbook, prompt));
  const bool same = std::ranges::equal(items, batch.tallies, [](const ListItem& item, const PaperTally& tally) { return tally.item == (item.label.empty() ? item.id : item.label); });
  if (!same) return fail(Fault::conflict, "guide.papers.changed");
  if (auto wrong = wrong_in(batch, std::max(library.threshold, disclosure::kSmallestGroup)); !wrong.empty())
    return fail(Error{Fault::invalid, wrong.front().key, {}, std::move(wrong), {}});
  Checklist closed;
  closed.workbook = workbook;
  closed.prompt = std::string(prompt);
  closed.state = ListState::closed;
  closed.opened_on = closed.closes_on = Date::at(tx.now_ms(), library.time_zone);
  closed.threshold = library.threshold;
  closed.paper = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].well = disclosure::band_of(batch.tallies[i].well, batch.sheets);
    items[i].better = disclosure::band_of(batch.tallies[i].better, batch.sheets);
  }
  closed.items = std::move(items);
  closed.comments = batch.comments;
  TRY(const auto id, keep_closed(tx, scope, closed));
  TRY_DONE(rows::drop_proposals(tx, scope, workbook, prompt));
  TRY_DONE(tx.record("checklist", id, {"closed"}));
  TRY_DONE(tx.touch("workbook/" + workbook.text()));
  TRY_DONE(tx.touch("answer/" + workbook.text() + "/" + std::string(prompt)));
  return id;
}

}  // namespace kedge::guide
