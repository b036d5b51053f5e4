// store: the keyring, a store apart from the database. What is destroyed here is gone: backups never read this file.
// Names are the caller's: "box/<list>", "member/<id>/password"; empty library: the installation.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "core/id.hpp"

namespace kedge::store {

struct Erasure {
  Id library;
  std::string name;
  std::int64_t at_ms = 0;
};

class Keyring {
 public:
  // Makes the file (mode 0600) and the installation's key at the first opening.
  // Errors: unavailable "store.unavailable", newer_version "store.newer_version".
  static Result<std::unique_ptr<Keyring>> open(const std::string& path, const Clock& clock);
  static Result<std::unique_ptr<Keyring>> open(const std::string& path);
  virtual ~Keyring() = default;
  Keyring(const Keyring&) = delete;
  Keyring& operator=(const Keyring&) = delete;

  // From which every other key of the installation is derived: installation().derive("sessions").
  [[nodiscard]] virtual crypto::Key installation() const = 0;
  virtual Done put(const Id& library, std::string_view name, std::string_view bytes) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> get(const Id& library, std::string_view name) = 0;
  // Gone from the file and from its log, noted among the erasures; repeating it is harmless.
  // Errors: busy "store.keyring_log_kept": destroyed, but another process still reads the log; call again.
  virtual Done destroy(const Id& library, std::string_view name) = 0;
  // Every key of this library whose name starts so, in one go.
  virtual Done destroy_all(const Id& library, std::string_view prefix) = 0;
  [[nodiscard]] virtual Result<std::vector<std::string>> names(const Id& library, std::string_view prefix) = 0;
  [[nodiscard]] virtual Result<std::vector<Erasure>> erasures() = 0;

 protected:
  Keyring() = default;
};

}  // namespace kedge::store
