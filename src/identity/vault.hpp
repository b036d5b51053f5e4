// identity: the member's key and its wraps. Every wrap has two layers: the outer one opens with the member's part in the
// keyring, the inner one with what only the member has (password, printed code, cookie).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "identity/passwords.hpp"
#include "identity/tables.hpp"
#include "store/keyring.hpp"

namespace kedge::identity::vault {

// The member's part: made when a member gets a key, destroyed when the member leaves.
[[nodiscard]] Result<crypto::Key> make_part(store::Keyring& keyring, const Id& library, const Id& member);
// Errors: not_found when there is none: nothing of this member opens any more.
[[nodiscard]] Result<crypto::Key> part(store::Keyring& keyring, const Id& library, const Id& member);
Done destroy_part(store::Keyring& keyring, const Id& library, const Id& member);
// Of all members of a library.
Done destroy_parts(store::Keyring& keyring, const Id& library);
[[nodiscard]] std::string part_name(const Id& member);
// A key of the installation for one purpose of this module (join codes, limits).
[[nodiscard]] crypto::Key installation_key(store::Keyring& keyring, std::string_view purpose);

struct Owner {
  Id library;
  Id member;
  crypto::Key part;
};

[[nodiscard]] Result<std::string> wrap_for_password(const Owner& owner, const crypto::Key& key, std::string_view sealing_key);
[[nodiscard]] Result<crypto::Key> open_by_password(const Owner& owner, const tables::WrapRow& wrap, const crypto::PasswordKeys& keys);
[[nodiscard]] std::string wrap_for_code(const Owner& owner, const crypto::Key& key, std::string_view plain_code);
[[nodiscard]] Result<crypto::Key> open_by_code(const Owner& owner, const tables::WrapRow& wrap, std::string_view plain_code);
[[nodiscard]] std::string wrap_for_cookie(const Owner& owner, const crypto::Key& key, std::string_view cookie);
[[nodiscard]] Result<crypto::Key> open_by_cookie(const Owner& owner, std::string_view wrapped, std::string_view cookie);
// Of example members alone: the keyring's part is all that it takes.
[[nodiscard]] std::string wrap_for_example(const Owner& owner, const crypto::Key& key);
[[nodiscard]] Result<crypto::Key> open_example(const Owner& owner, const tables::WrapRow& wrap);

[[nodiscard]] const tables::WrapRow* find(const std::vector<tables::WrapRow>& wraps, Wrap kind);

}  // namespace kedge::identity::vault
