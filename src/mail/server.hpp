// mail: who takes our letters. A value for everything that may send one; the rest of the module is not needed for that.
#pragma once

#include <string>

namespace kedge::mail {

struct Server {
  std::string url = {};          // "smtps://host:465" or "smtp://host:587"; empty: no letter is sent
  std::string from = {};         // the address that letters come from
  std::string user = {};         // empty: without signing in
  std::string password = {};
  std::string authorities = {};  // a file of certificates to believe instead of the system's
  bool unencrypted = false;      // a server on this computer alone; otherwise nothing is sent before TLS
  [[nodiscard]] bool on() const { return !url.empty(); }
};

}  // namespace kedge::mail
