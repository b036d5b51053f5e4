// store: what a piece of work would do at another moment, without its having happened.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "store/database.hpp"

namespace kedge::store {

struct Touched {
  std::int64_t removed = 0;
  std::int64_t changed = 0;
};
// Runs `work` in a transaction that takes it to be `at_ms`, and undoes everything. It waits for the library's writers like any
// other. Returns by table how many rows its own statements removed and changed. Errors: those of `work`.
[[nodiscard]] Result<std::map<std::string, Touched>> foresee(Database& database, const Scope& scope, std::int64_t at_ms, const std::function<Done(Tx&)>& work);
// The same now, with nothing left of it: a rehearsal of a change.
Done rehearse(Database& database, const Scope& scope, const std::function<Done(Tx&)>& work);

}  // namespace kedge::store
