#include "rows.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace kedge::store {
namespace {

using nlohmann::json;

std::vector<std::size_t> positions(std::span<const SchemaColumn> columns, const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  for (const auto& name : names)
    for (std::size_t at = 0; at < columns.size(); ++at)
      if (columns[at].name == name) found.push_back(at);
  return found;
}

}  // namespace

Kind kind_of(const SchemaColumn& column) {
  if (column.type == "real") return Kind::real;
  if (column.type == "bool") return Kind::boolean;
  if (column.type == "bytes") return Kind::bytes;
  if (column.type == "int64" || column.type == "time" || column.type == "sequence") return Kind::integer;
  return Kind::text;
}

std::vector<Kind> kinds_of(std::span<const SchemaColumn> columns) {
  std::vector<Kind> kinds;
  for (const auto& column : columns) kinds.push_back(kind_of(column));
  return kinds;
}

std::string names_of(std::span<const SchemaColumn> columns) {
  std::string names;
  for (const auto& column : columns) names += (names.empty() ? "" : ", ") + column.name;
  return names;
}

json value_of(const Columns& row, int at, Kind kind) {
  if (row.null(at)) return nullptr;
  switch (kind) {
    case Kind::integer: return row.integer(at);
    case Kind::real: return row.real(at);
    case Kind::boolean: return row.boolean(at);
    case Kind::text: return row.text(at);
    case Kind::bytes: return {{"bytes", crypto::to_base64url(row.bytes(at))}};
  }
  return nullptr;
}

bool take_value(const json& from, Kind kind, Held& held) {
  held.value = Null{kind};
  if (from.is_null()) return true;
  switch (kind) {
    case Kind::integer:
      if (from.is_number_integer()) held.value = from.get<std::int64_t>();
      return from.is_number_integer();
    case Kind::real:
      if (from.is_number()) held.value = from.get<double>();
      return from.is_number();
    case Kind::boolean:
      if (from.is_boolean()) held.value = from.get<bool>();
      return from.is_boolean();
    case Kind::text:
      if (!from.is_string()) return false;
      held.text = from.get<std::string>();
      held.value = std::string_view(held.text);
      return true;
    case Kind::bytes: {
      if (!from.is_object() || !from.contains("bytes") || !from["bytes"].is_string()) return false;
      auto raw = crypto::from_base64url(from["bytes"].get<std::string>());
      if (!raw) return false;
      held.text = *std::move(raw);
      held.value = BytesView{held.text};
      return true;
    }
  }
  return false;
}

std::vector<std::size_t> own_reference(const SchemaTable& table, std::span<const SchemaColumn> columns) {
  std::vector<std::size_t> own;
  for (const auto& reference : table.references)
    if (reference.table == table.name) own = positions(columns, reference.columns);
  return own;
}

// The last column of a reference is the parent's id, the last one of that meaning in its own row is `id`.
void sort_parents_first(const std::vector<std::size_t>& own, std::span<const SchemaColumn> columns, std::vector<json>& waiting) {
  const auto id = positions(columns, {"id"});
  if (id.empty()) return;
  std::map<std::string, std::size_t> rows;
  for (std::size_t i = 0; i < waiting.size(); ++i) rows[waiting[i][id[0]].dump()] = i;
  std::vector<json> sorted;
  std::vector<bool> placed(waiting.size(), false);
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    std::vector<std::size_t> path;  // up to the first ancestor that is placed, then down again
    for (auto at = i; !placed[at];) {
      placed[at] = true;
      path.push_back(at);
      const auto parent = rows.find(waiting[at][own.back()].dump());
      if (parent == rows.end()) break;
      at = parent->second;
    }
    for (auto at = path.rbegin(); at != path.rend(); ++at) sorted.push_back(std::move(waiting[*at]));
  }
  waiting = std::move(sorted);
}

std::size_t most_rows(std::span<const SchemaColumn> columns) { return std::clamp<std::size_t>(600 / columns.size(), 1, 100); }

// Many rows a statement: one round trip.
Done insert_rows(Session& session, const SchemaTable& table, std::span<const SchemaColumn> columns, std::vector<json>& waiting) {
  const auto rows = std::min(waiting.size(), most_rows(columns));
  const auto kinds = kinds_of(columns);
  std::vector<Held> held(rows * kinds.size());
  std::string sql = fmt::format("INSERT INTO {} ({}) VALUES ", table.name, names_of(columns));
  std::vector<Kind> parameters;
  std::vector<Value> values;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < kinds.size(); ++c) {
      auto& one = held[r * kinds.size() + c];
      static_cast<void>(take_value(waiting[r][c], kinds[c], one));  // seen to be of its kind when it was read
      sql += fmt::format("{}:p{}", c > 0 ? ", " : r > 0 ? "), (" : "(", parameters.size());
      parameters.push_back(kinds[c]);
      values.push_back(one.value);
    }
  }
  sql += ")";
  Statement statement(Statement::Passing{}, "store.restore", sql, parameters, {});
  TRY_DONE(session.run(statement, values, [](const Columns&) -> Done { return {}; }));
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(rows));
  return {};
}

}  // namespace kedge::store
