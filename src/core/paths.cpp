#include "core/paths.hpp"

#include <cstdlib>

namespace kedge {
namespace {

bool is_share(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::is_directory(folder / "content" / "guides", ignored);
}

}  // namespace

std::filesystem::path share_folder() {
  if (const char* named = std::getenv("KEDGE_SHARE"); named != nullptr && is_share(named)) return named;
  std::error_code error;
  const auto binary = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  auto folder = binary.parent_path();
  for (int up = 0; up < 5; ++up, folder = folder.parent_path())
    if (is_share(folder)) return folder;
  const auto installed = binary.parent_path().parent_path() / "share" / "kedge";
  return is_share(installed) ? installed : std::filesystem::path{};
}

}  // namespace kedge
