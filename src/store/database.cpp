#include "store/database.hpp"

#include <algorithm>
#include <atomic>

#include <fmt/format.h>

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

struct ChainEnd {
  std::int64_t sequence = 0;
  Bytes digest;
};
const Query<ChainEnd(std::string)> kLedgerEnd{
    "store.ledger_end", "SELECT sequence, digest FROM ledger WHERE library_id = :library ORDER BY sequence DESC LIMIT 1"};
const Query<void(std::string, std::int64_t, std::int64_t, Id, std::string, Id, std::string, Bytes, Bytes)> kLedgerAdd{
    "store.ledger_add",
    "INSERT INTO ledger (library_id, sequence, made_ms, member_id, kind, record_id, fields, previous, digest) "
    "VALUES (:library, :sequence, :made, :member, :kind, :record, :fields, :previous, :digest)"};

struct LedgerRow {
  std::int64_t sequence = 0;
  std::int64_t made_ms = 0;
  Id member;
  std::string kind;
  Id record;
  std::string fields;
  Bytes previous;
  Bytes digest;
};
const Query<LedgerRow(std::string)> kLedger{
    "store.ledger", "SELECT sequence, made_ms, member_id, kind, record_id, fields, previous, digest FROM ledger WHERE library_id = :library ORDER BY sequence"};

// Each piece with its length in front, so that no two rows are written alike.
std::string digest_of(std::string_view library, const LedgerRow& row) {
  std::string text;
  for (const std::string& piece : {std::string(library), std::to_string(row.sequence), std::to_string(row.made_ms), row.member.text(), row.kind,
                                   row.record.text(), row.fields, row.previous.raw})
    text += fmt::format("{}:", piece.size()) + piece;
  return crypto::hash(text);
}

// The newest of a library stays for a year: values that are kept in memory know by it how old they are.
const Query<void(std::int64_t, std::int64_t)> kTidyChanges{
    "store.tidy.changes",
    "DELETE FROM change WHERE made_ms < :before AND (made_ms < :long_before OR EXISTS (SELECT 1 FROM change newer WHERE newer.library_id = change.library_id AND newer.sequence > change.sequence))"};
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

Done Tx::record(std::string_view kind, const Id& record, std::initializer_list<std::string_view> fields, Precision precision) {
  const auto& library = scope_.library.text();
  TRY(auto end, maybe(kLedgerEnd, library));
  LedgerRow row;
  if (end) row.previous = end->digest;
  row.sequence = end ? end->sequence + 1 : 1;
  row.made_ms = precision == Precision::instant ? now_ms_ : now_ms_ - now_ms_ % kDayMs;
  row.member = scope_.actor;
  row.kind = std::string(kind);
  row.record = record;
  row.fields = fmt::format("{}", fmt::join(fields, ","));
  row.digest.raw = digest_of(library, row);
  TRY_DONE(run(kLedgerAdd, library, row.sequence, row.made_ms, row.member, row.kind, row.record, row.fields, row.previous, row.digest));
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

Done verify_ledger(Read& db, const Id& library) {
  std::int64_t expected = 1;
  std::string previous;
  return db.each(kLedger, [&](const LedgerRow& row) -> Done {
    if (row.sequence != expected || row.previous.raw != previous || row.digest.raw != digest_of(library.text(), row))
      return fail(Fault::internal, "store.ledger_broken", fmt::format("at {}", expected));
    previous = row.digest.raw;
    ++expected;
    return {};
  }, library.text());
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
