// Accounts as those who lead see them: adding, roles, closing.
#include "identity/members.hpp"

#include "core/text.hpp"
#include "identity/departures.hpp"
#include "identity/rules.hpp"
#include "store/erasures.hpp"

namespace kedge::identity {
namespace {

// A library is never left without somebody who can let others in.
Done require_another_administrator(store::Read& db, const store::Scope& scope) {
  TRY(const auto count, tables::count_administrators(db, scope.library));
  if (count <= 1) return fail(Fault::conflict, "identity.last_administrator");
  return {};
}

Result<Member> active_member(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(auto found, member(db, scope, id));
  if (found.standing == Standing::left) return fail(Fault::not_found, "identity.member.left");
  return found;
}

// The name, here and out of what a restore brings back.
Done take_name_away(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(tables::erase_name(tx, scope.library, id));
  return store::tell_erased(tx, vault::erased_name(id));
}

// Everything that opens a door, and the name when it was asked for.
Done take_away(store::Tx& tx, const store::Scope& scope, const Id& id, Trace trace) {
  TRY_DONE(tables::end_sessions(tx, scope.library, id, Id()));
  TRY_DONE(tables::drop_wraps(tx, scope.library, id));
  TRY_DONE(tables::drop_second(tx, scope.library, id));
  TRY_DONE(tables::drop_reset_links(tx, scope.library, id));
  TRY_DONE(tables::drop_ways_in_by(tx, scope.library, id));
  TRY_DONE(tables::close_member(tx, scope.library, id));
  if (trace == Trace::name_goes) TRY_DONE(take_name_away(tx, scope, id));
  TRY_DONE(tx.record("member", id, {"standing"}));
  return tx.touch("people");
}

}  // namespace

Result<Id> add_member(store::Tx& tx, const store::Scope& scope, const NewMember& typed) {
  if (!leads(scope) || (typed.roles.has(Role::administrator) && !administers(scope))) return fail(Fault::forbidden, "identity.roles.not_yours");
  if (typed.roles.empty()) return fail_field("roles", "identity.roles.none");
  TRY(const auto of, library(tx, scope));
  tables::NewMemberRow row;
  TRY(row.name, checked_name(typed.name, "name"));
  TRY(row.job, checked_job(typed.job));
  TRY(row.email, checked_email(typed.email, "email"));
  TRY_DONE(require_free_email(tx, scope.library, row.email, Id()));
  row.id = tx.fresh_id();
  row.roles = typed.roles;
  row.language = typed.language.value_or(of.language);
  TRY_DONE(tables::add_member(tx, scope.library, row));
  TRY_DONE(tx.record("member", row.id, {"name", "roles"}));
  TRY_DONE(tx.touch("people"));
  return row.id;
}

Done save_profile(store::Tx& tx, const store::Scope& scope, const Profile& typed) {
  TRY(const auto now, active_member(tx, scope, scope.actor));
  Profile profile{.name = {}, .job = {}, .email = {}, .language = typed.language};
  TRY(profile.name, checked_name(typed.name, "name"));
  TRY(profile.job, checked_job(typed.job));
  TRY(profile.email, checked_email(typed.email, "email"));
  if (profile.email.empty() && now.has_password) return fail_field("email", "identity.email.needed");
  TRY_DONE(require_free_email(tx, scope.library, profile.email, scope.actor));
  TRY_DONE(tables::set_profile(tx, scope, profile));
  TRY_DONE(tx.record("member", scope.actor, {"name", "job", "email", "language"}));
  return tx.touch("people");
}

Done agree_to_board_name(store::Tx& tx, const store::Scope& scope, BoardName choice) {
  TRY(const auto now, active_member(tx, scope, scope.actor));
  const bool agreed = choice == BoardName::agreed;
  if (now.board_name == agreed) return {};
  TRY_DONE(tables::set_board_name(tx, scope, agreed));
  TRY_DONE(tx.record("member", scope.actor, {"board_name_on"}));
  return tx.touch("people");
}

Done change_roles(store::Tx& tx, const store::Scope& scope, const Id& id, Roles roles) {
  TRY(const auto now, active_member(tx, scope, id));
  if (roles.empty()) return fail_field("roles", "identity.roles.none");
  const bool of_administrator = now.roles.has(Role::administrator) || roles.has(Role::administrator);
  if (!leads(scope) || (of_administrator && !administers(scope))) return fail(Fault::forbidden, "identity.roles.not_yours");
  if (now.roles.has(Role::administrator) && !roles.has(Role::administrator)) TRY_DONE(require_another_administrator(tx, scope));
  TRY_DONE(tables::set_roles(tx, scope.library, id, roles));
  TRY_DONE(tx.record("member", id, {"roles"}));
  return tx.touch("people");
}

Done close_member(store::Tx& tx, const store::Scope& scope, const Id& id, Trace trace) {
  TRY(const auto now, active_member(tx, scope, id));
  const bool administrator = now.roles.has(Role::administrator);
  if (id != scope.actor && (!leads(scope) || (administrator && !administers(scope)))) return fail(Fault::forbidden, "identity.roles.not_yours");
  if (administrator) TRY_DONE(require_another_administrator(tx, scope));
  return take_away(tx, scope, id, trace);
}

Result<bool> close_again(store::Tx& tx, const store::Scope& scope, const Id& id, Trace trace) {
  const auto found = member(tx, scope, id);
  if (!found && found.error().fault == Fault::not_found) return false;
  TRY_DONE(found);
  if (found->standing == Standing::left && (trace == Trace::name_stays || found->name.empty())) return false;
  TRY_DONE(take_away(tx, scope, id, trace));
  return true;
}

Done forget_name(store::Tx& tx, const store::Scope& scope, const Id& id) {
  if (!leads(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  TRY(const auto found, member(tx, scope, id));
  if (found.standing == Standing::active) return fail(Fault::conflict, "identity.member.active");
  TRY_DONE(take_name_away(tx, scope, id));
  TRY_DONE(tx.record("member", id, {"name"}));
  return tx.touch("people");
}

Done forget_key(store::Keyring& keyring, const Id& library, const Id& member) { return vault::destroy_part(keyring, library, member); }

Done forget_keys_of_the_left(store::Database& db, store::Keyring& keyring) {
  TRY(const auto left, db.read(store::InstallationScope{}, [](store::Read& read) { return tables::members_who_left(read); }));
  for (const auto& gone : left) {
    TRY(const bool noted, vault::destroyed(keyring, gone.library, gone.member));
    TRY(const auto part, vault::part(keyring, gone.library, gone.member));
    if (part || !noted) TRY_DONE(forget_key(keyring, gone.library, gone.member));
  }
  return {};
}

Result<std::vector<Departure>> departures(store::Keyring& keyring) {
  TRY(const auto erasures, keyring.erasures());
  std::vector<Departure> gone;
  for (const auto& erasure : erasures) {
    const auto id = vault::member_of_part(erasure.name);
    if (erasure.library.empty() || !id) continue;
    TRY(const bool nameless, store::erased(keyring, erasure.library, vault::erased_name(*id)));
    gone.push_back({erasure.library, *id, nameless ? Trace::name_goes : Trace::name_stays});
  }
  return gone;
}

Result<std::vector<Id>> members_without_part(store::Database& db, store::Keyring& keyring, const Id& library) {
  const store::Scope scope{library, Id(), {}};
  TRY(const auto with_key, db.read(scope, [&](store::Read& read) { return tables::members_with_key(read, library); }));
  std::vector<Id> without;
  for (const auto& member : with_key) {
    TRY(const auto part, keyring.get(library, vault::part_name(member)));
    if (!part) without.push_back(member);
  }
  return without;
}

Result<bool> has_recovery_code(store::Read& db, const store::Scope& scope) {
  TRY(const auto wraps, tables::wraps(db, scope.library, scope.actor));
  return vault::find(wraps, Wrap::recovery) != nullptr;
}

Result<std::string> make_reset_link(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(active_member(tx, scope, id));
  if (!administers(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  const auto token = crypto::fresh_token();
  TRY_DONE(tables::add_reset_link(tx, scope, id, token_hash(token, "reset"), tx.now_ms() + 3 * kDay));
  TRY_DONE(tx.record("member", id, {"reset_link"}));
  return token;
}

Result<std::vector<ResetNotice>> reset_notices(store::Read& db, const store::Scope& scope) {
  TRY(auto rows, tables::reset_notices(db, scope, Date::from_days(tables::day_of(db).days() - 90)));
  std::vector<ResetNotice> notices;
  for (auto& row : rows) notices.push_back({std::move(row.made_by), row.made_on, row.used_on});
  return notices;
}

}  // namespace kedge::identity
