// identity pages: the settings of a library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/fields.hpp"

namespace kedge::identity::pages {

// Typed, with the zones of places proposed, those of `country` first.
[[nodiscard]] web::Field time_zone_field(const web::Form& form, const std::string& now, std::string_view country);
// The zone that was meant; what was typed when none was.
[[nodiscard]] std::string time_zone_of_form(const web::Request& request);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
[[nodiscard]] std::string upper_code(std::string text);  // "il" as typed is IL

[[nodiscard]] Result<web::Reply> show_settings(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_settings(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> restore_branches(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
