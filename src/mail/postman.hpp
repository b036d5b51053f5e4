// mail: what carries the outbox to the server.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "core/clock.hpp"
#include "mail/mail.hpp"
#include "mail/smtp.hpp"

namespace kedge::mail {

// The way out: Smtp::send, or a test's.
using Way = std::function<Outcome(const std::string& to, const std::string& message)>;

struct Round {
  std::int64_t sent = 0;
  std::int64_t later = 0;
  std::int64_t given_up = 0;
  std::string why = {};  // of the last that was not taken
};
// Sends what is due, one after the other, until nothing is or the server takes nothing more. What was not taken comes again
// after a while, growing to an hour, for three days. Several processes may do it at once.
[[nodiscard]] Result<Round> deliver(store::Database& db, const store::Keyring& keyring, const std::string& from, const Way& way);

// Does it all the time, on a thread of its own: a slow server holds nobody else up.
class Postman {
 public:
  Postman(store::Database& db, const store::Keyring& keyring, Server server);
  ~Postman();  // the letter on its way is finished
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

 private:
  void run();
  [[nodiscard]] bool wait();  // false: stop

  store::Database& db_;
  const store::Keyring& keyring_;
  Server server_;
  std::mutex mutex_;
  std::condition_variable bell_;
  bool stopping_ = false;
  std::string told_;  // what was last written to the log, so that it is written once
  std::thread thread_;
};

}  // namespace kedge::mail
