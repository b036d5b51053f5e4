#include "core/clock.hpp"

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
  EXPECT_TRUE(is_time_zone("America/Chicago"));
  EXPECT_FALSE(is_time_zone("America/Harbor_Grove"));
}

}  // namespace
}  // namespace kedge
