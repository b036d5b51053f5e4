// app: everything that one library has as one zip, described and readable, and from it into another installation
// (docs/library-format.md). What is in it and what stays behind is said by each slice (TableGoes) and by the class of each
// column: what is sealed never leaves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/slice.hpp"
#include "identity/identity.hpp"
#include "store/schema.hpp"
#include "web/context.hpp"

namespace kedge::app {

constexpr int kLibraryFormat = 1;

// One table of a library and what of it leaves.
struct Leaving {
  const store::SchemaTable* table = nullptr;
  std::vector<store::SchemaColumn> columns;
  Goes goes = Goes::along;
};
// Those that leave, in the order in which they can be filled.
[[nodiscard]] const std::vector<Leaving>& leaving();
// The tables of a library that stay, by name.
[[nodiscard]] std::vector<std::string> staying();
// What the rows of a table are, in words.
[[nodiscard]] std::string table_words(const locale::Words& words, std::string_view table);

struct TableCount {
  std::string table;
  std::int64_t rows = 0;
};
struct LibraryFile {
  std::string zip;
  std::string name;  // "harbor-grove-2026-09-21.zip"
  std::vector<TableCount> tables;
  std::int64_t files = 0;
};
// From one snapshot, on nobody's behalf: nothing that only its writer can open is read. Noted in the ledger as done by `by`.
// Errors: those of reading.
[[nodiscard]] Result<LibraryFile> export_library(web::House& house, const identity::Library& library, const store::Scope& by);

enum class Import : std::uint8_t { rehearsed, kept };
// Who can let the others in.
struct Door {
  Id member;
  std::string name;
  std::string token;  // of /reset/{token}
};
struct ImportedLibrary {
  Id library;
  std::string name;
  std::vector<TableCount> tables;  // as they are counted where they came in
  std::vector<Door> doors;         // of its administrators; none when rehearsed
  std::int64_t ended_lists = 0;    // open lists, whose marks stayed behind: they end without result
};
// A new library, every id new; all or nothing. `name`: another than its own; empty: as the file says.
// Errors: those of archive::read_zip; newer_version "library_file.newer", "store.newer_version"; invalid "library_file..." with
// `file` and, where one is known, `line` and `column`; conflict "app.library.there".
[[nodiscard]] Result<ImportedLibrary> import_library(store::Database& db, std::string_view zip, std::string_view name, Import how);

}  // namespace kedge::app
