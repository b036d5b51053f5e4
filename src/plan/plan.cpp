#include "plan/plan.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"
#include "directory/directory.hpp"
#include "plan/digest.hpp"
#include "plan/noted.hpp"
#include "plan/plan_store.hpp"

namespace kedge::plan {
namespace {

constexpr std::int64_t kUndoMs = 30LL * 24 * 60 * 60 * 1000;

void limit(Error& error, std::string_view field, const std::string& value, std::size_t most) {
  if (text::length(value) > most) error.fields.push_back({std::string(field), "plan.too_long", {{"most", std::to_string(most)}}});
}

// The owner is somebody of this library, or nobody; never two. A member of another library is refused by the database
// itself ("store.referenced"): pages offer only their own.
Done check_owner(store::Tx& tx, const store::Scope& scope, const Action& action, Error& error) {
  if (!action.owner_member.empty() && !action.owner_contact.empty()) error.fields.push_back({"owner", "plan.owner.two"});
  if (action.status == Status::started && action.owner_member.empty() && action.owner_contact.empty())
    error.fields.push_back({"owner", "plan.owner.missing"});
  if (action.owner_contact.empty()) return {};
  const auto found = directory::contact(tx, scope, action.owner_contact);
  if (found) return {};
  if (found.error().fault != Fault::not_found) return fail(found.error());
  error.fields.push_back({"owner", "plan.owner.gone"});
  return {};
}

Result<Action> checked(store::Tx& tx, const store::Scope& scope, Action action) {
  Error error{Fault::invalid, "plan.action.invalid", {}, {}, {}};
  action.step = text::clean_line(action.step);
  if (action.step.empty()) error.fields.push_back({"step", "plan.step.missing"});
  limit(error, "step", action.step, kStepLength);
  const std::tuple<std::string_view, std::string*> lines[] = {{"resources", &action.resources},
                                                              {"obstacles", &action.obstacles},
                                                              {"informed", &action.informed},
                                                              {"measure", &action.measure},
                                                              {"outcome", &action.outcome}};
  for (const auto& [field, value] : lines) {
    *value = text::clean(*value);
    limit(error, field, *value, kTextLength);
  }
  TRY_DONE(check_owner(tx, scope, action, error));
  if (action.finished() && action.outcome.empty())
    error.fields.push_back({"outcome", action.status == Status::done ? "plan.outcome.missing" : "plan.outcome.why_missing"});
  if (!error.fields.empty()) return fail(std::move(error));
  if (action.finished()) action.look_on = Date();
  return action;
}

Result<std::string> checked_note(std::string_view note) {
  auto cleaned = text::clean(note);
  if (cleaned.empty()) return fail_field("note", "plan.note.missing");
  Error error{Fault::invalid, "plan.action.invalid", {}, {}, {}};
  limit(error, "note", cleaned, kNoteLength);
  if (!error.fields.empty()) return fail(std::move(error));
  return cleaned;
}

Done tell(store::Tx& tx, const Id& action) {
  TRY_DONE(tx.touch("actions"));
  return tx.touch("action/" + action.text());
}

std::optional<std::int64_t> closed_at(const Action& action, std::int64_t before_ms, std::int64_t now_ms) {
  if (!action.finished()) return std::nullopt;
  return before_ms > 0 ? before_ms : now_ms;
}

store::Kept<std::vector<Action>> kept_actions{"action", "check_in", "contact"};

Result<std::vector<Action>> sorted_actions(store::Read& db, const store::Scope& scope, const Date& today) {
  TRY(auto all, db.all(kActions, scope.library));
  // each key once, then the actions themselves once: both are full of text
  std::vector<std::tuple<int, std::int64_t, std::string_view, std::int64_t, std::string_view, std::size_t>> places;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const auto& action = all[at];
    const int group = action.late(today) ? 0 : action.finished() ? 4 : action.quiet(today) || action.to_look_at(today) ? 1 : action.due.empty() ? 3 : 2;
    // what ended last stands first among the finished
    places.emplace_back(group, group == 4 ? -action.closed_ms : 0, action.due.text(), action.opened_ms, action.id.text(), at);
  }
  std::ranges::sort(places);
  std::vector<Action> sorted;
  sorted.reserve(all.size());
  for (const auto& place : places) sorted.push_back(std::move(all[std::get<5>(place)]));
  return sorted;
}

}  // namespace

Result<Id> open_action(store::Tx& tx, const store::Scope& scope, const Action& typed, const std::vector<lineage::Ref>& came_from) {
  auto fresh = typed;
  fresh.opened_ms = tx.now_ms();
  fresh.closed_ms = 0;
  return bring_in(tx, scope, fresh, {}, came_from);
}

