#include "sqlite_session.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "engine.hpp"
#include "sql.hpp"

namespace kedge::store {
namespace {

int wanted_type(Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::boolean: return SQLITE_INTEGER;
    case Kind::real: return SQLITE_FLOAT;
    case Kind::text: return SQLITE_TEXT;
    case Kind::bytes: return SQLITE_BLOB;
  }
  return SQLITE_NULL;
}

// SQLite turns any type into any other without a word; here the first column that is not what the query says is noted.
class SqliteColumns final : public Columns {
 public:
  explicit SqliteColumns(sqlite3_stmt* handle) : handle_(handle) {}

  [[nodiscard]] bool null(int at) const override { return sqlite3_column_type(handle_, at) == SQLITE_NULL; }
  [[nodiscard]] std::int64_t integer(int at) const override { return is(at, Kind::integer) ? sqlite3_column_int64(handle_, at) : 0; }
  [[nodiscard]] double real(int at) const override { return is(at, Kind::real) ? sqlite3_column_double(handle_, at) : 0; }
  [[nodiscard]] bool boolean(int at) const override { return is(at, Kind::boolean) && sqlite3_column_int64(handle_, at) != 0; }
  [[nodiscard]] std::string_view text(int at) const override {
    if (!is(at, Kind::text)) return {};
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, at));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, at))};
  }
  [[nodiscard]] std::string_view bytes(int at) const override {
    if (!is(at, Kind::bytes)) return {};
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, at));
    return {data == nullptr ? "" : data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, at))};
  }
  [[nodiscard]] int broken() const { return broken_; }

 private:
  bool is(int at, Kind kind) const {
    const bool right = sqlite3_column_type(handle_, at) == wanted_type(kind) &&
                       (kind != Kind::boolean || (sqlite3_column_int64(handle_, at) | 1) == 1);
    if (!right && broken_ < 0) broken_ = at;
    return right;
  }
  sqlite3_stmt* handle_;
  mutable int broken_ = -1;
};

struct Binder {
  sqlite3_stmt* handle;
  int at;
  int operator()(Null /*value*/) const { return sqlite3_bind_null(handle, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(handle, at, value); }
  int operator()(double value) const { return sqlite3_bind_double(handle, at, value); }
  int operator()(bool value) const { return sqlite3_bind_int64(handle, at, value ? 1 : 0); }
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(handle, at, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(BytesView value) const {
    if (value.raw.empty()) return sqlite3_bind_zeroblob(handle, at, 0);  // a null pointer would bind NULL
    return sqlite3_bind_blob64(handle, at, value.raw.data(), value.raw.size(), SQLITE_STATIC);
  }
};

bool fits(Kind kind, std::string_view declared) {
  switch (kind) {
    case Kind::integer:
    case Kind::boolean: return declared == "INTEGER";
    case Kind::real: return declared == "REAL";
    case Kind::text: return declared == "TEXT";
    case Kind::bytes: return declared == "BLOB";
  }
  return false;
}

}  // namespace

Error sqlite_error(sqlite3* db, int code, std::string_view what) {
  // messages of constraints and syntax name tables and columns, never values
  const auto detail = fmt::format("{}: {} ({})", what, sqlite3_errmsg(db), code);
  const auto error = [&](Fault fault, std::string key) { return Error{fault, std::move(key), detail, {}, {}}; };
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return error(Fault::conflict, "store.duplicate");
    case SQLITE_CONSTRAINT_FOREIGNKEY: return error(Fault::conflict, "store.referenced");
    default: break;
  }
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return error(Fault::invalid, "store.refused");
    case SQLITE_TOOBIG: return error(Fault::too_large, "store.too_large");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return error(Fault::busy, "store.busy");
    case SQLITE_INTERRUPT: return error(Fault::timeout, "store.timeout");
    case SQLITE_READONLY: return error(Fault::internal, "store.read_only");
    case SQLITE_FULL: return error(Fault::unavailable, "store.disk_full");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return error(Fault::unavailable, "store.unavailable");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return error(Fault::unavailable, "store.not_a_database");
    default: return error(Fault::internal, "store.failed");
  }
}

namespace {

using FileId = std::pair<std::uint64_t, std::uint64_t>;

FileId id_of_file(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 ? FileId{found.st_dev, found.st_ino} : FileId{};
}

// How many sessions of this process have each file open.
struct OpenFiles {
  std::mutex mutex;
  std::map<FileId, int> sessions;
};
OpenFiles& open_files() {
  static OpenFiles files;
  return files;
}

}  // namespace

bool SqliteSession::is_open_here(const std::string& path) {
  auto& files = open_files();
  const std::lock_guard lock(files.mutex);
  return files.sessions.contains(id_of_file(path));
}

SqliteSession::SqliteSession(sqlite3* db, const std::string& path, std::chrono::milliseconds timeout)
    : db_(db), file_(id_of_file(path)), timeout_(timeout) {
  auto& files = open_files();
  const std::lock_guard lock(files.mutex);
  ++files.sessions[file_];
}

