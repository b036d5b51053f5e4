// identity pages: a text as a code image, drawn as SVG.
#pragma once

#include <string>

#include "web/html.hpp"

namespace kedge::identity::pages {

// `label` is what a screen reader says. Empty when the text is too long for one.
[[nodiscard]] web::SafeHtml qr_svg(const locale::Words& words, const std::string& text, const std::string& label);

}  // namespace kedge::identity::pages
