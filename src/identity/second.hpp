// identity: the second step of signing in: six digits of the member's own device (TOTP, RFC 6238, by liboath), or the printed
// recovery code in their place. Owns the table second_step.
#pragma once

#include <string>
#include <string_view>

#include "identity/identity.hpp"

namespace kedge::identity {

// What a device is shown once to share the secret.
struct SecondStart {
  std::string secret;   // base32, in groups of four
  std::string address;  // "otpauth://totp/...": for the code image
};
// Makes a secret that asks for nothing yet; an unconfirmed one is replaced.
// Errors: forbidden "identity.example.fixed"; conflict "identity.second.there", "identity.second.password" (none set yet).
[[nodiscard]] Result<SecondStart> start_second(store::Tx& tx, const store::Keyring& keyring, const SignedIn& who);
// The same secret again, while it waits to be confirmed. Errors: conflict "identity.second.none".
[[nodiscard]] Result<SecondStart> second_started(store::Read& db, const store::Keyring& keyring, const SignedIn& who);
// From now on the second step is asked for. Errors: invalid at code "identity.second.wrong"; conflict "identity.second.none"; too_many.
Done confirm_second(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view code);
[[nodiscard]] Result<bool> has_second(store::Read& db, const store::Scope& scope, const Id& member);
// Errors: invalid at current "identity.password.wrong"; too_many.
Done end_second(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view password);
// Whether these digits, or the printed code, are the member's; the digits are used up by it.
// Errors: invalid at `field` "identity.second.wrong"; too_many.
Done prove_second(store::Database& db, store::Keyring& keyring, const Id& library, const Id& member, std::string_view typed, std::string field);

// Signing in: opens the session that waits behind this cookie. Errors: signed_out; invalid at code "identity.second.wrong"; too_many.
Done pass_second(store::Database& db, store::Keyring& keyring, std::string_view cookie, std::string_view typed);
// Whether the session behind it waits for the second step. Errors: signed_out (no such session).
[[nodiscard]] Result<bool> awaits_second(store::Read& db, std::string_view cookie);

}  // namespace kedge::identity
