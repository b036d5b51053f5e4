// identity: libraries, branches, members, roles, invitations, sessions, and the key that each member alone can open.
// Owns the tables library, branch, logo, member, member_wrap, session, invitation, join_code, sign_in_link, founding_code.
// This header is what everybody needs; members.hpp, sessions.hpp, joining.hpp and example.hpp hold the rest.
// Knows nothing of pages, nor of what members write.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "core/language.hpp"
#include "core/result.hpp"
#include "store/kept.hpp"
#include "store/keyring.hpp"

namespace kedge {
template <>
struct Codes<Language> {
  static constexpr std::array<std::string_view, 2> names{"en", "es"};
};
}  // namespace kedge

namespace kedge::identity {

extern const std::span<const store::Migration> kMigrations;

struct Library {
  Id id;
  std::string name;             // at most 120 characters
  Language language = Language::en;  // of whoever has not chosen
  std::string time_zone = "America/Chicago";
  std::string country = "US";
  std::string state;            // ISO 3166-2 without the country: "IL"
  std::int64_t fiscal_month = 7;    // first month of the fiscal year, 1 to 12
  std::int64_t threshold = 5;       // smallest count that is said inside the library, at least 5
  bool example = false;         // founded by `init --example`: members are entered without a password, one click erases it
  Id logo = {};                 // empty: none
  std::string logo_alternative = {};  // what it shows, for who can't see it; empty: it says no more than the name
};

struct Branch {
  Id id;
  std::string name;
  std::int64_t position = 0;
};

enum class Standing : std::uint8_t { active, left };

struct Member {
  Id id;
  std::string name;       // as colleagues call them
  std::string email;      // may be empty: who joined by a code
  Roles roles;
  Language language = Language::en;
  bool has_password = false;
  Standing standing = Standing::active;
  std::string job = {};   // what they do here, in their words; may be empty
  bool board_name = false;  // agreed that pages for the board name them
};

// Who is signed in, made by resume() for one request.
struct SignedIn {
  Id session;
  Library library;
  Member member;
  std::string csrf;       // the session's form secret, masked by web in every page
  bool locked = false;    // after a reset without recovery code: private answers can't be opened yet
  std::optional<crypto::Key> member_key;  // nothing when locked
  bool used_today = true; // false: note_use() once; the day of last use is all that is kept
  bool shared_computer = false;
  [[nodiscard]] store::Scope scope() const { return {library.id, member.id, member.roles}; }
};

struct Founding {
  Library library;
  std::vector<std::string> branches;
  std::string lead_name;
  std::string lead_email;
  std::string password;
};

// A cookie for the browser: shown once, the database keeps its hash alone.
struct FreshSession {
  std::string cookie;  // goes to the browser
  Id library;
  Id member;
};

// What a new account shows its owner once: the printed recovery code.
struct Joined {
  FreshSession session;
  std::string recovery_code;  // empty when there is no password yet
};

// ---- libraries
[[nodiscard]] Result<std::vector<Library>> libraries(store::Read& db);  // in an InstallationScope
[[nodiscard]] Result<Library> library(store::Read& db, const store::Scope& scope);
[[nodiscard]] Result<std::vector<Branch>> branches(store::Read& db, const store::Scope& scope);
Done save_library(store::Tx& tx, const store::Scope& scope, const Library& library);
Result<std::vector<std::string>> save_branches(store::Tx& tx, const store::Scope& scope, const std::vector<std::string>& names);
// Creates the library with its first member (administrator and lead). In an InstallationScope.
// Errors: invalid with fields name, lead_name, lead_email, password (too short or too common), time_zone.
[[nodiscard]] Result<Joined> found(store::Tx& tx, store::Keyring& keyring, const Founding& founding);

// ---- members
[[nodiscard]] Result<std::vector<Member>> members(store::Read& db, const store::Scope& scope);  // active, by name
// Those who left too (shared work names them), by name.
[[nodiscard]] Result<store::Shared<std::vector<Member>>> everybody(store::Read& db, const store::Scope& scope);
[[nodiscard]] Result<Member> member(store::Read& db, const store::Scope& scope, const Id& id);
// The public half of a member's key, for sealing something to them (tickets); empty when there is none.
[[nodiscard]] Result<std::string> public_key(store::Read& db, const store::Scope& scope, const Id& member);

// ---- sessions
// Who this cookie is; signed_out when unknown, ended or too old. In an InstallationScope.
[[nodiscard]] Result<SignedIn> resume(store::Read& db, store::Keyring& keyring, std::string_view cookie);
// The same without the member's key, for what never opens a private answer: `locked` says nothing then.
[[nodiscard]] Result<SignedIn> resume(store::Read& db, std::string_view cookie);

}  // namespace kedge::identity
