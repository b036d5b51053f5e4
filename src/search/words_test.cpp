#include "search/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::search {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> terms(std::string_view text) {
  std::vector<std::string> all;
  for (auto& token : tokens(text)) all.push_back(std::move(token.term));
  return all;
}

std::string found_in(std::string_view text, std::string_view typed) {
  std::string all;
  for (const auto& one : marked(text, wanted(typed))) all += one.found ? "[" + one.text + "]" : one.text;
  return all;
}

TEST(Words, AreFoldedAndKeepTheirPlace) {
  EXPECT_THAT(terms("Organizaci\xC3\xB3n, A\xC3\x91O-2026 \xE2\x80\x9Cna\xC3\xAFve\xE2\x80\x9D"), ElementsAre("organizacion", "ano", "2026", "naive"));
  EXPECT_THAT(terms("Stra\xC3\x9F" "e"), ElementsAre("strasse"));
  EXPECT_THAT(terms(""), ElementsAre());
  EXPECT_THAT(terms("\xFF\xFE broken"), ElementsAre("broken"));
  EXPECT_THAT(terms(std::string(300, 'x') + " y"), ElementsAre("y")) << "what is too long is no word";
  const auto all = tokens("El a\xC3\xB1o");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].begin, 3U);
  EXPECT_EQ(all[1].size, 4U);
}

TEST(Words, HaveOneStemHoweverTheyAreBent) {
  EXPECT_EQ(stems_of("libraries").english, stems_of("library").english);
  EXPECT_EQ(stems_of("bibliotecas").spanish, stems_of("biblioteca").spanish);
  EXPECT_EQ(stems_of("organizaciones").spanish, stems_of("organizacion").spanish);
  EXPECT_EQ(stems_of("decisiones").spanish, stems_of("decision").spanish);
}

TEST(Words, AreWantedAloneOrInQuotes) {
  const auto all = wanted("Needs of the \xE2\x80\x9C" "city park\xE2\x80\x9D \"open");
  ASSERT_EQ(all.parts.size(), 3U);
  EXPECT_THAT(all.parts[0].words, ElementsAre("needs"));
  EXPECT_FALSE(all.parts[0].quoted);
  EXPECT_THAT(all.parts[1].words, ElementsAre("city", "park"));
  EXPECT_TRUE(all.parts[1].quoted);
  EXPECT_THAT(all.parts[2].words, ElementsAre("open"));
  EXPECT_FALSE(all.parts[2].quoted) << "never closed";
  EXPECT_TRUE(wanted("  ... ").empty());
  EXPECT_THAT(wanted("the").parts.at(0).words, ElementsAre("the")) << "there is nothing else";
  EXPECT_LE(wanted(std::string(5000, 'a') + " b").parts.size(), 1U);
  std::string many;
  for (int i = 0; i < 40; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(wanted(many).parts.size(), kMostParts);
}

TEST(Words, AreMarkedInBothLanguages) {
  EXPECT_EQ(found_in("Nuestra poblaci\xC3\xB3n y sus bibliotecas", "biblioteca poblacion"), "Nuestra [poblaci\xC3\xB3n] y sus [bibliotecas]");
  EXPECT_EQ(found_in("Two libraries, one librarian", "library"), "Two [libraries], one librarian");
  EXPECT_EQ(found_in("Housing and houses", "hous"), "[Housing] and [houses]") << "the beginning of a word";
  EXPECT_EQ(found_in("the city park, the park city", "\"city park\""), "the [city] [park], the park city");
  EXPECT_EQ(found_in("nothing", "other"), "nothing");
}

TEST(Words, StayPlainTextWhateverTheySay) {
  const auto all = marked("a <script>alert(1)</script> b", wanted("alert"));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].text, "a <script>");
  EXPECT_EQ(all[1], (Stretch{"alert", true}));
  EXPECT_EQ(all[2].text, "(1)</script> b");
}

TEST(Words, AreQuotedWithWhatStandsAround) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "filler" + std::to_string(i) + " ";
  text += "people need showers near the station ";
  for (int i = 0; i < 200; ++i) text += "more" + std::to_string(i) + " ";
  const auto all = excerpt(text, wanted("showers station"), 160);
  std::string whole;
  int found = 0;
  for (const auto& one : all) whole += one.text, found += one.found ? 1 : 0;
  EXPECT_EQ(found, 2);
  EXPECT_NE(whole.find("people need showers near the station"), std::string::npos) << whole;
  EXPECT_LT(whole.size(), 200U);
  EXPECT_TRUE(whole.starts_with("\xE2\x80\xA6 ")) << whole;
  EXPECT_TRUE(whole.ends_with(" \xE2\x80\xA6")) << whole;
}

TEST(Words, AreQuotedFromTheBeginningWhereNothingIsFound) {
  EXPECT_THAT(excerpt("A short text\nof two lines", wanted("other"), 100), ElementsAre(Stretch{"A short text \xC2\xB7 of two lines", false}));
  EXPECT_THAT(excerpt("", wanted("other"), 100), ElementsAre());
  std::string all;
  for (const auto& one : excerpt("\xC3\xB1\xC3\xB1\xC3\xB1 " + std::string(40, '.') + " \xC3\xB1", wanted("x"), 9)) all += one.text;
  EXPECT_EQ(all, "\xC3\xB1\xC3\xB1\xC3\xB1 \xE2\x80\xA6") << "never cut inside a letter";
}

}  // namespace
}  // namespace kedge::search
