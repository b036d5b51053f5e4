// locale: what words.cpp and dates.cpp share of ICU. Not for other modules.
#pragma once

#include <string>
#include <string_view>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "core/language.hpp"

namespace kedge::locale {

// As the language is written in the United States: month names first in English, numbers 3,900 in both.
[[nodiscard]] const icu::Locale& icu_locale(Language language);

[[nodiscard]] inline icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}
[[nodiscard]] std::string to_utf8(const icu::UnicodeString& text);

}  // namespace kedge::locale
