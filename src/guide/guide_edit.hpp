// guide: how a library changes its own copy of a guide: leave out, bring back, add, write an introduction.
// Values only; each gives the changed guide. Knows nothing of the database, pages or where the suffix of an id comes from.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "guide/definition.hpp"

namespace kedge::guide {

// How long what is typed may be, in characters; the same limits as in a file.
constexpr std::size_t kTypedLabel = 300, kTypedHelp = 1200, kTypedIntroduction = 4000, kTypedOptions = 40;

enum class Shown : std::uint8_t { yes, no };

// Hidden things keep their place and their answers. Errors: not_found.
[[nodiscard]] Result<Guide> show_section(Guide guide, std::string_view id, Shown shown);
[[nodiscard]] Result<Guide> show_prompt(Guide guide, std::string_view id, Shown shown);

// The introduction in one language; the others stay. Errors: invalid at "introduction".
[[nodiscard]] Result<Guide> write_introduction(Guide guide, Language language, std::string_view words);

// What somebody typed, by language. A language of the guide that was left empty says what the others say.
struct NewPrompt {
  Kind kind = Kind::reflection;  // or choice, goals
  Text label;
  Text help;                     // may be empty
  Text options;                  // of a choice: one a line, at least two; in each language as many
  Language language = Language::en;  // of the writer: an error is at the field of this language, "label_en"
};
struct NewSection {
  Text title;
  Text lede;  // may be empty
  Language language = Language::en;
};
// `suffix`: a few fresh small letters or digits, which make the id one of a kind; an id is never used again.
// At the end of the section, or of the guide. Errors: not_found, invalid at "kind", "label_en", "help_en", "options_en" ...
[[nodiscard]] Result<Guide> add_prompt(Guide guide, std::string_view section, const NewPrompt& typed, std::string_view suffix);
[[nodiscard]] Result<Guide> add_section(Guide guide, const NewSection& typed, std::string_view suffix);
// Only what the library added itself. Errors: not_found, forbidden "guide_edit.not_own".
[[nodiscard]] Result<Guide> remove_prompt(Guide guide, std::string_view id);

}  // namespace kedge::guide
