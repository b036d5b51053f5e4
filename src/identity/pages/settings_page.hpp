// identity pages: the settings of a library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/fields.hpp"

namespace kedge::identity::pages {

[[nodiscard]] web::Field time_zone_field(const web::Form& form, const std::string& now);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
[[nodiscard]] std::string upper_code(std::string text);  // "il" as typed is IL

[[nodiscard]] Result<web::Reply> show_settings(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_settings(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
