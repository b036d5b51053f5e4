// disclosure: what may be said of small numbers without giving anybody away (PRIVACY.md 5). Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/codes.hpp"
#include "core/id.hpp"

namespace kedge::disclosure {

constexpr std::int64_t kSmallestGroup = 5;

enum class Band : std::uint8_t { few, some, most };

// The band of `count` among `takers`, who are at least kSmallestGroup: few or none (0 to 2), most or all (two less than
// all, or more), otherwise some. With five there is no "some".
[[nodiscard]] Band band_of(std::int64_t count, std::int64_t takers);

// How the people who were asked differ between two rounds.
struct Turnover {
  std::int64_t stayed = 0;
  std::int64_t left = 0;
  std::int64_t joined = 0;
};
[[nodiscard]] Turnover turnover(const std::vector<Id>& before, const std::vector<Id>& now);

// Whether a second round, within a year of the first, may be said at all when the first one was: yes when nobody changed,
// when nobody joined and at least two left, or when nobody left and at least three joined. Every other change lets somebody
// who knows their own marks work out another's mark from the two bands; bands_test works through all shapes up to ten.
[[nodiscard]] bool may_be_said_after(const Turnover& change);

}  // namespace kedge::disclosure

template <>
struct kedge::Codes<kedge::disclosure::Band> {
  static constexpr std::array<std::string_view, 3> names{"few", "some", "most"};
};
