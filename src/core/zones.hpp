// core: the time zones that people choose from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge {

// Whether ICU knows this IANA zone.
[[nodiscard]] bool is_time_zone(const std::string& zone);
// The zones of places ("America/Chicago"), those of a country ("US") first, each once, by name.
[[nodiscard]] std::vector<std::string> time_zones(std::string_view country);
// What somebody typed: a zone in any case, with spaces for underscores, or the one place of that name ("new york").
[[nodiscard]] std::optional<std::string> time_zone_named(std::string_view typed);

}  // namespace kedge
