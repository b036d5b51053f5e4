// Passwords and what opens when one is lost.
#include <cctype>

#include "core/text.hpp"
#include "identity/members.hpp"
#include "identity/rules.hpp"
#include "identity/second.hpp"

namespace kedge::identity {
namespace {

const Limit kBySecret{"unlock", 10};
const Limit kRecoverByAccount{"recover.account", 10};
const Limit kRecoverByPeer{"recover.peer", 60};

Result<vault::Owner> owner_of(store::Keyring& keyring, const Id& library, const Id& member) {
  TRY(const auto part, vault::part(keyring, library, member));
  return vault::Owner{library, member, part};
}

Result<std::optional<crypto::Key>> key_by_code(store::Read& db, const vault::Owner& owner, std::string_view typed) {
  TRY(const auto wraps, tables::wraps(db, owner.library, owner.member));
  const auto* wrap = vault::find(wraps, Wrap::recovery);
  if (wrap == nullptr) return std::optional<crypto::Key>();
  const auto key = vault::open_by_code(owner, *wrap, plain_code(typed));
  return key ? std::optional<crypto::Key>(*key) : std::nullopt;
}

// The salt of the actor's password, once that was proved.
Result<std::string> proved(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view current) {
  TRY_DONE(count_attempt(db, keyring, kBySecret, who.member.id.text(), "identity.too_many"));
  TRY(const auto row, db.read(who.scope(), [&](store::Read& read) { return tables::credential(read, who.library.id, who.member.id); }));
  if (!row.salt || !row.verifier) return fail(Fault::conflict, "identity.password.none");
  TRY(const auto keys, derive(current, row.salt->raw));
  if (!crypto::same(keys.verifier, row.verifier->raw)) return fail_field("current", "identity.password.wrong");
  return row.salt->raw;
}

// The key by the password that was in use before a reset. Takes an Argon2 run.
Result<std::optional<crypto::Key>> key_by_earlier_password(const std::vector<tables::WrapRow>& wraps, const vault::Owner& owner, std::string_view typed) {
  const auto* wrap = vault::find(wraps, Wrap::earlier_password);
  if (wrap == nullptr || !wrap->salt) return std::optional<crypto::Key>();
  TRY(const auto keys, derive(typed, wrap->salt->raw));
  const auto key = vault::open_by_password(owner, *wrap, keys);
  return key ? std::optional<crypto::Key>(*key) : std::nullopt;
}

struct Person {
  Library library;
  Member member;
  bool has_key = false;
};
Result<Person> person(store::Database& db, const store::Scope& scope) {
  return db.read(scope, [&](store::Read& read) -> Result<Person> {
    Person found;
    TRY(found.library, library(read, scope));
    TRY(found.member, member(read, scope, scope.actor));
    TRY(const auto key, public_key(read, scope, scope.actor));
    found.has_key = !key.empty();
    return found;
  });
}

Result<tables::LinkRow> open_link(store::Database& db, std::string_view token) {
  const auto hashed = token_hash(token, "reset");
  TRY(const auto link, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::reset_link(read, hashed); }));
  if (!link) return fail(Fault::not_found, "identity.link.used_up");
  return *link;
}

// Takes the way in: the key by code or by the open session; nothing when both are missing.
Result<std::optional<crypto::Key>> key_for_reset(store::Database& db, const vault::Owner& owner, const Reset& reset) {
  if (!text::trim(reset.recovery_code).empty()) {
    TRY(auto key, db.read(store::Scope{owner.library, owner.member, {}}, [&](store::Read& read) { return key_by_code(read, owner, reset.recovery_code); }));
    if (!key) return fail_field("recovery_code", "identity.unlock.wrong");
    return key;
  }
  const auto& open = reset.open_session;
  if (open && open->library.id == owner.library && open->member.id == owner.member && open->member_key) return open->member_key;
  return std::optional<crypto::Key>();
}

// A link that came to the member's own mailbox is no second step: who has one gives it. One from an administrator ends it.
Done settle_second(store::Database& db, store::Keyring& keyring, const tables::LinkRow& link, const Reset& reset) {
  if (!link.own) return {};
  const store::Scope scope{link.library, link.member, {}};
  TRY(const bool asked, db.read(scope, [&](store::Read& read) { return has_second(read, scope, link.member); }));
  return asked ? prove_second(db, keyring, link.library, link.member, reset.second, "second") : Done{};
}

