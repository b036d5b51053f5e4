// app: what the commands of kedge guide share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/program.hpp"

namespace kedge::app {

struct GuideText {
  std::string yaml;
  std::int64_t version = 0;
  std::string_view whose;  // "shipped", "library"
};
// The library's guide of the slug, or the shipped one. Errors: not_found "guide.unknown" and those of find_library.
[[nodiscard]] Result<GuideText> guide_text(const Program& program, const std::string& slug, const std::string& library);

void add_print_command(Program& program, CLI::App& group);

}  // namespace kedge::app
