// guide: what a guide is: its sections, its prompts and their words, read from and written to YAML (docs/guide-format.md).
// Values only. Knows nothing of workbooks, answers, libraries or the database.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.hpp"
#include "core/language.hpp"
#include "core/result.hpp"

namespace kedge::guide {

// What a reader gets of a text: the words, the language they are in, and whether that is the one asked for.
struct Spoken {
  std::string_view words;
  Language language = Language::en;
  bool translated = true;  // false: shown with the mark "not translated"
};

// A text by language. Empty words mean: not written in that language.
struct Text {
  std::array<std::string, kLanguages.size()> words;

  [[nodiscard]] bool empty() const;  // in no language at all
  [[nodiscard]] bool has(Language language) const { return !words[static_cast<std::size_t>(language)].empty(); }
  [[nodiscard]] Spoken in(Language language) const;  // falls back to the first language that has words
  void say(Language language, std::string text) { words[static_cast<std::size_t>(language)] = std::move(text); }
  bool operator==(const Text&) const = default;
};

enum class Kind : std::uint8_t {
  reading,     // a text of ours, nothing to answer
  goals,       // a list of goals, each ticked off later with what came of it
  reflection,  // free words
  choice,      // one of the options, with a reason
  list,        // rows of the columns
  checklist,   // two marks an item; lies in a sealed box
  matrix,      // the given rows, and own ones, by the columns
  actions,     // the action table (plan)
  scale,       // 1 to steps
  notes,       // several named fields
};
enum class ColumnKind : std::uint8_t { text, long_text, choice, date, phone, email, organization, contact, member };
enum class Voice : std::uint8_t { personal, team };  // how a prompt is answered: each for oneself, or all together
enum class Share : std::uint8_t { choice, never };   // never: private for ever, without a share button

struct Option {
  std::string id;
  Text label;
  bool operator==(const Option&) const = default;
};

struct Column {
  std::string id;
  Text label;
  Text help;
  ColumnKind kind = ColumnKind::text;
  std::size_t limit = 0;        // characters, for text and long_text
  std::vector<Option> options;  // of a choice
  bool operator==(const Column&) const = default;
};

// A given row of a matrix, an item of a checklist, a field of notes.
struct Row {
  std::string id;
  Text label;
  Text help;
  std::string theme;      // proposed when a finding is made of it; a code of content/themes.yaml, or empty
  std::string group;      // id of one of the prompt's groups, or empty
  std::size_t limit = 0;  // characters, for a field of notes
  bool operator==(const Row&) const = default;
};

struct Link {
  Text label;
  std::string url;  // https://... or a page of ours, "/organizations"
  bool operator==(const Link&) const = default;
};

// What a reading rests on.
struct Source {
  std::string name;
  std::string by;
  std::string url;  // may be empty
  bool operator==(const Source&) const = default;
};

struct Prompt {
  std::string id;  // unique in the guide, stable for ever
  Kind kind = Kind::reflection;
  Text label;
  Text help;              // beside the field, in one or two sentences
  Text together;          // what the team may talk about before it agrees; may be empty
  Text body;              // of a reading: see blocks()
  std::size_t limit = 0;  // characters of one text: reflection, reason, goal
  std::vector<Voice> voices{Voice::personal, Voice::team};
  Share share = Share::choice;
  bool hidden = false;          // this library does not ask it
  bool own = false;             // added by this library: may be removed, not only hidden
  bool removed = false;         // taken away by this library; its id and its answers stay, and it may come back
  std::string theme;            // proposed when a finding is made of the answer, or empty
  std::string earlier;          // id of a prompt before it whose answer stands beside this one, or empty
  std::vector<Option> options;  // choice
  Text reason;                  // choice: the label of the reason's field; empty: none is asked
  std::vector<Column> columns;  // list, matrix
  std::vector<Row> rows;        // matrix: given rows; checklist: items; notes: fields
  std::vector<Option> groups;   // checklist: headings for some of the items
  bool own_rows = false;        // matrix: own rows; checklist: own items may be proposed
  std::uint8_t steps = 0;       // scale: 2 to 10
  Text low, high;               // scale: the words at its ends
  std::vector<Link> links;
  std::vector<Source> sources;

