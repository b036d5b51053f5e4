#include "guide/definition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "guide/yaml_tree.hpp"

namespace kedge::guide {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

std::string read(const fs::path& path) {
  std::ifstream in(fs::path(KEDGE_SOURCE) / path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> problems(std::string_view yaml) {
  const auto guide = parse_guide(yaml, "file.yaml");
  std::vector<std::string> said;
  if (!guide)
    for (const auto& field : guide.error().fields) said.push_back(field.field + " " + field.key);
  return said;
}

Guide first_guide() {
  auto guide = parse_guide(read("content/guides/social-work-approaches.yaml"), "social-work-approaches.yaml");
  if (guide) return *std::move(guide);
  for (const auto& field : guide.error().fields) {
    std::string said = field.field + " " + field.key;
    for (const auto& [name, value] : field.arguments) said += " " + name + "=" + value;
    ADD_FAILURE() << said;
  }
  return {};
}

std::set<std::string> theme_codes() {
  const auto tree = read_yaml(read("content/themes.yaml"), 8);
  std::set<std::string> codes;
  if (!tree) return codes;
  for (const auto& theme : tree->items.at(0).items) codes.insert(theme.items.at(0).scalar);
  return codes;
}

// What stands in backquotes in lines that begin with a bar.
std::set<std::string> named_in_tables(const std::string& page) {
  std::set<std::string> named;
  static const std::regex kQuoted("`([^`]+)`");
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("|"))
      for (std::sregex_iterator at(line.begin(), line.end(), kQuoted), end; at != end; ++at) named.insert((*at)[1]);
  return named;
}

TEST(Guide, OfOursReadsAndComesBackTheSameFromItsOwnFile) {
  const auto guide = first_guide();
  const auto again = parse_guide(to_yaml(guide), "again.yaml");
  ASSERT_TRUE(again.has_value()) << testing::PrintToString(problems(to_yaml(guide)));
  EXPECT_EQ(*again, guide);
  EXPECT_EQ(to_yaml(*again), to_yaml(guide));
}

TEST(Guide, OfOursAsksEveryPartOfTheLearnerGuide) {
  const auto guide = first_guide();
  ASSERT_EQ(guide.sections.size(), 7U);
  const auto* const care = guide.prompt("care.plan");
  ASSERT_TRUE(care);
  EXPECT_EQ(care->share, Share::never);
  EXPECT_EQ(care->rows.size(), 5U);
  EXPECT_FALSE(care->asked(Voice::team));
  const auto* const marks = guide.prompt("care.marks");
  ASSERT_TRUE(marks);
  EXPECT_EQ(marks->rows.size(), 10U);
  EXPECT_TRUE(marks->own_rows);
  for (const auto* const safety : {"physical", "psychological_patrons", "psychological_workers", "social", "moral"})
    EXPECT_TRUE(marks->row(safety)) << safety;
  const auto* const matrix = guide.prompt("policies.matrix");
  ASSERT_TRUE(matrix);
  EXPECT_EQ(matrix->rows.size(), 9U);
  EXPECT_EQ(matrix->columns.size(), 7U);
  EXPECT_EQ(guide.prompt("plan.confidence")->earlier, "about.confidence");
  EXPECT_EQ(guide.section_of("anchor.seen")->id, "anchor");
}

TEST(Guide, OfOursProposesOnlyThemesThatExist) {
  const auto codes = theme_codes();
  ASSERT_GT(codes.size(), 20U);
  const auto guide = first_guide();
  for (const auto& section : guide.sections) {
    for (const auto& prompt : section.prompts) {
      if (!prompt.theme.empty()) {
        EXPECT_THAT(codes, Contains(prompt.theme)) << prompt.id;
      }
      for (const auto& row : prompt.rows)
        if (!row.theme.empty()) {
          EXPECT_THAT(codes, Contains(row.theme)) << prompt.id << "/" << row.id;
        }
    }
  }
}

TEST(Guide, CoveragePageNamesEveryPromptAndNoOther) {
  const auto page = read("docs/guide-coverage.md");
  const auto named = named_in_tables(page);
  const auto guide = first_guide();
  std::set<std::string> known;
  for (const auto& section : guide.sections) {
    known.insert(section.id);
    for (const auto& prompt : section.prompts) {
      EXPECT_THAT(named, Contains(prompt.id)) << "docs/guide-coverage.md does not say where this is met";
      known.insert(prompt.id);
      for (const auto& row : prompt.rows) known.insert(row.id);
    }
  }
  for (const auto& name : named)
    if (!name.starts_with("/")) {
      EXPECT_THAT(known, Contains(name)) << "docs/guide-coverage.md names what the guide does not have";
    }
}

TEST(Guide, CoveragePageHasARowForEachLetteredPart) {
  const auto page = read("docs/guide-coverage.md");
  for (const auto* const part : {"| 0 |",
                                 "| 1 |",
                                 "| 2a |",
                                 "| 2b |",
                                 "| 2c |",
                                 "| 2d |",
                                 "| 3a |",
                                 "| 3b |",
                                 "| 3c |",
                                 "| 3d |",
                                 "| 3e |",
                                 "| 3f |",
                                 "| 3g |",
                                 "| 3h |",
                                 "| 4a |",
                                 "| 4b |",
                                 "| 4c |",
                                 "| 5a |",
                                 "| 5b |",
                                 "| 5c |",
                                 "| 5d |",
                                 "| 6 |",
                                 "| Alone before",
                                 "| A library of one",
                                 "| As a team",
                                 "| In one room",
                                 "| On paper",
                                 "| With a trainer",
                                 "| Again next year"})
    EXPECT_THAT(page, HasSubstr(std::string("\n") + part));
}

// Each sample says in comments "#! key ..." at its lines what is wrong there: exactly that is found, and all of it at once.
TEST(Guide, BrokenSamplesAreRefusedAtTheirLinesWithEveryProblem) {
  std::size_t seen = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(KEDGE_SOURCE) / "src/guide/samples")) {
    const auto yaml = read("src/guide/samples" / entry.path().filename());
    std::multiset<std::string> expected;
    std::istringstream lines(yaml);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const auto mark = line.find("#! ");
      if (mark == std::string::npos) continue;
      std::istringstream keys(line.substr(mark + 3));
      for (std::string key; keys >> key;) expected.insert("file.yaml:" + std::to_string(number) + " " + key);
    }
    if (expected.empty()) continue;
    ++seen;
    const auto found = problems(yaml);
    EXPECT_EQ(std::multiset<std::string>(found.begin(), found.end()), expected) << entry.path();
  }
  EXPECT_GE(seen, 9U);
}

