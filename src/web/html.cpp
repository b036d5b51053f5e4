#include "web/html.hpp"

#include <charconv>

namespace kedge::web {
namespace {

// Appends `value` with what `escape` gives for a byte (empty: as it is), run by run.
template <class Escape>
void append_escaped(std::string& out, std::string_view value, Escape escape) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string_view with = escape(value[i]);
    if (with.empty()) continue;
    out.append(value, done, i - done).append(with);
    done = i + 1;
  }
  out.append(value, done);
}

constexpr bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
constexpr bool is_unreserved(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c)) out += c;
    else out += '%', out += kHex[byte >> 4U], out += kHex[byte & 15U];
  }
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
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    // "", "." and ".." are no segments: browsers would take "/{}/x" to another host or climb a folder
    const auto& text = *segments++;
    out += text.empty() || text == "." || text == ".." ? "-" : percent_encoded(text);
    ++i;
  }
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

Url Url::with(std::string_view key, std::string_view value) const {
  const auto anchor = text_.find('#');
  std::string out = text_.substr(0, anchor);
  out += out.find('?') == std::string::npos ? '?' : '&';
  out += percent_encoded(key) + "=" + percent_encoded(value);
  if (anchor != std::string::npos) out += text_.substr(anchor);
  return Url(std::move(out));
}

Url Url::at(std::string_view anchor) const { return Url(text_.substr(0, text_.find('#')) + "#" + percent_encoded(anchor)); }

void Html::text(std::string_view value) {
  append_escaped(buffer_, value, [](char c) -> std::string_view {
    switch (c) {
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      default: return {};
    }
  });
}

void Html::attribute(std::string_view value) {
  append_escaped(buffer_, value, [](char c) -> std::string_view {
    switch (c) {
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '"': return "&quot;";
      case '\'': return "&#39;";
      default: return {};
    }
  });
}

void Html::number(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  buffer_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace kedge::web
