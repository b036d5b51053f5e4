#include "plan/feed.hpp"

#include "core/crypto.hpp"
#include "plan/plan_store.hpp"

namespace kedge::plan {
namespace {

store::Bytes hash_of(std::string_view token) { return {crypto::hash("plan.feed\n" + std::string(token))}; }

}  // namespace

Result<std::optional<Feed>> feed(store::Read& db, const store::Scope& scope) { return db.maybe(kFeed, scope.library, scope.actor); }

Result<std::string> make_feed(store::Tx& tx, const store::Scope& scope, Holds holds, const Date& today) {
  auto token = crypto::fresh_token();
  TRY_DONE(tx.run(kRemoveFeed, scope.library, scope.actor));
  TRY_DONE(tx.run(kAddFeed, scope.library, scope.actor, hash_of(token), holds, today));
  TRY_DONE(tx.record("calendar_feed", scope.actor, {"token"}));
  return token;
}

Done remove_feed(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY(const auto removed, tx.run(kRemoveFeed, scope.library, member));
  return removed == 0 ? Done{} : tx.record("calendar_feed", member, {"removed"});
}

Result<FoundFeed> find_feed(store::Read& db, std::string_view token) {
  TRY(auto found, db.maybe(kFindFeed, hash_of(token)));
  if (!found) return fail(Fault::not_found, "web.not_found");
  return *std::move(found);
}

}  // namespace kedge::plan
