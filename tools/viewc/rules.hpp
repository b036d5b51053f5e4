// viewc: what it knows of HTML.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace viewc {

[[nodiscard]] bool is_void(std::string_view element);           // <br>, <input>: no end tag
[[nodiscard]] bool keeps_space(std::string_view element);       // pre, textarea
[[nodiscard]] bool takes_url(std::string_view attribute);       // href, action, hx-get: a Url and nothing else
[[nodiscard]] bool is_program(std::string_view attribute);      // read as code or as selectors of events: no value
[[nodiscard]] bool is_spoken(std::string_view attribute);       // title, alt, aria-label: words for people
// Why this attribute or element may not stand in a view at all; nothing when it may.
[[nodiscard]] std::optional<std::string_view> refused_attribute(std::string_view attribute);
[[nodiscard]] std::optional<std::string_view> refused_element(std::string_view element);
// Where the first letter of words stands, character references and our name left out.
[[nodiscard]] std::optional<std::size_t> find_words(std::string_view text);

}  // namespace viewc
