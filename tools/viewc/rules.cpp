#include "viewc/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace viewc {
namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Letters beyond ASCII by their blocks; signs such as the middle dot, arrows, dashes and spaces are none.
bool is_letter(std::uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0x250) return c == 0xaa || c == 0xb5 || c == 0xba || (c >= 0xc0 && c != 0xd7 && c != 0xf7);
  return (c >= 0x370 && c < 0x2000) || (c >= 0x2c00 && c < 0x2e00) || (c >= 0x3040 && c < 0xd800) || (c >= 0xf900 && c < 0xfb50);
}

// One code point and its size; broken UTF-8 counts as a letter, for nobody wants it in a view.
std::uint32_t code_point(std::string_view text, std::size_t& size) {
  const auto first = static_cast<unsigned char>(text[0]);
  size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (size == 1) return first;
  if (text.size() < size || first < 0xc0) return size = 1, U'a';
  std::uint32_t out = first & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) out = (out << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  return out;
}

// The size of a character reference (&nbsp; &#160;) at the beginning of the text, or 0.
std::size_t reference_size(std::string_view text) {
  const auto end = text.substr(0, 12).find(';');
  if (text[0] != '&' || end == std::string_view::npos || end < 2) return 0;
  for (const char c : text.substr(1, end - 1))
    if (c != '#' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) return 0;
  return end + 1;
}

}  // namespace

bool is_void(std::string_view element) {
  static constexpr std::array<std::string_view, 13> kNames{"area", "base", "br",   "col",    "embed", "hr", "img",
                                                           "input", "link", "meta", "source", "track", "wbr"};
  return among(kNames, element);
}

bool keeps_space(std::string_view element) { return element == "pre" || element == "textarea"; }

bool takes_url(std::string_view attribute) {
  static constexpr std::array<std::string_view, 21> kNames{
      "href", "imagesrcset",   "src",     "action",  "formaction", "cite",      "poster",      "data",           "ping",        "background", "manifest",
      "srcset", "hx-get",  "hx-post", "hx-put",     "hx-patch",  "hx-delete",   "hx-push-url",    "hx-replace-url", "sse-connect", "xlink:href"};
  return among(kNames, attribute);
}

bool is_program(std::string_view attribute) {
  static constexpr std::array<std::string_view, 5> kNames{"hx-vals", "hx-headers", "hx-trigger", "hx-request", "hx-ext"};
  return among(kNames, attribute);
}

bool is_spoken(std::string_view attribute) {
  static constexpr std::array<std::string_view, 9> kNames{"title",          "alt",   "aria-label", "placeholder", "aria-description", "aria-roledescription",
                                                          "aria-valuetext", "label", "hx-confirm"};
  return among(kNames, attribute);
}

std::optional<std::string_view> refused_attribute(std::string_view attribute) {
  if (attribute.starts_with("on")) return "a handler in an attribute: scripts live in assets/";
  if (attribute.starts_with("hx-on") || attribute == "hx-vars") return "a program in an attribute: scripts live in assets/";
  if (attribute == "style") return "an inline style: styles live in assets/";
  if (attribute == "srcdoc") return "a document in an attribute";
  return std::nullopt;
}

std::optional<std::string_view> refused_element(std::string_view element) {
  if (element == "style") return "a <style> element: styles live in assets/";
  static constexpr std::array<std::string_view, 14> kNames{"animate", "set",      "base",   "object",    "embed", "iframe",   "frame",
                                                           "frameset", "applet", "plaintext", "xmp",   "listing", "noembed", "noframes"};
  if (among(kNames, element)) return "an element that pages of ours do not use";
  return std::nullopt;
}

std::optional<std::size_t> find_words(std::string_view text) {
  constexpr std::string_view kName = "Kedge";
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    std::size_t size = reference_size(rest);
    if (rest.starts_with(kName)) size = kName.size();
    if (size == 0 && is_letter(code_point(rest, size))) return at;
    at += size;
  }
  return std::nullopt;
}

}  // namespace viewc
