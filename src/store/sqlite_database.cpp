// store: SQLite. One writer thread behind a fair queue commits in groups; readers have a session each.
#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "core/log.hpp"
#include "engine.hpp"
#include "sql.hpp"
#include "sqlite_session.hpp"

namespace kedge::store {
namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kApplication = 0x4b656467;  // "Kedg", in every file that we make
constexpr std::uint32_t kFormat = 1;                // of the file itself, beside its migrations
constexpr std::size_t kMostInGroup = 64;

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = (value << 8) | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

// Reads the file's first page without opening a database: what is not ours must not change by a byte.
Done check_file(const std::string& path) {
  if (SqliteSession::is_open_here(path)) return {};  // it was looked at then
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  char header[100] = {};
  file.read(header, sizeof header);
  if (file.gcount() == 0) return {};
  // https://www.sqlite.org/fileformat.html, 1.3: user version at 60, application id at 68
  if (file.gcount() < 100 || std::memcmp(header, "SQLite format 3", 16) != 0 || big_endian(header + 68) != kApplication)
    return fail(Fault::invalid, "store.not_a_database");
  if (big_endian(header + 60) > kFormat) return fail(Fault::newer_version, "store.newer_version", "file format");
  return {};
}

struct Task {
  Scope scope;
  const std::function<Done(Tx&)>* work = nullptr;           // or
  std::function<Done(SqliteSession&)> control = nullptr;    // outside of any transaction
  bool alone = false;
  Done outcome{};
  std::promise<Done> promise{};
};

thread_local bool in_writer = false;

class SqliteDatabase final : public EngineBase {
 public:
  SqliteDatabase(std::string path, const Settings& settings, const Clock& clock, std::unique_ptr<SqliteSession> writer)
      : EngineBase(clock), path_(std::move(path)), settings_(settings), writer_session_(std::move(writer)), writer_([this] { write_loop(); }) {}

