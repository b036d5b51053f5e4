// A library from its zip: read whole, held against itself, written under new ids in one transaction.
#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/library_file.hpp"
#include "app/wiring.hpp"
#include "archive/zip.hpp"
#include "core/text.hpp"
#include "directory/directory.hpp"
#include "guide/checklist.hpp"
#include "guide/thread.hpp"
#include "guide/workbook.hpp"
#include "identity/members.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "store/foresight.hpp"
#include "store/library_rows.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

constexpr std::size_t kIdLength = 36;
constexpr std::size_t kLongestName = 120;  // characters, as identity::Library has it

// Where in the file something is wrong.
struct Place {
  std::string file;
  std::size_t line = 0;  // from 1; 0: the whole file
  std::string column = {};
};
tl::unexpected<Error> wrong(std::string key, const Place& place) {
  Error error{Fault::invalid, std::move(key), {}, {}, {{"file", place.file}}};
  if (place.line > 0) error.arguments.emplace_back("line", std::to_string(place.line));
  if (!place.column.empty()) error.arguments.emplace_back("column", place.column);
  return fail(std::move(error));
}

// ---- new ids for old ones

// Every id of the file gets another. One that tells when it was made goes on telling it, so that what is sorted by ids stands in
// the same order; one that tells nothing tells nothing.
class NewIds {
 public:
  void know(const std::string& value) {
    if (Id::parse(value)) known_.emplace(value, std::string());
  }
  void settle() {
    for (auto first = known_.begin(); first != known_.end();) {
      if (first->first[14] != '7') {
        first->second = Id::random().text();
        ++first;
        continue;
      }
      constexpr std::size_t kMoment = 18;  // "xxxxxxxx-xxxx-7xxx"
      const auto moment = first->first.substr(0, kMoment);
      auto end = first;
      std::vector<std::string> fresh;
      for (; end != known_.end() && end->first.starts_with(moment); ++end) fresh.push_back(moment + Id::random().text().substr(kMoment));
      std::ranges::sort(fresh);
      for (auto& one : fresh) (first++)->second = std::move(one);
    }
  }
  [[nodiscard]] std::string of(const std::string& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? std::string() : found->second;
  }
  // Ids that stand inside of a text: an address, a list of them, the fields of an answer.
  [[nodiscard]] std::string in(std::string text) const {
    for (std::size_t at = 0; at + kIdLength <= text.size(); ++at) {
      if (text[at + 8] != '-' || text[at + 13] != '-') continue;
      const auto found = known_.find(text.substr(at, kIdLength));
      if (found == known_.end()) continue;
      text.replace(at, kIdLength, found->second);
      at += kIdLength - 1;
    }
    return text;
  }

 private:
  std::map<std::string, std::string, std::less<>> known_;  // sorted, as settle() needs it
};

// ---- the file, read and held against itself

struct Table {
  const Leaving* how = nullptr;
  std::string file;
  std::vector<store::SchemaColumn> columns;
  std::vector<json> rows;  // arrays, in the order of the columns
};

class Parcel {
 public:
  Done read(std::string_view zip) {
    TRY(auto files, archive::read_zip(zip));
    for (auto& file : files) files_.emplace(std::move(file.name), std::move(file.bytes));
    TRY_DONE(read_manifest());
    TRY_DONE(check_sums());
    TRY_DONE(each_table([&](const json& said) { return read_table(said); }));
    if (library_rows() != 1) return wrong("library_file.libraries", {"data/library.jsonl"});
    return check_references();
  }

  std::vector<Table> tables;
  std::string library;  // its id in the file

 private:
  [[nodiscard]] std::size_t library_rows() const {
    for (const auto& table : tables)
      if (table.how->table->name == "library") return table.rows.size();
    return 0;
  }

