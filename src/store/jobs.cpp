// store: the change feed and jobs, the same on both engines.
#include <algorithm>

#include "core/text.hpp"
#include "engine.hpp"

namespace kedge::store {
namespace {

struct ChangeRow {
  std::int64_t sequence = 0;
  std::string library;
  std::string topic;
};
const Query<ChangeRow(std::int64_t, std::int64_t)> kChanges{
    "store.changes", "SELECT sequence, library_id, topic FROM change WHERE sequence > :after AND sequence < $change_floor ORDER BY sequence LIMIT :most"};
const Query<std::int64_t()> kLastChange{"store.last_change", "SELECT COALESCE(MAX(sequence), 0) FROM change WHERE sequence < $change_floor"};

struct JobRow {
  Id id;
  std::string library;
  std::string kind;
  std::string body;
  std::int64_t attempts = 0;
};
// A job that was given up has the largest possible run_after_ms.
const Query<bool(std::int64_t)> kAnyJob{"store.job_any", "SELECT EXISTS (SELECT 1 FROM job WHERE run_after_ms <= :now AND lease_until_ms <= :now)"};
const Query<JobRow(std::int64_t, std::int64_t)> kTakeJob{
    "store.job_take",
    "UPDATE job SET lease_until_ms = :lease, attempts = attempts + 1 WHERE id = ("
    "SELECT id FROM job WHERE run_after_ms <= :now AND lease_until_ms <= :now ORDER BY run_after_ms, id LIMIT 1 $skip_locked) "
    "RETURNING id, library_id, kind, body, attempts"};
// The number of attempts tells a lease from a later one of the same job.
const Query<void(Id, std::int64_t)> kJobDone{"store.job_done", "DELETE FROM job WHERE id = :id AND attempts = :attempts"};
const Query<void(Id, std::int64_t)> kJobSuperseded{
    "store.job_superseded",
    "DELETE FROM job WHERE id = :id AND attempts = :attempts AND EXISTS (SELECT 1 FROM job other WHERE other.library_id = job.library_id "
    "AND other.kind = job.kind AND other.dedupe = job.dedupe AND other.lease_until_ms = 0 AND other.id <> job.id)"};
const Query<void(std::int64_t, std::string, Id, std::int64_t)> kJobFailed{
    "store.job_failed", "UPDATE job SET lease_until_ms = 0, run_after_ms = :after, why = :why WHERE id = :id AND attempts = :attempts"};

constexpr std::int64_t kMostAttempts = 12;
constexpr std::int64_t kNever = 9'000'000'000'000'000;

Id library_of(const std::string& text) { return Id::parse(text).value_or(Id()); }

}  // namespace

Result<std::vector<Change>> EngineBase::changes_after(std::int64_t after, int most) {
  return read(InstallationScope{}, [&](Read& db) -> Result<std::vector<Change>> {
    std::vector<Change> changes;
    TRY_DONE(db.each(kChanges, [&](ChangeRow row) -> Done {
      changes.push_back({row.sequence, library_of(row.library), std::move(row.topic)});
      return {};
    }, after, most));
    return changes;
  });
}

Result<std::int64_t> EngineBase::last_change() {
  return read(InstallationScope{}, [](Read& db) { return db.one(kLastChange); });
}

Result<std::optional<Job>> EngineBase::take_job(std::chrono::seconds lease) {
  TRY(const auto waiting, read(InstallationScope{}, [&](Read& db) -> Result<bool> {
    TRY(const auto now, lease_now(db));
    return db.one(kAnyJob, now);
  }));
  std::optional<Job> taken;
  if (!waiting) return taken;
  TRY_DONE(write_beside([&](Tx& tx) -> Done {
    taken.reset();
    TRY(const auto now, lease_now(tx));
    TRY(auto row, tx.maybe(kTakeJob, now + std::chrono::milliseconds(lease).count(), now));
    if (row) taken = Job{row->id, library_of(row->library), row->kind, row->body, row->attempts};
    return {};
  }));
  return taken;
}

Done EngineBase::job_done(const Job& job) {
  return write_beside([&](Tx& tx) -> Done {
    TRY_DONE(tx.run(kJobDone, job.id, job.attempts));
    return {};
  });
}

Done EngineBase::job_failed(const Job& job, std::string_view why) {
  return write_beside([&](Tx& tx) -> Done {
    TRY(const auto now, lease_now(tx));
    const auto delay_ms = std::min<std::int64_t>(std::int64_t{5000} << job.attempts, 3'600'000);
    TRY_DONE(tx.run(kJobSuperseded, job.id, job.attempts));
    TRY_DONE(tx.run(kJobFailed, job.attempts >= kMostAttempts ? kNever : now + delay_ms, text::clean_line(text::shorten(why, 200)), job.id, job.attempts));
    return {};
  });
}

}  // namespace kedge::store
