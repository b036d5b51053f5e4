// A library as one zip: its rows as JSON lines and as tables, its pictures, its workbooks to read, and what all of that is.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/library_file.hpp"
#include "app/wiring.hpp"
#include "archive/zip.hpp"
#include "core/text.hpp"
#include "directory/contact_csv.hpp"
#include "guide/exchange.hpp"
#include "guide/pages/print.hpp"
#include "store/library_rows.hpp"
#include "web/document.hpp"
#include "web/names.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// "2026-09-21T14:15:00Z"
std::string instant(std::int64_t ms) {
  constexpr std::int64_t kDay_s = 86'400;
  const auto second = ((ms / 1000) % kDay_s + kDay_s) % kDay_s;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", Date::at(ms, "UTC").text(), second / 3600, second / 60 % 60, second % 60);
}

std::string roles_in_codes(std::int64_t bits) {
  std::string codes;
  const auto roles = Roles::from_bits(bits);
  for (const auto role : {Role::administrator, Role::lead, Role::staff, Role::intern, Role::board, Role::trainer})
    if (roles.has(role)) codes += (codes.empty() ? "" : " ") + std::string(code_of(role));
  return codes;
}

// As a person reads it in a spreadsheet.
std::string cell_of(const store::SchemaColumn& column, const json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return directory::guarded(value.get<std::string>());
  if (value.is_object()) return value.value("file", std::string());
  if (column.type == "time") return instant(value.get<std::int64_t>());
  if (column.name == "roles") return roles_in_codes(value.get<std::int64_t>());
  return directory::guarded(value.dump());
}

class Leave {
 public:
  Leave(web::House& house, const identity::Library& library, const store::Scope& scope)
      : house_(house), library_(library), scope_(scope), words_(locale::words(library.language)), context_(house, request_, library.language, nobody_of(library), scope) {}

  Result<LibraryFile> run(store::Read& db) {
    files_.clear();
    counts_.clear();
    tables_ = ordered_json::array();
    now_ms_ = db.now_ms();
    for (const auto& one : leaving()) TRY_DONE(table(db, one));
    TRY_DONE(workbooks(db));
    describe();
    files_.insert(files_.begin(), {"manifest.json", manifest()});
    LibraryFile made;
    TRY(made.zip, archive::write_zip(files_, now_ms_));
    made.name = text::slug(library_.name) + "-" + Date::at(now_ms_, library_.time_zone).text() + ".zip";
    made.tables = counts_;
    made.files = static_cast<std::int64_t>(files_.size());
    return made;
  }

 private:
  static identity::SignedIn nobody_of(const identity::Library& library) {
    identity::SignedIn nobody;
    nobody.library = library;
    return nobody;
  }

  Done table(store::Read& db, const Leaving& one) {
    const auto& name = one.table->name;
    const auto data = "data/" + name + ".jsonl";
    const auto sheet = "tables/" + name + ".csv";
    std::string lines;
    std::vector<std::string> headings;
    for (const auto& column : one.columns) headings.push_back(column.name);
    auto rows_as_table = std::string(directory::kByteOrderMark) + directory::csv_row(headings);
    TRY(const auto rows, store::read_rows(db, library_.id, *one.table, one.columns, [&](const json& values) -> Done {
      ordered_json row;
      std::vector<std::string> cells;
      for (std::size_t at = 0; at < one.columns.size(); ++at) {
        const auto value = as_file(name, one.columns, at, values);
        cells.push_back(cell_of(one.columns[at], value));
        row[one.columns[at].name] = value;
      }
      lines += row.dump() + "\n";
      rows_as_table += directory::csv_row(cells);
      return {};
    }));
    files_.push_back({data, std::move(lines)});
    files_.push_back({sheet, std::move(rows_as_table)});
    counts_.push_back({name, rows});
    tables_.push_back({{"table", name}, {"file", data}, {"csv", sheet}, {"rows", rows}, {"columns", headings}, {"comes_back", one.goes == Goes::along}});
    return {};
  }

