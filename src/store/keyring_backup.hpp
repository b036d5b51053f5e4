// store: the keyring as a whole, and its own backup: one file, sealed by a passphrase (Argon2id, XChaCha20-Poly1305), which
// takes the place of the one before. Older than kHorizonDays it would bring back what people were told is gone.
// Works on the keyring's file, also while a server has it open.
#pragma once

#include <filesystem>
#include <string_view>

#include "store/keyring.hpp"

namespace kedge::store {

constexpr std::int64_t kHorizonDays = 30;
constexpr std::size_t kShortestPassphrase = 12;  // characters

// All that a keyring holds, in the clear: sealed before it reaches a disk.
struct KeyringCopy {
  struct Kept {
    Id library;
    std::string name;
    std::string bytes;
  };
  crypto::Key installation;
  std::vector<Kept> kept;
  std::vector<Erasure> erasures;
};
// One snapshot; every key is opened. Errors: forbidden "crypto.wrong_key" when one does not.
[[nodiscard]] Result<KeyringCopy> copy_keyring(const std::string& path, const Clock& clock);
// Adds what is missing there and was not destroyed there, and the erasures. The installation's key is taken over by a keyring
// that has neither key nor erasure of its own. Returns how many keys came. Repeating it is harmless.
[[nodiscard]] Result<std::int64_t> take_in_keys(const std::string& path, const KeyringCopy& copy, const Clock& clock);

struct KeyBackup {
  std::int64_t keys = 0;
  std::int64_t made_ms = 0;
  [[nodiscard]] bool too_old(std::int64_t now_ms) const { return now_ms - made_ms > kHorizonDays * 86'400'000; }
};

// The file (mode 0600) appears whole or not at all, and the bytes of an older one of this name are overwritten. It holds no
// key that was destroyed before this returns, and none whose name starts with `leave_out`. The keyring remembers when.
// Errors: invalid at passphrase "store.keys.short_passphrase"; unavailable "store.backup_not_written"; busy.
Result<KeyBackup> back_up_keys(const std::string& keyring, const std::filesystem::path& file, std::string_view passphrase, std::string_view leave_out,
                               const Clock& clock);

// Of what age the file says it is; nobody can alter that without the passphrase.
// Errors: not_found "app.file.unreadable", invalid "store.keys.broken", newer_version.
Result<KeyBackup> look_at_key_backup(const std::filesystem::path& file);

// take_in_keys(). `keys` tells how many came.
// Errors: as look_at_key_backup(); invalid at passphrase "store.keys.wrong_passphrase" (or altered).
Result<KeyBackup> restore_keys(const std::string& keyring, const std::filesystem::path& file, std::string_view passphrase, const Clock& clock);

// When the last backup of this keyring was made; nothing: never.
[[nodiscard]] Result<std::optional<KeyBackup>> last_key_backup(Keyring& keyring);

}  // namespace kedge::store
