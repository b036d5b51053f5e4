// schedule: days for a calendar program, as iCalendar (RFC 5545). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace kedge::schedule {

// Something on one whole day.
struct CalendarDay {
  std::string uid;           // the same as long as it is the same thing; a program that reads again then changes its own
  Date day;
  std::string summary;       // words, of any length
  std::string description;
  std::string url;
  std::int64_t changed_ms = 0;
  std::int64_t version = 0;  // grows with each change
};

// A whole VCALENDAR, lines of at most 75 octets that end with CR LF, text escaped. `name` is what a program calls it.
[[nodiscard]] std::string calendar_file(const std::string& name, const std::vector<CalendarDay>& days);

}  // namespace kedge::schedule
