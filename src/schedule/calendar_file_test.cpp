#include "schedule/calendar_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"

namespace kedge::schedule {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

CalendarDay day(const std::string& summary) { return {"due-1@kedge", *Date::parse("2026-03-14"), summary, "", "https://kedge.example/actions/1", 1'773'000'000'000, 3}; }

// Lines as they were before they were folded.
std::string unfolded(std::string file) {
  for (auto at = file.find("\r\n "); at != std::string::npos; at = file.find("\r\n ", at)) file.erase(at, 3);
  return file;
}

TEST(CalendarFile, HasAWholeDayWithItsAddress) {
  const auto file = unfolded(calendar_file("Harbor Grove: actions", {day("Ask the school for lockers")}));
  EXPECT_THAT(file, AllOf(HasSubstr("BEGIN:VCALENDAR\r\n"), HasSubstr("VERSION:2.0\r\n"), HasSubstr("PRODID:"), HasSubstr("UID:due-1@kedge\r\n"), HasSubstr("DTSTART;VALUE=DATE:20260314\r\n"),
                          HasSubstr("SUMMARY:Ask the school for lockers\r\n"), HasSubstr("URL:https://kedge.example/actions/1\r\n"), HasSubstr("SEQUENCE:3\r\n"),
                          HasSubstr("DTSTAMP:20260308T200000Z\r\n"), HasSubstr("TRANSP:TRANSPARENT\r\n"), HasSubstr("X-WR-CALNAME:Harbor Grove: actions\r\n")));
  EXPECT_TRUE(file.ends_with("END:VCALENDAR\r\n"));
}

TEST(CalendarFile, LetsNoWordsBecomeLines) {
  const auto file = unfolded(calendar_file("Mill\r\nBEGIN:VEVENT", {day("One\r\nATTENDEE:mailto:x@y.example\r\nEND:VEVENT; two, three\\four")}));
  EXPECT_THAT(file, HasSubstr("SUMMARY:One\\nATTENDEE:mailto:x@y.example\\nEND:VEVENT\\; two\\, three\\\\four\r\n"));
  EXPECT_THAT(file, Not(HasSubstr("\nATTENDEE")));
  std::size_t events = 0;
  for (auto at = file.find("\r\nBEGIN:VEVENT\r\n"); at != std::string::npos; at = file.find("\r\nBEGIN:VEVENT\r\n", at + 1)) ++events;
  EXPECT_EQ(events, 1U);
}

TEST(CalendarFile, FoldsLongLinesBetweenCharacters) {
  std::string words;
  for (int i = 0; i < 120; ++i) words += "\xC3\xB1\xE2\x82\xAC ";
  const auto file = calendar_file("N", {day(words)});
  for (std::size_t at = 0; at < file.size();) {
    const auto end = file.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    const auto line = file.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_TRUE(text::is_utf8(line)) << line;
    at = end + 2;
  }
  EXPECT_THAT(unfolded(file), HasSubstr("SUMMARY:" + text::clean(words)));
}

TEST(CalendarFile, MayBeEmpty) { EXPECT_THAT(calendar_file("Nothing yet", {}), AllOf(HasSubstr("BEGIN:VCALENDAR"), HasSubstr("END:VCALENDAR"), Not(HasSubstr("VEVENT")))); }

}  // namespace
}  // namespace kedge::schedule
