// store: one file with everything, the same from either engine, and back into either.
// JSON, one line each: a header (version, migrations), per table its columns and its rows, a footer with counts and a
// checksum. Left out: tables marked "-- backup: no" (boxes, tickets, sessions, jobs), and the keyring, always.
#pragma once

#include <filesystem>
#include <span>

#include "store/database.hpp"

namespace kedge::store {

struct BackupSummary {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

// From one snapshot, while writing goes on. The file (mode 0600) appears whole or not at all; an older one of the name
// is replaced. Errors: unavailable "store.backup_not_written".
Result<BackupSummary> backup(Database& database, std::span<const Migration> migrations, const std::filesystem::path& file);

// Into a database without a row, migrated or fresh (an older backup needs a fresh one: it is loaded as it was and then
// migrated). All or nothing. Errors: invalid "store.backup_broken" (not a backup, cut off, altered: the line in `detail`),
// newer_version "store.newer_version", conflict "store.not_empty", conflict "store.backup_older".
Result<BackupSummary> restore(Database& database, std::span<const Migration> migrations, const std::filesystem::path& file);

}  // namespace kedge::store