  Done read_manifest() {
    const auto found = files_.find("manifest.json");
    if (found == files_.end()) return fail(Fault::invalid, "library_file.not_ours");
    manifest_ = json::parse(found->second, nullptr, false);
    if (!manifest_.is_object() || manifest_.value("kedge", json()) != "library") return fail(Fault::invalid, "library_file.not_ours");
    const auto version = manifest_.value("version", json());
    if (!version.is_number_integer() || version < 1) return fail(Fault::invalid, "library_file.not_ours");
    if (version > kLibraryFormat) return fail(Fault::newer_version, "library_file.newer");
    const auto level = store::require_known_level(migrations(), manifest_.value("migrations", json()));
    if (!level && level.error().fault == Fault::newer_version) return fail(Fault::newer_version, "library_file.newer", level.error().detail);
    const auto said = manifest_.value("library", json());
    if (!level || !said.is_object() || !said.value("id", json()).is_string() || !Id::parse(said["id"].get<std::string>())) return wrong("library_file.manifest", {"manifest.json"});
    library = said["id"].get<std::string>();
    return {};
  }

  // Every file that is named is there as it was written, and there is no other.
  Done check_sums() {
    const auto said = manifest_.value("files", json());
    if (!said.is_array()) return wrong("library_file.manifest", {"manifest.json"});
    std::set<std::string> named{"manifest.json"};
    for (const auto& one : said) {
      if (!one.is_object() || !one.value("file", json()).is_string() || !one.value("sha256", json()).is_string()) return wrong("library_file.manifest", {"manifest.json"});
      const auto name = one["file"].get<std::string>();
      const auto found = files_.find(name);
      if (found == files_.end()) return wrong("library_file.missing", {shown(name)});
      if (archive::sha256_hex(found->second) != one["sha256"].get<std::string>()) return wrong("library_file.altered", {shown(name)});
      named.insert(name);
    }
    for (const auto& [name, bytes] : files_)
      if (!named.contains(name)) return wrong("library_file.unknown", {shown(name)});
    return {};
  }

  static std::string shown(const std::string& name) { return text::shorten(text::clean_line(name), 120); }

  template <class F>
  Done each_table(F&& work) {
    const auto said = manifest_.value("tables", json());
    if (!said.is_array()) return wrong("library_file.manifest", {"manifest.json"});
    std::map<std::string, json> by_name;
    for (const auto& one : said) {
      if (!one.is_object() || !one.value("table", json()).is_string() || !one.value("file", json()).is_string() || !one.value("rows", json()).is_number_integer())
        return wrong("library_file.manifest", {"manifest.json"});
      const auto name = one["table"].get<std::string>();
      const auto known = std::ranges::find(leaving(), name, [](const Leaving& leaving) { return leaving.table->name; });
      if (known == leaving().end() || !by_name.emplace(name, one).second) return wrong("library_file.manifest", {"manifest.json"});
    }
    // in the order in which they can be filled, whatever the file's; what an older version did not have yet is empty
    for (const auto& one : leaving())
      if (const auto found = by_name.find(one.table->name); one.goes == Goes::along && found != by_name.end()) TRY_DONE(work(found->second));
    return {};
  }

  Done read_table(const json& said) {
    Table table;
    table.how = &*std::ranges::find(leaving(), said["table"].get<std::string>(), [](const Leaving& one) { return one.table->name; });
    table.file = said["file"].get<std::string>();
    const auto found = files_.find(table.file);
    if (found == files_.end()) return wrong("library_file.missing", {shown(table.file)});
    std::string_view text(found->second);
    for (std::size_t line = 1; !text.empty(); ++line) {
      const auto end = text.find('\n');
      if (end == std::string_view::npos) return wrong("library_file.cut", {table.file, line});
      TRY_DONE(read_row(text.substr(0, end), {table.file, line}, table));
      text.remove_prefix(end + 1);
    }
    if (said["rows"] != table.rows.size()) return wrong("library_file.count", {table.file});
    tables.push_back(std::move(table));
    return {};
  }

