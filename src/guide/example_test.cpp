// The example library's story hangs together: whatever it points at is there, and every answer can be given in the guide.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/text.hpp"
#include "guide/definition.hpp"
#include "guide/yaml_tree.hpp"

namespace kedge::guide {
namespace {

using testing::Contains;
using testing::ElementsAre;

std::string read(const std::string& path) {
  std::ifstream in(std::filesystem::path(KEDGE_SOURCE) / path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const YamlNode& at(const YamlNode& map, std::string_view key) {
  static const YamlNode kNothing;
  for (std::size_t i = 0; i < map.keys.size(); ++i)
    if (map.keys[i].scalar == key) return map.items[i];
  return kNothing;
}
std::string word(const YamlNode& map, std::string_view key) { return at(map, key).scalar; }

class Example : public testing::Test {
 protected:
  void SetUp() override {
    story_text = read("content/example/harbor-grove.yaml");
    auto tree = read_yaml(story_text, 12);
    ASSERT_TRUE(tree.has_value()) << tree.error().line << " " << tree.error().key;
    story = *std::move(tree);
    auto parsed = parse_guide(read("content/guides/social-work-approaches.yaml"), "guide");
    ASSERT_TRUE(parsed.has_value());
    guide = *std::move(parsed);
    for (const auto* const kind : {"members", "organizations", "contacts", "findings", "actions"})
      for (const auto& one : at(story, kind).items) EXPECT_TRUE(ids[kind].insert(word(one, "id")).second) << one.line;
  }
  static std::string place(const YamlNode& node) {
    return word(node, "prompt") + "/" + word(node, "row") + "/" + word(node, "voice") + "/" +
           (word(node, "voice") == "personal" ? word(node, "member") : "");
  }
  void expect_id(const char* kind, const std::string& id, int line) {
    if (!id.empty()) {
      EXPECT_THAT(ids[kind], Contains(id)) << "line " << line;
    }
  }
  void expect_value(const Prompt& prompt, const std::string& name, const YamlNode& value);
  void expect_rest(const YamlNode& list, const std::set<std::string>& places);

  std::string story_text;
  YamlNode story;
  Guide guide;
  std::map<std::string, std::set<std::string>> ids;
};

void Example::expect_value(const Prompt& prompt, const std::string& name, const YamlNode& value) {
  SCOPED_TRACE(prompt.id + " " + name + " line " + std::to_string(value.line));
  const auto chars = text::length(value.scalar);
  switch (prompt.kind) {
    case Kind::goals: EXPECT_THAT((std::set<std::string>{"text", "done", "outcome"}), Contains(name)); break;
    case Kind::reflection: EXPECT_EQ(name, "text"); break;
    case Kind::choice:
      if (name == "choice") {
        EXPECT_TRUE(prompt.option(value.scalar));
        return;
      }
      EXPECT_EQ(name, "reason");
      break;
    case Kind::scale: EXPECT_EQ(name, "value"); return;
    case Kind::notes:
      ASSERT_TRUE(prompt.row(name));
      EXPECT_LE(chars, prompt.row(name)->limit);
      return;
    case Kind::list:
    case Kind::matrix: {
      if (name == "label") return;
      const auto* const column = prompt.column(name);
      ASSERT_TRUE(column);
      if (column->kind == ColumnKind::organization) expect_id("organizations", value.scalar, value.line);
      if (column->kind == ColumnKind::contact) expect_id("contacts", value.scalar, value.line);
      if (column->kind == ColumnKind::member) expect_id("members", value.scalar, value.line);
      if (column->kind == ColumnKind::choice) {
        EXPECT_TRUE(std::any_of(column->options.begin(), column->options.end(), [&](const Option& o) { return o.id == value.scalar; }));
      }
      if (column->limit != 0) {
        EXPECT_LE(chars, column->limit);
      }
      return;
    }
    case Kind::reading:
    case Kind::checklist:
    case Kind::actions: ADD_FAILURE() << "takes no answer"; return;
  }
  EXPECT_LE(chars, prompt.limit);
}

TEST_F(Example, GivesAnswersThatTheGuideTakes) {
  for (const auto& answer : at(story, "answers").items) {
    const auto* const prompt = guide.prompt(word(answer, "prompt"));
    ASSERT_TRUE(prompt) << answer.line;
    const auto voice = from_code<Voice>(word(answer, "voice"));
    ASSERT_TRUE(voice) << answer.line;
    EXPECT_TRUE(prompt->asked(*voice)) << answer.line;
    EXPECT_EQ(*voice == Voice::personal, !word(answer, "shared").empty()) << answer.line;
    if (prompt->share == Share::never) {
      EXPECT_EQ(word(answer, "shared"), "false") << answer.line;
    }
    const auto row = word(answer, "row");
    const bool rows = prompt->kind == Kind::goals || prompt->kind == Kind::list || prompt->kind == Kind::matrix;
    EXPECT_EQ(rows, !row.empty()) << answer.line;
    if (prompt->kind == Kind::matrix) {
      EXPECT_NE(prompt->row(row) == nullptr, word(at(answer, "values"), "label").empty()) << answer.line;
    }
    ASSERT_FALSE(word(answer, "member").empty()) << answer.line;
    expect_id("members", word(answer, "member"), answer.line);
    const auto& values = at(answer, "values");
    EXPECT_FALSE(values.items.empty()) << answer.line;
    for (std::size_t i = 0; i < values.keys.size(); ++i) expect_value(*prompt, values.keys[i].scalar, values.items[i]);
  }
}

void Example::expect_rest(const YamlNode& list, const std::set<std::string>& places) {
  EXPECT_FALSE(list.items.empty()) << list.line;
  for (const auto& one : list.items) {
    expect_id("findings", word(one, "finding"), one.line);
    expect_id("organizations", word(one, "organization"), one.line);
    expect_id("contacts", word(one, "contact"), one.line);
    if (const auto item = word(one, "item"); !item.empty()) {
      EXPECT_EQ(word(one, "prompt"), word(at(story, "care_list"), "prompt"));
      const auto& bands = at(at(story, "care_list"), "bands").items;
      EXPECT_TRUE(std::any_of(bands.begin(), bands.end(), [&](const YamlNode& band) { return word(band, "item") == item; })) << one.line;
    } else if (!word(one, "prompt").empty()) {
      EXPECT_THAT(places, Contains(place(one))) << "line " << one.line;
    }
  }
}

TEST_F(Example, RestsOnAnswersBandsAndRecordsThatAreThere) {
  std::set<std::string> places;
  for (const auto& answer : at(story, "answers").items) EXPECT_TRUE(places.insert(place(answer)).second) << "twice at line " << answer.line;
  for (const auto& finding : at(story, "findings").items) {
    expect_rest(at(finding, "rests_on"), places);
    expect_id("members", word(finding, "member"), finding.line);
    EXPECT_LE(text::length(word(finding, "statement")), 500U);
    EXPECT_THAT(read("content/themes.yaml"), testing::HasSubstr("code: " + word(finding, "theme") + "\n"));
  }
  for (const auto& action : at(story, "actions").items) {
    expect_rest(at(action, "came_from"), places);
    expect_id("members", word(action, "owner_member"), action.line);
    EXPECT_LE(text::length(word(action, "step")), 300U);
  }
}

TEST_F(Example, TellsTheStoryThatItPromises) {
  std::vector<std::string> states;
  int late = 0;
  for (const auto& action : at(story, "actions").items) {
    states.push_back(word(action, "status"));
    const bool open = states.back() == "started" || states.back() == "proposed";
    if (open && word(action, "due_in_days").starts_with("-")) ++late;
    EXPECT_EQ(open, word(action, "outcome").empty()) << action.line;
  }
  EXPECT_THAT(states, ElementsAre("done", "started", "started", "started", "stopped"));
  EXPECT_EQ(late, 1);
  EXPECT_EQ(at(story, "contacts").items.size(), 11U);
  for (const auto& contact : at(story, "contacts").items) {
    EXPECT_TRUE(std::regex_match(word(contact, "phone"), std::regex("618-555-01[0-9]{2}"))) << contact.line;
    EXPECT_TRUE(word(contact, "email").ends_with("@example.org")) << contact.line;
    expect_id("organizations", word(contact, "organization"), contact.line);
  }
}

TEST_F(Example, SaysOfTheClosedListsOnlyWords) {
  for (const auto* const name : {"care_list", "earlier_care_list"}) {
    const auto& list = at(story, name);
    const auto* const prompt = guide.prompt(word(list, "prompt"));
    ASSERT_TRUE(prompt);
    std::set<std::string> items;
    for (const auto& row : prompt->rows) items.insert(row.id);
    for (const auto& own : at(list, "own_items").items) items.insert(word(own, "id"));
    for (const auto& band : at(list, "bands").items) {
      EXPECT_EQ(items.erase(word(band, "item")), 1U) << band.line;
      for (const auto* const mark : {"well", "better"})
        EXPECT_THAT((std::set<std::string>{"few", "some", "most"}), Contains(word(band, mark))) << band.line;
    }
    EXPECT_TRUE(items.empty()) << *items.begin() << " has no band";
    for (const auto& comment : at(list, "comments").items) EXPECT_LE(text::length(word(comment, "text")), 300U);
  }
  const auto days = [&](const char* list, const char* which) { return std::stoi(word(at(story, list), which)); };
  EXPECT_GE(days("earlier_care_list", "closed_days_ago") - days("care_list", "opened_days_ago"), 14) << "as the program itself would have it";
}

}  // namespace
}  // namespace kedge::guide