// Stores the password, ends every session, signs in. Who never had a key gets one, with its recovery code.
Result<Joined> begin_anew(store::Tx& tx, const vault::Owner& owner, const Credential& credential, std::optional<crypto::Key> key, bool had_key,
                          const std::string& device) {
  Joined joined;
  const bool fresh = !had_key;
  if (fresh) {
    key = crypto::Key::random();
    TRY_DONE(tables::set_public_key(tx, owner.library, owner.member, crypto::public_key(*key)));
  }
  TRY_DONE(store_password(tx, owner, credential, key));
  if (fresh) {
    TRY(joined.recovery_code, store_recovery_code(tx, owner, *key));
  }
  TRY_DONE(tables::end_sessions(tx, owner.library, owner.member, Id()));
  TRY_DONE(tx.record("member", owner.member, {"password"}, store::Precision::day));
  TRY(joined.session, start_session(tx, owner, {key, device, Term::own, Computer::own}));
  return joined;
}

}  // namespace

std::string plain_code(std::string_view typed) {
  std::string plain;
  for (const char c : text::clean_line(typed))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return plain;
}

Result<std::string> set_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view email, std::string_view password) {
  if (who.library.example) return fail(Fault::forbidden, "identity.example.fixed");
  if (who.member.has_password) return fail(Fault::conflict, "identity.password.there");
  TRY(auto address, checked_email(email, "email"));
  if (address.empty()) address = who.member.email;
  if (address.empty()) return fail_field("email", "identity.email.needed");
  TRY_DONE(check_password(password, who.member.name, address));
  if (!who.member_key) return fail(Fault::forbidden, "identity.locked");
  TRY(const auto owner, owner_of(keyring, who.library.id, who.member.id));
  TRY(const auto salt, salt_for(db, address));
  TRY(const auto credential, make_credential(password, salt));
  return db.write(who.scope(), [&](store::Tx& tx) -> Result<std::string> {
    TRY(const auto now, tables::credential(tx, owner.library, owner.member));
    if (now.verifier) return fail(Fault::conflict, "identity.password.there");
    TRY_DONE(require_free_email(tx, owner.library, address, owner.member));
    TRY_DONE(tables::set_profile(tx, who.scope(), {who.member.name, who.member.job, address, who.member.language}));
    TRY_DONE(store_password(tx, owner, credential, who.member_key));
    TRY_DONE(tx.record("member", owner.member, {"email", "password"}, store::Precision::day));
    return store_recovery_code(tx, owner, *who.member_key);
  });
}

Done change_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view current, std::string_view password) {
  TRY(const auto salt, proved(db, keyring, who, current));
  TRY_DONE(check_password(password, who.member.name, who.member.email));
  TRY(const auto owner, owner_of(keyring, who.library.id, who.member.id));
  TRY(const auto credential, make_credential(password, salt));
  TRY_DONE(db.write(who.scope(), [&](store::Tx& tx) -> Done {
    TRY_DONE(store_password(tx, owner, credential, who.member_key));
    TRY_DONE(tx.record("member", owner.member, {"password"}, store::Precision::day));
    return tables::end_sessions(tx, owner.library, owner.member, who.session);
  }));
  return forgive_attempts(db, keyring, kBySecret, who.member.id.text());
}

Result<std::string> renew_recovery_code(store::Database& db, store::Keyring& keyring, const SignedIn& who) {
  if (!who.member_key) return fail(Fault::forbidden, "identity.locked");
  if (who.library.example) return fail(Fault::forbidden, "identity.example.fixed");
  TRY(const auto owner, owner_of(keyring, who.library.id, who.member.id));
  return db.write(who.scope(), [&](store::Tx& tx) { return store_recovery_code(tx, owner, *who.member_key); });
}

Done unlock(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view cookie, std::string_view secret) {
  if (who.member_key) return {};
  TRY_DONE(count_attempt(db, keyring, kBySecret, who.member.id.text(), "identity.too_many"));
  TRY(const auto owner, owner_of(keyring, who.library.id, who.member.id));
  std::vector<tables::WrapRow> wraps;
  TRY(auto key, db.read(who.scope(), [&](store::Read& read) -> Result<std::optional<crypto::Key>> {
    TRY(wraps, tables::wraps(read, owner.library, owner.member));
    return key_by_code(read, owner, secret);
  }));
  if (!key) {
    TRY(key, key_by_earlier_password(wraps, owner, secret));
  }
  if (!key) return fail_field("secret", "identity.unlock.wrong");
  TRY_DONE(db.write(who.scope(), [&](store::Tx& tx) -> Done {
    TRY(const auto now, tables::credential(tx, owner.library, owner.member));
    if (now.salt && now.sealing_key) {
      TRY(auto wrapped, vault::wrap_for_password(owner, *key, now.sealing_key->raw));
      TRY_DONE(tables::put_wrap(tx, owner.library, owner.member, {Wrap::password, now.salt, store::Bytes{std::move(wrapped)}}));
      TRY_DONE(tables::drop_wrap(tx, owner.library, owner.member, Wrap::earlier_password));
    }
    return tables::set_session_wrap(tx, owner.library, who.session, vault::wrap_for_cookie(owner, *key, cookie));
  }));
  return forgive_attempts(db, keyring, kBySecret, who.member.id.text());
}

