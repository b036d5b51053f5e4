// guide: what every change of a guide's words needs. For guide_edit*.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guide/guide_edit.hpp"

namespace kedge::guide::typed {

// Null when there is none.
[[nodiscard]] Section* section_in(Guide& guide, std::string_view id);
[[nodiscard]] Prompt* prompt_in(Guide& guide, std::string_view id);

// "label_en"
[[nodiscard]] std::string field_of(std::string_view name, Language language);
// Cleaned, and in no language longer than `longest`; one line where a label is meant. `missing` is the message when it is
// nowhere; empty: it may be.
[[nodiscard]] Result<Text> words(const Text& typed, std::string_view name, Language writer, std::size_t longest, std::string_view missing);
// One thing a line, as many in each language that has any; at least `least`, otherwise the message `too_few`.
[[nodiscard]] Result<std::vector<Text>> lines(const Text& typed, Language writer, std::size_t least, std::string_view too_few);

// Guide::languages: those in which every text is there.
void settle_languages(Guide& guide);

}  // namespace kedge::guide::typed
