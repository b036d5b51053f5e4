// web: forms that another site may not send in somebody's name (CSRF).
#pragma once

#include <string>
#include <string_view>

#include "web/request.hpp"

namespace kedge::web::forgery {

// The secret under a fresh random mask: never twice the same text in a compressed page (BREACH).
[[nodiscard]] std::string mask(std::string_view secret);
[[nodiscard]] bool fits(std::string_view token, std::string_view secret);
// What the browser says of where a change comes from: Sec-Fetch-Site, else Origin. Silence counts as own.
[[nodiscard]] bool from_own_site(const Request& request, std::string_view public_url);

}  // namespace kedge::web::forgery
