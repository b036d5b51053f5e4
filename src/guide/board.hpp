// guide: the page of a workbook for a board, two sides of paper: what is asked of it, what was found, who does what.
// Owns the table board_page. Nothing of staff care stands on it but the step that was decided, and nothing that rests on a
// private answer: neither can be chosen.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "guide/thread.hpp"

namespace kedge::guide {

constexpr std::size_t kBoardWords = 1200;    // characters of what the lead says
constexpr std::size_t kMostAsks = 5;
constexpr std::size_t kAskDecision = 400;
constexpr std::size_t kAskCost = 160;
constexpr std::size_t kAskAnswer = 400;

// Asked of the board.
struct BoardAsk {
  std::string decision;  // what it is to decide
  std::string cost;      // in words: "$1,200 once", "nothing"
  Date by;               // until when; may be empty
  std::string answer;    // what it decided, once it has
  [[nodiscard]] bool blank() const { return decision.empty() && cost.empty() && by.empty() && answer.empty(); }
};

struct BoardPage {
  std::string words;
  std::vector<BoardAsk> asks;
  std::set<std::string> left_out;  // "finding/<Id>", "action/<Id>": what the lead does not bring before the board
  bool shown = false;              // whether the board's members may read it here
  std::int64_t version = 0;        // 0: nothing was saved yet
};

[[nodiscard]] Result<BoardPage> board_page(store::Read& db, const store::Scope& scope, const Id& workbook);
// Errors: invalid at "words", "decision_1" ... "answer_5" (too long; a cost, day or answer without a decision), conflict
// "guide.board.changed" when `page.version` is not the one kept. Blank asks are dropped.
Done save_board_page(store::Tx& tx, const store::Scope& scope, const Id& workbook, BoardPage page);

// Whether what is said in a section may come before the board: neither where staff care is marked nor where the guide says
// that it is for staff alone.
[[nodiscard]] bool for_staff_alone(const Section& section);

struct BoardAction {
  plan::Action action;
  bool step_alone = false;  // it came from staff care: nothing is told but the step, who and when
};
struct BoardMatter {
  std::vector<lineage::Finding> findings;  // by their sentences; dismissed ones are none
  std::vector<BoardAction> actions;        // as they were made
};
// What may stand on the page, before anything is left out.
[[nodiscard]] Result<BoardMatter> board_matter(store::Read& db, const store::Scope& scope, const Workbook& book);

}  // namespace kedge::guide
