#include "schedule/calendar_file.hpp"

#include <cstdlib>
#include <ctime>
#include <memory>

#include <libical/ical.h>

#include "core/text.hpp"

namespace kedge::schedule {
namespace {

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(char* text) const { std::free(text); }  // NOLINT: libical gives it away
};

// A component owns what is added to it.
void add(icalcomponent* component, icalproperty* property) { icalcomponent_add_property(component, property); }

void add_own(icalcomponent* component, const char* name, const char* value) {
  auto* property = icalproperty_new_x(value);
  icalproperty_set_x_name(property, name);
  add(component, property);
}

icaltimetype instant(std::int64_t ms) { return icaltime_from_timet_with_zone(static_cast<time_t>(ms / 1000), 0, icaltimezone_get_utc_timezone()); }

icaltimetype whole_day(const Date& day) {
  auto time = icaltime_null_date();
  time.year = std::atoi(day.text().substr(0, 4).c_str());
  time.month = std::atoi(day.text().substr(5, 2).c_str());
  time.day = std::atoi(day.text().substr(8, 2).c_str());
  return time;
}

icalcomponent* event(const CalendarDay& day) {
  auto* made = icalcomponent_new_vevent();
  add(made, icalproperty_new_uid(day.uid.c_str()));
  add(made, icalproperty_new_dtstamp(instant(day.changed_ms)));
  add(made, icalproperty_new_lastmodified(instant(day.changed_ms)));
  add(made, icalproperty_new_sequence(static_cast<int>(day.version)));
  add(made, icalproperty_new_dtstart(whole_day(day.day)));
  add(made, icalproperty_new_summary(text::clean(day.summary).c_str()));
  if (!day.description.empty()) add(made, icalproperty_new_description(text::clean(day.description).c_str()));
  if (!day.url.empty()) add(made, icalproperty_new_url(day.url.c_str()));
  add(made, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));  // nobody is busy all day by it
  return made;
}

}  // namespace

std::string calendar_file(const std::string& name, const std::vector<CalendarDay>& days) {
  const std::unique_ptr<icalcomponent, Free> calendar(icalcomponent_new_vcalendar());
  add(calendar.get(), icalproperty_new_version("2.0"));
  add(calendar.get(), icalproperty_new_prodid("-//Kedge//Actions//EN"));
  add(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
  add_own(calendar.get(), "X-WR-CALNAME", text::clean_line(name).c_str());
  add_own(calendar.get(), "X-PUBLISHED-TTL", "PT6H");
  for (const auto& day : days) icalcomponent_add_component(calendar.get(), event(day));
  const std::unique_ptr<char, Free> written(icalcomponent_as_ical_string_r(calendar.get()));
  return written.get();
}

}  // namespace kedge::schedule