Result<Id> bring_in(store::Tx& tx, const store::Scope& scope, const Action& typed, const std::vector<CheckIn>& noted,
                    const std::vector<lineage::Ref>& came_from) {
  TRY(auto action, checked(tx, scope, typed));
  action.id = tx.fresh_id();
  TRY_DONE(tx.run(kAddAction, scope.library, action.id, action.workbook, action.step, action.owner_member, action.owner_contact,
                         action.due, action.status, action.resources, action.obstacles, action.informed, action.measure, action.outcome,
                         action.opened_ms, closed_at(action, action.closed_ms, tx.now_ms()), action.look_on));
  for (const auto& one : noted) {
    TRY(const auto note, checked_note(one.note));
    TRY_DONE(tx.run(kAddCheckIn, scope.library, tx.fresh_id(), action.id, one.member, note, one.at_ms));
  }
  for (const auto& from : came_from) TRY_DONE(lineage::link(tx, scope, from, {"action", action.id.text()}));
  TRY_DONE(tx.record("action", action.id, {"step", "owner", "due", "status"}));
  TRY_DONE(tell(tx, action.id));
  return action.id;
}

Done revise(store::Tx& tx, const store::Scope& scope, const Action& typed) {
  TRY(const auto kept, action(tx, scope, typed.id));
  TRY(const auto action, checked(tx, scope, typed));
  if (kept.version != action.version) return fail(Fault::conflict, "plan.action.changed");
  const auto before_ms = kept.status == action.status ? kept.closed_ms : 0;
  TRY_DONE(tx.run(kChangeAction, scope.library, action.step, action.owner_member, action.owner_contact, action.due, action.status,
                         action.resources, action.obstacles, action.informed, action.measure, action.outcome,
                         closed_at(action, before_ms, tx.now_ms()), tx.now_ms(), action.look_on, action.id));
  TRY_DONE(tx.record("action", action.id, {"step", "owner", "due", "status", "resources", "obstacles", "informed", "measure", "outcome", "look_on"}));
  return tell(tx, action.id);
}

Done remove(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto changed, tx.run(kRemoveAction, scope.library, tx.now_ms(), id));
  if (changed == 0) return {};
  TRY_DONE(tx.record("action", id, {"removed"}));
  return tell(tx, id);
}

Done restore(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto changed, tx.run(kRestoreAction, scope.library, id));
  if (changed == 0) return fail(Fault::not_found, "plan.action.gone");
  TRY_DONE(tx.record("action", id, {"removed"}));
  return tell(tx, id);
}

Done check_in(store::Tx& tx, const store::Scope& scope, const Id& id, std::string_view note, const Date& look_on) {
  TRY_DONE(action(tx, scope, id));
  TRY(const auto cleaned, checked_note(note));
  const auto check_in = tx.fresh_id();
  TRY_DONE(tx.run(kAddCheckIn, scope.library, check_in, id, scope.actor, cleaned, tx.now_ms()));
  TRY_DONE(tx.run(kLookAt, scope.library, tx.now_ms(), look_on, id));
  TRY_DONE(tx.record("check_in", check_in, {"note"}));
  return tell(tx, id);
}

Result<Date> look_after(const Date& kept, const Date& typed, const Date& today) {
  if (typed.empty() || typed > today) return typed;
  if (typed == kept) return Date();
  if (typed < today) return fail_field("look_on", "plan.look.past");
  return typed;
}

Result<Action> action(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kAction, scope.library, id); }

Result<store::Shared<std::vector<Action>>> actions(store::Read& db, const store::Scope& scope, const Date& today) {
  return kept_actions.of(db, scope, today.text(), [&](store::Read& read, const store::Scope& library) { return sorted_actions(read, library, today); });
}

Result<std::vector<Action>> actions_of(store::Read& db, const store::Scope& scope, const Id& workbook) {
  return db.all(kActionsOf, scope.library, workbook);
}

Result<std::vector<CheckIn>> check_ins(store::Read& db, const store::Scope& scope, const Id& action) {
  return db.all(kCheckIns, scope.library, action);
}

Result<std::vector<CheckIn>> all_check_ins(store::Read& db, const store::Scope& scope) { return db.all(kAllCheckIns, scope.library); }

Done sweep(store::Tx& tx, const store::Scope& scope) {
  TRY(const auto outlived, tx.all(kOutlived, scope.library, tx.now_ms() - kUndoMs));
  for (const auto& id : outlived) {
    TRY_DONE(lineage::forget(tx, scope, {"action", id.text()}));
    TRY_DONE(tx.run(kDropCheckIns, scope.library, id));
    TRY_DONE(tx.run(kDropAsked, scope.library, id));
    TRY_DONE(tx.run(kDropAction, scope.library, id));
  }
  TRY_DONE(tx.run(kTidyAsked, scope.library, tx.now_ms()));
  return outlived.empty() ? Done{} : tx.touch("actions");
}

Done erase_member(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY_DONE(remove_feed(tx, scope, member));
  TRY_DONE(unask(tx, scope, member));
  return forget_digest(tx, scope, member);
}

}  // namespace kedge::plan
