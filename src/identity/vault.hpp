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
// Nothing when there is none: it was destroyed, or the keyring is another than the one that made it (a restore without
// its copy). Then nothing of this member opens, and the account is as locked as after a reset.
[[nodiscard]] Result<std::optional<crypto::Key>> part(store::Keyring& keyring, const Id& library, const Id& member);
// Whether it was destroyed on purpose: whose account that was has left.
[[nodiscard]] Result<bool> destroyed(store::Keyring& keyring, const Id& library, const Id& member);
Done destroy_part(store::Keyring& keyring, const Id& library, const Id& member);
// Of all members of a library.
Done destroy_parts(store::Keyring& keyring, const Id& library);
[[nodiscard]] std::string part_name(const Id& member);
// The member of such a name; nothing when it is another's.
[[nodiscard]] std::optional<Id> member_of_part(std::string_view name);
// In the list of erasures: that the name went too.
[[nodiscard]] std::string erased_name(const Id& member);
// A key of the installation for one purpose of this module (join codes, limits).
[[nodiscard]] crypto::Key installation_key(store::Keyring& keyring, std::string_view purpose);

struct Owner {
  Id library;
  Id member;
  std::optional<crypto::Key> part;  // needed for whatever wraps or opens
};

[[nodiscard]] Result<std::string> wrap_for_password(const Owner& owner, const crypto::Key& key, std::string_view sealing_key);
[[nodiscard]] Result<crypto::Key> open_by_password(const Owner& owner, const tables::WrapRow& wrap, const crypto::PasswordKeys& keys);
// Opening without a part: errors forbidden "crypto.wrong_key", as with a secret that does not fit.
[[nodiscard]] std::string wrap_for_code(const Owner& owner, const crypto::Key& key, std::string_view plain_code);
[[nodiscard]] Result<crypto::Key> open_by_code(const Owner& owner, const tables::WrapRow& wrap, std::string_view plain_code);
[[nodiscard]] std::string wrap_for_cookie(const Owner& owner, const crypto::Key& key, std::string_view cookie);
[[nodiscard]] Result<crypto::Key> open_by_cookie(const Owner& owner, std::string_view wrapped, std::string_view cookie);
// Of example members alone: the keyring's part is all that it takes.
[[nodiscard]] std::string wrap_for_example(const Owner& owner, const crypto::Key& key);
[[nodiscard]] Result<crypto::Key> open_example(const Owner& owner, const tables::WrapRow& wrap);

[[nodiscard]] const tables::WrapRow* find(const std::vector<tables::WrapRow>& wraps, Wrap kind);

}  // namespace kedge::identity::vault
