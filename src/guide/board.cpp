#include "guide/board.hpp"

#include <algorithm>
#include <tuple>

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "guide/board_store.hpp"

namespace kedge::guide {
namespace {

using nlohmann::json;

std::string asks_json(const std::vector<BoardAsk>& asks) {
  json all = json::array();
  for (const auto& ask : asks) all.push_back({{"decision", ask.decision}, {"cost", ask.cost}, {"by", ask.by.text()}, {"answer", ask.answer}});
  return all.dump();
}

Result<BoardPage> page_of(const rows::BoardRow& row) {
  BoardPage page{row.words, {}, {}, row.shown, row.version};
  const auto asks = json::parse(row.asks, nullptr, false);
  const auto left_out = json::parse(row.left_out, nullptr, false);
  if (!asks.is_array() || !left_out.is_array()) return fail(Fault::internal, "store.broken_row", "board_page");
  for (const auto& one : asks)
    page.asks.push_back({one.value("decision", ""), one.value("cost", ""), Date::parse(one.value("by", "")).value_or(Date()), one.value("answer", "")});
  for (const auto& one : left_out) page.left_out.insert(one.get<std::string>());
  return page;
}

Result<BoardPage> checked(BoardPage page) {
  Error error{Fault::invalid, "guide.board.invalid", {}, {}, {}};
  const auto limit = [&](const std::string& field, const std::string& words, std::size_t most) {
    if (text::length(words) > most) error.fields.push_back({field, "guide.answer.too_long", {{"limit", std::to_string(most)}, {"length", std::to_string(text::length(words))}}});
  };
  page.words = text::clean(page.words);
  limit("words", page.words, kBoardWords);
  for (std::size_t at = 0; at < page.asks.size(); ++at) {
    auto& ask = page.asks[at];
    const auto number = std::to_string(at + 1);
    const std::tuple<const char*, std::string*, std::size_t> texts[] = {{"decision_", &ask.decision, kAskDecision}, {"cost_", &ask.cost, kAskCost}, {"answer_", &ask.answer, kAskAnswer}};
    for (const auto& [name, words, most] : texts) {
      *words = text::clean_line(*words);
      limit(name + number, *words, most);
    }
    if (ask.decision.empty() && !ask.blank()) error.fields.push_back({"decision_" + number, "guide.board.no_decision", {}});
  }
  if (!error.fields.empty()) return fail(std::move(error));
  std::erase_if(page.asks, [](const BoardAsk& ask) { return ask.blank(); });
  if (page.asks.size() > kMostAsks) return fail(Fault::invalid, "guide.board.invalid", "asks");
  return page;
}

// What the board may hear of: what came from something that stays with the staff stays with them too, however far back it is.
class Openness {
 public:
  Openness(const Guide& guide, const std::vector<Answer>& answers, const Thread& thread) {
    for (const auto& answer : answers) {
      const auto* section = guide.section_of(answer.place.prompt);
      if (section != nullptr && !for_staff_alone(*section)) open_answers_.insert(answer.id.text());
    }
    for (const auto& [action, from] : thread.came_from) here_.insert(action.text());
    for (bool more = true; more;) {
      more = false;
      for (const auto& [finding, grounds] : thread.grounds) more = close({"finding", finding.text()}, grounds) || more;
      for (const auto& [action, from] : thread.came_from) more = close({"action", action.text()}, from) || more;
    }
  }
  // What another workbook, a closed list or a private answer says is not known here, and stays with the staff.
  [[nodiscard]] bool of(const lineage::Ref& ref) const {
    if (ref.kind == "answer") return open_answers_.contains(ref.id);
    if (ref.kind == "action" && !here_.contains(ref.id)) return false;
    if (ref.kind == "finding" || ref.kind == "action") return !closed_.contains({ref.kind, ref.id});
    return ref.kind == "organization" || ref.kind == "contact";
  }

 private:
  // Whether that is news.
  bool close(const lineage::Ref& ref, const std::vector<lineage::Ref>& from) {
    if (!of(ref) || std::ranges::all_of(from, [&](const lineage::Ref& one) { return of(one); })) return false;
    return closed_.emplace(ref.kind, ref.id).second;
  }

  std::set<std::string, std::less<>> open_answers_;
  std::set<std::string, std::less<>> here_;  // the actions of this workbook
  std::set<std::pair<std::string, std::string>> closed_;
};

}  // namespace

Result<BoardPage> board_page(store::Read& db, const store::Scope& scope, const Id& workbook) {
  TRY(const auto row, rows::board(db, scope, workbook));
  return row ? page_of(*row) : BoardPage();
}

Done save_board_page(store::Tx& tx, const store::Scope& scope, const Id& workbook, BoardPage typed) {
  TRY(const auto page, checked(std::move(typed)));
  TRY(const auto kept, rows::board(tx, scope, workbook));
  if ((kept ? kept->version : 0) != page.version) return fail(Fault::conflict, "guide.board.changed");
  const rows::BoardRow row{page.words, asks_json(page.asks), json(page.left_out).dump(), page.shown, page.version + 1};
  TRY_DONE(kept ? rows::update_board(tx, scope, workbook, row) : rows::add_board(tx, scope, workbook, row));
  TRY_DONE(tx.record("board_page", workbook, {"words", "asks", "left_out", "shown"}));
  return tx.touch("workbook/" + workbook.text());
}

bool for_staff_alone(const Section& section) {
  return section.staff_only || std::ranges::any_of(section.prompts, [](const Prompt& prompt) { return prompt.kind == Kind::checklist; });
}

Result<BoardMatter> board_matter(store::Read& db, const store::Scope& scope, const Workbook& book) {
  BoardMatter matter;
  TRY(const auto closed, closed_lists(db, scope, book));
  TRY(const auto thread, thread_of(db, scope, book.id, closed));
  TRY(const auto all, answers(db, scope, book.id));
  const Openness open(book.definition(), all, thread);
  for (const auto& finding : thread.findings)
    if (finding.state != lineage::State::dismissed && open.of({"finding", finding.id.text()})) matter.findings.push_back(finding);
  for (const auto& action : thread.actions) matter.actions.push_back({action, !open.of({"action", action.id.text()})});
  return matter;
}

}  // namespace kedge::guide
