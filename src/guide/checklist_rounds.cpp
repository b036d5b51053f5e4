#include "guide/checklist_rounds.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace kedge::guide {
namespace {

// An own practice has a new id in every list.
bool same_practice(const ListItem& one, const ListItem& other) {
  return one.label.empty() || other.label.empty() ? one.id == other.id : text::fold(one.label) == text::fold(other.label);
}

const ListItem* same_in(const Checklist& list, const ListItem& wanted) {
  const auto found = std::find_if(list.items.begin(), list.items.end(), [&](const ListItem& item) { return same_practice(item, wanted); });
  return found == list.items.end() ? nullptr : &*found;
}

ListItem without_bands(const ListItem& item) { return {item.id, item.label, {}, {}}; }

}  // namespace

Rounds rounds(const Checklist& earlier, const Checklist& later) {
  if (!earlier.has_result() || !later.has_result()) return Rounds::no_result;
  if (earlier.roster.empty() || later.roster.empty()) return Rounds::roster_unknown;
  return disclosure::may_be_said_after(disclosure::turnover(earlier.roster, later.roster)) ? Rounds::beside : Rounds::roster_changed;
}

PairedItems paired(const Checklist& earlier, const Checklist& later) {
  PairedItems both;
  for (const auto& item : later.items) {
    const auto* before = same_in(earlier, item);
    both.earlier.push_back(before == nullptr ? without_bands(item) : *before);
    both.later.push_back(item);
  }
  for (const auto& item : earlier.items) {
    if (same_in(later, item) != nullptr) continue;
    both.earlier.push_back(item);
    both.later.push_back(without_bands(item));
  }
  return both;
}

}  // namespace kedge::guide
