#include "directory/merging.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "directory/directory_store.hpp"

namespace kedge::directory {
namespace {

store::Kept<Survivors> kept_survivors{"organization", "contact"};
store::Kept<Doubles> kept_doubles{"organization", "contact", "phone", "told_apart"};

// How one kind of record is merged; the two differ in their tables alone.
struct Kind {
  std::string_view name;
  const store::Query<void(Id, Id, std::int64_t, Id)>& merge;
  const store::Query<void(Id, Id, Id)>& lead;
  const store::Query<void(Id, Id)>& unmerge;
};
const Kind kOrganizationKind{"organization", kMergeOrganization, kLeadOrganization, kUnmergeOrganization};
const Kind kContactKind{"contact", kMergeContact, kLeadContact, kUnmergeContact};

Done tell(store::Tx& tx, const Id& one, const Id& other) {
  TRY_DONE(tx.touch("directory"));
  TRY_DONE(tx.touch("organization/" + one.text()));
  return one == other ? Done{} : tx.touch("organization/" + other.text());
}

// `other` goes into `kept`, and with it whatever went into `other` before.
Done lead(store::Tx& tx, const store::Scope& scope, const Kind& kind, const Id& kept, const Id& other) {
  TRY(const auto before, tx.all(kSurvivors, scope.library));
  TRY_DONE(tx.run(kind.merge, scope.library, kept, tx.now_ms(), other));
  for (const auto& row : before)
    if (row.survivor == other) TRY_DONE(tx.run(kind.lead, scope.library, kept, row.id));
  TRY_DONE(tx.record(kind.name, other, {"merged"}));
  return {};
}

template <class Record>
Done absorb(store::Tx& tx, const store::Scope& scope, const Kind& kind, const Record& kept, const Record& seen_kept, const Record& other, const Record& seen_other, const Taken& taken) {
  if (kept.id == other.id) return fail(Fault::invalid, "directory.merge.itself");
  if (kept.version != seen_kept.version || other.version != seen_other.version) return fail(Fault::conflict, "directory.changed");
  TRY_DONE(save(tx, scope, filled(kept, other, taken)));
  return lead(tx, scope, kind, kept.id, other.id);
}

// Those whose way leads through `id`, which is itself again.
std::vector<Id> behind(const std::vector<SurvivorRow>& rows, const Id& id) {
  std::vector<Id> found{id};
  for (std::size_t at = 0; at < found.size(); ++at)
    for (const auto& row : rows)
      if (row.into == found[at] && std::ranges::find(found, row.id) == found.end()) found.push_back(row.id);
  found.erase(found.begin());
  return found;
}

Result<Doubles> find_doubles(store::Read& db, const store::Scope& scope) {
  TRY(const auto rows, db.all(kToldApart, scope.library));
  std::set<std::pair<Id, Id>> apart;
  for (const auto& row : rows) apart.emplace(row.first, row.second);
  TRY(const auto all, organizations(db, scope));
  TRY(const auto people, contacts(db, scope));
  Doubles found{pairs_of(std::span<const Organization>(*all)), pairs_of(std::span<const Contact>(*people))};
  for (auto* pairs : {&found.organizations, &found.contacts})
    std::erase_if(*pairs, [&](const Pair& pair) { return apart.contains({pair.first, pair.second}); });
  return found;
}

}  // namespace

Result<Doubles> doubles(store::Read& db, const store::Scope& scope) {
  TRY(const auto found, kept_doubles.of(db, scope, "", find_doubles));
  return *found;
}

Done merge(store::Tx& tx, const store::Scope& scope, const Organization& seen_kept, const Organization& seen_other, const Taken& taken) {
  TRY(const auto kept, organization(tx, scope, seen_kept.id));
  TRY(const auto other, organization(tx, scope, seen_other.id));
  TRY_DONE(absorb(tx, scope, kOrganizationKind, kept, seen_kept, other, seen_other, taken));
  return tell(tx, kept.id, other.id);
}

Done merge(store::Tx& tx, const store::Scope& scope, const Contact& seen_kept, const Contact& seen_other, const Taken& taken) {
  TRY(const auto kept, contact(tx, scope, seen_kept.id));
  TRY(const auto other, contact(tx, scope, seen_other.id));
  TRY_DONE(absorb(tx, scope, kContactKind, kept, seen_kept, other, seen_other, taken));
  return tell(tx, kept.organization, other.organization);
}

Done take_apart(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto rows, tx.all(kSurvivors, scope.library));
  for (const auto& kind : {kOrganizationKind, kContactKind}) {
    TRY(const auto changed, tx.run(kind.unmerge, scope.library, id));
    if (changed == 0) continue;
    for (const auto& one : behind(rows, id)) TRY_DONE(tx.run(kind.lead, scope.library, id, one));
    TRY_DONE(tx.record(kind.name, id, {"merged"}));
    const auto survivor = std::ranges::find(rows, id, &SurvivorRow::id)->survivor;
    return tell(tx, id, survivor);
  }
  return fail(Fault::not_found, "directory.gone");
}

Done tell_apart(store::Tx& tx, const store::Scope& scope, const Id& one, const Id& other) {
  if (one == other) return fail(Fault::invalid, "directory.merge.itself");
  const auto first = std::min(one, other);
  TRY_DONE(tx.run(kTellApart, scope.library, first, std::max(one, other)));
  TRY_DONE(tx.record("told_apart", first, {"second"}));
  return tx.touch("directory");
}

Result<std::vector<Merged>> merged(store::Read& db, const store::Scope& scope) {
  TRY(auto all, db.all(kMerged, scope.library));
  std::ranges::sort(all, [](const Merged& a, const Merged& b) { return std::pair(a.merged_ms, a.id) > std::pair(b.merged_ms, b.id); });
  return all;
}

Result<store::Shared<Survivors>> survivors(store::Read& db, const store::Scope& scope) {
  return kept_survivors.of(db, scope, "", [](store::Read& read, const store::Scope& of) -> Result<Survivors> {
    TRY(const auto rows, read.all(kSurvivors, of.library));
    Survivors all;
    for (const auto& row : rows) all[row.id] = row.survivor;
    return all;
  });
}

Result<std::vector<Id>> absorbed(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto all, survivors(db, scope));
  std::vector<Id> found;
  for (const auto& [one, survivor] : *all)
    if (survivor == id) found.push_back(one);
  return found;
}

}  // namespace kedge::directory
