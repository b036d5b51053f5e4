// store: what both engines share. Not for other modules.
#pragma once

#include <functional>
#include <memory>

#include "sql.hpp"
#include "store/database.hpp"

namespace kedge::store {

// Statements that an engine recognizes while they run.
extern const Query<void(std::string, std::string, std::int64_t)> kTouch;                             // the feed must wake
extern const Query<void(std::string, std::string, std::string, std::int64_t)> kAnswer;               // may be run again
extern const Query<std::string(std::string, std::string, std::int64_t)> kAnswered;                   // may be run again

extern const Query<void(std::string, std::int64_t, std::string, std::string, std::int64_t)> kRecordMigration;

extern const Query<RecordedMigration()> kRecordedMigrations;

class EngineBase : public Database {
 public:
  explicit EngineBase(const Clock& clock) : clock_(clock) {}

  Result<std::vector<Change>> changes_after(std::int64_t after, int most) override;
  Result<std::int64_t> last_change() override;
  Result<std::optional<Job>> take_job(std::chrono::seconds lease) override;
  Done job_done(const Job& job) override;
  Done job_failed(const Job& job, std::string_view why) override;

 protected:
  // Changes across libraries without keeping their writers out: for jobs, which have their own lease.
  virtual Done write_beside(const std::function<Done(Tx&)>& work) = 0;
  // The clock that leases are measured by.
  virtual Result<std::int64_t> lease_now(Read& db) = 0;

  const Clock& clock_;
};

Result<std::unique_ptr<Database>> open_sqlite(const Settings& settings, const Clock& clock);
Result<std::unique_ptr<Database>> open_postgresql(const Settings& settings, const Clock& clock);

// Runs the lambda and turns what a library threw into a fault.
template <class Unit>
Done guarded(const std::function<Done(Unit&)>& work, Unit& unit) {
  try {
    return work(unit);
  } catch (const std::exception& thrown) {
    return fail(Fault::internal, "store.failed", thrown.what());
  }
}

}  // namespace kedge::store
