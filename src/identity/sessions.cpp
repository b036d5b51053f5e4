// Signing in, and the sessions that come of it.
#include "identity/sessions.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "identity/rules.hpp"
#include "identity/second.hpp"

namespace kedge::identity {
namespace {

const Limit kByAccount{"sign_in.account", 10};
const Limit kByPeer{"sign_in.peer", 60};
constexpr std::size_t kMostSalts = 3;

struct Fit {
  tables::AccountRow account;
  crypto::PasswordKeys keys;
};

// The accounts that address and password fit. One run of Argon2 for unknown addresses too.
Result<std::vector<Fit>> fitting(const std::vector<tables::AccountRow>& accounts, std::string_view password) {
  std::vector<std::string> salts;
  for (const auto& account : accounts)
    if (account.salt && std::find(salts.begin(), salts.end(), account.salt->raw) == salts.end() && salts.size() < kMostSalts) salts.push_back(account.salt->raw);
  if (salts.empty()) salts.emplace_back(16, '\x5a');
  std::vector<Fit> fits;
  for (const auto& salt : salts) {
    TRY(const auto keys, derive(password, salt));
    for (const auto& account : accounts)
      if (account.salt && account.verifier && account.salt->raw == salt && crypto::same(account.verifier->raw, keys.verifier)) fits.push_back({account, keys});
  }
  return fits;
}

// The member's key by the password; nothing when a reset left it locked.
Result<std::optional<crypto::Key>> key_of(store::Read& db, const vault::Owner& owner, const crypto::PasswordKeys& keys) {
  TRY(const auto wraps, tables::wraps(db, owner.library, owner.member));
  const auto* wrap = vault::find(wraps, Wrap::password);
  if (wrap == nullptr) return std::optional<crypto::Key>();
  auto key = vault::open_by_password(owner, *wrap, keys);
  return key ? std::optional<crypto::Key>(*key) : std::nullopt;
}

// Whose key was destroyed has left, whatever a restored copy of the row says: as if the password did not fit.
Done leave_out_who_left(store::Keyring& keyring, std::vector<Fit>& fits) {
  std::vector<Fit> here;
  for (auto& fit : fits) {
    TRY(const bool left, vault::destroyed(keyring, fit.account.library, fit.account.member));
    if (!left) here.push_back(std::move(fit));
  }
  fits = std::move(here);
  return {};
}

SignedIn signed_in(const tables::ResumeRow& row, const Date& today) {
  SignedIn who;
  who.session = row.session;
  who.library = {row.library, row.library_name, row.library_language, row.time_zone, row.country, row.state, row.fiscal_month, row.threshold, row.example,
                 row.logo, row.logo_alternative};
  who.member = {row.member, row.member_name, row.email, Roles::from_bits(row.roles), row.language, row.has_password, Standing::active, row.job};
  who.used_today = row.used_on == today;
  who.shared_computer = row.shared_computer;
  who.locked = row.has_key && !row.wrapped;
  return who;
}

struct Resumed {
  SignedIn who;
  std::optional<std::string> wrapped;
};
Result<Resumed> look_up(store::Read& db, std::string_view cookie) {
  if (cookie.size() != 44) return fail(Fault::signed_out, "identity.signed_out");
  TRY(const auto row, tables::resume(db, cookie_hash(cookie)));
  if (!row) return fail(Fault::signed_out, "identity.signed_out");
  Resumed resumed{signed_in(*row, tables::day_of(db)), std::nullopt};
  if (row->wrapped) resumed.wrapped = row->wrapped->raw;
  resumed.who.csrf = crypto::to_base64url(token_hash(cookie, "csrf"));
  return resumed;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

Result<SignedIn> resume(store::Read& db, std::string_view cookie) {
  TRY(auto resumed, look_up(db, cookie));
  return std::move(resumed.who);
}

Result<SignedIn> resume(store::Read& db, store::Keyring& keyring, std::string_view cookie) {
  TRY(auto resumed, look_up(db, cookie));
  auto& who = resumed.who;
  if (!resumed.wrapped) return who;
  TRY(const auto part, vault::part(keyring, who.library.id, who.member.id));
  auto key = vault::open_by_cookie({who.library.id, who.member.id, part}, *resumed.wrapped, cookie);
  if (key) who.member_key = *key;
  who.locked = !who.member_key.has_value();
  return who;
}

Result<std::vector<Entry>> sign_in(store::Database& db, store::Keyring& keyring, const Credentials& credentials) {
  const auto address = text::fold(text::clean_line(credentials.email));
  TRY_DONE(count_attempt(db, keyring, kByPeer, credentials.peer, "identity.sign_in.too_many"));
  TRY_DONE(count_attempt(db, keyring, kByAccount, address, "identity.sign_in.too_many"));
  TRY(const auto accounts, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::accounts(read, address); }));
  TRY(auto fits, fitting(accounts, credentials.password));
  TRY_DONE(leave_out_who_left(keyring, fits));
  if (fits.empty()) return fail_field("email", "identity.sign_in.wrong");
  std::vector<Entry> fresh;
  const auto alone = credentials.computer == Computer::shared ? Term::shared : Term::own;
  for (const auto& fit : fits) {
    TRY(const auto part, vault::part(keyring, fit.account.library, fit.account.member));
    const vault::Owner owner{fit.account.library, fit.account.member, part};
    TRY(auto session, db.write(store::Scope{owner.library, owner.member, {}}, [&](store::Tx& tx) -> Result<Entry> {
      TRY(const auto key, key_of(tx, owner, fit.keys));
      TRY(const bool awaits, has_second(tx, tx.scope(), owner.member));
      TRY(auto begun, start_session(tx, owner, {key, credentials.device, fits.size() > 1 || awaits ? Term::chooser : alone, credentials.computer, awaits}));
      return Entry{std::move(begun), awaits};
    }));
    fresh.push_back(std::move(session));
  }
  TRY_DONE(forgive_attempts(db, keyring, kByAccount, address));
  return fresh;
}

Result<FreshSession> choose(store::Database& db, std::string_view cookie) {
  TRY(const auto who, db.read(store::InstallationScope{}, [&](store::Read& read) { return resume(read, cookie); }));
  TRY_DONE(db.write(who.scope(), [&](store::Tx& tx) {
    return tables::set_session_term(tx, who.library.id, who.session, end_of(who.shared_computer ? Term::shared : Term::own, tx.now_ms()));
  }));
  return FreshSession{std::string(cookie), who.library.id, who.member.id};
}

Done end_session(store::Tx& tx, const store::Scope& scope, const Id& session) {
  return tables::end_session(tx, scope.library, scope.actor, session);
}
Done end_other_sessions(store::Tx& tx, const store::Scope& scope, const Id& kept) {
  return tables::end_sessions(tx, scope.library, scope.actor, kept);
}
Done note_use(store::Tx& tx, const SignedIn& who) { return tables::note_use(tx, who.library.id, who.session, tables::day_of(tx)); }

Done tidy(store::Database& db) {
  return db.write(store::InstallationScope{}, [](store::Tx& tx) { return tables::tidy(tx, Date::from_days(tables::day_of(tx).days() - 90)); });
}

std::string device_of(std::string_view agent) {
  struct Family {
    std::string_view sign;
    std::string_view name;
  };
  // the first sign that is found names the family: who copies another's name stands before it
  static constexpr std::array<Family, 6> kBrowsers{
      {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}};
  static constexpr std::array<Family, 7> kSystems{{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "Chromebook"},
                                                   {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}}};
  std::string words;
  for (const auto& family : kBrowsers)
    if (words.empty() && has(agent, family.sign)) words = family.name;
  std::string system;
  for (const auto& family : kSystems)
    if (system.empty() && has(agent, family.sign)) system = family.name;
  if (!words.empty() && !system.empty()) words += ", ";
  return words + system;
}

}  // namespace kedge::identity
