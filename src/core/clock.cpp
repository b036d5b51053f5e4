#include "core/clock.hpp"

#include <chrono>
#include <memory>

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

namespace kedge {

std::int64_t SystemClock::now_ms() const {
  using std::chrono::duration_cast, std::chrono::milliseconds, std::chrono::system_clock;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int numbers[3] = {0, 0, 0};
  for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
    if (text[i] == '-') { ++part; continue; }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    numbers[part] = numbers[part] * 10 + (text[i] - '0');
  }
  const std::chrono::year_month_day day{std::chrono::year(numbers[0]), std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok() || numbers[0] < 1900 || numbers[0] > 2199) return std::nullopt;
  Date date;
  date.text_ = std::string(text);
  return date;
}

Date Date::from_days(std::int64_t days_since_1970) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days_since_1970))};
  Date date;
  date.text_ = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                           static_cast<unsigned>(day.day()));
  return date;
}

std::int64_t Date::days() const {
  if (text_.empty()) return 0;
  const std::chrono::year_month_day day{std::chrono::year(std::stoi(text_.substr(0, 4))),
                                        std::chrono::month(static_cast<unsigned>(std::stoi(text_.substr(5, 2)))),
                                        std::chrono::day(static_cast<unsigned>(std::stoi(text_.substr(8, 2))))};
  return std::chrono::sys_days(day).time_since_epoch().count();
}

namespace {

// Made once for a run of questions about the same zone: ICU reads its rules anew each time.
const icu::TimeZone& rules_of(const std::string& zone) {
  thread_local std::string kept_zone;
  thread_local std::unique_ptr<icu::TimeZone> kept;
  if (!kept || kept_zone != zone) {
    kept.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    kept_zone = zone;
  }
  return *kept;
}

Date date_in(std::int64_t instant_ms, const std::string& zone) {
  const auto& found = rules_of(zone);
  std::int32_t raw_ms = 0;
  std::int32_t saving_ms = 0;
  UErrorCode status = U_ZERO_ERROR;
  if (found != icu::TimeZone::getUnknown()) found.getOffset(static_cast<UDate>(instant_ms), false, raw_ms, saving_ms, status);
  const std::int64_t local_ms = instant_ms + (U_SUCCESS(status) ? raw_ms + saving_ms : 0);
  const std::int64_t day_ms = 86'400'000;
  return Date::from_days(local_ms >= 0 ? local_ms / day_ms : -((-local_ms + day_ms - 1) / day_ms));
}

}  // namespace

// A page asks for the same day again and again, and making a zone costs more than a row of a list: each thread keeps the
// answer for a second in which nothing can change (days and clocks turn on a full second).
Date Date::at(std::int64_t instant_ms, const std::string& zone) {
  struct Said {
    std::int64_t second = -1;
    std::string zone;
    Date date;
  };
  thread_local Said said;
  const auto second = instant_ms / 1000;
  if (instant_ms < 0) return date_in(instant_ms, zone);
  if (said.second != second || said.zone != zone) said = {second, zone, date_in(instant_ms, zone)};
  return said.date;
}

}  // namespace kedge
