#include "app/library_file.hpp"

#include <algorithm>

#include "app/wiring.hpp"

namespace kedge::app {
namespace {

const TableGoes* said_of(std::string_view table) {
  for (const auto& slice : slices())
    for (const auto& one : slice.tables)
      if (one.table == table) return &one;
  return nullptr;
}

// What is sealed opens at this installation alone, or to one person alone, and what only bytes of ours can prove is for no reader.
std::vector<store::SchemaColumn> columns_that_leave(const store::SchemaTable& table, const TableGoes& said) {
  std::vector<store::SchemaColumn> columns;
  for (const auto& column : table.columns)
    if (column.privacy != "sealed" && std::ranges::find(said.without, column.name) == said.without.end()) columns.push_back(column);
  return columns;
}

}  // namespace

const std::vector<Leaving>& leaving() {
  static const auto kept = [] {
    std::vector<Leaving> all;
    for (const auto& table : schema().tables) {
      const auto* said = said_of(table.name);
      if (said == nullptr || said->goes == Goes::stays) continue;
      all.push_back({&table, columns_that_leave(table, *said), said->goes});
    }
    return all;
  }();
  return kept;
}

std::vector<std::string> staying() {
  std::vector<std::string> names;
  for (const auto& table : schema().tables)
    if (const auto* said = said_of(table.name); table.scoped && (said == nullptr || said->goes == Goes::stays)) names.push_back(table.name);
  return names;
}

std::string table_words(const locale::Words& words, std::string_view table) { return std::string(words.plain(locale::Message("library_table." + std::string(table)))); }

}  // namespace kedge::app