// Else a kind that is read after all would be held to nothing that belongs to it.
TEST(Guide, AKindWithSomethingInItIsNone) {
  for (const std::string kind : {"\" choice \"", "cho\x18ice", "choice\xC2\xA0"}) {
    const auto said = problems("guide: sample\nversion: 1\nlanguages: [en]\ntitle: {en: A}\nintroduction: {en: B}\nsections:\n  - id: one\n    title: {en: One}\n    prompts:\n      - {id: a, kind: " + kind + ", label: {en: Which}}\n");
    EXPECT_THAT(said, Contains("file.yaml:10 guide_check.unknown_kind")) << kind;
  }
}

TEST(Guide, UnclosedQuotesAreOneProblemAndNoGuide) {
  const auto guide = parse_guide(read("src/guide/samples/open.yaml"), "open.yaml");
  ASSERT_FALSE(guide.has_value());
  EXPECT_EQ(guide.error().fault, Fault::invalid);
  ASSERT_EQ(guide.error().fields.size(), 1U);
  EXPECT_EQ(guide.error().fields[0].key, "guide_check.yaml");
}

TEST(Guide, IsRefusedWhenTooLargeTooManyOrNotText) {
  EXPECT_EQ(parse_guide(std::string(kLargestGuide + 1, 'a'), "a.yaml").error().fault, Fault::too_large);
  EXPECT_EQ(problems(std::string("guide: \xff\n")), std::vector<std::string>{"file.yaml:1 guide_check.not_utf8"});
  EXPECT_EQ(problems(std::string("guide: a\0b\n", 11)), std::vector<std::string>{"file.yaml:1 guide_check.not_utf8"});
  std::string wide = "guide: [";
  for (int i = 0; i < 60'000; ++i) wide += "a,";
  EXPECT_EQ(problems(wide + "]\n"), std::vector<std::string>{"file.yaml:1 guide_check.too_many_nodes"});
  EXPECT_EQ(problems(std::string(100'000, '[')).size(), 1U);
  EXPECT_EQ(problems(std::string(100'000, '{')).size(), 1U);
  EXPECT_FALSE(problems("").empty());
  EXPECT_FALSE(problems("words").empty());
}

TEST(Guide, OfOneLanguageIsReadInTheOtherWithTheMarkNotTranslated) {
  const auto guide = parse_guide(R"(
guide: ours
version: 3
languages: [es]
based_on: {guide: social-work-approaches, version: 1}
title: {es: "Lo nuestro"}
introduction: {es: "Corta."}
sections:
  - id: own
    own: true
    title: {es: "Una mas"}
    prompts:
      - {id: own.a, kind: reflection, own: true, hidden: true, label: {es: "Como?"}}
)",
                                 "ours.yaml");
  ASSERT_TRUE(guide.has_value());
  EXPECT_EQ(guide->title.in(Language::en).words, "Lo nuestro");
  EXPECT_FALSE(guide->title.in(Language::en).translated);
  EXPECT_EQ(guide->title.in(Language::en).language, Language::es);
  EXPECT_TRUE(guide->title.in(Language::es).translated);
  EXPECT_EQ(guide->based_on, "social-work-approaches");
  EXPECT_FALSE(guide->prompt("own.a")->asked(Voice::personal));
  EXPECT_EQ(guide->prompt("own.a")->limit, kReflectionLimit);
  EXPECT_EQ(*parse_guide(to_yaml(*guide), "again.yaml"), *guide);
}

TEST(Guide, AwkwardWordsComeBackFromTheFileAsTheyWere) {
  auto guide = first_guide();
  const std::vector<std::string> awkward{"- [a] {b}: #c",
                                         "\"quoted\" and \\ back",
                                         "two\nlines",
                                         "one\n\n- two\n  three",
                                         "a \nb",
                                         "yes",
                                         "null",
                                         "~",
                                         "&x *y !z",
                                         "1998",
                                         "tab\there",
                                         "# first",
                                         "---",
                                         "%YAML",
                                         "\xc2\xbf"
                                         "Qu\xc3\xa9?",
                                         ": :",
                                         "a\n---\nb",
                                         "a\n...\nb",
                                         "'"};
  for (const auto& words : awkward) {
    guide.introduction.say(Language::en, words);
    const auto again = parse_guide(to_yaml(guide), "again.yaml");
    ASSERT_TRUE(again.has_value()) << words;
    EXPECT_EQ(again->introduction, guide.introduction) << to_yaml(guide).substr(0, 600);
  }
}

TEST(Guide, BodyFallsIntoParagraphsHeadingsAndBullets) {
  const auto made = blocks("One\ntwo\n\n## Head\n- a\n- b\n  goes on\nThree");
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(made[0], (Block{Block::Kind::paragraph, {"One two"}}));
  EXPECT_EQ(made[1], (Block{Block::Kind::heading, {"Head"}}));
  EXPECT_EQ(made[2], (Block{Block::Kind::bullets, {"a", "b goes on Three"}}));
  EXPECT_TRUE(blocks("").empty());
}

TEST(Guide, EveryProblemHasItsWordsInBothLanguages) {
  std::set<std::string> keys;
  static const std::regex kKey("\"(guide_check\\.[a-z_]+)\"");
  for (const auto* const file : {"definition_read.cpp", "definition_reader.cpp", "definition_reader.hpp", "yaml_tree.cpp"}) {
    const auto code = read(fs::path("src/guide") / file);
    for (std::sregex_iterator at(code.begin(), code.end(), kKey), end; at != end; ++at) keys.insert((*at)[1]);
  }
  EXPECT_GT(keys.size(), 30U);
  for (const auto* const language : {"en", "es"}) {
    const auto catalogue = read(fs::path("locales") / language / "guide_check.po");
    for (const auto& key : keys) EXPECT_THAT(catalogue, HasSubstr("msgid \"" + key + "\"")) << language;
  }
}

}  // namespace
}  // namespace kedge::guide
