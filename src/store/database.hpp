// store: one database, SQLite or PostgreSQL, behind the same calls.
// Owns sessions, transactions, migrations, the change feed, the ledger, idempotency keys and jobs.
// Knows nothing of what the tables of others mean.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "store/query.hpp"
#include "store/scope.hpp"

namespace kedge::store {

using OnRow = std::function<Done(const Columns&)>;

// One session with an engine, inside a transaction that somebody else began.
class Session {
 public:
  virtual ~Session() = default;
  // Runs a prepared (and cached) statement. Returns how many rows were changed or read.
  virtual Result<std::int64_t> run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) = 0;
};

// Reading inside one snapshot.
class Read {
 public:
  // `origin`: the number of the database whose snapshot this is, of the library alone that it was opened for; 0 where nothing
  // of it may be kept (kept.hpp).
  Read(Session& session, std::int64_t now_ms, std::uint64_t origin = 0, Id library = Id())
      : session_(session), now_ms_(now_ms), origin_(origin), library_(std::move(library)) {}
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;

  // Exactly the first row. Errors: not_found "store.not_found".
  template <class Row, class... A>
  [[nodiscard]] Result<Row> one(const Query<Row(A...)>& query, const std::type_identity_t<A>&... arguments) {
    TRY(auto found, maybe<Row, A...>(query, arguments...));
    if (!found) return fail(Fault::not_found, "store.not_found", std::string(query.name));
    return *std::move(found);
  }
  template <class Row, class... A>
  [[nodiscard]] Result<std::optional<Row>> maybe(const Query<Row(A...)>& query, const std::type_identity_t<A>&... arguments) {
    std::optional<Row> found;
    TRY_DONE((each<Row, A...>(query, [&](Row row) -> Done { if (!found) found = std::move(row); return {}; }, arguments...)));
    return found;
  }
  template <class Row, class... A>
  [[nodiscard]] Result<std::vector<Row>> all(const Query<Row(A...)>& query, const std::type_identity_t<A>&... arguments) {
    std::vector<Row> rows;
    TRY_DONE((each<Row, A...>(query, [&](Row row) -> Done { rows.push_back(std::move(row)); return {}; }, arguments...)));
    return rows;
  }
  // Row by row, for what is too large to hold. An error of `take` ends the reading.
  template <class Row, class... A, class Take>
  Done each(const Query<Row(A...)>& query, Take&& take, const std::type_identity_t<A>&... arguments) {
    const std::array<Value, sizeof...(A)> values{Codec<A>::in(arguments)...};
    if (statements_ != nullptr) statements_->push_back(&query);
    TRY_DONE(session_.run(query, values, [&](const Columns& columns) -> Done {
      TRY(auto row, decode<Row>(columns));
      return take(std::move(row));
    }));
    return {};
  }

  // When this transaction began, by the clock that the database was opened with.
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

 protected:
  friend struct RawSession;  // backup alone: its statements are made at run time
  friend class KeptValues;
  Session& session_;
  std::int64_t now_ms_;
  std::uint64_t origin_ = 0;
  Id library_;
  std::optional<std::int64_t> feed_version_;               // of that library; asked for once
  std::vector<const Statement*>* statements_ = nullptr;  // what is read while a value to keep is loaded
};

enum class Precision : std::uint8_t { instant, day };

// Work for later, written in the transaction of its cause. May run twice: a handler must be repeatable.
struct NewJob {
  std::string kind;         // "mail.send"
  std::string body;         // JSON: ids only, never content of private or sealed things
  std::int64_t run_after_ms = 0;
  std::string dedupe = {};  // with a key, one waiting job a kind, library and key
};

// Changing inside one transaction. The lambda that gets it changes nothing but this, and may run five times.
class Tx : public Read {
 public:
  Tx(Session& session, std::int64_t now_ms, Scope scope) : Read(session, now_ms), scope_(std::move(scope)) {}

  // Changes rows; returns how many.
  template <class... A>
  Result<std::int64_t> run(const Query<void(A...)>& query, const std::type_identity_t<A>&... arguments) {
    const std::array<Value, sizeof...(A)> values{Codec<A>::in(arguments)...};
    auto rows = session_.run(query, values, [](const Columns&) -> Done { return {}; });
    if (rows) note_change(query, *rows);
    return rows;
  }

  [[nodiscard]] const Scope& scope() const { return scope_; }
  // A new id of version 7, of this transaction's time.
  [[nodiscard]] Id fresh_id() const { return Id::fresh(now_ms_); }

  // Tells the change feed that something under `topic` ("workbook/<id>") is new. Never for private or anonymous rows.
  Done touch(std::string_view topic);
  // The ledger: who changed which fields of which record. Never content. Fields are names: {"text", "state"}.
  // `Precision::day` for what belongs to one member alone: it keeps the day, not the time.
  Done record(std::string_view kind, const Id& record, std::initializer_list<std::string_view> fields, Precision precision = Precision::instant);
  Done later(const NewJob& job);

  // The idempotency key of a form: what the first run answered, or nothing when this is the first.
  [[nodiscard]] Result<std::optional<std::string>> answered(std::string_view key);
  Done answer(std::string_view key, std::string_view reply);

  // Asked before the commit. Errors: internal "store.untold": a table of kept values was changed and the feed not touched.
  [[nodiscard]] Done told() const;

 private:
  void note_change(const Statement& statement, std::int64_t rows);

  Scope scope_;
  std::string untold_;  // the first statement that changed a table of kept values
  bool touched_ = false;
};

// One table file of a module: forward only, one text for both engines with the type words of docs/decisions.
struct Migration {
  std::string_view module;
  int number = 0;
  std::string_view name;
  std::string_view text;
};

