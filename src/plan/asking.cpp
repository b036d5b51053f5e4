#include "plan/asking.hpp"

#include "core/crypto.hpp"
#include "plan/plan_store.hpp"

namespace kedge::plan {
namespace {

store::Bytes hash_of(std::string_view token) { return {crypto::hash("plan.ask\n" + std::string(token))}; }

}  // namespace

Result<std::string> ask(store::Tx& tx, const store::Scope& scope, const Id& id, Goes how) {
  const auto kept = action(tx, scope, id);
  if (!kept) return fail(kept.error().fault == Fault::not_found ? Error{Fault::not_found, "plan.action.gone", {}, {}, {}} : kept.error());
  if (kept->finished()) return fail(Fault::conflict, "plan.ask.finished");
  if (kept->owner_member.empty() && kept->owner_contact.empty()) return fail(Fault::conflict, "plan.ask.nobody");
  auto token = crypto::fresh_token();
  TRY_DONE(tx.run(kAddAsked, scope.library, tx.fresh_id(), hash_of(token), id, kept->owner_member, kept->owner_contact, how == Goes::handed, tx.now_ms() + kAskDays * kDayMs));
  return token;
}

Result<Asked> find_asked(store::Read& db, std::string_view token) {
  TRY(auto found, db.maybe(kFindAsked, hash_of(token), db.now_ms()));
  if (!found) return fail(Fault::not_found, "plan.ask.used_up");
  return *std::move(found);
}

Result<Action> asked_action(store::Read& db, const Asked& asked) {
  auto kept = action(db, {asked.library, asked.member, {}}, asked.action);
  if (!kept && kept.error().fault != Fault::not_found) return kept;
  if (!kept || kept->finished() || kept->owner_member != asked.member || kept->owner_contact != asked.contact) return fail(Fault::not_found, "plan.ask.used_up");
  return kept;
}

Done answer_asked(store::Tx& tx, const Asked& asked, Said said, std::string_view note, const Date& today) {
  const store::Scope scope{asked.library, asked.handed ? Id() : asked.member, {}};
  TRY(auto kept, asked_action(tx, asked));
  TRY(const auto used, tx.run(kUseAsked, asked.library, asked.id));
  if (used != 1) return fail(Fault::not_found, "plan.ask.used_up");
  switch (said) {
    case Said::going: return check_in(tx, scope, asked.action, note, kept.look_on > today ? kept.look_on : Date());
    case Said::stuck: return check_in(tx, scope, asked.action, note, today);
    case Said::done: break;
  }
  kept.status = Status::done;
  kept.outcome = note;
  auto done = revise(tx, scope, kept);
  if (!done)
    for (auto& wrong : done.error().fields)
      if (wrong.field == "outcome") wrong.field = "note";
  return done;
}

Done unask(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY_DONE(tx.run(kDropAskedOfMember, scope.library, member));
  return {};
}

}  // namespace kedge::plan
