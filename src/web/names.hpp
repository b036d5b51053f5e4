// web: how a colleague is called on a page, and where a library's logo is.
#pragma once

#include <string>

#include "identity/identity.hpp"
#include "locale/words.hpp"
#include "web/html.hpp"

namespace kedge::web {

// "a former colleague": who left and asked that the name goes too has none any more.
[[nodiscard]] std::string former_colleague(const locale::Words& words);
[[nodiscard]] std::string name_of(const locale::Words& words, const identity::Member& member);
// Of a library that has one.
[[nodiscard]] Url logo_url(const identity::Library& library);

}  // namespace kedge::web
