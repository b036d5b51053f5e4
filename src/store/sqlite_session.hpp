// store: one connection to a SQLite file. Not for other modules.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <sqlite3.h>

#include "store/database.hpp"

namespace kedge::store {

class SqliteSession final : public Session {
 public:
  enum class Mode : std::uint8_t { read, write };
  static Result<std::unique_ptr<SqliteSession>> open(const std::string& path, Mode mode, std::chrono::milliseconds statement_timeout);
  ~SqliteSession() override;
  // Whether a session of this process has the file open. Then nobody here may open and close it by other means: POSIX drops
  // all locks of a process with any close of the file, and the next process to finish would take SQLite's log away.
  [[nodiscard]] static bool is_open_here(const std::string& path);
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  Result<std::int64_t> run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) override;
  Done prepare(const Statement& statement);
  // Text of ours without parameters, without a time limit.
  Done execute(const std::string& sql);
  // BEGIN and ROLLBACK of a reading, kept prepared: a page has a few of them.
  Done begin_read() { return step_kept(begin_, "BEGIN"); }
  void end_read() { (void)step_kept(rollback_, "ROLLBACK"); }

  // A lambda starts: nothing has failed, nothing was touched.
  void begin_work();
  // The first statement of this lambda that failed; after it none runs, as on PostgreSQL.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] bool touched() const { return touched_; }
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
  // Whether a deferred foreign key is open: it would pass RELEASE and fail everybody's COMMIT.
  [[nodiscard]] bool owes_a_reference() const;
  [[nodiscard]] sqlite3* raw() const { return db_; }

 private:
  struct Kept {
    sqlite3_stmt* handle = nullptr;
    bool in_use = false;
  };
  SqliteSession(sqlite3* db, const std::string& path, std::chrono::milliseconds timeout);
  Result<sqlite3_stmt*> compile(const Statement& statement);
  Result<std::int64_t> step_all(const Statement& statement, sqlite3_stmt* handle, std::span<const Value> values, const OnRow& on_row);
  Error fault(const Statement& statement) const;
  Done step_kept(sqlite3_stmt*& handle, const char* sql);

  sqlite3* db_;
  std::pair<std::uint64_t, std::uint64_t> file_;  // device and inode
  std::chrono::milliseconds timeout_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  std::unordered_map<std::uint64_t, Kept> kept_;  // by the number of the statement
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* rollback_ = nullptr;
  std::optional<Error> failure_;
  bool touched_ = false;
};

// What an extended result code means for the caller.
[[nodiscard]] Error sqlite_error(sqlite3* db, int code, std::string_view what);

}  // namespace kedge::store
