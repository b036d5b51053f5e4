// mail: the one way out. By libcurl: TLS before anything is said, signing in, one connection for several letters.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mail/server.hpp"

namespace kedge::mail {

enum class Taken : std::uint8_t {
  yes,
  later,    // the server was not reached, or asks to try again
  refused,  // for good: this letter will not be taken
};
struct Outcome {
  Taken taken = Taken::yes;
  std::string why = {};  // "450", "unreachable", "certificate", "password": no word of the letter, no address
};

class Smtp {
 public:
  explicit Smtp(Server server);
  ~Smtp();
  Smtp(const Smtp&) = delete;
  Smtp& operator=(const Smtp&) = delete;
  // Blocks, at most 45 seconds. `message` is whole, with its headers.
  [[nodiscard]] Outcome send(const std::string& to, const std::string& message);

 private:
  Server server_;
  struct Close {
    void operator()(void* handle) const;
  };
  std::unique_ptr<void, Close> handle_;
};

}  // namespace kedge::mail
