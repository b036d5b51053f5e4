#include "core/text.hpp"

#include <charconv>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace kedge::text {
namespace {

bool is_bidi_control(UChar32 c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C; }

bool is_refused(UChar32 c) {
  if (c == '\n' || c == '\t') return false;
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_bidi_control(c) || (c >= 0xFFF0 && c <= 0xFFFB) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::size_t length(std::string_view utf8) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int32_t>(utf8.size());
  std::size_t count = 0;
  for (std::int32_t i = 0; i < size; ++count) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
  }
  return count;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string clean(std::string_view typed) {
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(typed.data(), static_cast<std::int32_t>(typed.size())));
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < source.length();) {
    const UChar32 c = source.char32At(i);
    i += U16_LENGTH(c);
    if (c == '\r') {
      if (i >= source.length() || source.char32At(i) != '\n') kept.append(static_cast<UChar32>('\n'));
    } else if (!is_refused(c)) {
      kept.append(c);
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  const auto composed = U_SUCCESS(status) ? nfc->normalize(kept, status) : kept;
  const auto utf8 = to_utf8(U_SUCCESS(status) ? composed : kept);
  return std::string(trim(utf8));
}

std::string clean_line(std::string_view typed) {
  auto line = clean(typed);
  for (auto& c : line)
    if (c == '\n' || c == '\t') c = ' ';
  return std::string(trim(line));
}

std::string fold(std::string_view utf8) {
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  UErrorCode status = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::string(utf8);
  return to_utf8(folding->normalize(source, status));
}

std::string shorten(std::string_view utf8, std::size_t most) {
  if (length(utf8) <= most) return std::string(utf8);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int32_t>(utf8.size());
  std::int32_t end = 0;
  for (std::size_t count = 0; count + 1 < most && end < size; ++count) {
    UChar32 c = 0;
    U8_NEXT(bytes, end, size, c);
  }
  return std::string(trim(utf8.substr(0, static_cast<std::size_t>(end)))) + "\xE2\x80\xA6";
}

std::string slug(std::string_view utf8) {
  // decompose, keep ASCII letters and digits: enough for names in addresses, which carry an id beside it where it matters
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
  const auto plain = U_SUCCESS(status) ? nfkd->normalize(source, status) : source;
  std::string out;
  for (std::int32_t i = 0; i < plain.length() && out.size() < 60; ++i) {
    const auto c = u_tolower(plain.charAt(i));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += static_cast<char>(c);
    else if (u_charType(c) != U_NON_SPACING_MARK && !out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.size() > 254 || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto host = text.substr(at + 1);
  if (host.empty() || host.front() == '.' || host.back() == '.' || host.find('.') == std::string_view::npos) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<' || c == '>' || c == ',' || c == ';' || c == '\\' || c == 0x7f) return false;
  return true;
}

}  // namespace kedge::text
