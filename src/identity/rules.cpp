#include "identity/rules.hpp"

#include "core/text.hpp"
#include "store/limits.hpp"

namespace kedge::identity {
namespace {

constexpr std::size_t kNameLength = 120;
constexpr std::size_t kRecoveryLength = 24;

std::string in_groups(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += code[i];
  }
  return out;
}

std::string limit_key(store::Keyring& keyring, const Limit& limit, std::string_view who) {
  return crypto::keyed_hash(vault::installation_key(keyring, "identity.limits"), std::string(limit.purpose) + "\n" + std::string(who));
}

}  // namespace

Result<std::string> checked_name(std::string_view name, std::string field) {
  auto clean = text::clean_line(name);
  if (clean.empty()) return fail_field(std::move(field), "identity.name.empty");
  if (text::length(clean) > kNameLength) return fail_field(std::move(field), "identity.name.long");
  return clean;
}

Result<std::string> checked_job(std::string_view job) {
  auto clean = text::clean_line(job);
  if (text::length(clean) > kNameLength) return fail_field("job", "identity.name.long");
  return clean;
}

Result<std::string> checked_email(std::string_view email, std::string field) {
  auto clean = text::clean_line(email);
  if (!clean.empty() && !text::is_email(clean)) return fail_field(std::move(field), "identity.email.broken");
  return clean;
}

Done require_free_email(store::Read& db, const Id& library, const std::string& email, const Id& but) {
  if (email.empty()) return {};
  TRY(const auto taken, tables::email_taken(db, library, text::fold(email), but));
  if (taken) return fail_field("email", "identity.email.taken");
  return {};
}

Error at_field(Error error, std::string_view from, std::string_view to) {
  for (auto& field : error.fields)
    if (field.field == from) field.field = std::string(to);
  return error;
}

std::string token_hash(std::string_view token, std::string_view purpose) {
  return crypto::hash("identity." + std::string(purpose) + "\n" + std::string(token));
}
std::string cookie_hash(std::string_view cookie) { return token_hash(cookie, "cookie"); }

bool administers(const store::Scope& scope) { return scope.actor.empty() || scope.roles.has(Role::administrator); }
bool leads(const store::Scope& scope) { return administers(scope) || scope.roles.has(Role::lead); }

std::int64_t end_of(Term term, std::int64_t now_ms) {
  const auto whole_hour = [](std::int64_t at) { return (at + kHour - 1) / kHour * kHour; };  // so that it does not tell the minute of signing in
  switch (term) {
    case Term::own: return whole_hour(now_ms + 30 * kDay);
    case Term::shared: return whole_hour(now_ms + 11 * kHour);
    case Term::chooser: return now_ms + 10 * kMinute;
  }
  return now_ms;
}

Result<FreshSession> start_session(store::Tx& tx, const vault::Owner& owner, const Start& start) {
  const auto cookie = crypto::fresh_token() + crypto::fresh_token();
  tables::SessionRow row;
  row.id = Id::random();  // tells no time
  row.member = owner.member;
  row.cookie_hash = cookie_hash(cookie);
  if (start.key) row.wrapped = store::Bytes{vault::wrap_for_cookie(owner, *start.key, cookie)};
  row.device = device_of(start.device);
  row.shared_computer = start.computer == Computer::shared;
  row.day = tables::day_of(tx);
  row.expires_ms = end_of(start.term, tx.now_ms());
  row.awaits_second = start.awaits_second;
  TRY_DONE(tables::add_session(tx, owner.library, row));
  return FreshSession{cookie, owner.library, owner.member};
}

Result<Joined> enroll(store::Tx& tx, const vault::Owner& owner, tables::NewMemberRow row, const std::string& device) {
  const auto key = crypto::Key::random();
  row.id = owner.member;
  row.public_key = store::Bytes{crypto::public_key(key)};
  TRY_DONE(tables::add_member(tx, owner.library, row));
  Joined joined;
  if (row.credential) {
    TRY_DONE(store_password(tx, owner, *row.credential, key));
    TRY(joined.recovery_code, store_recovery_code(tx, owner, key));
  }
  TRY(joined.session, start_session(tx, owner, {key, device, Term::own, Computer::own}));
  return joined;
}

Done store_password(store::Tx& tx, const vault::Owner& owner, const Credential& credential, const std::optional<crypto::Key>& key) {
  TRY_DONE(tables::set_credential(tx, owner.library, owner.member, credential));
  if (!key) return tables::keep_earlier(tx, owner.library, owner.member);
  TRY(auto wrapped, vault::wrap_for_password(owner, *key, credential.sealing_key));
  TRY_DONE(tables::put_wrap(tx, owner.library, owner.member, {Wrap::password, store::Bytes{credential.salt}, store::Bytes{std::move(wrapped)}}));
  return tables::drop_wrap(tx, owner.library, owner.member, Wrap::earlier_password);
}

Result<std::string> store_recovery_code(store::Tx& tx, const vault::Owner& owner, const crypto::Key& key) {
  const auto code = crypto::fresh_code(kRecoveryLength);
  TRY_DONE(tables::put_wrap(tx, owner.library, owner.member, {Wrap::recovery, {}, store::Bytes{vault::wrap_for_code(owner, key, code)}}));
  return in_groups(code);
}

Result<std::string> salt_for(store::Database& db, const std::string& email) {
  if (email.empty()) return crypto::fresh_salt();
  TRY(const auto known, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::accounts(read, text::fold(email)); }));
  return known.empty() || !known[0].salt ? crypto::fresh_salt() : known[0].salt->raw;
}

Done count_attempt(store::Database& db, store::Keyring& keyring, const Limit& limit, std::string_view who, std::string key) {
  const auto hashed = limit_key(keyring, limit, who);
  TRY(const auto allowed, db.write(store::InstallationScope{}, [&](store::Tx& tx) { return store::allow(tx, hashed, limit.most, limit.window_ms); }));
  if (!allowed) return fail(Fault::too_many, std::move(key));
  return {};
}

Done forgive_attempts(store::Database& db, store::Keyring& keyring, const Limit& limit, std::string_view who) {
  const auto hashed = limit_key(keyring, limit, who);
  return db.write(store::InstallationScope{}, [&](store::Tx& tx) { return store::forgive(tx, hashed); });
}

}  // namespace kedge::identity