Result<ResetView> view_reset(store::Database& db, std::string_view token) {
  TRY(const auto link, open_link(db, token));
  TRY(const auto found, person(db, {link.library, link.member, {}}));
  if (found.member.standing == Standing::left) return fail(Fault::not_found, "identity.link.used_up");
  TRY(const bool second, db.read(store::Scope{link.library, link.member, {}}, [&](store::Read& read) { return has_second(read, {link.library, link.member, {}}, link.member); }));
  return ResetView{found.library, found.member.name, found.member.email, found.has_key, found.member.id, second && link.own, second && !link.own};
}

Result<Joined> reset_password(store::Database& db, store::Keyring& keyring, const Reset& reset) {
  TRY(const auto link, open_link(db, reset.token));
  const store::Scope scope{link.library, link.member, {}};
  TRY(const auto found, person(db, scope));
  auto address = found.member.email;
  if (address.empty()) {
    TRY(address, checked_email(reset.email, "email"));
  }
  if (address.empty()) return fail_field("email", "identity.email.needed");
  TRY_DONE(check_password(reset.password, found.member.name, address));
  TRY_DONE(settle_second(db, keyring, link, reset));
  // who never had a key gets the part that goes with one
  TRY(auto owner, owner_of(keyring, link.library, link.member));
  if (!found.has_key) {
    TRY(owner.part, vault::make_part(keyring, link.library, link.member));
  }
  TRY(const auto key, key_for_reset(db, owner, reset));
  TRY(const auto salt, salt_for(db, address));
  TRY(const auto credential, make_credential(reset.password, salt));
  return db.write(scope, [&](store::Tx& tx) -> Result<Joined> {
    TRY(const auto used, tables::use_reset_link(tx, link));
    if (!used) return fail(Fault::not_found, "identity.link.used_up");
    if (!link.own) TRY_DONE(tables::drop_second(tx, link.library, link.member));
    TRY_DONE(require_free_email(tx, owner.library, address, owner.member));
    if (found.member.email.empty()) TRY_DONE(tables::set_profile(tx, scope, {found.member.name, found.member.job, address, found.member.language}));
    return begin_anew(tx, owner, credential, key, found.has_key, reset.device);
  });
}

Result<FreshSession> recover(store::Database& db, store::Keyring& keyring, const Recovery& recovery) {
  const auto address = text::fold(text::clean_line(recovery.email));
  TRY_DONE(count_attempt(db, keyring, kRecoverByPeer, recovery.peer, "identity.too_many"));
  TRY_DONE(count_attempt(db, keyring, kRecoverByAccount, address, "identity.too_many"));
  TRY_DONE(check_password(recovery.password, {}, recovery.email));
  TRY(const auto accounts, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::accounts_with_code(read, address); }));
  for (const auto& account : accounts) {
    const store::Scope scope{account.library, account.member, {}};
    TRY(const auto owner, owner_of(keyring, account.library, account.member));
    TRY(const auto key, db.read(scope, [&](store::Read& read) { return key_by_code(read, owner, recovery.recovery_code); }));
    if (!key) continue;
    TRY(const auto found, person(db, scope));
    TRY_DONE(check_password(recovery.password, found.member.name, found.member.email));
    TRY(const auto credential, make_credential(recovery.password, account.salt ? account.salt->raw : crypto::fresh_salt()));
    TRY(auto joined, db.write(scope, [&](store::Tx& tx) { return begin_anew(tx, owner, credential, key, found.has_key, recovery.device); }));
    TRY_DONE(forgive_attempts(db, keyring, kRecoverByAccount, address));
    return std::move(joined.session);
  }
  return fail_field("recovery_code", "identity.recover.wrong");
}

Done prove_password(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view current) {
  TRY_DONE(proved(db, keyring, who, current));
  return forgive_attempts(db, keyring, kBySecret, who.member.id.text());
}

Result<bool> fits_recovery_code(store::Database& db, store::Keyring& keyring, const Id& library, const Id& member, std::string_view typed) {
  TRY(const auto owner, owner_of(keyring, library, member));
  TRY(const auto key, db.read(store::Scope{library, member, {}}, [&](store::Read& read) { return key_by_code(read, owner, typed); }));
  return key.has_value();
}

}  // namespace kedge::identity
