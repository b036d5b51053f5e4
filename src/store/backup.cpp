#include "store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "rows.hpp"
#include "sql.hpp"

namespace kedge::store {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

Schema schema_of(std::span<const Migration> migrations) {
  Schema schema;
  for (const auto& migration : with_own(migrations)) read_migration(schema, migration.text);
  return schema;
}

class Checksum {
 public:
  Checksum() { crypto_generichash_init(&state_, nullptr, 0, 32); }
  void add(std::string_view text) { crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size()); }
  std::string hex() {
    std::string out(32, '\0');
    crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(out.data()), out.size());
    return crypto::to_hex(out);
  }

 private:
  crypto_generichash_state state_{};
};

// --- writing

class Writer {
 public:
  explicit Writer(std::FILE* file) : file_(file) {}
  bool line(const json& value) {
    auto text = value.dump();
    text += '\n';
    sum_.add(text);
    return std::fwrite(text.data(), 1, text.size(), file_) == text.size();
  }
  bool end(const BackupSummary& summary) {
    const auto hex = sum_.hex();
    const auto text = json{{"end", {{"tables", summary.tables}, {"rows", summary.rows}, {"blake2b", hex}}}}.dump() + "\n";
    return std::fwrite(text.data(), 1, text.size(), file_) == text.size() && std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  }

 private:
  std::FILE* file_;
  Checksum sum_;
};

tl::unexpected<Error> not_written() { return fail(Fault::unavailable, "store.backup_not_written"); }

Done write_table(Session& session, const SchemaTable& table, Writer& out, BackupSummary& summary) {
  json names = json::array();
  for (const auto& column : table.columns) names.push_back(column.name);
  if (!out.line({{"table", table.name}, {"columns", names}})) return not_written();
  const auto kinds = kinds_of(table.columns);
  // by every column: the order in which rows arrived must not show, and both engines give the same file
  std::string order;
  for (const auto& column : table.columns) order += (order.empty() ? "" : ", ") + column.name + " NULLS FIRST";
  const auto sql = fmt::format("SELECT {} FROM {} ORDER BY {}", names_of(table.columns), table.name, order);
  Statement statement(Statement::Passing{}, "store.backup", sql, {}, kinds);
  statement.row_wise = true;
  TRY(const auto rows, session.run(statement, {}, [&](const Columns& row) -> Done {
    json values = json::array();
    for (std::size_t at = 0; at < kinds.size(); ++at) values.push_back(value_of(row, static_cast<int>(at), kinds[at]));
    return out.line(values) ? Done{} : Done(not_written());
  }));
  summary.rows += rows;
  ++summary.tables;
  return {};
}

Done write_all(Read& db, std::span<const Migration> migrations, Writer& out, BackupSummary& summary) {
  json header{{"kedge_backup", kFormat}, {"made_ms", db.now_ms()}, {"migrations", json::array()}};
  for (const auto& migration : with_own(migrations))
    header["migrations"].push_back({{"module", migration.module}, {"number", migration.number}, {"hash", migration_hash(migration)}});
  if (!out.line(header)) return not_written();
  const auto schema = schema_of(migrations);
  for (const auto& table : schema.tables)
    if (table.backed_up) TRY_DONE(write_table(RawSession::of(db), table, out, summary));
  return out.end(summary) ? Done{} : Done(not_written());
}

// --- reading

tl::unexpected<Error> broken(std::int64_t line, std::string_view what = "") {
  return fail(Fault::invalid, "store.backup_broken", fmt::format("line {} {}", line, what));
}

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(path, std::ios::binary) {}
  // The next line as JSON. Errors: backup_broken, also at the end of the file.
  Result<json> next() {
    std::string text;
    ++line_;
    if (!std::getline(file_, text)) return broken(line_, "the file ends");
    auto value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return broken(line_);
    before_ = sum_;
    sum_.add(text);
    sum_.add("\n");
    return value;
  }
  // Of everything before the last line that was read.
  std::string sum_before() { return before_.hex(); }
  [[nodiscard]] std::int64_t line() const { return line_; }

 private:
  std::ifstream file_;
  Checksum sum_;
  Checksum before_;
  std::int64_t line_ = 0;
};

class Loader {
 public:
  Loader(Session& session, const Schema& schema, Reader& reader) : session_(session), schema_(schema), reader_(reader) {}

  Result<BackupSummary> run() {
    std::set<std::string> seen;
    const SchemaTable* table = nullptr;
    while (true) {
      TRY(const auto value, reader_.next());
      if (value.is_array()) {
        if (table == nullptr) return broken(reader_.line());
        TRY_DONE(row(*table, value));
        continue;
      }
      if (table != nullptr) TRY_DONE(finish(*table));
      if (value.contains("end")) {
        TRY_DONE(check_end(value["end"]));
        return summary_;
      }
      TRY(table, open(value, seen));
    }
  }

 private:
  Result<const SchemaTable*> open(const json& value, std::set<std::string>& seen) {
    if (!value.contains("table") || !value["table"].is_string()) return broken(reader_.line());
    const auto* table = schema_.find(value["table"].get<std::string>());
    if (table == nullptr || !table->backed_up || !seen.insert(table->name).second) return broken(reader_.line(), "an unknown table");
    json names = json::array();
    for (const auto& column : table->columns) names.push_back(column.name);
    if (value["columns"] != names) return broken(reader_.line(), "other columns");
    ++summary_.tables;
    own_ = own_reference(*table, table->columns);
    return table;
  }

