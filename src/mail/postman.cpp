#include "mail/postman.hpp"

#include <algorithm>
#include <chrono>

#include "core/log.hpp"
#include "mail/mail_store.hpp"

namespace kedge::mail {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kHeld_ms = 2 * kMinute_ms;
constexpr std::int64_t kLongest_ms = 3 * kDay_ms;
constexpr std::chrono::seconds kIdle{1};

// 1, 2, 4 ... minutes, an hour at most.
std::int64_t pause_ms(std::int64_t tries) { return kMinute_ms * std::min<std::int64_t>(std::int64_t{1} << std::clamp<std::int64_t>(tries - 1, 0, 6), 60); }

Result<std::optional<DueRow>> take(store::Database& db) {
  TRY(const bool any, db.read(store::InstallationScope{}, [](store::Read& read) { return read.one(kAnyDue, read.now_ms()); }));
  if (!any) return std::optional<DueRow>();
  return db.write(store::InstallationScope{}, [](store::Tx& tx) { return tx.maybe(kTakeDue, tx.now_ms() + kHeld_ms, tx.now_ms()); });
}

Outcome send(const store::Keyring& keyring, const std::string& from, const Way& way, const DueRow& due) {
  const auto message = unseal(keyring, due.id, due.sealed.raw);
  if (!message) return {Taken::refused, "unreadable"};
  const auto written = compose(*message, from, due.id.text(), due.made_ms);
  if (!written) return {Taken::refused, "address"};
  return way(message->to, *written);
}

Done settle(store::Database& db, const DueRow& due, const Outcome& outcome, Round& round) {
  const store::Scope scope{due.library, Id(), {}};
  const bool later = outcome.taken == Taken::later;
  bool given_up = false;
  TRY_DONE(db.write(scope, [&](store::Tx& tx) -> Done {
    given_up = outcome.taken == Taken::refused || (later && tx.now_ms() - due.made_ms > kLongest_ms);
    if (later && !given_up) return tx.run(kPutOff, due.library, outcome.why, tx.now_ms() + pause_ms(due.tries), due.id, due.tries).map([](auto) {});
    return tx.run(kSettle, due.library, given_up ? State::given_up : State::sent, outcome.why, tx.now_ms(), due.id).map([](auto) {});
  }));
  ++(given_up ? round.given_up : later ? round.later : round.sent);
  if (!outcome.why.empty()) round.why = outcome.why;
  return {};
}

// The server itself said no to nobody in particular: the next letter would fare alike.
bool hopeless(const Outcome& outcome) {
  return outcome.taken == Taken::later && (outcome.why == "unreachable" || outcome.why == "certificate" || outcome.why == "password" || outcome.why == "421");
}

}  // namespace

Result<Round> deliver(store::Database& db, const store::Keyring& keyring, const std::string& from, const Way& way) {
  Round round;
  while (true) {
    TRY(const auto due, take(db));
    if (!due) return round;
    const auto outcome = send(keyring, from, way, *due);
    TRY_DONE(settle(db, *due, outcome, round));
    if (hopeless(outcome)) return round;
  }
}

Postman::Postman(store::Database& db, const store::Keyring& keyring, Server server) : db_(db), keyring_(keyring), server_(std::move(server)) {
  thread_ = std::thread([this] { run(); });
}

Postman::~Postman() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  bell_.notify_all();
  thread_.join();
}

bool Postman::wait() {
  std::unique_lock lock(mutex_);
  bell_.wait_for(lock, kIdle, [this] { return stopping_; });
  return !stopping_;
}

void Postman::run() {
  while (wait()) {
    Smtp smtp(server_);  // a connection for the letters of one round
    const auto round = deliver(db_, keyring_, server_.from, [&](const std::string& to, const std::string& message) { return smtp.send(to, message); });
    const auto wrong = !round ? std::string(round.error().key) : round->why;
    if (!wrong.empty() && wrong != told_) spdlog::warn("mail: not taken: {}", wrong);
    if (round && round->sent > 0) spdlog::info("mail: {} sent", round->sent);
    if (!wrong.empty() || (round && round->sent > 0)) told_ = wrong;
  }
}

}  // namespace kedge::mail
