#include "plan/pages/month.hpp"

namespace kedge::plan::pages {
namespace {

constexpr std::int64_t kWeek = 7;
constexpr std::int64_t kThursday = 4;  // of 1970-01-01, from Sunday
constexpr std::size_t kMonthText = 7;  // "2026-03"

std::int64_t weekday(std::int64_t days) { return ((days + kThursday) % kWeek + kWeek) % kWeek; }
std::string month_text(const Date& date) { return date.text().substr(0, kMonthText); }
Date first_of(const Date& date) { return Date::parse(month_text(date) + "-01").value_or(date); }

}  // namespace

Date month_of(std::string_view asked, const Date& today) { return Date::parse(std::string(asked) + "-01").value_or(first_of(today)); }

Month month(const Date& first, const std::vector<std::pair<Action, ActionRow>>& shown, const web::Context& context) {
  const auto& words = context.words();
  const auto today = context.today();
  const auto next = first_of(Date::from_days(first.days() + 31));
  Month made;
  made.title = words.month(first);
  made.before = month_text(Date::from_days(first.days() - 1));
  made.after = month_text(next);
  const auto begin = first.days() - weekday(first.days());
  const auto weeks = (next.days() - begin + kWeek - 1) / kWeek;
  for (std::int64_t at = begin; at < begin + weeks * kWeek; ++at) {
    if ((at - begin) % kWeek == 0) made.weeks.emplace_back();
    const auto date = Date::from_days(at);
    made.weeks.back().push_back({at - first_of(date).days() + 1, words.short_date(date), date >= first && date < next, date == today, {}});
  }
  const auto put = [&](const Date& date, const ActionRow& row, bool look) {
    if (date.empty() || date.days() < begin || date.days() >= begin + weeks * kWeek) return;
    const auto at = static_cast<std::size_t>(date.days() - begin);
    made.weeks[at / kWeek][at % kWeek].entries.push_back({row, look});
    ++made.entries;
  };
  for (const auto& [action, row] : shown) {
    put(action.due, row, false);
    if (!action.finished() && action.look_on != action.due) put(action.look_on, row, true);
  }
  return made;
}

}  // namespace kedge::plan::pages