  Done read_row(std::string_view line, Place place, Table& table) {
    const auto row = json::parse(line, nullptr, false);
    if (!row.is_object()) return wrong("library_file.line", place);
    if (table.rows.empty()) {  // an older version had fewer columns, and the same in every row
      for (const auto& column : table.how->columns)
        if (row.contains(column.name)) table.columns.push_back(column);
    }
    if (row.size() != table.columns.size()) return wrong("library_file.columns", place);
    json values = json::array();
    for (const auto& column : table.columns) {
      place.column = column.name;
      if (!row.contains(column.name)) return wrong("library_file.columns", place);
      TRY(auto value, value_in(row[column.name], column, place));
      values.push_back(std::move(value));
    }
    if (!row.contains("library_id") || row["library_id"] != library) return wrong("library_file.foreign", {place.file, place.line});
    if (row.contains("id")) ids_[table.how->table->name].insert(row["id"].dump());
    table.rows.push_back(std::move(values));
    return {};
  }

  [[nodiscard]] Result<json> value_in(const json& value, const store::SchemaColumn& column, const Place& place) const {
    if (column.type == "bytes" && value.is_object()) {
      const auto found = value.value("file", json()).is_string() ? files_.find(value["file"].get<std::string>()) : files_.end();
      if (found == files_.end()) return wrong("library_file.value", place);
      return json{{"bytes", crypto::to_base64url(found->second)}};
    }
    const bool id = column.type != "id" || value.is_null() || (value.is_string() && Id::parse(value.get<std::string>()));
    const bool date = column.type != "date" || value.is_null() || (value.is_string() && Date::parse(value.get<std::string>()));
    if (!id || !date || !store::fits(value, column)) return wrong("library_file.value", place);
    if (value.is_string() && value.get<std::string>().find('\0') != std::string::npos) return wrong("library_file.value", place);
    return value;
  }

  // What a row names by a reference of its table is in the file. All of them name an id.
  Done check_references() const {
    for (const auto& table : tables) {
      for (const auto& reference : table.how->table->references) {
        const auto there = ids_.find(reference.table);
        const auto column = std::ranges::find(table.columns, reference.columns.back(), &store::SchemaColumn::name);
        if (column == table.columns.end()) continue;
        const auto at = static_cast<std::size_t>(column - table.columns.begin());
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
          const auto& value = table.rows[row][at];
          if (!value.is_null() && (there == ids_.end() || !there->second.contains(value.dump()))) return wrong("library_file.reference", {table.file, row + 1, column->name});
        }
      }
    }
    return {};
  }

  std::map<std::string, std::string> files_;
  json manifest_;
  std::map<std::string, std::set<std::string>, std::less<>> ids_;  // of each table
};

// ---- the rows as they come in

class Arrival {
 public:
  Arrival(Parcel parcel, std::string_view name) : parcel_(std::move(parcel)) {
    give_new_ids();
    for (auto& table : parcel_.tables) settle(table, name);
  }

