// A library changes its own copy of a guide; what it makes can always be kept and read again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide/guide_edit.hpp"

namespace kedge::guide {
namespace {

using testing::StartsWith;

constexpr const char* kGuide = R"(guide: small
version: 1
title: {en: Small, es: Breve}
introduction: {en: A small guide, es: Una breve}
sections:
  - id: one
    title: {en: One, es: Uno}
    prompts:
      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}}
  - id: two
    title: {en: Two, es: Dos}
    prompts:
      - {id: two.added, kind: reflection, own: true, label: {en: Ours, es: Nuestra}}
      - {id: two.words, kind: reflection, earlier: two.added, label: {en: Again, es: Otra vez}}
)";

Guide small() { return parse_guide(kGuide, "small.yaml").value(); }

// Fails with every problem of the file when the guide can't be read again as it was written.
void expect_kept(const Guide& guide) {
  const auto again = parse_guide(to_yaml(guide), "small.yaml");
  if (!again)
    for (const auto& problem : again.error().fields) ADD_FAILURE() << problem.field << " " << problem.key << "\n" << to_yaml(guide);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, guide);
}

Text english(std::string words) {
  Text made;
  made.say(Language::en, std::move(words));
  return made;
}
Text both(std::string en, std::string es) {
  auto made = english(std::move(en));
  made.say(Language::es, std::move(es));
  return made;
}

template <class T>
std::string wrong(const Result<T>& result) {
  if (result) return "nothing";
  return result.error().fields.empty() ? result.error().key : result.error().fields.front().field + " " + result.error().fields.front().key;
}

TEST(GuideEdit, HidesASectionOrAPromptAndBringsItBackAsItWas) {
  const auto without = show_section(small(), "one", Shown::no);
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(without->shown().size(), 1U);
  EXPECT_NE(without->prompt("one.words"), nullptr);
  expect_kept(*without);
  EXPECT_EQ(*show_section(*without, "one", Shown::yes), small());

  const auto quiet = show_prompt(small(), "one.words", Shown::no);
  ASSERT_TRUE(quiet.has_value());
  EXPECT_FALSE(quiet->prompt("one.words")->asked(Voice::team));
  expect_kept(*quiet);
  EXPECT_EQ(*show_prompt(*quiet, "one.words", Shown::yes), small());
}

TEST(GuideEdit, KnowsNoSectionOrPromptOfAnotherGuide) {
  EXPECT_EQ(show_section(small(), "three", Shown::no).error().fault, Fault::not_found);
  EXPECT_EQ(show_prompt(small(), "one.more", Shown::no).error().fault, Fault::not_found);
  EXPECT_EQ(add_prompt(small(), "three", {Kind::reflection, english("Why?"), {}, {}, Language::en}, "abc123").error().fault, Fault::not_found);
  EXPECT_EQ(remove_prompt(small(), "one.more").error().fault, Fault::not_found);
}

TEST(GuideEdit, WritesAnIntroductionInOneLanguageAndLeavesTheOther) {
  const auto guide = write_introduction(small(), Language::es, " Para nosotras.\r\n\r\nY m\xc3\xa1s. ");
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->introduction, both("A small guide", "Para nosotras.\n\nY m\xc3\xa1s."));
  expect_kept(*guide);
  EXPECT_EQ(wrong(write_introduction(small(), Language::en, " \n")), "introduction guide_edit.no_introduction");
  EXPECT_EQ(wrong(write_introduction(small(), Language::en, std::string(4001, 'a'))), "introduction guide_edit.too_long");
}

TEST(GuideEdit, AddsAPromptTypedInOneLanguageForBoth) {
  const auto guide = add_prompt(small(), "one", {Kind::reflection, english("Who asks for help?"), english("One \"name\": each"), {}, Language::en}, "abc123");
  ASSERT_TRUE(guide.has_value());
  const auto& prompt = guide->sections.front().prompts.back();
  EXPECT_EQ(prompt.id, "own.who-asks-for-help-abc123");
  EXPECT_TRUE(prompt.own);
  EXPECT_EQ(prompt.label, both("Who asks for help?", "Who asks for help?"));
  EXPECT_EQ(prompt.help, both("One \"name\": each", "One \"name\": each"));
  expect_kept(*guide);
}

