#include "mail/mail.hpp"

#include "mail/mail_store.hpp"

namespace kedge::mail {

Done post(store::Tx& tx, const store::Keyring& keyring, const store::Scope& scope, const Letter& letter) {
  if (!is_address(letter.message.to)) return fail(Fault::invalid, "mail.address");
  if (letter.kind == Kind::invitation) {
    TRY(const auto written, tx.one(kCountLetters, scope.library, letter.kind, tx.now_ms() - kDay_ms));
    if (written >= kMostADay) return fail(Fault::too_many, "mail.too_many");
  }
  const auto id = tx.fresh_id();
  TRY_DONE(tx.run(kAddLetter, scope.library, id, letter.kind, letter.about, store::Bytes{seal(keyring, id, letter.message)}, tx.now_ms()));
  return {};
}

Result<std::map<Id, Standing>> standings(store::Read& db, const store::Scope& scope, Kind kind) {
  std::map<Id, Standing> all;
  TRY_DONE(db.each(kStandings, [&](StandingRow row) -> Done {
    all[row.about] = {row.state, std::move(row.why)};
    return {};
  }, scope.library, kind));
  return all;
}

Done withdraw(store::Tx& tx, const store::Scope& scope, const Id& about) {
  TRY_DONE(tx.run(kWithdrawLetters, scope.library, about));
  return {};
}

Done tidy(store::Database& db) {
  return db.write(store::InstallationScope{}, [](store::Tx& tx) -> Done {
    TRY_DONE(tx.run(kTidyLetters, tx.now_ms() - 14 * kDay_ms));
    return {};
  });
}

}  // namespace kedge::mail
