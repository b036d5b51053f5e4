#include "core/clock.hpp"
#include "core/zones.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace kedge {
namespace {

TEST(Date, KnowsWhichDaysExist) {
  EXPECT_TRUE(Date::parse("2028-02-29").has_value());
  for (const auto* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-04-31", "2026/04/30", ""}) {
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  }
}

TEST(Date, FollowsTheZoneOfTheLibraryAlsoOverMidnightAndSummerTime) {
  const std::int64_t new_year_utc_ms = 1'767'225'600'000;  // 2026-01-01T00:00Z
  EXPECT_EQ(Date::at(new_year_utc_ms, "UTC").text(), "2026-01-01");
  EXPECT_EQ(Date::at(new_year_utc_ms, "America/Chicago").text(), "2025-12-31");
  const std::int64_t july_ms = 1'782'882'000'000;  // 2026-07-01T05:00Z, midnight in Chicago under summer time
  EXPECT_EQ(Date::at(july_ms, "America/Chicago").text(), "2026-07-01");
  EXPECT_EQ(Date::at(july_ms - 1, "America/Chicago").text(), "2026-06-30");
  for (int again = 0; again < 2; ++again) {  // the same moment in two zones, one after the other
    EXPECT_EQ(Date::at(new_year_utc_ms, "UTC").text(), "2026-01-01");
    EXPECT_EQ(Date::at(new_year_utc_ms, "America/Chicago").text(), "2025-12-31");
  }
}

TEST(Date, CountsDaysBothWays) {
  const auto date = Date::parse("2026-03-14");
  ASSERT_TRUE(date.has_value());
  EXPECT_EQ(Date::from_days(date->days()), *date);
  EXPECT_EQ(Date::from_days(date->days() + 18).text(), "2026-04-01");
}

TEST(TimeZone, IsKnownOrNot) {
  for (const auto* zone : {"America/Chicago", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "UTC"}) EXPECT_TRUE(is_time_zone(zone)) << zone;
  for (const auto* zone : {"America/Harbor_Grove", "", "GMT+5", "america/chicago", "Etc/Unknown", "../etc/passwd"}) EXPECT_FALSE(is_time_zone(zone)) << zone;
}

TEST(TimeZone, IsProposedWithThoseOfTheCountryFirst) {
  const auto zones = time_zones("MX");
  EXPECT_GT(zones.size(), 300U);
  const auto at = [&](std::string_view zone) { return std::ranges::find(zones, zone) - zones.begin(); };
  EXPECT_LT(at("America/Mexico_City"), at("Africa/Abidjan"));
  EXPECT_LT(at("America/Chicago"), static_cast<std::ptrdiff_t>(zones.size()));
  EXPECT_EQ(std::set<std::string>(zones.begin(), zones.end()).size(), zones.size());
  for (const auto* no_place : {"US/Central", "EST5EDT", "Etc/GMT+5", "UTC"}) EXPECT_EQ(at(no_place), static_cast<std::ptrdiff_t>(zones.size())) << no_place;
  EXPECT_EQ(time_zones("").size(), zones.size());
  EXPECT_EQ(time_zones("??").size(), zones.size());
}

TEST(TimeZone, IsFoundByWhatPeopleType) {
  EXPECT_EQ(time_zone_named("America/Chicago"), "America/Chicago");
  EXPECT_EQ(time_zone_named(" america/new york "), "America/New_York");
  EXPECT_EQ(time_zone_named("chicago"), "America/Chicago");
  EXPECT_EQ(time_zone_named("utc"), "UTC");
  EXPECT_EQ(time_zone_named("Harbor Grove"), std::nullopt);
  EXPECT_EQ(time_zone_named(""), std::nullopt);
  EXPECT_EQ(time_zone_named("Louisville"), std::nullopt) << "two zones are called that";
}

}  // namespace
}  // namespace kedge
