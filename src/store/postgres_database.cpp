// store: PostgreSQL. A pool of sessions; one writer a library by advisory lock; rows of other libraries hidden by the server.
#include <poll.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "core/log.hpp"
#include "engine.hpp"
#include "postgres_session.hpp"
#include "sql.hpp"

namespace kedge::store {
namespace {

using std::chrono::milliseconds;

constexpr int kTries = 5;
constexpr std::int64_t kInstallationLock = 0x6b65646765000000;  // every writer shares it, the installation's takes it whole
constexpr std::int64_t kMigrationLock = kInstallationLock + 1;

std::int64_t lock_of(const Id& library) {
  const auto digest = crypto::hash(library.text());
  std::int64_t key = 0;
  std::memcpy(&key, digest.data(), sizeof key);
  return key;
}

// The settings that row-level security looks at, for this transaction alone. An Id holds hex digits and dashes only.
std::string visible(const Id& library) {
  return fmt::format("SELECT set_config('kedge.library', '{}', true), set_config('kedge.installation', '{}', true)", library.text(), library.empty() ? "on" : "off");
}

enum class Way : std::uint8_t { read, write, beside };

std::string begin_text(Way way, const Id& library) {
  if (way == Way::read) return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + visible(library);
  std::string text = "BEGIN ISOLATION LEVEL READ COMMITTED; " + visible(library);
  if (way == Way::beside) return text;
  if (library.empty()) return text + fmt::format("; SELECT pg_advisory_xact_lock({})", kInstallationLock);
  return text + fmt::format("; SELECT pg_advisory_xact_lock_shared({}); SELECT pg_advisory_xact_lock({})", kInstallationLock, lock_of(library));
}

class PostgresDatabase final : public EngineBase {
 public:
  PostgresDatabase(const Settings& settings, const Clock& clock)
      : EngineBase(clock), settings_(settings), most_(std::max(8, settings.readers * 2)), real_time_(dynamic_cast<const SystemClock*>(&clock) != nullptr) {}

  ~PostgresDatabase() override {
    stopping_ = true;
    if (watcher_.joinable()) watcher_.join();
  }

  [[nodiscard]] Engine engine() const override { return Engine::postgresql; }

  // Proves that the server answers and who we are there.
  Done check() {
    TRY(auto session, take());
    auto asked = session->execute("SELECT quote_ident(current_user), CASE WHEN rolsuper OR rolbypassrls THEN 1 ELSE 0 END FROM pg_roles WHERE rolname = current_user");
    if (asked) {
      role_ = PQgetvalue(asked->get(), 0, 0);
      if (PQgetvalue(asked->get(), 0, 1)[0] == '1') spdlog::warn("the database role is above row-level security: give the server a role of its own");
    }
    give_back(std::move(session));
    if (!asked) return fail(std::move(asked).error());
    return {};
  }

  Done migrate(std::span<const Migration> migrations) override {
    TRY(auto session, PostgresSession::open(settings_.owner_url.empty() ? settings_.url : settings_.owner_url, milliseconds(0)));
    // the locks come before the snapshot: what another migration did meanwhile is seen
    TRY_DONE(session->begin(fmt::format("SET lock_timeout = 0; BEGIN ISOLATION LEVEL READ COMMITTED; {}; SELECT pg_advisory_xact_lock({}); SELECT pg_advisory_xact_lock({})",
                                        visible(Id()), kMigrationLock, kInstallationLock)));
    auto done = run_migrations(*session, migrations);
    if (done) done = session->commit();
    if (!done) session->rollback();
    return done;
  }

  Result<bool> migrated(std::span<const Migration> migrations) override {
    TRY(auto session, PostgresSession::open(settings_.owner_url.empty() ? settings_.url : settings_.owner_url, settings_.statement_timeout));
    TRY(const auto recorded, recorded_in(*session));
    TRY(const auto wanted, missing_migrations(migrations, recorded));
    return wanted.empty();
  }

  void on_change(std::function<void()> wake) override {
    const std::lock_guard lock(wakers_mutex_);
    wakers_.push_back(std::move(wake));
    if (!watcher_.joinable()) watcher_ = std::thread([this] { watch_loop(); });
  }

