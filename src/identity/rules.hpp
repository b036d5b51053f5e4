// identity: what its files share: checked fields, hashes of tokens, the making of members and sessions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "identity/tables.hpp"
#include "identity/vault.hpp"

namespace kedge::identity {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

// Cleaned; errors: invalid at `field` "identity.name.empty", "identity.name.long" (more than 120 characters).
[[nodiscard]] Result<std::string> checked_name(std::string_view name, std::string field);
// Cleaned, may be empty. Errors: invalid at job "identity.name.long".
[[nodiscard]] Result<std::string> checked_job(std::string_view job);
// Cleaned, may be empty. Errors: invalid at `field` "identity.email.broken".
[[nodiscard]] Result<std::string> checked_email(std::string_view email, std::string field);
// Errors: invalid at email "identity.email.taken".
Done require_free_email(store::Read& db, const Id& library, const std::string& email, const Id& but);
// Moves the field errors to the names that a form uses: "password" to "lead_password".
[[nodiscard]] Error at_field(Error error, std::string_view from, std::string_view to);

// What the database keeps of a token, by purpose.
[[nodiscard]] std::string token_hash(std::string_view token, std::string_view purpose);
[[nodiscard]] std::string cookie_hash(std::string_view cookie);

// The command line (no actor) and administrators.
[[nodiscard]] bool administers(const store::Scope& scope);
[[nodiscard]] bool leads(const store::Scope& scope);

enum class Term : std::uint8_t { own, shared, chooser };  // 30 days, 12 hours, 10 minutes
struct Start {
  std::optional<crypto::Key> key;  // of the member; nothing: the session is locked
  std::string device;              // the browser's User-Agent
  Term term = Term::own;
  Computer computer = Computer::own;
  bool awaits_second = false;      // it opens nothing before the second step
};
[[nodiscard]] Result<FreshSession> start_session(store::Tx& tx, const vault::Owner& owner, const Start& start);
[[nodiscard]] std::int64_t end_of(Term term, std::int64_t now_ms);

// Makes the member with a fresh key and signs in; a recovery code when there is a credential.
[[nodiscard]] Result<Joined> enroll(store::Tx& tx, const vault::Owner& owner, tables::NewMemberRow row, const std::string& device);
// Stores a password: with the key its wrap, without it the former wrap is kept to be opened by the earlier password.
Done store_password(store::Tx& tx, const vault::Owner& owner, const Credential& credential, const std::optional<crypto::Key>& key);
// Wraps the key by a new printed code and returns it.
[[nodiscard]] Result<std::string> store_recovery_code(store::Tx& tx, const vault::Owner& owner, const crypto::Key& key);
// The actor's present password, the attempt counted. Errors: invalid at current "identity.password.wrong"; conflict
// "identity.password.none"; too_many.
Done prove_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view current);
// Whether this is the member's printed code.
[[nodiscard]] Result<bool> fits_recovery_code(store::Database& db, store::Keyring& keyring, const Id& library, const Id& member, std::string_view typed);
// One salt an address, so that signing in runs Argon2 once however many libraries know the address.
[[nodiscard]] Result<std::string> salt_for(store::Database& db, const std::string& email);

// Counts an attempt. Errors: too_many `key`.
struct Limit {
  std::string_view purpose;
  std::int64_t most = 10;
  std::int64_t window_ms = 15 * kMinute;
};
Done count_attempt(store::Database& db, store::Keyring& keyring, const Limit& limit, std::string_view who, std::string key);
Done forgive_attempts(store::Database& db, store::Keyring& keyring, const Limit& limit, std::string_view who);

}  // namespace kedge::identity
