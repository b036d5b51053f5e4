// mail: the only place with SQL, and how a message lies sealed.
#pragma once

#include "mail/mail.hpp"

namespace kedge::mail {

constexpr std::int64_t kDay_ms = 86'400'000;

struct StandingRow {
  Id about;
  State state = State::waiting;
  std::string why;
};
struct DueRow {
  Id library;
  Id id;
  store::Bytes sealed;
  std::int64_t tries = 0;
  std::int64_t made_ms = 0;
};
extern const store::Query<std::int64_t(Id, Kind, std::int64_t)> kCountLetters;
extern const store::Query<void(Id, Id, Kind, Id, store::Bytes, std::int64_t)> kAddLetter;
extern const store::Query<StandingRow(Id, Kind)> kStandings;
extern const store::Query<void(Id, Id)> kWithdrawLetters;
extern const store::Query<void(std::int64_t)> kTidyLetters;
extern const store::Query<bool(std::int64_t)> kAnyDue;
extern const store::Query<DueRow(std::int64_t, std::int64_t)> kTakeDue;
extern const store::Query<void(Id, State, std::string, std::int64_t, Id)> kSettle;
extern const store::Query<void(Id, std::string, std::int64_t, Id, std::int64_t)> kPutOff;

[[nodiscard]] std::string seal(const store::Keyring& keyring, const Id& id, const Message& message);
// Errors: forbidden "crypto.wrong_key" after a change of keys; internal for what is no message.
[[nodiscard]] Result<Message> unseal(const store::Keyring& keyring, const Id& id, std::string_view sealed);

}  // namespace kedge::mail
