// Ways in: codes that a lead shows, invitations by link.
#include "identity/joining.hpp"

#include "core/text.hpp"
#include "identity/members.hpp"
#include "identity/rules.hpp"

namespace kedge::identity {
namespace {

const Limit kJoinByPeer{"join.peer", 20};
const Limit kJoinInAll{"join.all", 2000, kHour};
constexpr std::size_t kCodeLength = 8;

std::string join_hash(store::Keyring& keyring, std::string_view code) {
  return crypto::keyed_hash(vault::installation_key(keyring, "identity.join"), plain_code(code));
}

Result<tables::JoinRow> find_code(store::Database& db, store::Keyring& keyring, std::string_view code, const std::string& peer) {
  TRY_DONE(count_attempt(db, keyring, kJoinInAll, "", "identity.too_many"));
  TRY_DONE(count_attempt(db, keyring, kJoinByPeer, peer, "identity.too_many"));
  const auto hashed = join_hash(keyring, code);
  TRY(const auto found, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::join_code(read, hashed); }));
  if (!found) return fail(Error{Fault::not_found, "identity.join.unknown", {}, {{"code", "identity.join.unknown"}}, {}});
  TRY_DONE(forgive_attempts(db, keyring, kJoinByPeer, peer));  // a whole team joins from one address
  return *found;
}

Result<Library> library_of(store::Database& db, const Id& id) {
  const store::Scope scope{id, {}, {}};
  return db.read(scope, [&](store::Read& read) { return library(read, scope); });
}

Result<vault::Owner> newcomer(store::Database& db, store::Keyring& keyring, const Id& library) {
  TRY(const auto now_ms, db.read(store::InstallationScope{}, [](store::Read& read) -> Result<std::int64_t> { return read.now_ms(); }));
  const auto member = Id::fresh(now_ms);
  TRY(const auto part, vault::make_part(keyring, library, member));
  return vault::Owner{library, member, part};
}

Result<tables::InvitationRow> open_invitation(store::Database& db, std::string_view token) {
  const auto hashed = token_hash(token, "invitation");
  TRY(const auto found, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::invitation(read, hashed); }));
  if (!found) return fail(Fault::not_found, "identity.link.used_up");
  return *found;
}

// The new member's row, checked. Errors: invalid with every field that is wrong.
Result<tables::NewMemberRow> checked(const Acceptance& acceptance) {
  auto name = checked_name(acceptance.name, "name");
  auto email = checked_email(acceptance.email, "email");
  if (email && email->empty()) email = fail_field("email", "identity.email.needed");
  auto strong = check_password(acceptance.password, acceptance.name, acceptance.email);
  Error wrong{Fault::invalid, "identity.member.invalid", {}, {}, {}};
  for (const auto* error : {name ? nullptr : &name.error(), email ? nullptr : &email.error(), strong ? nullptr : &strong.error()})
    if (error != nullptr) wrong.fields.insert(wrong.fields.end(), error->fields.begin(), error->fields.end());
  if (!wrong.fields.empty()) return fail(std::move(wrong));
  tables::NewMemberRow row;
  row.name = *std::move(name);
  row.email = *std::move(email);
  row.language = acceptance.language;
  return row;
}

}  // namespace

