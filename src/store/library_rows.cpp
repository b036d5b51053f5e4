#include "store/library_rows.hpp"

#include <array>

#include <fmt/format.h>

#include "rows.hpp"
#include "sql.hpp"

namespace kedge::store {

using nlohmann::json;

Result<std::int64_t> read_rows(Read& db, const Id& library, const SchemaTable& table, std::span<const SchemaColumn> columns, const OnValues& take) {
  std::string order;
  for (const auto& column : columns) order += (order.empty() ? "" : ", ") + column.name + " NULLS FIRST";
  const auto sql = fmt::format("SELECT {} FROM {} WHERE library_id = :library ORDER BY {}", names_of(columns), table.name, order);
  const auto kinds = kinds_of(columns);
  Statement statement(Statement::Passing{}, "store.library_rows", sql, {Kind::text}, kinds);
  statement.row_wise = true;
  const std::array<Value, 1> values{std::string_view(library.text())};
  return RawSession::of(db).run(statement, values, [&](const Columns& row) -> Done {
    json held = json::array();
    for (std::size_t at = 0; at < kinds.size(); ++at) held.push_back(value_of(row, static_cast<int>(at), kinds[at]));
    return take(held);
  });
}

Result<std::int64_t> count_rows(Read& db, const Id& library, const SchemaTable& table) {
  const auto sql = fmt::format("SELECT COUNT(*) FROM {} WHERE library_id = :library", table.name);
  const Statement statement(Statement::Passing{}, "store.library_count", sql, {Kind::text}, {Kind::integer});
  const std::array<Value, 1> values{std::string_view(library.text())};
  std::int64_t rows = 0;
  TRY_DONE(RawSession::of(db).run(statement, values, [&](const Columns& row) -> Done {
    rows = row.integer(0);
    return {};
  }));
  return rows;
}

bool fits(const json& value, const SchemaColumn& column) {
  Held held;
  return take_value(value, kind_of(column), held);
}

Done write_rows(Tx& tx, const SchemaTable& table, std::span<const SchemaColumn> columns, std::vector<json> rows) {
  if (const auto own = own_reference(table, columns); !own.empty()) sort_parents_first(own, columns, rows);
  while (!rows.empty()) TRY_DONE(insert_rows(RawSession::of(tx), table, columns, rows));
  return {};
}

json level_of(std::span<const Migration> migrations) {
  json level = json::array();
  for (const auto& migration : with_own(migrations))
    level.push_back({{"module", migration.module}, {"number", migration.number}, {"hash", migration_hash(migration)}});
  return level;
}

Done require_known_level(std::span<const Migration> migrations, const json& level) {
  const auto broken = [] { return fail(Fault::invalid, "store.backup_broken"); };
  if (!level.is_array()) return broken();
  std::vector<RecordedMigration> recorded;
  for (const auto& one : level) {
    if (!one.is_object() || !one.contains("module") || !one["module"].is_string() || !one.contains("number") || !one["number"].is_number_integer() || !one.contains("hash") ||
        !one["hash"].is_string())
      return broken();
    recorded.push_back({one["module"].get<std::string>(), one["number"].get<std::int64_t>(), one["hash"].get<std::string>()});
  }
  TRY_DONE(missing_migrations(migrations, recorded));
  return {};
}

}  // namespace kedge::store
