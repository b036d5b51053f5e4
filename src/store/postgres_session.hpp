// store: one connection to PostgreSQL. Not for other modules.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include <libpq-fe.h>

#include "store/database.hpp"

namespace kedge::store {

struct PgResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

class PostgresSession final : public Session {
 public:
  // Errors: unavailable "store.unavailable".
  static Result<std::unique_ptr<PostgresSession>> open(const std::string& url, std::chrono::milliseconds statement_timeout);
  ~PostgresSession() override;
  PostgresSession(const PostgresSession&) = delete;
  PostgresSession& operator=(const PostgresSession&) = delete;

  Result<std::int64_t> run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) override;
  // Asks the server what it makes of a statement: types of parameters and columns.
  Done prepare(const Statement& statement);
  // Text of ours without parameters, several statements in one round trip. Returns the last result.
  Result<PgResult> execute(const std::string& sql);

  Done begin(const std::string& sql);
  // Errors: besides PostgreSQL's, internal when COMMIT answers ROLLBACK.
  Done commit();
  void rollback();
  // COMMIT whose answer is read when the session is used next: nothing depends on it.
  void end_read();

  [[nodiscard]] bool lost() const { return lost_; }            // the connection is gone
  [[nodiscard]] bool stale() const { return stale_; }          // DDL made prepared statements wrong: run again
  [[nodiscard]] bool again() const { return again_; }          // deadlock or serialization failure: run again
  [[nodiscard]] bool commit_sent() const { return commit_sent_; }
  [[nodiscard]] bool carries_key() const { return carries_key_; }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  // After `stale`: nothing stays prepared.
  void forget_statements();
  [[nodiscard]] PGconn* raw() const { return connection_; }

 private:
  explicit PostgresSession(PGconn* connection) : connection_(connection) {}
  void drain();
  Error note_failure(const PGresult* result, std::string_view what);
  Result<std::int64_t> take_rows(const Statement& statement, const PGresult* result, const OnRow& on_row);
  Result<std::int64_t> row_wise(const Statement& statement, const OnRow& on_row);

  PGconn* connection_;
  std::unordered_set<std::uint64_t> prepared_;  // numbers of statements
  std::optional<Error> failure_;
  bool lost_ = false;
  bool stale_ = false;
  bool again_ = false;
  bool commit_sent_ = false;
  bool carries_key_ = false;
  bool touched_ = false;
  bool draining_ = false;
};

}  // namespace kedge::store
