// guide: a staff care list that was marked on paper, without code or name, and is typed in as one batch. What is typed are
// counts over all sheets, never one sheet; what is kept are the bands, as of any closed list (PRIVACY.md 5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guide/checklist.hpp"

namespace kedge::guide {

constexpr std::int64_t kMostPapers = 500;

// How many sheets mark a practice.
struct PaperTally {
  std::string item;  // of a proposed practice its words
  std::int64_t well = 0;
  std::int64_t better = 0;
};
struct PaperBatch {
  std::int64_t sheets = 0;
  std::vector<PaperTally> tallies;    // of every practice, in the order of next_items
  std::vector<std::string> comments;  // one a line, shuffled by who types
};

// Whether a batch may be typed in today: not while a list is open, and not within a year of another one that said something,
// of any workbook of the library. Since nobody knows who was asked, two results could give somebody's mark away.
enum class Papers : std::uint8_t { may_come, list_open, too_soon };
[[nodiscard]] Result<Papers> papers(store::Read& db, const store::Scope& scope);

// Errors: invalid at "sheets" (under the threshold, over 500), "well-N" and "better-N" (no number of sheets; N counts the
// practices from 0), "comments" (a line too long, more lines than sheets); conflict "guide.papers.changed" (the practices are
// others by now), "guide.papers.open", "guide.papers.too_soon".
[[nodiscard]] Result<Id> type_in_papers(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const PaperBatch& batch);

}  // namespace kedge::guide
