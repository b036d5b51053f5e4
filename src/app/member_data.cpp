#include "app/member_data.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/wiring.hpp"
#include "guide/workbook.hpp"
#include "store/library_rows.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::vector<store::SchemaColumn> readable(const store::SchemaTable& table) {
  std::vector<store::SchemaColumn> columns;
  for (const auto& column : table.columns)
    if (column.privacy != "sealed") columns.push_back(column);
  return columns;
}

// Tables whose rows end with the account: their retention says so at some column.
bool ends_on_leaving(const store::SchemaTable& table) {
  return std::ranges::any_of(table.columns, [&](const store::SchemaColumn& column) {
    return column.name != "name" && (column.retention.starts_with("until the member leaves") || column.retention == "with the member" || column.retention.starts_with("until it ends"));
  });
}

// Each row that stands under the member's name: a column is their id. What others wrote about them is others'.
Done each_own(store::Read& db, const store::Scope& scope, const std::function<Done(const store::SchemaTable&, const std::vector<store::SchemaColumn>&, const json&)>& take) {
  const auto& own = scope.actor.text();
  for (const auto& table : schema().tables) {
    if (!table.scoped || table.name == "change") continue;
    const auto columns = readable(table);
    TRY_DONE(store::read_rows(db, scope.library, table, columns, [&](const json& values) -> Done {
      const bool theirs = std::ranges::any_of(values, [&](const json& value) { return value.is_string() && value.get_ref<const std::string&>() == own; });
      return theirs ? take(table, columns, values) : Done{};
    }));
  }
  return {};
}

Result<ordered_json> written_alone(store::Read& db, const store::Scope& scope, const crypto::Key& key) {
  ordered_json all = ordered_json::array();
  TRY(const auto books, guide::workbooks(db, scope));
  for (const auto& book : books) {
    TRY(const auto answers, guide::private_answers(db, scope, key, book.id));
    for (const auto& one : answers)
      all.push_back({{"workbook", book.title}, {"prompt", one.place.prompt}, {"row", one.place.row}, {"changed_on", one.changed_on.text()}, {"words", one.values}});
  }
  return all;
}

}  // namespace

Result<std::vector<OwnKind>> own_kinds(web::Context& context) {
  return context.read([&](store::Read& db) -> Result<std::vector<OwnKind>> {
    std::vector<OwnKind> kinds;
    TRY_DONE(each_own(db, context.scope(), [&](const store::SchemaTable& table, const std::vector<store::SchemaColumn>&, const json&) -> Done {
      if (kinds.empty() || kinds.back().table != table.name) kinds.push_back({table.name, 0, ends_on_leaving(table)});
      ++kinds.back().rows;
      return {};
    }));
    return kinds;
  });
}

Result<std::string> own_file(web::Context& context) {
  TRY(const auto key, context.member_key());
  return context.read([&](store::Read& db) -> Result<std::string> {
    ordered_json records = ordered_json::object();
    TRY_DONE(each_own(db, context.scope(), [&](const store::SchemaTable& table, const std::vector<store::SchemaColumn>& columns, const json& values) -> Done {
      ordered_json row = ordered_json::object();
      for (std::size_t at = 0; at < columns.size(); ++at) row[columns[at].name] = values[at];
      records[table.name].push_back(std::move(row));
      return {};
    }));
    TRY(auto alone, written_alone(db, context.scope(), key));
    const ordered_json whole{{"kedge", "member"}, {"version", 1}, {"library", context.library().name}, {"member", context.who().member.id.text()},
                             {"written_alone", std::move(alone)}, {"records", std::move(records)}};
    return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  });
}

}  // namespace kedge::app
