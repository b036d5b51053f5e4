#include "disclosure/bands.hpp"

#include <algorithm>
#include <cassert>

namespace kedge::disclosure {

Band band_of(std::int64_t count, std::int64_t takers) {
  assert(takers >= kSmallestGroup && count >= 0 && count <= takers);
  if (count <= 2) return Band::few;
  if (count >= takers - 2) return Band::most;
  return Band::some;
}

Turnover turnover(const std::vector<Id>& before, const std::vector<Id>& now) {
  Turnover change;
  for (const auto& one : before) {
    if (std::find(now.begin(), now.end(), one) != now.end()) ++change.stayed;
    else ++change.left;
  }
  change.joined = static_cast<std::int64_t>(now.size()) - change.stayed;
  return change;
}

bool may_be_said_after(const Turnover& change) {
  if (change.left == 0) return change.joined == 0 || change.joined >= 3;
  return change.joined == 0 && change.left >= 2;
}

}  // namespace kedge::disclosure
