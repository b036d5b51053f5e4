// store: that something is gone, told to the keyring, whose list of erasures no backup of the database takes back: a
// restore walks it and takes away again what a backup from before still holds.
#pragma once

#include <string_view>

#include "store/database.hpp"
#include "store/keyring.hpp"

namespace kedge::store {

inline constexpr std::string_view kErasedJob = "store.erased";

// In the transaction that takes it away: "answer/<id>", "name/<member>" of tx.scope().library. A job carries it over, so that
// it is noted if and only if it happened. Ids alone.
Done tell_erased(Tx& tx, std::string_view name);
// What the job does.
Done note_erased(Keyring& keyring, const Job& job);

// Notes what has no key of its own, at once. Repeating it is harmless.
Done note_erasure(Keyring& keyring, const Id& library, std::string_view name);
[[nodiscard]] Result<bool> erased(Keyring& keyring, const Id& library, std::string_view name);

}  // namespace kedge::store
