// guide: what has outlived its retention goes, and what a restore may not bring back.
#pragma once

#include "store/database.hpp"
#include "store/keyring.hpp"

namespace kedge::guide {

// Daily. Workbooks, answers and private answers 30 days after their removal, with all that hangs on them; rosters of lists that
// closed a year ago; and the addresses, in findings and links, of what is no longer there.
Done sweep(store::Tx& tx, const store::Scope& scope);
// After a restore: what the keyring's list of erasures says was taken back since the backup goes again.
Done take_back_again(store::Database& db, store::Keyring& keyring);

}  // namespace kedge::guide
