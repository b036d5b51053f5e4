// identity: signing in and the sessions that come of it. The database keeps of a cookie its hash alone, of a device the
// family of its browser, of use the day.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

namespace kedge::identity {

enum class Computer : std::uint8_t { own, shared };  // 30 days; 12 hours

struct Credentials {
  std::string email;
  std::string password;
  std::string peer;    // address of the client, for the limit alone
  std::string device;  // the browser's User-Agent
  Computer computer = Computer::own;
};
// A session that is open, or that has the password and waits for the second step (second.hpp).
struct Entry : FreshSession {
  bool awaits_second = false;
};
// One fresh session for each library where address and password fit (usually one). With several, each lasts ten minutes
// until choose() keeps one; so does one that waits. Unknown addresses take as long and read alike.
// Errors: invalid "identity.sign_in.wrong" at email, too_many "identity.sign_in.too_many", busy "identity.busy".
[[nodiscard]] Result<std::vector<Entry>> sign_in(store::Database& db, store::Keyring& keyring, const Credentials& credentials);
// Keeps one of several: gives it its full time. Errors: signed_out (no such session, or it waits for the second step).
[[nodiscard]] Result<FreshSession> choose(store::Database& db, std::string_view cookie);

struct SessionView {
  Id id;
  std::string device;  // "Firefox, Windows"; empty: unknown
  bool shared_computer = false;
  Date started_on;
  Date used_on;
};
[[nodiscard]] Result<std::vector<SessionView>> sessions(store::Read& db, const store::Scope& scope);  // of the actor, last used first
// Ends one of the actor's sessions. Repeating it is harmless.
Done end_session(store::Tx& tx, const store::Scope& scope, const Id& session);
Done end_other_sessions(store::Tx& tx, const store::Scope& scope, const Id& kept);
// Notes that the session was used today, when SignedIn::used_today is false.
Done note_use(store::Tx& tx, const SignedIn& who);
// Removes what is over in the tables of this module. Daily.
Done tidy(store::Database& db);

// "Firefox, Windows" out of a User-Agent; families alone, no version. Empty when unknown.
[[nodiscard]] std::string device_of(std::string_view user_agent);

}  // namespace kedge::identity
