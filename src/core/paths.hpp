// core: where the program finds its content, assets and catalogues by itself.
#pragma once

#include <filesystem>

namespace kedge {

// The folder that holds content/, assets/ and locales/: $KEDGE_SHARE, or beside the binary, or up to three folders
// above it (a checkout), or <prefix>/share/kedge. Empty when there is none.
[[nodiscard]] std::filesystem::path share_folder();

}  // namespace kedge
