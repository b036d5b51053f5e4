// identity: passwords. What is strong enough, and Argon2id on a pool of two, so that a flood can't take the memory.
#pragma once

#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/result.hpp"

namespace kedge::identity {

constexpr std::size_t kPasswordLength = 10;    // characters at least
constexpr std::size_t kPasswordLongest = 200;  // characters at most

// Errors: invalid at field "password": "identity.password.short", ".long", ".common", ".yours" (holds the name or the e-mail).
Done check_password(std::string_view password, std::string_view name, std::string_view email);

// What is kept of a password: enough to check it, and to seal a member's key so that only it opens it.
struct Credential {
  std::string salt;
  std::string verifier;
  std::string sealing_key;  // public half of a pair that the password seeds
};
// Argon2id. Waits for a place in the pool. Errors: busy "identity.busy" when none comes free in ten seconds.
[[nodiscard]] Result<crypto::PasswordKeys> derive(std::string_view password, std::string_view salt);
[[nodiscard]] Result<Credential> make_credential(std::string_view password, std::string_view salt);
// A pair's seed out of the part of the password that is never kept.
[[nodiscard]] crypto::Key sealing_seed(const crypto::PasswordKeys& keys);

}  // namespace kedge::identity
