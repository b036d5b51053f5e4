#include "identity/asking.hpp"

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "identity/rules.hpp"

namespace kedge::identity {
namespace {

const Limit kByPeer{"reset.peer", 20};
const Limit kByAddress{"reset.address", 3, kHour};

crypto::Key key_of(const store::Keyring& keyring) { return keyring.installation().derive("identity.reset_asked"); }

Result<std::string> address_of(const store::Keyring& keyring, const store::Job& job) {
  const auto body = nlohmann::json::parse(job.body, nullptr, false);
  if (!body.is_object() || !body.contains("address") || !body["address"].is_string()) return fail(Fault::internal, "app.job.unknown");
  TRY(const auto sealed, crypto::from_base64url(body["address"].get<std::string>()));
  return crypto::open(key_of(keyring), sealed, kResetAskedJob);
}

}  // namespace

Done ask_reset_letter(store::Database& db, store::Keyring& keyring, std::string_view email, const std::string& peer) {
  TRY(const auto typed, checked_email(email, "email"));
  if (typed.empty()) return fail_field("email", "identity.email.needed");
  const auto address = text::fold(typed);
  TRY_DONE(count_attempt(db, keyring, kByPeer, peer, "identity.too_many"));
  TRY_DONE(count_attempt(db, keyring, kByAddress, address, "identity.too_many"));
  const auto sealed = crypto::to_base64url(crypto::seal(key_of(keyring), address, kResetAskedJob));
  const nlohmann::json body{{"address", sealed}};
  return db.write(store::InstallationScope{}, [&](store::Tx& tx) { return tx.later({.kind = std::string(kResetAskedJob), .body = body.dump()}); });
}

Done answer_reset_asked(store::Database& db, store::Keyring& keyring, const store::Job& job, const WriteLetter& write) {
  TRY(const auto address, address_of(keyring, job));
  TRY(const auto accounts, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::accounts(read, address); }));
  for (const auto& account : accounts) {
    const store::Scope scope{account.library, account.member, {}};
    TRY_DONE(db.write(scope, [&](store::Tx& tx) -> Done {
      TRY(const auto of, library(tx, scope));
      TRY(const auto who, member(tx, scope, account.member));
      if (of.example || who.standing == Standing::left) return {};
      const auto token = crypto::fresh_token();
      TRY_DONE(tables::add_reset_link(tx, scope, who.id, token_hash(token, "reset"), tx.now_ms() + 3 * kDay));
      TRY_DONE(tx.record("member", who.id, {"reset_link"}, store::Precision::day));
      return write(tx, of, who, token);
    }));
  }
  return {};
}

}  // namespace kedge::identity
