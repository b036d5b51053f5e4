// guide: two closed rounds of the staff care list beside each other (PRIVACY.md 5). Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "guide/checklist.hpp"

namespace kedge::guide {

// Whether two rounds may stand beside each other, and what is in the way.
enum class Rounds : std::uint8_t {
  beside,
  no_result,       // one of them says nothing
  roster_unknown,  // one of them no longer tells, or never told, who was asked
  roster_changed,  // in a way in which two bands together could give somebody's mark away (docs/decisions/0005)
};
[[nodiscard]] Rounds rounds(const Checklist& earlier, const Checklist& later);

// The practices of both, the later list's first and in its order; at the same place in `earlier` and `later` is the same
// practice. Without bands where a list did not have it. Own practices are the same when their words are.
struct PairedItems {
  std::vector<ListItem> earlier;
  std::vector<ListItem> later;
};
[[nodiscard]] PairedItems paired(const Checklist& earlier, const Checklist& later);

}  // namespace kedge::guide