  [[nodiscard]] bool left_out() const { return hidden || removed; }
  [[nodiscard]] bool asked(Voice voice) const;  // not left out, not a reading, and answered in this voice
  [[nodiscard]] bool answerable() const { return kind != Kind::reading; }
  [[nodiscard]] const Row* row(std::string_view row_id) const;  // or null
  [[nodiscard]] const Column* column(std::string_view column_id) const;
  [[nodiscard]] const Option* option(std::string_view option_id) const;
  bool operator==(const Prompt&) const = default;
};

struct Section {
  std::string id;
  Text title;
  Text lede;
  bool hidden = false;
  bool own = false;
  bool staff_only = false;      // what is said there does not come before a board
  std::vector<Prompt> prompts;
  bool operator==(const Section&) const = default;
};

struct Guide {
  std::string slug;
  int version = 1;
  std::vector<Language> languages{Language::en, Language::es};  // every text is there in each of these; may be none
  std::string based_on;                                         // a library's own copy: the slug that it began as, or empty
  int based_on_version = 0;
  Text title;
  Text introduction;
  Source source;
  std::vector<Section> sections;

  // Hidden ones too. Null when there is none.
  [[nodiscard]] const Section* section(std::string_view id) const;
  [[nodiscard]] const Prompt* prompt(std::string_view id) const;
  [[nodiscard]] const Section* section_of(std::string_view prompt_id) const;
  [[nodiscard]] std::vector<const Section*> shown() const;  // the sections that this library did not hide, in order
  bool operator==(const Guide&) const = default;
};

// One piece of a reading's body. Paragraphs are separated by an empty line; "## " starts a heading, "- " a bullet.
struct Block {
  enum class Kind : std::uint8_t { paragraph, heading, bullets };
  Kind kind = Kind::paragraph;
  std::vector<std::string> lines;  // one; of bullets as many as there are
  bool operator==(const Block&) const = default;
};
[[nodiscard]] std::vector<Block> blocks(std::string_view body);

constexpr int kGuideFormat = 1;  // of the file; another one is refused
constexpr std::size_t kLargestGuide = 512 * 1024;  // bytes
constexpr std::size_t kDeepestGuide = 12;
constexpr std::size_t kLongestAnswer = 20'000;  // characters: no limit of a guide is over it
// What holds when a guide says no limit.
constexpr std::size_t kReflectionLimit = 4000, kTextLimit = 200, kLongTextLimit = 2000, kGoalLimit = 500, kReasonLimit = 1000;

// Reads a guide. Every problem is in Error::fields at once, in the order of the lines: field "file.yaml:LINE", key
// "guide_check....". Limits that the file leaves out are filled in. Error: invalid "guide_check.problems", too_large.
[[nodiscard]] Result<Guide> parse_guide(std::string_view yaml, std::string_view file_name);
// The same guide as a file: parse_guide(to_yaml(guide)) is equal to it.
[[nodiscard]] std::string to_yaml(const Guide& guide);

}  // namespace kedge::guide

template <>
struct kedge::Codes<kedge::guide::Kind> {
  static constexpr std::array<std::string_view, 10> names{"reading",   "goals",  "reflection", "choice", "list",
                                                          "checklist", "matrix", "actions",    "scale",  "notes"};
};
template <>
struct kedge::Codes<kedge::guide::ColumnKind> {
  static constexpr std::array<std::string_view, 9> names{"text",  "long_text",    "choice",  "date",  "phone",
                                                         "email", "organization", "contact", "member"};
};
template <>
struct kedge::Codes<kedge::guide::Voice> {
  static constexpr std::array<std::string_view, 2> names{"personal", "team"};
};
template <>
struct kedge::Codes<kedge::guide::Share> {
  static constexpr std::array<std::string_view, 2> names{"choice", "never"};
};