Result<JoinCode> make_join_code(store::Tx& tx, store::Keyring& keyring, const store::Scope& scope, Role role) {
  if (!leads(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  if (role != Role::staff && role != Role::intern) return fail_field("role", "identity.roles.none");
  const auto code = crypto::fresh_code(kCodeLength);
  const auto hashed = join_hash(keyring, code);
  const auto end = tx.now_ms() + kDay;
  TRY_DONE(tables::set_join_code(tx, scope, hashed, role, end));
  TRY_DONE(tx.record("join_code", Id(), {"role"}));
  return JoinCode{code.substr(0, 4) + "-" + code.substr(4), end};
}

Result<JoinView> view_join(store::Database& db, store::Keyring& keyring, std::string_view code, const std::string& peer) {
  TRY(const auto found, find_code(db, keyring, code, peer));
  TRY(auto library, library_of(db, found.library));
  return JoinView{std::move(library), found.role};
}

Result<Joined> join(store::Database& db, store::Keyring& keyring, const Joining& joining) {
  TRY(const auto found, find_code(db, keyring, joining.code, joining.peer));
  tables::NewMemberRow row;
  TRY(row.name, checked_name(joining.name, "name"));
  row.roles.add(found.role);
  row.language = joining.language;
  TRY(const auto owner, newcomer(db, keyring, found.library));
  const auto hashed = join_hash(keyring, joining.code);
  return db.write(store::Scope{owner.library, owner.member, row.roles}, [&](store::Tx& tx) -> Result<Joined> {
    TRY(const auto still, tables::join_code(tx, hashed));
    if (!still) return fail(Error{Fault::not_found, "identity.join.unknown", {}, {{"code", "identity.join.unknown"}}, {}});
    TRY(auto joined, enroll(tx, owner, row, joining.device));
    TRY_DONE(tx.record("member", owner.member, {"name", "roles"}));
    TRY_DONE(tx.touch("people"));
    return joined;
  });
}

Result<std::string> invite(store::Tx& tx, const store::Scope& scope, const NewInvitation& invitation) {
  if (!leads(scope) || (invitation.roles.has(Role::administrator) && !administers(scope))) return fail(Fault::forbidden, "identity.roles.not_yours");
  if (invitation.roles.empty()) return fail_field("roles", "identity.roles.none");
  TRY(const auto email, checked_email(invitation.email, "email"));
  TRY_DONE(require_free_email(tx, scope.library, email, Id()));
  const auto token = crypto::fresh_token();
  TRY_DONE(tables::add_invitation(tx, scope, invitation.id.empty() ? tx.fresh_id() : invitation.id, token_hash(token, "invitation"), invitation.roles, email, tx.now_ms() + 14 * kDay));
  TRY_DONE(tx.record("invitation", Id(), {"roles"}));
  return token;
}

Result<std::vector<Invitation>> invitations(store::Read& db, const store::Scope& scope) {
  TRY(auto rows, tables::invitations(db, scope));
  std::vector<Invitation> open;
  for (auto& row : rows) open.push_back({row.id, Roles::from_bits(row.roles), std::move(row.email), row.made_on});
  return open;
}

Done withdraw_invitation(store::Tx& tx, const store::Scope& scope, const Id& invitation) {
  if (!leads(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  TRY_DONE(tables::use_invitation(tx, scope.library, invitation));
  return {};
}

Result<InvitationView> view_invitation(store::Database& db, std::string_view token) {
  TRY(const auto found, open_invitation(db, token));
  TRY(auto library, library_of(db, found.library));
  return InvitationView{std::move(library), Roles::from_bits(found.roles), found.email};
}

Result<Joined> accept_invitation(store::Database& db, store::Keyring& keyring, const Acceptance& acceptance) {
  TRY(const auto found, open_invitation(db, acceptance.token));
  TRY(auto row, checked(acceptance));
  row.roles = Roles::from_bits(found.roles);
  TRY(const auto owner, newcomer(db, keyring, found.library));
  TRY(const auto salt, salt_for(db, row.email));
  TRY(row.credential, make_credential(acceptance.password, salt));
  return db.write(store::Scope{owner.library, owner.member, row.roles}, [&](store::Tx& tx) -> Result<Joined> {
    TRY(const auto used, tables::use_invitation(tx, found.library, found.id));
    if (!used) return fail(Fault::not_found, "identity.link.used_up");
    TRY_DONE(require_free_email(tx, owner.library, row.email, owner.member));
    TRY(auto joined, enroll(tx, owner, row, acceptance.device));
    TRY_DONE(tx.record("member", owner.member, {"name", "roles"}));
    TRY_DONE(tx.touch("people"));
    return joined;
  });
}

}  // namespace kedge::identity
