#include "locale/words.hpp"

#include <gtest/gtest.h>

#include "locale/catalogue.hpp"

namespace kedge::locale {
namespace {

const Words& en() { return words(Language::en); }
const Words& es() { return words(Language::es); }

TEST(Words, AreFoundByTheirKeyInEachLanguage) {
  EXPECT_EQ(en().plain("locale.just_now"), "just now");
  EXPECT_EQ(es().plain("locale.just_now"), "hace un momento");
}

TEST(Words, OfAnUnknownKeySaySomethingAndNeverFail) {
  EXPECT_FALSE(Words::knows(std::string("no.such_key")));
  EXPECT_EQ(en().say(std::string("no.such_key")), en().plain("locale.unknown"));
  EXPECT_EQ(en().say(std::string()), en().plain("locale.unknown"));
  EXPECT_EQ(es().say(Error{Fault::internal, "no.such_key", {}, {}, {}}), es().plain("locale.unknown"));
}

TEST(Words, FillNamedPlaceholders) {
  EXPECT_EQ(en().say("locale.sample.simple", arg("name", "Rosa {count}"), arg("count", 3900)), "Rosa {count} saved 3,900");
  EXPECT_EQ(en().say("locale.sample.simple", arg("name", std::string("Rosa"))), "Rosa saved {count}");
}

TEST(Words, ChoosePlurals) {
  EXPECT_EQ(en().say("locale.sample.plural", arg("count", 1)), "1 section");
  EXPECT_EQ(en().say("locale.sample.plural", arg("count", 1200)), "1,200 sections");
  EXPECT_EQ(es().say("locale.sample.plural", arg("count", 1)), "1 secci\u00f3n");
  EXPECT_EQ(es().say("locale.sample.plural", TextArguments{{"count", "6"}}), "6 secciones");
}

TEST(Words, CountTheSameInAnyOrderAndLanguage) {
  for (int round = 0; round < 2; ++round)
    for (const std::int64_t count : {2, 1, 258, 2, 514}) {
      const auto number = std::to_string(count);
      EXPECT_EQ(en().say("locale.sample.plural", arg("count", count)), number + (count == 1 ? " section" : " sections"));
      EXPECT_EQ(es().say("locale.sample.plural", arg("count", count)), number + (count == 1 ? " secci\u00f3n" : " secciones"));
    }
}

TEST(Words, WriteDatesAsTheLanguageDoes) {
  const auto day = *Date::parse("2026-03-14");
  EXPECT_EQ(en().date(day), "March 14, 2026");
  EXPECT_EQ(es().date(day), "14 de marzo de 2026");
  EXPECT_EQ(en().short_date(day), "Mar 14, 2026");
  EXPECT_EQ(en().month(day), "March 2026");
  EXPECT_EQ(en().date(Date{}), "");
}

TEST(Words, WriteInstantsInTheLibrarysZone) {
  constexpr std::int64_t kInstant = 1773515700000;  // 2026-03-14T19:15:00Z
  EXPECT_EQ(en().moment(kInstant, "America/Chicago"), "2:15 PM");
  EXPECT_EQ(en().day_and_time(kInstant, "America/Chicago"), "March 14, 2026 at 2:15 PM");
  EXPECT_EQ(en().moment(kInstant, "UTC"), "7:15 PM");
  EXPECT_FALSE(es().day_and_time(kInstant, "America/Chicago").empty());
}

TEST(Words, SayHowLongAgo) {
  constexpr std::int64_t kNow = 1773515700000;
  EXPECT_EQ(en().ago(kNow - 20'000, kNow), "just now");
  EXPECT_EQ(en().ago(kNow + 20'000, kNow), "just now");
  EXPECT_EQ(en().ago(kNow - 5 * 60'000, kNow), "5 minutes ago");
  EXPECT_EQ(en().ago(kNow - 3 * 86'400'000LL, kNow), "3 days ago");
  EXPECT_EQ(es().ago(kNow - 2 * 3'600'000LL, kNow), "hace 2 horas");
}

TEST(Words, WriteNumbersAndLists) {
  EXPECT_EQ(en().number(3900), "3,900");
  EXPECT_EQ(en().number(-12), "-12");
  EXPECT_EQ(es().number(1234567), "1,234,567");
  EXPECT_EQ(en().list({"a", "b", "c"}), "a, b, and c");
  EXPECT_EQ(es().list({"a", "b", "c"}), "a, b y c");
  EXPECT_EQ(en().list({}), "");
}

TEST(Words, SortNamesAsPeopleDo) {
  EXPECT_LT(en().compare("\u00c1lvarez", "Brown"), 0);
  EXPECT_GT(es().compare("\u00d1u\u00f1ez", "Nunez"), 0);
  EXPECT_EQ(en().compare("Rosa", "Rosa"), 0);
}

TEST(Catalogue, IsSortedAndWholeInEveryLanguage) {
  ASSERT_FALSE(kRows.empty());
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(kRows[i - 1].hash, kRows[i].hash);
    }
    EXPECT_EQ(kRows[i].hash, hash_of(kRows[i].key));
    for (const auto text : kRows[i].text) EXPECT_FALSE(text.empty()) << kRows[i].key;
  }
}

}  // namespace
}  // namespace kedge::locale