Result<std::unique_ptr<SqliteSession>> SqliteSession::open(const std::string& path, Mode mode, std::chrono::milliseconds statement_timeout) {
  if (mode == Mode::write) {  // made here, because SQLite would make it readable by others; its logs follow the file's mode
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST) return fail(Fault::unavailable, "store.unavailable", "the database file can't be made");
    if (file >= 0) ::close(file);
  }
  sqlite3* db = nullptr;
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  if (const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr); code != SQLITE_OK) {
    auto error = sqlite_error(db, code, "open");
    sqlite3_close(db);
    return fail(std::move(error));
  }
  std::unique_ptr<SqliteSession> session(new SqliteSession(db, path, statement_timeout));
  sqlite3_busy_timeout(db, static_cast<int>(statement_timeout.count()));
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_progress_handler(db, 1000, [](void* self) {
    return std::chrono::steady_clock::now() > static_cast<SqliteSession*>(self)->deadline_ ? 1 : 0;
  }, session.get());
  TRY_DONE(session->execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY"));
  if (mode == Mode::write) TRY_DONE(session->execute("PRAGMA synchronous = FULL"));
  return session;
}

SqliteSession::~SqliteSession() {
  for (auto& [statement, kept] : kept_) sqlite3_finalize(kept.handle);
  sqlite3_finalize(begin_);
  sqlite3_finalize(rollback_);
  sqlite3_close(db_);
  auto& files = open_files();
  const std::lock_guard lock(files.mutex);
  if (--files.sessions[file_] == 0) files.sessions.erase(file_);
}

void SqliteSession::begin_work() {
  failure_.reset();
  touched_ = false;
}

bool SqliteSession::owes_a_reference() const {
  int open = 0;
  int highest = 0;
  sqlite3_db_status(db_, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0);
  return open != 0;
}

Error SqliteSession::fault(const Statement& statement) const { return sqlite_error(db_, sqlite3_extended_errcode(db_), statement.name); }

Done SqliteSession::execute(const std::string& sql) {
  if (const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) return fail(sqlite_error(db_, code, "execute"));
  return {};
}

Done SqliteSession::step_kept(sqlite3_stmt*& handle, const char* sql) {
  if (handle == nullptr && sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
    return fail(sqlite_error(db_, sqlite3_extended_errcode(db_), sql));
  const int code = sqlite3_step(handle);
  sqlite3_reset(handle);
  if (code != SQLITE_DONE) return fail(sqlite_error(db_, code, sql));
  return {};
}

Result<sqlite3_stmt*> SqliteSession::compile(const Statement& statement) {
  TRY(const auto text, query_text(Engine::sqlite, statement));
  sqlite3_stmt* handle = nullptr;
  const unsigned flags = statement.listed ? SQLITE_PREPARE_PERSISTENT : 0;
  if (sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()), flags, &handle, nullptr) != SQLITE_OK) return fail(fault(statement));
  const auto width = statement.columns.size();
  if (width > 0 && static_cast<std::size_t>(sqlite3_column_count(handle)) != width) {
    const auto found = sqlite3_column_count(handle);
    sqlite3_finalize(handle);
    return fail(Fault::internal, "store.wrong_query", fmt::format("{}: {} columns in the text, {} in its type", statement.name, found, width));
  }
  return handle;
}

Done SqliteSession::prepare(const Statement& statement) {
  TRY(auto* handle, compile(statement));
  std::string wrong;
  for (std::size_t i = 0; i < statement.columns.size(); ++i) {
    const char* declared = sqlite3_column_decltype(handle, static_cast<int>(i));  // null for an expression
    if (declared != nullptr && !fits(statement.columns[i], declared)) wrong = fmt::format("{}: column {} is {}", statement.name, i + 1, declared);
  }
  sqlite3_finalize(handle);
  if (!wrong.empty()) return fail(Fault::internal, "store.wrong_query", wrong);
  return {};
}

Result<std::int64_t> SqliteSession::run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) {
  if (failure_) return fail(*failure_);
  auto checked = check_values(statement, values);
  if (!checked) return fail(std::move(checked).error());
  auto* kept = statement.listed ? &kept_[statement.number] : nullptr;  // references stay valid when the map grows
  const bool once = kept == nullptr || kept->in_use;             // a query inside its own rows
  sqlite3_stmt* handle = once ? nullptr : kept->handle;
  if (handle == nullptr) {
    auto compiled = compile(statement);
    if (!compiled) {
      failure_ = compiled.error();
      return fail(*failure_);
    }
    handle = *compiled;
    if (!once) kept->handle = handle;
  }
  if (!once) kept->in_use = true;
  auto result = step_all(statement, handle, values, on_row);
  if (once) {
    sqlite3_finalize(handle);
  } else {
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    kept->in_use = false;
  }
  return result;
}

Result<std::int64_t> SqliteSession::step_all(const Statement& statement, sqlite3_stmt* handle, std::span<const Value> values, const OnRow& on_row) {
  const auto outer = deadline_;
  const auto failed = [&](Error error) {
    deadline_ = outer;
    failure_ = std::move(error);
    return tl::unexpected<Error>(*failure_);
  };
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::visit(Binder{handle, static_cast<int>(i) + 1}, values[i]) != SQLITE_OK) return failed(fault(statement));
  if (!statement.row_wise) deadline_ = std::chrono::steady_clock::now() + timeout_;
  std::int64_t rows = 0;
  const SqliteColumns columns(handle);
  int code = SQLITE_OK;
  while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
    ++rows;
    auto taken = on_row(columns);
    if (columns.broken() >= 0)
      return failed({Fault::internal, "store.wrong_type", fmt::format("{}: column {} has another type or is null", statement.name, columns.broken() + 1), {}, {}});
    if (!taken) {
      deadline_ = outer;
      return fail(std::move(taken).error());
    }
  }
  if (code != SQLITE_DONE) return failed(fault(statement));
  deadline_ = outer;
  if (&statement == &kTouch) touched_ = true;
  return sqlite3_stmt_readonly(handle) != 0 ? rows : sqlite3_changes64(db_);
}

}  // namespace kedge::store
