// web: what comes over the wire, turned into the plain values of request.hpp. Pure functions, fuzzed; they trust nothing.
#pragma once

#include <string>
#include <string_view>

#include "web/request.hpp"

namespace kedge::web::wire {

// Percent-decoding of a path segment or, with `plus_is_space`, of a form field.
// Errors: invalid "web.form.broken": a broken escape, NUL, or bytes that are not UTF-8.
enum class Plus : std::uint8_t { literal, space };
[[nodiscard]] Result<std::string> decode(std::string_view encoded, Plus plus);
[[nodiscard]] std::string encode(std::string_view text);  // all but letters, digits and - . _ ~

// Path and query of a request target; the absolute form ("http://host/path") counts as its path.
// Errors: invalid "web.target.broken": also an encoded slash, a backslash and dot segments, which proxies read differently.
Done read_target(std::string_view target, Request& request);
// The header Cookie: at most 50 pairs; what is not a pair is left out, as browsers and RFC 6265 5.4 expect.
void read_cookies(std::string_view header, Request& request);
// request.body to form, uploads or, for any other content type, itself. Errors: invalid "web.form.broken", too_large.
Done read_body(Request& request);
// multipart/form-data: at most 500 parts, 1 MB a text field.
Done read_multipart(std::string_view body, std::string_view boundary, Request& request);
// A parameter of a header value such as `form-data; name="a"`: quotes removed; empty when missing.
[[nodiscard]] std::string value_parameter(std::string_view value, std::string_view name);

}  // namespace kedge::web::wire
