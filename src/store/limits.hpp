// store: attempts limited for the whole installation, counted under keyed hashes.
#pragma once

#include <string>

#include "store/database.hpp"

namespace kedge::store {

// Counts one attempt; false when it is beyond `most` within the window that the first one opened. The caller makes
// `key_hash` (crypto::keyed_hash over purpose and address) and lets this be a write of its own: an attempt that is
// undone with a failed sign-in would not count. `window_ms` is at most one day.
[[nodiscard]] Result<bool> allow(Tx& tx, const std::string& key_hash, std::int64_t most, std::int64_t window_ms);
// Forgets the attempts, after a success.
Done forgive(Tx& tx, const std::string& key_hash);

}  // namespace kedge::store
