#include "store/database.hpp"

#include <algorithm>
#include <atomic>

#include "engine.hpp"

namespace kedge::store {

const Query<void(std::string, std::string, std::int64_t)> kTouch{
    "store.touch", "INSERT INTO change (sequence, library_id, topic, made_ms) VALUES ($next_change, :library, :topic, :now)"};
const Query<void(std::string, std::string, std::string, std::int64_t)> kAnswer{
    "store.answer",
    "INSERT INTO idempotency (library_id, key, reply, until_ms) VALUES (:library, :key, :reply, :until) "
    "ON CONFLICT (library_id, key) DO UPDATE SET reply = :reply, until_ms = :until"};
const Query<std::string(std::string, std::string, std::int64_t)> kAnswered{
    "store.answered", "SELECT reply FROM idempotency WHERE library_id = :library AND key = :key AND until_ms > :now"};
const Query<void(std::string, std::int64_t, std::string, std::string, std::int64_t)> kRecordMigration{
    "store.record_migration", "INSERT INTO migration (module, number, name, hash, run_ms) VALUES (:module, :number, :name, :hash, :now)"};
const Query<RecordedMigration()> kRecordedMigrations{"store.recorded_migrations", "SELECT module, number, hash FROM migration"};

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

const Query<void(std::string, Id, std::string, std::string, std::optional<std::string>, std::int64_t, std::int64_t)> kLater{
    "store.later",
    "INSERT INTO job (library_id, id, kind, body, dedupe, made_ms, run_after_ms, lease_until_ms, attempts, why) "
    "VALUES (:library, :id, :kind, :body, :dedupe, :now, :after, 0, 0, '') "
    "ON CONFLICT (library_id, kind, dedupe) WHERE dedupe IS NOT NULL AND lease_until_ms = 0 DO NOTHING"};

// The newest of a library stays for a year: values that are kept in memory know by it how old they are.
const Query<void(std::int64_t, std::int64_t)> kTidyChanges{
    "store.tidy.changes",
    "DELETE FROM change WHERE made_ms < :before AND (made_ms < :long_before OR library_id = '' OR EXISTS (SELECT 1 FROM change newer WHERE newer.library_id = change.library_id AND newer.sequence > change.sequence))"};
const Query<void(std::int64_t)> kTidyForms{"store.tidy.forms", "DELETE FROM idempotency WHERE until_ms < :now"};
const Query<void(std::int64_t)> kTidyAttempts{"store.tidy.attempts", "DELETE FROM attempt WHERE until_ms < :now"};
const Query<void(std::int64_t)> kTidyJobs{"store.tidy.jobs", "DELETE FROM job WHERE attempts >= 12 AND lease_until_ms = 0 AND made_ms < :before"};

}  // namespace

namespace {
std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}
}  // namespace

Database::Database() : number_(next_number()) {}

Done Tx::touch(std::string_view topic) {
  touched_ = true;
  TRY_DONE(run(kTouch, scope_.library.text(), std::string(topic), now_ms_));
  return {};
}

Done Tx::later(const NewJob& job) {
  const auto dedupe = job.dedupe.empty() ? std::nullopt : std::optional(job.dedupe);
  TRY_DONE(run(kLater, scope_.library.text(), fresh_id(), job.kind, job.body, dedupe, now_ms_, job.run_after_ms));
  return {};
}

Result<std::optional<std::string>> Tx::answered(std::string_view key) { return maybe(kAnswered, scope_.library.text(), std::string(key), now_ms_); }

Done Tx::answer(std::string_view key, std::string_view reply) {
  TRY_DONE(run(kAnswer, scope_.library.text(), std::string(key), std::string(reply), now_ms_ + kDayMs));
  return {};
}

Result<std::unique_ptr<Database>> Database::open(const Settings& settings, const Clock& clock) {
  crypto::start();
  if (settings.url.starts_with("sqlite:")) return open_sqlite(settings, clock);
  if (settings.url.starts_with("postgresql:") || settings.url.starts_with("postgres:")) return open_postgresql(settings, clock);
  return fail(Fault::invalid, "store.unknown_url");
}

Done prepare_all(Database& database) {
  std::string wrong;
  for (const auto* statement = all_statements(); statement != nullptr; statement = statement->next) {
    if (statement->name.starts_with("test.")) continue;
    if (const auto done = database.prepare(*statement); !done) wrong += done.error().detail + "\n";
  }
  if (!wrong.empty()) return fail(Fault::internal, "store.wrong_query", wrong);
  return {};
}

Done tidy(Database& database) {
  return database.write(InstallationScope{}, [](Tx& tx) -> Done {
    TRY_DONE(tx.run(kTidyChanges, tx.now_ms() - 2 * kDayMs, tx.now_ms() - 365 * kDayMs));
    TRY_DONE(tx.run(kTidyForms, tx.now_ms()));
    TRY_DONE(tx.run(kTidyAttempts, tx.now_ms()));
    TRY_DONE(tx.run(kTidyJobs, tx.now_ms() - 30 * kDayMs));
    return {};
  });
}

}  // namespace kedge::store