  Done forget_log() override {
    TRY(auto session, take());
    auto done = session->execute("CHECKPOINT");
    const bool allowed = done || done.error().key != "store.other_library";
    if (done || !session->lost()) give_back(std::move(session));
    else drop(std::move(session));
    if (!done && allowed) return fail(std::move(done).error());
    return {};
  }

  Done prepare(const Statement& statement) override {
    TRY(auto session, take());
    auto done = session->prepare(statement);
    if (session->lost()) drop(std::move(session));
    else give_back(std::move(session));
    return done;
  }

 protected:
  Done read_in(const Id& library, const std::function<Done(Read&)>& work) override {
    return transaction(Way::read, library, [&](PostgresSession& session) {
      Read read(session, clock_.now_ms(), number_, library);
      return guarded(work, read);
    });
  }
  Done write_in(const Scope& scope, Alone /*always*/, const std::function<Done(Tx&)>& work) override {
    return transaction(Way::write, scope.library, [&](PostgresSession& session) -> Done {
      Tx tx(session, clock_.now_ms(), scope);
      TRY_DONE(guarded(work, tx));
      return tx.told();
    });
  }
  Done write_beside(const std::function<Done(Tx&)>& work) override {
    return transaction(Way::beside, Id(), [&](PostgresSession& session) {
      Tx tx(session, clock_.now_ms(), Scope{});
      return guarded(work, tx);
    });
  }
  // Leases are measured by the one clock that all nodes share; a test's own clock rules when there is one.
  Result<std::int64_t> lease_now(Read& db) override {
    static const Query<std::int64_t()> kNow{"store.now", "SELECT $now_ms"};
    if (!real_time_) return clock_.now_ms();
    return db.one(kNow);
  }

 private:
  // Up to five times; a connection that was lost after COMMIT was sent only when the work carries its idempotency key.
  template <class Work>
  Done transaction(Way way, const Id& library, const Work& work) {
    Done done;
    for (int i = 0; i < kTries; ++i) {
      auto taken = take();
      if (!taken) return fail(std::move(taken).error());
      auto session = std::move(*taken);
      done = attempt(way, library, *session, work);
      const bool again = !done && may_repeat(way, *session);
      if (session->lost()) {
        if (!done && !again && session->commit_sent()) done = fail(Fault::unavailable, "store.outcome_unknown");
        drop(std::move(session));
      } else {
        if (session->stale()) session->forget_statements();
        give_back(std::move(session));
      }
      if (!again) return done;
    }
    return done;
  }

  template <class Work>
  Done attempt(Way way, const Id& library, PostgresSession& session, const Work& work) {
    auto done = session.begin(begin_text(way, library));
    if (done) done = work(session);
    if (session.failure()) done = fail(*session.failure());  // also when the lambda passed it over
    if (done && way == Way::read) {
      session.end_read();
      return done;
    }
    if (done) done = session.commit();
    if (!done) session.rollback();
    return done;
  }

  static bool may_repeat(Way way, const PostgresSession& session) {
    if (session.lost()) return way == Way::read || !session.commit_sent() || session.carries_key();
    return session.stale() || session.again();
  }

  // --- the pool

  Result<std::unique_ptr<PostgresSession>> take() {
    std::unique_lock lock(pool_mutex_);
    if (!pool_free_.wait_for(lock, settings_.statement_timeout, [this] { return !idle_.empty() || made_ < most_; }))
      return fail(Fault::busy, "store.busy", "no session is free");
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
    ++made_;
    lock.unlock();
    auto session = PostgresSession::open(settings_.url, settings_.statement_timeout);
    if (!session) {
      lock.lock();
      --made_;
      pool_free_.notify_one();
    }
    return session;
  }

  void give_back(std::unique_ptr<PostgresSession> session) {
    {
      const std::lock_guard lock(pool_mutex_);
      idle_.push_back(std::move(session));
    }
    pool_free_.notify_one();
  }

  // A lost session takes the idle ones with it: the server they knew is gone.
  void drop(std::unique_ptr<PostgresSession> session) {
    std::vector<std::unique_ptr<PostgresSession>> gone;
    {
      const std::lock_guard lock(pool_mutex_);
      std::swap(gone, idle_);
      made_ -= static_cast<int>(gone.size()) + 1;
    }
    session.reset();
    pool_free_.notify_all();
  }

  // --- migrations

