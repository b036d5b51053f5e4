// store: what the migrations say of tables: columns, classes, retention, references. Reads our own layout only
// (one column a line). Standard library alone, because the build's tools/embed compiles it too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kedge::store {

struct SchemaColumn {
  std::string name;
  std::string type;       // the type word without $: "int64", "text", "bytes"
  std::string privacy;    // public, library, personal, sealed, anonymous
  std::string retention;  // in words
  int line = 0;
};

struct SchemaReference {
  std::vector<std::string> columns;
  std::string table;
};

struct SchemaTable {
  std::string name;
  std::vector<SchemaColumn> columns;
  std::vector<SchemaReference> references;
  bool scoped = false;     // $scoped(name): row-level security by library
  bool backed_up = true;   // false: "-- backup: no"
  int line = 0;
};

struct SchemaProblem {
  int line = 0;
  std::string what;
};

struct Schema {
  std::vector<SchemaTable> tables;  // in the order of their creation, which is the order of dependency
  [[nodiscard]] SchemaTable* find(std::string_view name);
  [[nodiscard]] const SchemaTable* find(std::string_view name) const;
};

// Adds what one migration does to `schema`; returns what is wrong with it.
std::vector<SchemaProblem> read_migration(Schema& schema, std::string_view text);

}  // namespace kedge::store