// The tables of store itself; migrate() runs them first: all of them, or those alone that are named (a backup of an earlier version).
extern const std::span<const Migration> kMigrations;

struct Settings {
  std::string url;            // "sqlite:/folder/kedge.db" or "postgresql://..." (libpq's words)
  std::string owner_url = {};  // PostgreSQL: the role that owns the tables, for migrations; empty: the same
  int readers = 4;
  std::chrono::milliseconds statement_timeout{5000};
};

enum class Engine : std::uint8_t { sqlite, postgresql };

struct Change {
  std::int64_t sequence = 0;
  Id library;
  std::string topic;
};

struct Job {
  Id id;
  Id library;
  std::string kind;
  std::string body;
  std::int64_t attempts = 0;
};

class Database {
 public:
  Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  // Opens without migrating. Errors: unavailable "store.unavailable", newer_version "store.newer_version".
  static Result<std::unique_ptr<Database>> open(const Settings& settings, const Clock& clock);
  virtual ~Database() = default;

  [[nodiscard]] virtual Engine engine() const = 0;
  // Brings the tables to what this program needs, under one lock; two at once wait for each other.
  // Errors: newer_version (a migration recorded that this program does not know, or with another text): nothing touched.
  virtual Done migrate(std::span<const Migration> migrations) = 0;
  // Whether all of these have run, with the same text.
  virtual Result<bool> migrated(std::span<const Migration> migrations) = 0;

  // One snapshot of one library. `F` is Result<T>(Read&).
  template <class F>
  auto read(const Scope& scope, F&& work) -> std::invoke_result_t<F, Read&> {
    if (scope.library.empty()) return fail(Fault::forbidden, "store.no_library");
    return run_read<std::invoke_result_t<F, Read&>>(scope.library, std::forward<F>(work));
  }
  template <class F>
  auto read(InstallationScope, F&& work) -> std::invoke_result_t<F, Read&> {
    return run_read<std::invoke_result_t<F, Read&>>(Id(), std::forward<F>(work));
  }
  // One transaction, alone in its library. An error of `work` undoes it. `F` is Result<T>(Tx&); it may run up to five
  // times and must change nothing but the Tx.
  template <class F>
  auto write(const Scope& scope, F&& work) -> std::invoke_result_t<F, Tx&> {
    if (scope.library.empty()) return fail(Fault::forbidden, "store.no_library");
    return run_write<std::invoke_result_t<F, Tx&>>(scope, Alone::no, std::forward<F>(work));
  }
  // Alone in the installation.
  template <class F>
  auto write(InstallationScope, F&& work) -> std::invoke_result_t<F, Tx&> {
    return run_write<std::invoke_result_t<F, Tx&>>(Scope{}, Alone::no, std::forward<F>(work));
  }
  // Never grouped with another's commit: for sealed boxes.
  template <class F>
  auto write_alone(const Scope& scope, F&& work) -> std::invoke_result_t<F, Tx&> {
    if (scope.library.empty()) return fail(Fault::forbidden, "store.no_library");
    return run_write<std::invoke_result_t<F, Tx&>>(scope, Alone::yes, std::forward<F>(work));
  }

  // The change feed. `after` is a sequence; only settled rows (no gap of a running transaction before them) come.
  virtual Result<std::vector<Change>> changes_after(std::int64_t after, int most) = 0;
  virtual Result<std::int64_t> last_change() = 0;
  // Calls `wake` from a thread of its own soon after any process has committed a change (NOTIFY, else each second).
  virtual void on_change(std::function<void()> wake) = 0;

  // Jobs: leases one that is due, by the database's clock; done() removes it, failed() puts it back with growing delay.
  virtual Result<std::optional<Job>> take_job(std::chrono::seconds lease) = 0;
  virtual Done job_done(const Job& job) = 0;
  virtual Done job_failed(const Job& job, std::string_view why) = 0;

  // Truncates the write-ahead log (SQLite); on PostgreSQL a checkpoint is asked for where allowed.
  virtual Done forget_log() = 0;
  // Prepares a statement without running it. Errors: internal, with the name and what is wrong.
  virtual Done prepare(const Statement& statement) = 0;

 protected:
  enum class Alone : std::uint8_t { no, yes };
  virtual Done read_in(const Id& library, const std::function<Done(Read&)>& work) = 0;
  virtual Done write_in(const Scope& scope, Alone alone, const std::function<Done(Tx&)>& work) = 0;
  const std::uint64_t number_;  // its own among the databases that this process has opened; from 1

 private:
  template <class R, class F>
  R run_read(const Id& library, F&& work) {
    std::optional<R> result;
    auto done = read_in(library, [&](Read& db) -> Done {
      result.emplace(work(db));
      return result->has_value() ? Done{} : Done(fail(result->error()));
    });
    if (!done) return fail(std::move(done).error());
    return *std::move(result);
  }
  template <class R, class F>
  R run_write(const Scope& scope, Alone alone, F&& work) {
    std::optional<R> result;
    auto done = write_in(scope, alone, [&](Tx& tx) -> Done {
      result.emplace(work(tx));
      return result->has_value() ? Done{} : Done(fail(result->error()));
    });
    if (!done) return fail(std::move(done).error());
    return *std::move(result);
  }
};

// Prepares every registered query of the program (those named "test..." are a test's own): number and order of parameters, number and types of columns.
// Errors: internal, all of them in `detail`, one a line.
Done prepare_all(Database& database);
// Walks the ledger of one library to the end written with its last entry. Errors: internal "store.ledger_broken", where in `detail`.
Done verify_ledger(Read& db, const Id& library);
// Removes what has outlived its retention in the tables of store (feed, forms, attempts, jobs given up). Daily.
Done tidy(Database& database);

}  // namespace kedge::store
