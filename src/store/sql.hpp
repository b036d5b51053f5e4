// store: our one SQL text, turned into each engine's. Not for other modules.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "store/database.hpp"

namespace kedge::store {

// Without comments, and with white space outside quotes made one space.
[[nodiscard]] std::string condensed(std::string_view sql);
// Whether a query has the parameter `:library`.
[[nodiscard]] bool names_library(std::string_view sql);
// `:library` becomes parameter 1, the others follow by first use; type words as in migrations.
// Errors: internal "store.wrong_query" when the number of parameters is not that of the statement.
[[nodiscard]] Result<std::string> query_text(Engine engine, const Statement& statement);
// `server_role` gets its rights by $scoped(table); only PostgreSQL looks at it.
[[nodiscard]] Result<std::string> migration_text(Engine engine, const Migration& migration, std::string_view server_role);
// What stands for a migration in the record: its text without comments.
[[nodiscard]] std::string migration_hash(const Migration& migration);

// NUL and broken UTF-8 are refused before either engine sees them, and numbers that are none.
// Errors: invalid "store.bad_text", "store.bad_number".
[[nodiscard]] Done check_values(const Statement& statement, std::span<const Value> values);

struct RecordedMigration {
  std::string module;
  std::int64_t number = 0;
  std::string hash;
};
// Those of `wanted` (store's own in front) that are not recorded. Errors: newer_version "store.newer_version".
[[nodiscard]] Result<std::vector<Migration>> missing_migrations(std::span<const Migration> wanted, const std::vector<RecordedMigration>& recorded);
// `wanted` with store's own in front: those of them that it names, or all when it names none.
[[nodiscard]] std::vector<Migration> with_own(std::span<const Migration> wanted);

}  // namespace kedge::store
