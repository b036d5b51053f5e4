// identity: what members and those who lead them do with an account: passwords, recovery, roles, closing.
//
// The member's key is wrapped several times (password, recovery code, each session); every wrap opens only together with
// the member's part in the keyring, which no backup holds. Destroying the part makes every copy of the wraps worthless.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"
#include "identity/passwords.hpp"

namespace kedge::identity {

struct NewMember {
  std::string name;
  std::string email = {};  // may be empty
  Roles roles = {Role::staff};
  std::optional<Language> language = {};  // nothing: the library's
  std::string job = {};                   // may be empty
};
// Adds a member who has no password yet: give them a reset link. Errors: invalid at name, email ("identity.email.taken").
[[nodiscard]] Result<Id> add_member(store::Tx& tx, const store::Scope& scope, const NewMember& member);
struct Profile {
  std::string name;
  std::string job;    // may be empty
  std::string email;  // may be empty while there is no password
  Language language = Language::en;
};
// The actor's own. Errors: invalid at name, job, email.
Done save_profile(store::Tx& tx, const store::Scope& scope, const Profile& profile);
// Whether pages for the board name the actor. Saying the same again changes nothing.
enum class BoardName : std::uint8_t { kept_back, agreed };
Done agree_to_board_name(store::Tx& tx, const store::Scope& scope, BoardName choice);
// Errors: invalid "identity.roles.none", forbidden "identity.roles.not_yours" (only an administrator gives or takes that
// role), conflict "identity.last_administrator".
Done change_roles(store::Tx& tx, const store::Scope& scope, const Id& member, Roles roles);

// ---- the member's own password. These run Argon2 outside of the transaction, so they take the database.

// Sets the first password, ends nothing, and makes the recovery code (returned once; empty while locked).
// `email` is what to sign in with; empty keeps the present one. Errors: invalid at password, at email ("identity.email.needed");
// conflict "identity.password.there"; forbidden "identity.example.fixed" in the example.
[[nodiscard]] Result<std::string> set_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view email,
                                               std::string_view password);
// Wraps the key anew and ends all other sessions. Errors: invalid at current "identity.password.wrong"; invalid at password; too_many.
Done change_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view current, std::string_view password);
// A new printed code; the former one is worth nothing from now on. Errors: forbidden "identity.locked".
[[nodiscard]] Result<std::string> renew_recovery_code(store::Database& db, store::Keyring& keyring, const SignedIn& who);
[[nodiscard]] Result<bool> has_recovery_code(store::Read& db, const store::Scope& scope);
// Opens the private answers again after a reset, by the earlier password or the recovery code: this session and the present
// password hold the key from now on. Errors: invalid at secret "identity.unlock.wrong"; too_many.
Done unlock(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view cookie, std::string_view secret);
// 24 characters in six groups as they were printed, small letters and spaces forgiven.
[[nodiscard]] std::string plain_code(std::string_view typed);

// ---- reset links: given out by an administrator (or the command line), used once within three days

// Returns the token for /reset/{token}. The member is told at sign-in (reset_notices). Errors: not_found; forbidden
// "identity.roles.not_yours" (administrators alone).
[[nodiscard]] Result<std::string> make_reset_link(store::Tx& tx, const store::Scope& scope, const Id& member);
struct ResetView {
  Library library;
  std::string member_name;
  std::string email;             // empty: the form asks for one
  bool has_key = false;          // there may be private answers to lose sight of
  Id member;
  bool needs_second = false;     // the member asked for the link: the second step is asked for too
  bool ends_second = false;      // an administrator made it: the second step ends
};
// What a link shows before it is used. Errors: not_found "identity.link.used_up".
[[nodiscard]] Result<ResetView> view_reset(store::Database& db, std::string_view token);
struct Reset {
  std::string token;
  std::string password;
  std::string email = {};                     // when the member has none yet
  std::string recovery_code = {};             // may be empty
  std::optional<SignedIn> open_session = {};  // of the same member in this browser: its key is kept
  std::string device = {};
  std::string second = {};                    // digits or printed code, where ResetView asks for them
};
// Uses the link up, ends the member's sessions and signs in. Private answers stay locked without code or open session.
// Errors: not_found "identity.link.used_up"; invalid at password, at recovery_code "identity.unlock.wrong", at second (link stays).
// Who never had a password gets a recovery code, shown once.
[[nodiscard]] Result<Joined> reset_password(store::Database& db, store::Keyring& keyring, const Reset& reset);
// Without any link: e-mail, recovery code and a new password. Errors: invalid at recovery_code "identity.recover.wrong"
// (alike for unknown addresses); too_many; invalid at password.
struct Recovery {
  std::string email;
  std::string recovery_code;
  std::string password;
  std::string peer;
  std::string device = {};
};
[[nodiscard]] Result<FreshSession> recover(store::Database& db, store::Keyring& keyring, const Recovery& recovery);
struct ResetNotice {
  std::optional<std::string> made_by;  // a name, empty when it went with them; nothing: the command line
  Date made_on;
  Date used_on;         // empty: not used
};
// Links that others made for the member in the last 90 days, newest first; not those that the member asked for.
[[nodiscard]] Result<std::vector<ResetNotice>> reset_notices(store::Read& db, const store::Scope& scope);

// ---- leaving

enum class Trace : std::uint8_t { name_stays, name_goes };
// Ends sessions, destroys every wrap, forgets e-mail and password. Shared work stays. After the commit call forget_key().
// Errors: not_found; conflict "identity.last_administrator"; forbidden "identity.roles.not_yours".
Done close_member(store::Tx& tx, const store::Scope& scope, const Id& member, Trace trace);
// Takes the name of somebody who has left off the shared work. Repeating it is harmless. Errors: not_found; conflict
// "identity.member.active"; forbidden "identity.roles.not_yours".
Done forget_name(store::Tx& tx, const store::Scope& scope, const Id& member);
// Destroys the member's part in the keyring. Repeating it is harmless.
Done forget_key(store::Keyring& keyring, const Id& library, const Id& member);
// Finishes closings that a crash cut off: at start-up.
Done forget_keys_of_the_left(store::Database& db, store::Keyring& keyring);

}  // namespace kedge::identity
