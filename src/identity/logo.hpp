// identity: the logo in the head of a library's pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "identity/identity.hpp"

namespace kedge::identity {

constexpr std::int64_t kLargestLogo = 512 * 1024;     // bytes
constexpr std::int64_t kWidestLogo = 2000;            // pixels, each way
constexpr std::size_t kLogoAlternativeLength = 200;   // characters

struct LogoFile {
  std::string content_type;
  std::string bytes;
};
// What stands now; nothing is decoded or changed. Errors: not_found (none of this id, or it was removed).
[[nodiscard]] Result<LogoFile> logo(store::Read& db, const store::Scope& scope, const Id& id);
// Takes the place of the former; returns that one's id (empty: there was none), by which restore_logo brings it back.
// Errors: invalid at "file" (not a PNG or JPEG, too large in bytes or pixels) and "alternative"; forbidden.
[[nodiscard]] Result<Id> set_logo(store::Tx& tx, const store::Scope& scope, std::string_view file, std::string_view alternative);
// Another text for who can't see it. Errors: invalid at "alternative"; not_found (no logo); forbidden.
Done describe_logo(store::Tx& tx, const store::Scope& scope, std::string_view alternative);
// Returns its id. Errors: not_found (no logo); forbidden.
[[nodiscard]] Result<Id> remove_logo(store::Tx& tx, const store::Scope& scope);
// Within 30 days. The one that stands now is removed. Repeating it is harmless. Errors: not_found; forbidden.
Done restore_logo(store::Tx& tx, const store::Scope& scope, const Id& id);
// Daily. What was replaced or removed 30 days ago.
Done sweep(store::Tx& tx, const store::Scope& scope);

}  // namespace kedge::identity
