// The themes of content/themes.yaml, as the file has them. Inside lineage only.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/language.hpp"
#include "core/result.hpp"

namespace kedge::lineage {

struct ShippedTheme {
  std::string code;
  std::array<std::string, kLanguages.size()> label;  // by Language; English where a language is missing
  std::array<std::string, kLanguages.size()> about;
};

// Errors: invalid "lineage.themes.broken" with the place in `detail`.
[[nodiscard]] Result<std::vector<ShippedTheme>> parse_themes(std::string_view yaml);
// Those of the share folder, read once. Errors: those, and unavailable "lineage.themes.missing".
[[nodiscard]] Result<const std::vector<ShippedTheme>*> shipped_themes();
// Whether a theme may be given: none, or a code of the file.
[[nodiscard]] Result<bool> theme_known(std::string_view code);

}  // namespace kedge::lineage
