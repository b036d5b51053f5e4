#include "lineage/themes.hpp"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>

#include <yaml-cpp/yaml.h>

#include "core/paths.hpp"

namespace kedge::lineage {
namespace {

std::string in_language(const YAML::Node& words, Language language) {
  if (!words || !words.IsMap()) return {};
  if (const auto own = words[std::string(code(language))]; own) return own.as<std::string>();
  const auto english = words["en"];
  return english ? english.as<std::string>() : std::string();
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Error broken(std::string detail) { return Error{Fault::invalid, "lineage.themes.broken", std::move(detail), {}, {}}; }

}  // namespace

Result<std::vector<ShippedTheme>> parse_themes(std::string_view yaml) {
  try {
    const auto file = YAML::Load(std::string(yaml));
    if (!file.IsMap() || !file["themes"] || !file["themes"].IsSequence()) return fail(broken("no list of themes"));
    std::vector<ShippedTheme> themes;
    for (const auto& node : file["themes"]) {
      const auto at = "line " + std::to_string(node.Mark().line + 1) + ": ";
      ShippedTheme theme;
      if (node.IsMap() && node["code"]) theme.code = node["code"].as<std::string>();
      if (!is_code(theme.code)) return fail(broken(at + "no code of a-z, 0-9 and _"));
      for (const auto language : kLanguages) {
        theme.label[static_cast<std::size_t>(language)] = in_language(node["label"], language);
        theme.about[static_cast<std::size_t>(language)] = in_language(node["about"], language);
      }
      if (theme.label[0].empty()) return fail(broken(at + "no label"));
      if (std::ranges::any_of(themes, [&](const auto& other) { return other.code == theme.code; })) return fail(broken(at + "code twice"));
      themes.push_back(std::move(theme));
    }
    return themes;
  } catch (const YAML::Exception& error) {
    return fail(broken(error.what()));
  }
}

Result<const std::vector<ShippedTheme>*> shipped_themes() {
  static std::mutex mutex;
  static std::vector<ShippedTheme> themes;
  const std::lock_guard lock(mutex);
  if (themes.empty()) {
    std::ifstream in(share_folder() / "content" / "themes.yaml", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return fail(Fault::unavailable, "lineage.themes.missing", "content/themes.yaml");
    TRY(themes, parse_themes(text.str()));
  }
  return &themes;
}

Result<bool> theme_known(std::string_view code) {
  if (code.empty()) return true;
  TRY(const auto* themes, shipped_themes());
  return std::ranges::any_of(*themes, [&](const auto& theme) { return theme.code == code; });
}

}  // namespace kedge::lineage