  ~SqliteDatabase() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    queued_.notify_all();
    wake_.notify_all();
    writer_.join();
    if (watcher_.joinable()) watcher_.join();
    readers_.clear();  // before the writer, so that the last to close can fold the log in
  }

  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }

  Done migrate(std::span<const Migration> migrations) override {
    return control([&](SqliteSession& session) -> Done {
      // a first look without the lock, so that a newer database is not even locked
      TRY(const auto recorded, recorded_in(session));
      TRY(const auto wanted, missing_migrations(migrations, recorded));
      if (wanted.empty()) return {};
      sqlite3_busy_timeout(session.raw(), 120'000);
      auto done = session.execute("BEGIN IMMEDIATE");
      sqlite3_busy_timeout(session.raw(), static_cast<int>(settings_.statement_timeout.count()));
      TRY_DONE(done);
      session.begin_work();
      done = run_migrations(session, migrations);
      if (done) done = session.execute("COMMIT");
      if (!done && session.in_transaction()) (void)session.execute("ROLLBACK");
      return done;
    });
  }

  Result<bool> migrated(std::span<const Migration> migrations) override {
    std::vector<Migration> wanted;
    TRY_DONE(control([&](SqliteSession& session) -> Done {
      TRY(const auto recorded, recorded_in(session));
      TRY(wanted, missing_migrations(migrations, recorded));
      return {};
    }));
    return wanted.empty();
  }

  void on_change(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wakers_.push_back(std::move(wake));
    if (!watcher_.joinable()) watcher_ = std::thread([this] { watch_loop(); });
  }

  Done forget_log() override {
    return control([](SqliteSession& session) -> Done {
      const auto until = std::chrono::steady_clock::now() + milliseconds(10'000);
      while (true) {  // a reader of an old snapshot makes this busy
        int code = sqlite3_wal_checkpoint_v2(session.raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if (code == SQLITE_OK) return {};
        if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > until) return fail(sqlite_error(session.raw(), code, "forget_log"));
        std::this_thread::sleep_for(milliseconds(20));
      }
    });
  }

  Done prepare(const Statement& statement) override {
    return control([&](SqliteSession& session) { return session.prepare(statement); });
  }

 protected:
  Done read_in(const Id& library, const std::function<Done(Read&)>& work) override {
    TRY(auto session, take_reader());
    session->begin_work();
    auto done = session->begin_read();
    if (done) {
      Read read(*session, clock_.now_ms(), number_, library);
      done = guarded(work, read);
      if (done && session->failure()) done = fail(*session->failure());
    }
    if (session->in_transaction()) session->end_read();
    give_back(std::move(session));
    return done;
  }

  Done write_in(const Scope& scope, Alone alone, const std::function<Done(Tx&)>& work) override {
    Task task;
    task.scope = scope;
    task.work = &work;
    task.alone = alone == Alone::yes;
    return queue(task);
  }

  Done write_beside(const std::function<Done(Tx&)>& work) override { return write_in(Scope{}, Alone::no, work); }
  Result<std::int64_t> lease_now(Read& /*db*/) override { return clock_.now_ms(); }

 private:
  Done control(std::function<Done(SqliteSession&)> work) {
    Task task;
    task.control = std::move(work);
    task.alone = true;
    return queue(task);
  }

  Done queue(Task& task) {
    if (in_writer) return fail(Fault::internal, "store.failed", "a write inside a write");
    auto future = task.promise.get_future();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return fail(Fault::unavailable, "store.unavailable");
      tasks_.push_back(&task);
    }
    queued_.notify_one();
    return future.get();
  }

  // --- the writer's thread

  void write_loop() {
    in_writer = true;
    while (true) {
      const auto group = next_group();
      if (group.empty()) return;
      if (group.size() == 1) run_alone(*group[0]);
      else run_group(group);
      bool touched = false;
      std::swap(touched, touched_);
      for (auto* task : group) task->promise.set_value(std::move(task->outcome));
      if (touched) notify();
    }
  }

  // In order of arrival; what must be alone is, and keeps its place.
  std::vector<Task*> next_group() {
    std::unique_lock lock(mutex_);
    queued_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    std::vector<Task*> group;
    while (!tasks_.empty() && group.size() < kMostInGroup) {
      auto* task = tasks_.front();
      if (task->alone && !group.empty()) break;
      tasks_.pop_front();
      group.push_back(task);
      if (task->alone) break;
    }
    return group;
  }

  Done work_of(Task& task) {
    auto& session = *writer_session_;
    session.begin_work();
    Tx tx(session, clock_.now_ms(), task.scope);
    auto done = guarded(*task.work, static_cast<Tx&>(tx));
    if (session.failure()) return fail(*session.failure());  // also when the lambda passed it over
    if (done) done = tx.told();
    if (done && session.owes_a_reference()) return fail(Fault::conflict, "store.referenced", "a deferred reference is open");
    return done;
  }

  void run_alone(Task& task) {
    auto& session = *writer_session_;
    if (task.control) {
      task.outcome = task.control(session);
      return;
    }
    task.outcome = session.execute("BEGIN IMMEDIATE");
    if (!task.outcome) return;
    task.outcome = work_of(task);
    const bool touched = session.touched();
    if (task.outcome) task.outcome = session.execute("COMMIT");
    if (session.in_transaction()) (void)session.execute("ROLLBACK");
    if (task.outcome && touched) touched_ = true;
  }

  void run_group(const std::vector<Task*>& group) {
    auto& session = *writer_session_;
    if (auto begun = session.execute("BEGIN IMMEDIATE"); !begun) {
      for (auto* task : group) task->outcome = begun;
      return;
    }
    bool touched = false;
    for (std::size_t i = 0; i < group.size(); ++i) {
      run_in_savepoint(*group[i], touched);
      if (session.in_transaction()) continue;
      // an interrupted write took the whole group with it: everybody again, alone, but the one that did it
      for (std::size_t k = 0; k < group.size(); ++k)
        if (k != i) run_alone(*group[k]);
      return;
    }
    if (session.execute("COMMIT")) {
      touched_ = touched_ || touched;
      return;
    }
    if (session.in_transaction()) (void)session.execute("ROLLBACK");
    for (auto* task : group)
      if (task->outcome) run_alone(*task);
  }

  void run_in_savepoint(Task& task, bool& touched) {
    auto& session = *writer_session_;
    task.outcome = session.execute("SAVEPOINT lambda");
    if (!task.outcome) return;
    task.outcome = work_of(task);
    if (!session.in_transaction()) {
      if (task.outcome) task.outcome = fail(Fault::internal, "store.failed", "the transaction ended inside a lambda");
      return;
    }
    if (!task.outcome) (void)session.execute("ROLLBACK TO lambda");
    else touched = touched || session.touched();
    (void)session.execute("RELEASE lambda");
  }

  // --- migrations, on the writer's thread

  static Result<std::vector<RecordedMigration>> recorded_in(SqliteSession& session) {
    // the next line asks the schema as this connection knows it: a statement learns of tables that another process made
    TRY_DONE(session.execute("SELECT 1 FROM sqlite_master LIMIT 1"));
    if (sqlite3_table_column_metadata(session.raw(), nullptr, "migration", nullptr, nullptr, nullptr, nullptr, nullptr, nullptr) != SQLITE_OK)
      return std::vector<RecordedMigration>();
    session.begin_work();
    Read read(session, 0);
    return read.all(kRecordedMigrations);
  }

  Done run_migrations(SqliteSession& session, std::span<const Migration> migrations) {
    TRY(const auto recorded, recorded_in(session));
    TRY(const auto wanted, missing_migrations(migrations, recorded));
    Tx tx(session, clock_.now_ms(), Scope{});
    for (const auto& migration : wanted) {
      TRY(const auto text, migration_text(Engine::sqlite, migration, ""));
      TRY_DONE(session.execute(text));
      TRY_DONE(tx.run(kRecordMigration, std::string(migration.module), migration.number, std::string(migration.name), migration_hash(migration), tx.now_ms()));
    }
    return {};
  }

  // --- readers

  Result<std::unique_ptr<SqliteSession>> take_reader() {
    std::unique_lock lock(readers_mutex_);
    const auto free = [this] { return !readers_.empty() || made_ < settings_.readers; };
    if (!reader_free_.wait_for(lock, settings_.statement_timeout, free)) return fail(Fault::busy, "store.busy", "no reader is free");
    if (!readers_.empty()) {
      auto session = std::move(readers_.back());
      readers_.pop_back();
      return session;
    }
    ++made_;
    lock.unlock();
    auto session = SqliteSession::open(path_, SqliteSession::Mode::read, settings_.statement_timeout);
    if (!session) {
      lock.lock();
      --made_;
    }
    return session;
  }

  void give_back(std::unique_ptr<SqliteSession> session) {
    {
      const std::lock_guard lock(readers_mutex_);
      readers_.push_back(std::move(session));
    }
    reader_free_.notify_one();
  }

  // --- the feed

  void notify() {
    {
      const std::lock_guard lock(mutex_);
      changed_ = true;
    }
    wake_.notify_one();
  }

  // Our own commits wake at once; those of other processes are found by looking each second.
  void watch_loop() {
    auto last = last_change().value_or(0);
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      wake_.wait_for(lock, milliseconds(1000), [this] { return stopping_ || changed_; });
      if (stopping_) return;
      changed_ = false;
      const auto wakers = wakers_;
      lock.unlock();
      const auto now = last_change().value_or(last);
      if (now != last)
        for (const auto& waker : wakers) waker();
      last = now;
      lock.lock();
    }
  }

  const std::string path_;
  const Settings settings_;
  std::unique_ptr<SqliteSession> writer_session_;

  std::mutex mutex_;  // tasks, wakers, flags
  std::condition_variable queued_;
  std::condition_variable wake_;
  std::deque<Task*> tasks_;
  std::vector<std::function<void()>> wakers_;
  bool stopping_ = false;
  bool changed_ = false;

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<SqliteSession>> readers_;
  int made_ = 0;

  bool touched_ = false;  // the writer's thread alone
  std::thread watcher_;
  std::thread writer_;  // last: it uses all of the above
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const Settings& settings, const Clock& clock) {
  const auto path = settings.url.substr(std::string_view("sqlite:").size());
  if (path.empty()) return fail(Fault::invalid, "store.unknown_url");
  TRY_DONE(check_file(path));
  TRY(auto writer, SqliteSession::open(path, SqliteSession::Mode::write, settings.statement_timeout));
  struct stat file {};
  if (::stat(path.c_str(), &file) == 0 && file.st_size == 0)
    TRY_DONE(writer->execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplication, kFormat)));
  TRY_DONE(writer->execute("PRAGMA journal_mode = WAL"));
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(path, settings, clock, std::move(writer)));
}

}  // namespace kedge::store
