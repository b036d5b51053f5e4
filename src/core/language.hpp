// core: the languages that the product speaks. A third one is a line here and a catalogue.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kedge {

enum class Language : std::uint8_t { en, es };
constexpr std::array<Language, 2> kLanguages{Language::en, Language::es};

[[nodiscard]] constexpr std::string_view code(Language language) {
  switch (language) {
    case Language::en: return "en";
    case Language::es: return "es";
  }
  return "en";
}

[[nodiscard]] constexpr std::optional<Language> language_of(std::string_view text) {
  for (const auto language : kLanguages)
    if (code(language) == text) return language;
  return std::nullopt;
}

}  // namespace kedge
