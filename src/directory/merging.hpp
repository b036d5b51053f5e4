// directory: two records of one organization or person are made one, by a person, and can be taken apart again for 30 days.
// Whatever names the merged one leads to the other: directory::organization and contact answer with it.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "directory/duplicates.hpp"
#include "directory/record_fields.hpp"

namespace kedge::directory {

// The pairs that may be one, without those that somebody told apart.
struct Doubles {
  std::vector<Pair> organizations;
  std::vector<Pair> contacts;
};
[[nodiscard]] Result<Doubles> doubles(store::Read& db, const store::Scope& scope);

// `kept` stays, filled from `other`, of which the `taken` fields replace what is there. The contacts of a merged organization are
// the other one's. Errors: not_found; invalid "directory.merge.itself"; conflict "directory.changed" when a version is not the one kept.
Done merge(store::Tx& tx, const store::Scope& scope, const Organization& kept, const Organization& other, const Taken& taken);
Done merge(store::Tx& tx, const store::Scope& scope, const Contact& kept, const Contact& other, const Taken& taken);
// The merged record is there again as it was, with its contacts; what the other took over from it stays there too.
// Errors: not_found "directory.gone" after 30 days.
Done take_apart(store::Tx& tx, const store::Scope& scope, const Id& merged);
// Both are two: the pair is not shown again. Repeating is harmless.
Done tell_apart(store::Tx& tx, const store::Scope& scope, const Id& one, const Id& other);

// What was merged in the last 30 days and can be taken apart, the newest first.
struct Merged {
  Id id;
  std::string name;
  Id survivor;
  std::int64_t merged_ms = 0;
};
[[nodiscard]] Result<std::vector<Merged>> merged(store::Read& db, const store::Scope& scope);

// Where merged records are now: by the id of each.
using Survivors = std::map<Id, Id>;
[[nodiscard]] Result<store::Shared<Survivors>> survivors(store::Read& db, const store::Scope& scope);
// The records that were merged into this one.
[[nodiscard]] Result<std::vector<Id>> absorbed(store::Read& db, const store::Scope& scope, const Id& id);

}  // namespace kedge::directory
