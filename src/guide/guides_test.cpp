// A library changes its own copy of a guide; what it makes can always be kept and read again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "guide/guide_edit.hpp"

namespace kedge::guide {
namespace {

using testing::ElementsAre;
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
      - {id: two.rest, kind: goals, label: {en: Rest, es: Descanso}}
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

// What is typed into the form of one kind.
NewPrompt typed(Kind kind, Text label) {
  NewPrompt one;
  one.kind = kind;
  one.words.label = std::move(label);
  return one;
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
  EXPECT_EQ(move_section(small(), "three", Direction::up).error().fault, Fault::not_found);
  EXPECT_EQ(move_prompt(small(), "one.more", Direction::up).error().fault, Fault::not_found);
  EXPECT_EQ(write_section(small(), "three", english("A"), {}, Language::en).error().fault, Fault::not_found);
  EXPECT_EQ(write_prompt(small(), "one.more", {english("A"), {}, {}}, Language::en).error().fault, Fault::not_found);
  EXPECT_EQ(add_prompt(small(), "three", typed(Kind::reflection, english("Why?")), "abc123").error().fault, Fault::not_found);
  EXPECT_EQ(remove_prompt(small(), "one.more").error().fault, Fault::not_found);
  EXPECT_EQ(restore_prompt(small(), "one.more").error().fault, Fault::not_found);
}

TEST(GuideEdit, WritesTheWordsOfTheGuideOfASectionAndOfAPrompt) {
  auto guide = write_guide(small(), both("Ours", "La nuestra"), both(" For us.\r\n\r\nAnd more. ", "Para nosotras."), Language::en);
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->introduction, both("For us.\n\nAnd more.", "Para nosotras."));
  guide = write_section(*guide, "one", both("First", "Primera"), both("Begin", "Empiece"), Language::en);
  ASSERT_TRUE(guide.has_value());
  guide = write_prompt(*guide, "one.words", {both("Which words?", "\xc2\xbfQu\xc3\xa9 palabras?"), {}, english("no body here")}, Language::es);
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->prompt("one.words")->label.in(Language::en).words, "Which words?");
  EXPECT_TRUE(guide->prompt("one.words")->body.empty()) << "only a reading has one";
  EXPECT_THAT(guide->languages, ElementsAre(Language::en, Language::es));
  expect_kept(*guide);
}

TEST(GuideEdit, NamesTheLanguagesInWhichEveryTextIsThere) {
  const auto spanish = write_guide(small(), small().title, [] { Text one; one.say(Language::es, "Solo esta"); return one; }(), Language::es);
  ASSERT_TRUE(spanish.has_value());
  EXPECT_THAT(spanish->languages, ElementsAre(Language::es));
  expect_kept(*spanish);
  const auto neither = add_prompt(*spanish, "one", typed(Kind::reflection, english("Who?")), "abc123");
  ASSERT_TRUE(neither.has_value());
  EXPECT_TRUE(neither->languages.empty());
  EXPECT_FALSE(neither->sections.front().prompts.back().label.in(Language::es).translated);
  expect_kept(*neither);
  const auto again = write_prompt(*neither, "own.who-abc123", {both("Who?", "\xc2\xbfQui\xc3\xa9n?"), {}, {}}, Language::es);
  EXPECT_THAT(again.value().languages, ElementsAre(Language::es));
}

TEST(GuideEdit, MovesSectionsAndPromptsAndKnowsWhereItEnds) {
  auto guide = move_section(small(), "two", Direction::up);
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->sections.front().id, "two");
  EXPECT_EQ(wrong(move_section(*guide, "two", Direction::up)), "guide_edit.no_further");
  EXPECT_EQ(*move_section(*guide, "two", Direction::down), small());
  guide = move_prompt(small(), "two.words", Direction::up);
  ASSERT_TRUE(guide.has_value()) << "over what it does not rest on";
  expect_kept(*guide);
  EXPECT_EQ(wrong(move_prompt(*guide, "two.words", Direction::up)), "guide_edit.after_earlier");
  EXPECT_EQ(wrong(move_prompt(*guide, "two.added", Direction::down)), "guide_edit.after_earlier");
  EXPECT_FALSE(may_move_prompt(*guide, "two.added", Direction::down));
  EXPECT_TRUE(may_move_prompt(*guide, "two.words", Direction::down));
  EXPECT_FALSE(may_move_section(*guide, "one", Direction::up));
}

TEST(GuideEdit, MovesOverWhatWasRemoved) {
  auto guide = add_prompt(small(), "one", typed(Kind::reflection, both("A", "A")), "a1");
  guide = add_prompt(*guide, "one", typed(Kind::reflection, both("B", "B")), "b1");
  guide = remove_prompt(*guide, "own.a-a1");
  EXPECT_TRUE(may_move_prompt(*guide, "own.b-b1", Direction::up));
  guide = move_prompt(*guide, "own.b-b1", Direction::up);
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->sections.front().prompts.front().id, "own.b-b1");
  EXPECT_FALSE(may_move_prompt(*guide, "one.words", Direction::down)) << "what was removed is not in sight";
}