  Done row(const SchemaTable& table, const json& value) {
    if (value.size() != table.columns.size()) return broken(reader_.line());
    Held held;
    for (std::size_t at = 0; at < value.size(); ++at)
      if (!take_value(value[at], kind_of(table.columns[at]), held)) return broken(reader_.line(), "a value of another type");
    ++summary_.rows;
    waiting_.push_back(value);
    // a table that refers to itself is sorted at its end: parents first
    if (own_.empty() && waiting_.size() >= most_rows(table.columns)) return insert_rows(session_, table, table.columns, waiting_);
    return {};
  }

  Done finish(const SchemaTable& table) {
    if (!own_.empty()) sort_parents_first(own_, table.columns, waiting_);
    while (!waiting_.empty()) TRY_DONE(insert_rows(session_, table, table.columns, waiting_));
    return {};
  }

  Done check_end(const json& end) {
    if (end.value("blake2b", "") != reader_.sum_before() || end.value("rows", std::int64_t{-1}) != summary_.rows || end.value("tables", std::int64_t{-1}) != summary_.tables)
      return broken(reader_.line(), "the checksum does not fit");
    return {};
  }

  Session& session_;
  const Schema& schema_;
  Reader& reader_;
  BackupSummary summary_;
  std::vector<std::size_t> own_;  // the columns of a reference to the table itself
  std::vector<json> waiting_;
};

// Those of our migrations that the backup had; newer_version when it had one that we do not know.
Result<std::vector<Migration>> migrations_of(const json& header, std::span<const Migration> migrations) {
  if (!header.is_object() || !header.contains("kedge_backup") || !header.contains("migrations") || !header["migrations"].is_array()) return broken(1, "not a backup");
  if (header["kedge_backup"] != kFormat) return fail(Fault::newer_version, "store.newer_version", "backup format");
  std::vector<RecordedMigration> recorded;
  for (const auto& entry : header["migrations"]) {
    if (!entry.is_object()) return broken(1);
    recorded.push_back({entry.value("module", ""), entry.value("number", std::int64_t{0}), entry.value("hash", "")});
  }
  TRY(const auto missing, missing_migrations(migrations, recorded));
  std::vector<Migration> had;
  for (const auto& migration : with_own(migrations))
    if (std::none_of(missing.begin(), missing.end(), [&](const Migration& m) { return m.module == migration.module && m.number == migration.number; }))
      had.push_back(migration);
  return had;
}

Done must_be_empty(Session& session, const Schema& schema) {
  for (const auto& table : schema.tables) {
    if (!table.backed_up) continue;
    const auto sql = fmt::format("SELECT COUNT(*) FROM {}", table.name);
    const Statement statement(Statement::Passing{}, "store.empty", sql, {}, {Kind::integer});
    std::int64_t rows = 0;
    TRY_DONE(session.run(statement, {}, [&](const Columns& row) -> Done {
      rows = row.integer(0);
      return {};
    }));
    if (rows > 0) return fail(Fault::conflict, "store.not_empty", table.name);
  }
  return {};
}

}  // namespace

Result<BackupSummary> backup(Database& database, std::span<const Migration> migrations, const std::filesystem::path& file) {
  auto part = file;
  part += ".part";
  const int handle = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (handle < 0) return not_written();
  std::FILE* stream = ::fdopen(handle, "wb");
  BackupSummary summary;
  auto done = database.read(InstallationScope{}, [&](Read& db) -> Done {
    summary = {};
    if (std::fseek(stream, 0, SEEK_SET) != 0 || ::ftruncate(handle, 0) != 0) return not_written();
    Writer out(stream);
    return write_all(db, migrations, out, summary);
  });
  if (std::fclose(stream) != 0 && done) done = not_written();
  std::error_code wrong;
  if (done) std::filesystem::rename(part, file, wrong);
  if (done && wrong) done = not_written();
  if (!done) {
    std::filesystem::remove(part, wrong);
    return fail(std::move(done).error());
  }
  return summary;
}

Result<BackupSummary> restore(Database& database, std::span<const Migration> migrations, const std::filesystem::path& file) {
  TRY(const auto header, Reader(file).next());
  TRY(const auto had, migrations_of(header, migrations));
  if (had.size() < with_own(migrations).size()) {
    const auto at_that_version = database.migrate(had);
    if (!at_that_version && at_that_version.error().fault == Fault::newer_version) return fail(Fault::conflict, "store.backup_older");
    TRY_DONE(at_that_version);
  } else {
    TRY_DONE(database.migrate(migrations));
  }
  const auto schema = schema_of(had);
  TRY(const auto summary, database.write(InstallationScope{}, [&](Tx& tx) -> Result<BackupSummary> {
    Reader reader(file);
    TRY_DONE(reader.next());
    auto& session = RawSession::of(tx);
    TRY_DONE(must_be_empty(session, schema));
    return Loader(session, schema, reader).run();
  }));
  TRY_DONE(database.migrate(migrations));
  return summary;
}

}  // namespace kedge::store
