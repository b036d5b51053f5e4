// store: rows of any table as JSON, by what the migrations say of it. Not for other modules.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "store/database.hpp"
#include "store/schema.hpp"

namespace kedge::store {

struct RawSession {
  static Session& of(Read& read) { return read.session_; }
};

[[nodiscard]] Kind kind_of(const SchemaColumn& column);
[[nodiscard]] std::vector<Kind> kinds_of(std::span<const SchemaColumn> columns);
[[nodiscard]] std::string names_of(std::span<const SchemaColumn> columns);
// Bytes as {"bytes": base64url}.
[[nodiscard]] nlohmann::json value_of(const Columns& row, int at, Kind kind);

// One value of a row, kept until the row is written.
struct Held {
  std::string text;
  Value value;
};
// Whether `from` is a value of that kind.
[[nodiscard]] bool take_value(const nlohmann::json& from, Kind kind, Held& held);

// The columns of a reference of the table to itself; empty: there is none.
[[nodiscard]] std::vector<std::size_t> own_reference(const SchemaTable& table, std::span<const SchemaColumn> columns);
// Arrays of values in the order of `columns`, parents first.
void sort_parents_first(const std::vector<std::size_t>& own, std::span<const SchemaColumn> columns, std::vector<nlohmann::json>& rows);
[[nodiscard]] std::size_t most_rows(std::span<const SchemaColumn> columns);
// Writes the first rows, as many as go into one statement, and takes them away.
Done insert_rows(Session& session, const SchemaTable& table, std::span<const SchemaColumn> columns, std::vector<nlohmann::json>& rows);

}  // namespace kedge::store