TEST(GuideEdit, AddsAPromptInOneLanguageAndLeavesTheOtherToBeTranslated) {
  auto one = typed(Kind::reflection, english("Who asks for help?"));
  one.words.help = english("One \"name\": each");
  const auto guide = add_prompt(small(), "one", one, "abc123");
  ASSERT_TRUE(guide.has_value());
  const auto& prompt = guide->sections.front().prompts.back();
  EXPECT_EQ(prompt.id, "own.who-asks-for-help-abc123");
  EXPECT_TRUE(prompt.own);
  EXPECT_EQ(prompt.label, english("Who asks for help?"));
  EXPECT_THAT(guide->languages, ElementsAre(Language::en));
  expect_kept(*guide);
}

TEST(GuideEdit, AddsEachKindThatALibrarianMakes) {
  auto list = typed(Kind::list, english("Whom?"));
  list.answering = Answering::team;
  list.columns = {{english("Where"), ColumnKind::organization}, {{}, ColumnKind::text}, {both("By", "Para"), ColumnKind::date}};
  auto matrix = typed(Kind::matrix, english("Rooms"));
  matrix.lines = english("Quiet\nLoud");
  matrix.columns = {{english("What happens"), ColumnKind::long_text}};
  matrix.own_rows = true;
  auto scale = typed(Kind::scale, english("How sure?"));
  scale.steps = 7;
  scale.low = english("not");
  scale.high = english("very");
  scale.answering = Answering::sealed;
  auto notes = typed(Kind::notes, english("Notes"));
  notes.lines = both("One\nTwo", "Uno\nDos");
  notes.answering = Answering::personal;
  auto reading = typed(Kind::reading, english("Read"));
  reading.words.body = english("## Why\n\n- a\n- b");
  auto choice = typed(Kind::choice, both("How?", "C\xc3\xb3mo?"));
  choice.lines = both("Together\n\nAlone\n", "Juntas\nSolas");
  choice.reason = english("Why?");
  choice.writer = Language::es;
  auto guide = Result<Guide>(small());
  for (const auto& one : {typed(Kind::reflection, english("Words")), typed(Kind::goals, english("Goals")), list, matrix, scale, notes, reading, choice}) {
    guide = add_prompt(*guide, "two", one, "s" + std::to_string(guide->sections.back().prompts.size()));
    ASSERT_TRUE(guide.has_value()) << code_of(one.kind) << " " << wrong(guide);
    expect_kept(*guide);
  }
  const auto of = [&](Kind kind) { return *std::find_if(guide->sections.back().prompts.rbegin(), guide->sections.back().prompts.rend(), [&](const auto& one) { return one.kind == kind; }); };
  EXPECT_EQ(of(Kind::list).columns.size(), 2U);
  EXPECT_THAT(of(Kind::list).voices, ElementsAre(Voice::team));
  EXPECT_EQ(of(Kind::matrix).rows.size(), 2U);
  EXPECT_EQ(of(Kind::scale).share, Share::never);
  EXPECT_EQ(of(Kind::notes).rows[1].label, both("Two", "Dos"));
  EXPECT_EQ(of(Kind::choice).options[0].label, both("Together", "Juntas"));
  EXPECT_EQ(of(Kind::choice).limit, kReasonLimit);
}

TEST(GuideEdit, SaysAtWhichFieldSomethingIsWrong) {
  const auto add = [](NewPrompt one, Language writer = Language::en) {
    one.writer = writer;
    return wrong(add_prompt(small(), "one", one, "abc123"));
  };
  EXPECT_EQ(add(typed(Kind::reflection, {}), Language::es), "label_es guide_edit.no_label");
  EXPECT_EQ(add(typed(Kind::reflection, english(std::string(301, 'a'))), Language::es), "label_en guide_edit.too_long");
  auto choice = typed(Kind::choice, english("How?"));
  choice.lines = english("Only one");
  EXPECT_EQ(add(choice), "lines_en guide_edit.too_few_options");
  choice.lines = both("A\nB", "A\nB\nC");
  EXPECT_EQ(add(choice), "lines_es guide_edit.uneven_lines");
  choice.lines = english("A\n" + std::string(301, 'b'));
  EXPECT_EQ(add(choice), "lines_en guide_edit.long_line");
  auto list = typed(Kind::list, english("Who?"));
  EXPECT_EQ(add(list), "column1_en guide_edit.no_columns");
  list.columns = {{english("Where"), ColumnKind::contact}};
  EXPECT_EQ(add(list), "answering guide_edit.directory_is_the_teams");
  list.columns = {{english("Where"), ColumnKind::choice}};
  EXPECT_EQ(add(list), "column1_kind guide_edit.no_column_kind");
  auto scale = typed(Kind::scale, english("How sure?"));
  EXPECT_EQ(add(scale), "steps guide_edit.bad_steps");
  scale.steps = 5;
  EXPECT_EQ(add(scale), "low_en guide_edit.no_end");
  EXPECT_EQ(add(typed(Kind::matrix, english("Rooms"))), "lines_en guide_edit.no_rows");
  EXPECT_EQ(add(typed(Kind::notes, english("Notes"))), "lines_en guide_edit.no_fields");
  EXPECT_EQ(add(typed(Kind::reading, english("Read"))), "body_en guide_edit.no_body");
  EXPECT_EQ(add(typed(Kind::checklist, english("How?"))), "kind guide_edit.no_kind");
  EXPECT_EQ(wrong(add_section(small(), {{}, english("Only this"), Language::en}, "abc123")), "title_en guide_edit.no_section_title");
  EXPECT_EQ(wrong(write_guide(small(), small().title, english(std::string(4001, 'a')), Language::en)), "introduction_en guide_edit.too_long");
  EXPECT_EQ(wrong(write_guide(small(), small().title, english(" \n"), Language::en)), "introduction_en guide_edit.no_introduction");
}

