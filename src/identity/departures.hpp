// identity: who left, as the keyring's list of erasures knows it, and whose keys a restore lacks.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "identity/members.hpp"

namespace kedge::identity {

// Who left, by the keyring's list of erasures, which no restore takes back.
struct Departure {
  Id library;
  Id member;
  Trace trace = Trace::name_stays;
};
[[nodiscard]] Result<std::vector<Departure>> departures(store::Keyring& keyring);
// After a restore: closes such an account again, whoever it is. False when there is nothing to close.
[[nodiscard]] Result<bool> close_again(store::Tx& tx, const store::Scope& scope, const Id& member, Trace trace);
// Members who have a key whose part is not in this keyring, though nobody destroyed it: after a restore without the
// keyring's own copy. They sign in, and what they wrote alone stays locked.
[[nodiscard]] Result<std::vector<Id>> members_without_part(store::Database& db, store::Keyring& keyring, const Id& library);
// After a restore: an example that was erased since the backup goes again.
Done erase_example_again(store::Database& db, store::Keyring& keyring, std::span<const std::string_view> tables);

}  // namespace kedge::identity
