// plan pages: the days of actions as a month.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/pages/rows.hpp"

namespace kedge::plan::pages {

// An action on the day that it is due, or on which somebody means to look again.
struct DayEntry {
  ActionRow row;
  bool look = false;
};
struct MonthDay {
  std::int64_t number = 0;  // of the month
  std::string words;        // the whole date
  bool within = false;      // of this month, else of its neighbor
  bool today = false;
  std::vector<DayEntry> entries;
};
struct Month {
  std::string title;
  std::string before;       // "2026-02"
  std::string after;
  std::vector<std::vector<MonthDay>> weeks;  // each from Sunday on
  std::size_t entries = 0;
};

// Which month is meant: "2026-03", else the one of `today`. Gives its first day.
[[nodiscard]] Date month_of(std::string_view asked, const Date& today);
// The weeks that hold the month, with the shown actions in them.
[[nodiscard]] Month month(const Date& first, const std::vector<std::pair<Action, ActionRow>>& shown, const web::Context& context);

}  // namespace kedge::plan::pages