  static Result<std::vector<RecordedMigration>> recorded_in(PostgresSession& session) {
    TRY(const auto found, session.execute("SELECT to_regclass('migration') IS NOT NULL"));
    if (PQgetvalue(found.get(), 0, 0)[0] != 't') return std::vector<RecordedMigration>();
    Read read(session, 0);
    return read.all(kRecordedMigrations);
  }

  Done run_migrations(PostgresSession& session, std::span<const Migration> migrations) {
    TRY(const auto recorded, recorded_in(session));
    TRY(const auto wanted, missing_migrations(migrations, recorded));
    if (wanted.empty()) return {};
    Tx tx(session, clock_.now_ms(), Scope{});
    for (const auto& migration : wanted) {
      TRY(const auto text, migration_text(Engine::postgresql, migration, role_));
      if (auto done = session.execute(text); !done) {
        done.error().detail += fmt::format(" in migration {} {}", migration.module, migration.number);
        return fail(std::move(done).error());
      }
      TRY_DONE(tx.run(kRecordMigration, std::string(migration.module), migration.number, std::string(migration.name), migration_hash(migration), tx.now_ms()));
    }
    // tables that are no library's have no $scoped
    TRY_DONE(session.execute(fmt::format("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {0}; GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {0}", role_)));
    return {};
  }

  // --- the feed

  // NOTIFY wakes at once; a look each second finds what it missed, and what was not settled when it came.
  void watch_loop() {
    std::unique_ptr<PostgresSession> session;
    std::int64_t last = last_change().value_or(0);
    bool unsettled = false;
    while (!stopping_) {
      if (!session) {
        if (auto opened = PostgresSession::open(settings_.url, settings_.statement_timeout); opened) {
          session = std::move(*opened);
          (void)session->execute("LISTEN kedge_change; SELECT set_config('kedge.installation', 'on', false)");
        }
      }
      wait(session ? session->raw() : nullptr, unsettled ? milliseconds(50) : milliseconds(1000));
      if (stopping_ || !session) continue;
      const auto seen = look(*session);
      if (session->lost()) session.reset();
      if (!seen) continue;
      unsettled = seen->second > seen->first;
      if (seen->first != last) wake_all();
      last = seen->first;
    }
  }

  // In pieces of 200 ms, so that closing does not wait.
  void wait(PGconn* connection, milliseconds longest) {
    const auto until = std::chrono::steady_clock::now() + longest;
    while (!stopping_ && std::chrono::steady_clock::now() < until) {
      const auto piece = std::min<std::int64_t>(200, longest.count());
      if (connection == nullptr) {
        std::this_thread::sleep_for(milliseconds(piece));
        continue;
      }
      pollfd file{PQsocket(connection), POLLIN, 0};
      if (::poll(&file, 1, static_cast<int>(piece)) > 0) return;
    }
  }

  // The newest settled change and the newest of all.
  static std::optional<std::pair<std::int64_t, std::int64_t>> look(PostgresSession& session) {
    PQconsumeInput(session.raw());
    while (auto* notice = PQnotifies(session.raw())) PQfreemem(notice);
    const auto asked = session.execute(
        "SELECT (SELECT COALESCE(MAX(sequence), 0) FROM change WHERE sequence < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) * 1048576), "
        "(SELECT COALESCE(MAX(sequence), 0) FROM change)");
    if (!asked) return std::nullopt;
    return std::pair(std::atoll(PQgetvalue(asked->get(), 0, 0)), std::atoll(PQgetvalue(asked->get(), 0, 1)));
  }

  void wake_all() {
    std::vector<std::function<void()>> wakers;
    {
      const std::lock_guard lock(wakers_mutex_);
      wakers = wakers_;
    }
    for (const auto& waker : wakers) waker();
  }

  const Settings settings_;
  const int most_;
  const bool real_time_;
  std::string role_;

  std::mutex pool_mutex_;
  std::condition_variable pool_free_;
  std::vector<std::unique_ptr<PostgresSession>> idle_;
  int made_ = 0;

  std::mutex wakers_mutex_;
  std::vector<std::function<void()>> wakers_;
  std::atomic<bool> stopping_ = false;
  std::thread watcher_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const Settings& settings, const Clock& clock) {
  auto database = std::make_unique<PostgresDatabase>(settings, clock);
  TRY_DONE(database->check());
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace kedge::store