TEST(GuideEdit, KeepsTheWordsOfEachLanguageWhereBothAreGiven) {
  const NewPrompt typed{Kind::choice, both("How?", "C\xc3\xb3mo?"), {}, both("Together\n\nAlone\n", "Juntas\nSolas"), Language::es};
  const auto guide = add_prompt(small(), "two", typed, "abc123");
  ASSERT_TRUE(guide.has_value());
  const auto& prompt = guide->sections.back().prompts.back();
  ASSERT_EQ(prompt.options.size(), 2U);
  EXPECT_EQ(prompt.options[0].label, both("Together", "Juntas"));
  EXPECT_EQ(prompt.options[1].label, both("Alone", "Solas"));
  EXPECT_THAT(prompt.id, StartsWith("own.como"));
  expect_kept(*guide);
}

TEST(GuideEdit, AddsGoalsAndAGuideOfOneLanguageStaysInIt) {
  auto guide = small();
  guide.languages = {Language::en};
  const auto added = add_prompt(guide, "one", {Kind::goals, english("Next"), {}, {}, Language::en}, "abc123");
  ASSERT_TRUE(added.has_value());
  EXPECT_FALSE(added->sections.front().prompts.back().label.has(Language::es));
  expect_kept(*added);
}

TEST(GuideEdit, SaysAtWhichFieldSomethingIsWrong) {
  const auto add = [](NewPrompt typed) { return wrong(add_prompt(small(), "one", typed, "abc123")); };
  EXPECT_EQ(add({Kind::reflection, {}, {}, {}, Language::es}), "label_es guide_edit.no_label");
  EXPECT_EQ(add({Kind::reflection, english(std::string(301, 'a')), {}, {}, Language::es}), "label_en guide_edit.too_long");
  EXPECT_EQ(add({Kind::choice, english("How?"), {}, english("Only one"), Language::en}), "options_en guide_edit.too_few_options");
  EXPECT_EQ(add({Kind::choice, english("How?"), {}, both("A\nB", "A\nB\nC"), Language::en}), "options_es guide_edit.uneven_options");
  EXPECT_EQ(add({Kind::checklist, english("How?"), {}, {}, Language::en}), "kind guide_edit.no_kind");
  EXPECT_EQ(wrong(add_section(small(), {{}, english("Only this"), Language::en}, "abc123")), "title_en guide_edit.no_section_title");
}

TEST(GuideEdit, MakesAnIdOfAnyLabelAndNeverTheSameTwice) {
  const NewPrompt wide{Kind::reflection, english(std::string(250, 'w')), {}, {}, Language::en};
  const auto guide = add_prompt(small(), "one", wide, "abc123");
  ASSERT_TRUE(guide.has_value());
  EXPECT_LE(guide->sections.front().prompts.back().id.size(), 60U);
  expect_kept(*guide);
  EXPECT_EQ(wrong(add_prompt(*guide, "two", wide, "abc123")), "guide_edit.id_taken");
  const auto signs = add_prompt(small(), "one", {Kind::reflection, english("???"), {}, {}, Language::en}, "abc123");
  ASSERT_TRUE(signs.has_value());
  EXPECT_EQ(signs->sections.front().prompts.back().id, "own.abc123");
}

TEST(GuideEdit, AddsASectionOfItsOwnThatTakesPrompts) {
  auto guide = add_section(small(), {english("Our building"), {}, Language::en}, "abc123");
  ASSERT_TRUE(guide.has_value());
  expect_kept(*guide);  // while it is still empty
  EXPECT_EQ(guide->sections.back().id, "own.our-building-abc123");
  guide = add_prompt(*guide, "own.our-building-abc123", {Kind::goals, english("Rooms"), {}, {}, Language::en}, "xyz789");
  ASSERT_TRUE(guide.has_value());
  expect_kept(*guide);
}

TEST(GuideEdit, RemovesOnlyWhatTheLibraryAdded) {
  EXPECT_EQ(wrong(remove_prompt(small(), "one.words")), "guide_edit.not_own");
  const auto guide = remove_prompt(small(), "two.added");
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->prompt("two.added"), nullptr);
  EXPECT_EQ(guide->prompt("two.words")->earlier, "");
  expect_kept(*guide);
}

}  // namespace
}  // namespace kedge::guide
