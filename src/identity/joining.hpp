// identity: ways in: a code on the wall, an invitation by link, the code on the console of a first start.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

namespace kedge::identity {

// ---- a code that a lead shows: 8 characters, valid for a day; a new one for the same role ends the former

struct JoinCode {
  std::string code;          // shown once; the database keeps a keyed hash
  std::int64_t expires_ms = 0;
};
// `role` is staff or intern. Errors: invalid.
[[nodiscard]] Result<JoinCode> make_join_code(store::Tx& tx, store::Keyring& keyring, const store::Scope& scope, Role role);
struct JoinView {
  Library library;
  Role role = Role::staff;
};
// Errors: not_found "identity.join.unknown"; too_many (attempts count by `peer` and for the installation).
[[nodiscard]] Result<JoinView> view_join(store::Database& db, store::Keyring& keyring, std::string_view code, const std::string& peer);
struct Joining {
  std::string code;
  std::string name;
  std::string peer;
  std::string device = {};
  Language language = Language::en;
};
// In at once, without password: this session alone holds the key to what the member writes privately.
// Errors: as view_join; invalid at name.
[[nodiscard]] Result<Joined> join(store::Database& db, store::Keyring& keyring, const Joining& joining);

// ---- invitations by link: single use, 14 days

struct NewInvitation {
  Roles roles = {Role::staff};
  std::string email = {};  // may be empty: for the form alone, nothing is sent by this module
  Id id = {};              // its own; empty: a fresh one
};
// Returns the token for /invitation/{token}. Errors: invalid at email, roles; forbidden "identity.roles.not_yours".
[[nodiscard]] Result<std::string> invite(store::Tx& tx, const store::Scope& scope, const NewInvitation& invitation);
struct Invitation {
  Id id;
  Roles roles;
  std::string email;
  Date made_on;
};
[[nodiscard]] Result<std::vector<Invitation>> invitations(store::Read& db, const store::Scope& scope);  // open ones, newest first
Done withdraw_invitation(store::Tx& tx, const store::Scope& scope, const Id& invitation);
struct InvitationView {
  Library library;
  Roles roles;
  std::string email;
};
// Errors: not_found "identity.link.used_up".
[[nodiscard]] Result<InvitationView> view_invitation(store::Database& db, std::string_view token);
struct Acceptance {
  std::string token;
  std::string name;
  std::string email;
  std::string password;
  std::string device = {};
  Language language = Language::en;
};
// Errors: not_found "identity.link.used_up"; invalid at name, email, password (the link stays).
[[nodiscard]] Result<Joined> accept_invitation(store::Database& db, store::Keyring& keyring, const Acceptance& acceptance);

// ---- a first start without data

// Whether there is a library beside the example. In an InstallationScope.
[[nodiscard]] Result<bool> has_libraries(store::Read& db);
// A code for the console; it ends earlier ones. Valid for a day. In an InstallationScope.
[[nodiscard]] Result<std::string> make_founding_code(store::Tx& tx);
// Founds in the browser, once, by the console's code; also beside an example library.
// Errors: invalid at code "identity.found.wrong_code"; too_many; as found().
[[nodiscard]] Result<Joined> found_by_code(store::Database& db, store::Keyring& keyring, const Founding& founding, std::string_view code,
                                           const std::string& peer, const std::string& device = {});

}  // namespace kedge::identity