  // Bytes that somebody gave us become a file of their own, as they came.
  json as_file(const std::string& table, const std::vector<store::SchemaColumn>& columns, std::size_t at, const json& values) {
    if (columns[at].type != "bytes" || values[at].is_null()) return values[at];
    auto raw = crypto::from_base64url(values[at].at("bytes").get<std::string>());
    std::string ending = "bin";
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].name == "kind" && values[i].is_string()) ending = text::slug(values[i].get<std::string>());
    const auto file = fmt::format("files/{}-{}.{}", table, ++pictures_, ending);
    files_.push_back({file, raw ? *std::move(raw) : std::string()});
    return {{"file", file}};
  }

  // Each as a page that stands alone, and as the file that any library can bring in by itself (docs/workbook-format.md).
  Done workbooks(store::Read& db) {
    TRY(const auto books, guide::workbooks(db, scope_));
    std::set<std::string> names;
    for (const auto& book : books) {
      auto name = text::slug(book.title);
      for (int number = 2; !names.insert(name).second; ++number) name = text::slug(book.title) + "-" + std::to_string(number);
      TRY(const auto page, guide::workbook_document(db, context_, book.id, guide::Filling::team));
      files_.push_back({"workbooks/" + name + ".html", documents::standing_alone(web::document_page(context_, page, documents::Print::normal))});
      TRY(auto exchange, guide::export_workbook(db, scope_, book.id, nullptr, web::former_colleague(words_)));
      files_.push_back({"workbooks/" + name + ".json", std::move(exchange)});
    }
    return {};
  }

  void describe() {
    files_.insert(files_.begin(), {"README.txt", readme(words_)});
    if (library_.language != Language::en) files_.insert(files_.begin() + 1, {"README.en.txt", readme(locale::words(Language::en))});
  }

  [[nodiscard]] std::string readme(const locale::Words& words) const {
    const auto paragraph = [&](const std::string& said) { return said + "\n\n"; };
    auto out = paragraph(words.say("library_file.readme.title", locale::arg("library", library_.name)));
    out += paragraph(words.say("library_file.readme.made", locale::arg("day", words.date(Date::at(now_ms_, library_.time_zone))), locale::arg("version", house_.settings.version)));
    for (const std::string_view key : {"library_file.keep", "library_file.private", "library_file.marks", "library_file.doors", "library_file.readme.import"})
      out += paragraph(std::string(words.plain(locale::Message(key))));
    out += paragraph(std::string(words.plain("library_file.readme.files")));
    out += "manifest.json\n    " + std::string(words.plain("library_file.readme.manifest")) + "\n";
    out += "data/*.jsonl\n    " + std::string(words.plain("library_file.readme.data")) + "\n";
    out += "tables/*.csv\n    " + std::string(words.plain("library_file.readme.tables")) + "\n";
    out += "files/*\n    " + std::string(words.plain("library_file.readme.pictures")) + "\n";
    out += "workbooks/*.html, workbooks/*.json\n    " + std::string(words.plain("library_file.readme.workbooks")) + "\n\n";
    for (const auto& count : counts_) out += fmt::format("{} ({})\n    {}\n", count.table, words.number(count.rows), table_words(words, count.table));
    out += "\n" + paragraph(std::string(words.plain("library_file.readme.stays")));
    for (const auto& name : staying()) out += name + "\n    " + table_words(words, name) + "\n";
    return out;
  }

  [[nodiscard]] std::string manifest() const {
    ordered_json files = ordered_json::array();
    for (const auto& file : files_) files.push_back({{"file", file.name}, {"bytes", file.bytes.size()}, {"sha256", archive::sha256_hex(file.bytes)}});
    const ordered_json whole{{"kedge", "library"},
                             {"version", kLibraryFormat},
                             {"program", house_.settings.version},
                             {"made", instant(now_ms_)},
                             {"library", {{"id", library_.id.text()}, {"name", library_.name}, {"language", code(library_.language)}}},
                             {"migrations", store::level_of(migrations())},
                             {"tables", tables_},
                             {"stays", staying()},
                             {"files", files}};
    return whole.dump(2) + "\n";
  }

  web::House& house_;
  const identity::Library& library_;
  const store::Scope& scope_;
  const locale::Words& words_;
  const web::Request request_{};
  web::Context context_;  // nobody's: what a page says to its reader alone is not said
  std::vector<archive::File> files_;
  std::vector<TableCount> counts_;
  ordered_json tables_;
  std::int64_t now_ms_ = 0;
  int pictures_ = 0;
};

}  // namespace

Result<LibraryFile> export_library(web::House& house, const identity::Library& library, const store::Scope& by) {
  const auto scope = console_scope(library.id);
  Leave leave(house, library, scope);
  TRY(auto made, house.db.read(scope, [&](store::Read& db) { return leave.run(db); }));
  TRY_DONE(house.db.write(by, [&](store::Tx& tx) { return tx.record("library", library.id, {"export"}); }));
  return made;
}

}  // namespace kedge::app
