#include "web/html.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace kedge::web {
namespace {

// What stands for a byte in a text or an attribute; empty: itself. A text may hold quotes.
enum class Where { text, attribute };
constexpr std::string_view escape_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

using Special = std::array<bool, 256>;
constexpr Special special_in(Where where) {
  Special all{};
  for (const char c : std::string_view(where == Where::text ? "&<>" : "&<>\"'")) all[static_cast<unsigned char>(c)] = true;
  return all;
}
constexpr Special kInText = special_in(Where::text);
constexpr Special kInAttribute = special_in(Where::attribute);

// Sixteen bytes at a time, by the vectors that both compilers know on every machine: most of a page needs no escape.
using Sixteen [[gnu::vector_size(16)]] = unsigned char;
using TwoWords [[gnu::vector_size(16)]] = std::uint64_t;
bool all_plain(const char* bytes) {
  Sixteen at;
  std::memcpy(&at, bytes, sizeof at);
  const auto found = (at == '&') | (at == '<') | (at == '>') | (at == '"') | (at == '\'');
  TwoWords words;
  std::memcpy(&words, &found, sizeof words);
  return (words[0] | words[1]) == 0;
}

// Run by run.
void append_escaped(std::string& out, std::string_view value, const Special& special) {
  while (true) {
    std::size_t plain = 0;
    while (plain + 16 <= value.size() && all_plain(value.data() + plain)) plain += 16;
    while (plain < value.size() && !special[static_cast<unsigned char>(value[plain])]) ++plain;
    out.append(value.data(), plain);
    if (plain == value.size()) return;
    out.append(escape_of(value[plain]));
    value.remove_prefix(plain + 1);
  }
}

constexpr bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
constexpr bool is_unreserved(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

constexpr std::array<bool, 256> kUnreserved = [] {
  std::array<bool, 256> all{};
  for (std::size_t c = 0; c < all.size(); ++c) all[c] = c < 0x80 && is_unreserved(static_cast<char>(c));
  return all;
}();

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  while (true) {
    std::size_t plain = 0;
    while (plain < text.size() && kUnreserved[static_cast<unsigned char>(text[plain])]) ++plain;
    out.append(text.data(), plain);
    if (plain == text.size()) return;
    const auto byte = static_cast<unsigned char>(text[plain]);
    out += '%', out += kHex[byte >> 4U], out += kHex[byte & 15U];
    text.remove_prefix(plain + 1);
  }
}
std::string percent_encoded(std::string_view text) {
  std::string out;
  append_percent_encoded(out, text);
  return out;
}

bool has_bad_byte(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`' || c == '\'') return true;
  }
  return false;
}

bool begins_with_scheme(std::string_view text, std::string_view scheme) {  // schemes have no case
  if (text.size() <= scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i]) != scheme[i]) return false;
  return true;
}

}  // namespace

Url Url::fill(std::string_view pattern, const std::string* segments) {
  std::string out;
  out.reserve(pattern.size() + 96);
  for (auto hole = pattern.find('{'); hole != std::string_view::npos; hole = pattern.find('{')) {
    out.append(pattern.substr(0, hole));
    // "", "." and ".." are no segments: browsers would take "/{}/x" to another host or climb a folder
    const auto& text = *segments++;
    if (text.empty() || text == "." || text == "..") out += '-';
    else append_percent_encoded(out, text);
    pattern.remove_prefix(hole + 2);
  }
  out.append(pattern);
  return Url(std::move(out));
}

Url Url::here(std::string_view anchor) { return Url("#" + percent_encoded(anchor)); }

std::optional<Url> Url::outside(std::string_view text) {
  if (text.size() > 2000 || has_bad_byte(text)) return std::nullopt;
  for (const std::string_view scheme : {"https://", "http://"})
    if (begins_with_scheme(text, scheme) && is_letter_or_digit(text[scheme.size()])) return Url(std::string(text));
  for (const std::string_view scheme : {"tel:", "mailto:"})
    if (begins_with_scheme(text, scheme)) return Url(std::string(text));
  return std::nullopt;
}

Url Url::from_stored(std::string_view text) {
  const bool ours = !text.empty() && text[0] == '/' && !text.starts_with("//") && text.size() <= 2000 && !has_bad_byte(text);
  return ours ? Url(std::string(text)) : Url("/");
}

Url Url::under(UrlPattern<0> end) const {
  const auto page = std::string_view(text_).substr(0, text_.find('#'));
  const auto path = std::min(page.find('?'), page.size());
  std::string out;
  out.reserve(page.size() + end.text().size());
  out.append(page.substr(0, path)).append(end.text()).append(page.substr(path));
  return Url(std::move(out));
}

Url Url::with(std::string_view key, std::string_view value) const {
  const auto anchor = std::min(text_.find('#'), text_.size());
  std::string out;
  out.reserve(text_.size() + key.size() + value.size() + 16);
  out.append(text_, 0, anchor);
  out += out.find('?') == std::string::npos ? '?' : '&';
  append_percent_encoded(out, key);
  out += '=';
  append_percent_encoded(out, value);
  out.append(text_, anchor);
  return Url(std::move(out));
}

Url Url::at(std::string_view anchor) const { return Url(text_.substr(0, text_.find('#')) + "#" + percent_encoded(anchor)); }

void Html::text(std::string_view value) {
  append_escaped(buffer_, value, kInText);
}

void Html::attribute(std::string_view value) {
  append_escaped(buffer_, value, kInAttribute);
}

void Html::number(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  buffer_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace kedge::web
