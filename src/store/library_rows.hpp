// store: the rows of one library, table by table, and rows into tables that hold nothing of it yet: for a file that holds a
// whole library. Rows are arrays of values in the order of the columns asked for, bytes as {"bytes": base64url}.
// Knows nothing of what may leave a library; who asks says which tables and columns.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "store/database.hpp"
#include "store/schema.hpp"

namespace kedge::store {

using OnValues = std::function<Done(const nlohmann::json& values)>;

// By the values themselves: in which order rows arrived does not show, and both engines give the same. Returns how many.
Result<std::int64_t> read_rows(Read& db, const Id& library, const SchemaTable& table, std::span<const SchemaColumn> columns, const OnValues& take);
[[nodiscard]] Result<std::int64_t> count_rows(Read& db, const Id& library, const SchemaTable& table);
// Whether a value can stand in the column; null where it may be null is not known here: the table says so.
[[nodiscard]] bool fits(const nlohmann::json& value, const SchemaColumn& column);
// Columns that are not named stay as the table makes them. Rows of a table that refers to itself may come in any order.
Done write_rows(Tx& tx, const SchemaTable& table, std::span<const SchemaColumn> columns, std::vector<nlohmann::json> rows);

// Which tables there are, told by the migrations that made them: [{"module", "number", "hash"}].
[[nodiscard]] nlohmann::json level_of(std::span<const Migration> migrations);
// Errors: newer_version "store.newer_version" (one that is not known here, or with another text), invalid "store.backup_broken".
Done require_known_level(std::span<const Migration> migrations, const nlohmann::json& level);

}  // namespace kedge::store
