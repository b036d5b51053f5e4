// core: what people type, made safe to keep. Knows nothing of languages' words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kedge::text {

[[nodiscard]] bool is_utf8(std::string_view text);
// Code points, as a reader counts characters; invalid bytes count one each.
[[nodiscard]] std::size_t length(std::string_view utf8);
[[nodiscard]] std::string_view trim(std::string_view text);
// What was typed, ready to keep: NFC, line ends as \n, no control characters but \n and \t, no bidirectional
// overrides or isolates (they can make a text read differently from what it says), trimmed at the ends.
// Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string clean(std::string_view typed);
// The same on one line: line ends and tabs become a space.
[[nodiscard]] std::string clean_line(std::string_view typed);
// Folded for comparing (ICU case folding, NFKC): case and width aside.
[[nodiscard]] std::string fold(std::string_view utf8);
// At most `most` code points, with an ellipsis where it was cut.
[[nodiscard]] std::string shorten(std::string_view utf8, std::size_t most);
// A short name for addresses and files: "Spring workbook" is spring-workbook.
[[nodiscard]] std::string slug(std::string_view utf8);
// A whole number and nothing else: digits, perhaps after a minus; nothing where it is not one or does not fit.
[[nodiscard]] std::optional<std::int64_t> number(std::string_view text);
[[nodiscard]] bool is_email(std::string_view text);

}  // namespace kedge::text