  [[nodiscard]] const Id& library() const { return library_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  // `writing`: the file whose rows are being written, empty before and after. An engine's own refusal ends the transaction whatever
  // is made of it within.
  Result<ImportedLibrary> write(store::Tx& tx, Import how, std::string& writing) const {
    const auto& scope = tx.scope();
    ImportedLibrary made{library_, name_, {}, {}, ended_lists_};
    for (const auto& table : parcel_.tables) {
      writing = table.file;
      TRY_DONE(store::write_rows(tx, *table.how->table, table.columns, table.rows));
      TRY(const auto rows, store::count_rows(tx, library_, *table.how->table));
      made.tables.push_back({table.how->table->name, rows});
    }
    writing.clear();
    if (const auto done = read_back(tx, scope); !done) return fail(Error{Fault::invalid, "library_file.unreadable", done.error().key + " " + done.error().detail});
    TRY_DONE(tx.record("library", library_, {"import"}));
    TRY_DONE(tx.touch("library"));
    if (how == Import::rehearsed) return made;
    TRY(const auto members, identity::members(tx, scope));
    for (const auto& member : members) {
      if (!member.roles.has(Role::administrator)) continue;
      TRY(auto token, identity::make_reset_link(tx, scope, member.id));
      made.doors.push_back({member.id, member.name, std::move(token)});
    }
    return made;
  }

 private:
  void give_new_ids() {
    ids_.know(parcel_.library);
    for (const auto& table : parcel_.tables)
      for (const auto& row : table.rows)
        for (const auto& value : row)
          if (value.is_string()) ids_.know(value.get<std::string>());
    ids_.settle();
    library_ = *Id::parse(ids_.of(parcel_.library));
  }

  void settle(Table& table, std::string_view name) {
    const auto& of = table.how->table->name;
    for (auto& row : table.rows) {
      for (std::size_t at = 0; at < row.size(); ++at) {
        auto& value = row[at];
        if (value.is_string()) value = ids_.in(value.get<std::string>());
        if (of == "library" && table.columns[at].name == "name") {
          if (!name.empty()) value = std::string(name);
          name_ = value.is_string() ? value.get<std::string>() : std::string();
        }
        // nobody can be entered here without a password, and nobody but its own people may erase it
        if (of == "library" && table.columns[at].name == "example") value = false;
        // marks lie in a box that stayed behind
        if (of == "checklist" && table.columns[at].name == "state" && value == code_of(guide::ListState::open)) {
          value = code_of(guide::ListState::without_result);
          ++ended_lists_;
        }
      }
    }
  }

  // That it reads as a library: a word that no version of ours writes would be an error of every page later.
  static Done read_back(store::Tx& tx, const store::Scope& scope) {
    TRY(const auto library, identity::library(tx, scope));
    TRY_DONE(identity::branches(tx, scope));
    TRY_DONE(identity::everybody(tx, scope));
    TRY_DONE(lineage::findings(tx, scope));
    TRY_DONE(directory::organizations(tx, scope));
    TRY_DONE(directory::contacts(tx, scope));
    TRY_DONE(plan::actions(tx, scope, Date::at(tx.now_ms(), library.time_zone)));
    TRY_DONE(guide::guides(tx, scope));
    TRY(const auto books, guide::workbooks(tx, scope));
    for (const auto& book : books) {
      TRY_DONE(guide::answers(tx, scope, book.id));
      TRY_DONE(guide::closed_lists(tx, scope, book));
    }
    return {};
  }

  Parcel parcel_;
  NewIds ids_;
  Id library_;
  std::string name_;
  std::int64_t ended_lists_ = 0;
};

}  // namespace

Result<ImportedLibrary> import_library(store::Database& db, std::string_view zip, std::string_view name, Import how) {
  Parcel parcel;
  TRY_DONE(parcel.read(zip));
  const Arrival arrival(std::move(parcel), text::clean_line(name));
  if (arrival.name().empty() || text::length(arrival.name()) > kLongestName) return fail(Fault::invalid, "library_file.name");
  TRY(const auto all, db.read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); }));
  const auto same = [&](const identity::Library& library) { return text::fold(library.name) == text::fold(arrival.name()); };
  if (std::ranges::any_of(all, same)) return fail(Error{Fault::conflict, "app.library.there", {}, {}, {{"name", arrival.name()}}});
  const auto scope = console_scope(arrival.library());
  ImportedLibrary made;
  std::string writing;
  const auto work = [&](store::Tx& tx) -> Done {
    TRY(made, arrival.write(tx, how, writing));
    return {};
  };
  const auto done = how == Import::kept ? db.write(scope, work) : store::rehearse(db, scope, work);
  if (done) return made;
  const auto& error = done.error();
  if (writing.empty() || (error.fault != Fault::conflict && error.fault != Fault::invalid && error.fault != Fault::internal)) return fail(error);
  return fail(Error{Fault::invalid, "library_file.refused", error.key + " " + error.detail, {}, {{"file", writing}}});
}

}  // namespace kedge::app