TEST(GuideEdit, MakesAnIdOfAnyLabelAndNeverTheSameTwice) {
  const auto wide = typed(Kind::reflection, english(std::string(250, 'w')));
  const auto guide = add_prompt(small(), "one", wide, "abc123");
  ASSERT_TRUE(guide.has_value());
  EXPECT_LE(guide->sections.front().prompts.back().id.size(), 60U);
  expect_kept(*guide);
  EXPECT_EQ(wrong(add_prompt(*guide, "two", wide, "abc123")), "guide_edit.id_taken");
  const auto gone = remove_prompt(*guide, guide->sections.front().prompts.back().id);
  EXPECT_EQ(wrong(add_prompt(*gone, "two", wide, "abc123")), "guide_edit.id_taken") << "never used again";
  const auto signs = add_prompt(small(), "one", typed(Kind::reflection, english("???")), "abc123");
  ASSERT_TRUE(signs.has_value());
  EXPECT_EQ(signs->sections.front().prompts.back().id, "own.abc123");
}

TEST(GuideEdit, AddsASectionOfItsOwnThatTakesPrompts) {
  auto guide = add_section(small(), {english("Our building"), {}, Language::en}, "abc123");
  ASSERT_TRUE(guide.has_value());
  expect_kept(*guide);  // while it is still empty
  EXPECT_EQ(guide->sections.back().id, "own.our-building-abc123");
  guide = add_prompt(*guide, "own.our-building-abc123", typed(Kind::goals, english("Rooms")), "xyz789");
  ASSERT_TRUE(guide.has_value());
  expect_kept(*guide);
}

TEST(GuideEdit, RemovesOnlyWhatTheLibraryAddedAndBringsItBackAsItWas) {
  EXPECT_EQ(wrong(remove_prompt(small(), "one.words")), "guide_edit.not_own");
  const auto hidden = show_prompt(small(), "two.added", Shown::no);
  for (const auto& before : {small(), *hidden}) {
    const auto guide = remove_prompt(before, "two.added");
    ASSERT_TRUE(guide.has_value());
    EXPECT_TRUE(guide->prompt("two.added")->left_out());
    EXPECT_FALSE(guide->prompt("two.added")->asked(Voice::team));
    expect_kept(*guide);
    EXPECT_EQ(*restore_prompt(*guide, "two.added"), before);
  }
}

TEST(GuideEdit, AFileInThePlaceOfAGuideLeavesNoAnswerWithoutItsQuestion) {
  EXPECT_EQ(*replace_guide(small(), small()), small()) << "the same file changes nothing";
  auto fresh = small();
  fresh.sections.erase(fresh.sections.begin());
  fresh.sections.front().prompts.erase(fresh.sections.front().prompts.begin() + 1);
  const auto guide = replace_guide(small(), fresh);
  ASSERT_TRUE(guide.has_value());
  EXPECT_TRUE(guide->prompt("two.rest")->removed);
  EXPECT_TRUE(guide->prompt("one.words")->removed);
  EXPECT_TRUE(guide->section("one")->hidden);
  EXPECT_FALSE(guide->prompt("two.words")->left_out());
  expect_kept(*guide);
  fresh.sections.front().prompts.front().kind = Kind::goals;
  EXPECT_EQ(replace_guide(small(), fresh).error().key, "guide_edit.other_kind");
}

TEST(GuideEdit, RefusesAFileOfAnotherFormatOrOfAWorkbookInOneLine) {
  const auto only = [](const std::string& yaml) {
    const auto read = parse_guide(yaml, "f.yaml");
    return read || read.error().fields.size() != 1 ? std::string("otherwise") : read.error().fields[0].field + " " + read.error().fields[0].key;
  };
  EXPECT_EQ(only("guide: small\nformat: 2\nnew_words: {}\n"), "f.yaml:2 guide_check.other_format");
  EXPECT_EQ(only("{\"kedge\": \"workbook\", \"version\": 1}"), "f.yaml:1 guide_check.workbook_file");
  EXPECT_TRUE(parse_guide("format: 1\n" + std::string(kGuide), "f.yaml").has_value());
}

}  // namespace
}  // namespace kedge::guide
