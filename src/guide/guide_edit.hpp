// guide: how a library changes its own copy of a guide: leave out, bring back, move, add, take away, write in its own words.
// Values only; each gives the changed guide. Nothing that was ever asked is forgotten: what is removed keeps its id and its
// answers and can come back. Knows nothing of the database, pages or where the suffix of an id comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "guide/definition.hpp"

namespace kedge::guide {

// How long what is typed may be, in characters; the same limits as in a file.
constexpr std::size_t kTypedLabel = 300, kTypedHelp = 1200, kTypedIntroduction = 4000, kTypedBody = 12'000;
constexpr std::size_t kTypedLines = 40, kTypedColumns = 6;

// What is typed comes by language; it has to be there in one of them, and readers of the others see it marked as not
// translated. Guide::languages then names those in which every text is there. `writer`: whose language; an error is at the
// field of this language, "label_en".

enum class Shown : std::uint8_t { yes, no };
// Hidden things keep their place and their answers. Errors: not_found.
[[nodiscard]] Result<Guide> show_section(Guide guide, std::string_view id, Shown shown);
[[nodiscard]] Result<Guide> show_prompt(Guide guide, std::string_view id, Shown shown);

enum class Direction : std::uint8_t { up, down };
// One place on, over what was removed; a prompt stays in its section. Errors: not_found, conflict "guide_edit.no_further",
// "guide_edit.after_earlier" (it shows what was answered to a prompt that would then come later).
[[nodiscard]] Result<Guide> move_section(Guide guide, std::string_view id, Direction direction);
[[nodiscard]] Result<Guide> move_prompt(Guide guide, std::string_view id, Direction direction);

// Whether it would.
[[nodiscard]] bool may_move_section(const Guide& guide, std::string_view id, Direction direction);
[[nodiscard]] bool may_move_prompt(const Guide& guide, std::string_view id, Direction direction);

// The words of the guide, of a section, of a prompt; ids stay. Errors: not_found, invalid at "title_en", "introduction_en",
// "lede_en", "label_en", "help_en", "body_en" ...
[[nodiscard]] Result<Guide> write_guide(Guide guide, const Text& title, const Text& introduction, Language writer);
[[nodiscard]] Result<Guide> write_section(Guide guide, std::string_view id, const Text& title, const Text& lede, Language writer);
struct PromptWords {
  Text label;
  Text help;  // may be empty
  Text body;  // of a reading
};
[[nodiscard]] Result<Guide> write_prompt(Guide guide, std::string_view id, const PromptWords& words, Language writer);

// Who answers a new prompt.
enum class Answering : std::uint8_t {
  both,      // each alone, then the team
  team,
  personal,  // each alone; the writer may share it
  sealed,    // each alone, private for ever
};
struct NewColumn {
  Text label;  // empty: no column
  ColumnKind kind = ColumnKind::text;
};
struct NewPrompt {
  Kind kind = Kind::reflection;  // all but checklist and actions, which are written in the file
  PromptWords words;
  Answering answering = Answering::both;
  Text lines;                     // options of a choice, rows of a matrix, fields of notes: one a line; in each language as many
  Text reason;                    // of a choice: what the field for the reason is called; empty: none
  std::vector<NewColumn> columns; // of a list or matrix
  bool own_rows = false;          // of a matrix
  int steps = 0;                  // of a scale
  Text low, high;
  Language writer = Language::en;
};
struct NewSection {
  Text title;
  Text lede;  // may be empty
  Language writer = Language::en;
};
// `suffix`: a few fresh small letters or digits, which make the id one of a kind; an id is never used again.
// At the end of the section, or of the guide. Errors: not_found, invalid at "kind", "label_en", "lines_en", "column1_en",
// "column1_kind", "steps", "low_en", "answering" ...
[[nodiscard]] Result<Guide> add_prompt(Guide guide, std::string_view section, const NewPrompt& typed, std::string_view suffix);
[[nodiscard]] Result<Guide> add_section(Guide guide, const NewSection& typed, std::string_view suffix);
// Whether a new prompt of this kind can be made here.
[[nodiscard]] bool can_add(Kind kind);

// Only what the library added itself; its place, id and answers stay for restore_prompt. Whether it was answered is the
// caller's to ask. Errors: not_found, forbidden "guide_edit.not_own".
[[nodiscard]] Result<Guide> remove_prompt(Guide guide, std::string_view id);
[[nodiscard]] Result<Guide> restore_prompt(Guide guide, std::string_view id);

// `fresh`, from a file, in the place of `kept`: what it leaves out is put aside as removed or hidden, so that no answer is
// without its question. Errors: invalid "guide_edit.other_kind" (an id that was something else; argument "id").
[[nodiscard]] Result<Guide> replace_guide(const Guide& kept, Guide fresh);

}  // namespace kedge::guide

template <>
struct kedge::Codes<kedge::guide::Answering> {
  static constexpr std::array<std::string_view, 4> names{"both", "team", "personal", "sealed"};
};
