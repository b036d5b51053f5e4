#include "app/runner.hpp"

#include <chrono>

#include "core/log.hpp"

namespace kedge::app {
namespace {

constexpr std::chrono::seconds kLease{60};
constexpr std::chrono::seconds kIdle{1};  // another process may have written a job
constexpr std::int64_t kSecond_ms = 1000;
constexpr std::int64_t kMinute_ms = 60 * kSecond_ms;
constexpr std::int64_t kDay_ms = 24 * 60 * kMinute_ms;

void tell(std::string_view what, std::string_view name, const Done& done) {
  if (!done) spdlog::warn("{} {}: {} {}", what, name, done.error().key, done.error().detail);
}

}  // namespace

Runner::Runner(Hands hands, std::span<const Slice> slices) : hands_(hands), slices_(slices) {
  for (const auto& slice : slices_)
    for (const auto& kind : slice.jobs) kinds_.emplace(kind.kind, &kind);
  thread_ = std::thread([this] { run(); });
}

Runner::~Runner() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  bell_.notify_all();
  thread_.join();
}

void Runner::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  bell_.notify_all();
}

bool Runner::wait() {
  std::unique_lock lock(mutex_);
  bell_.wait_for(lock, kIdle, [this] { return woken_ || stopping_; });
  woken_ = false;
  return !stopping_;
}

bool Runner::run_job() {
  const auto taken = hands_.db.take_job(kLease);
  if (!taken || !*taken) return false;
  const auto& job = **taken;
  const auto found = kinds_.find(job.kind);
  const auto done = found == kinds_.end() ? Done(fail(Fault::internal, "app.job.unknown")) : found->second->run(hands_, job);
  tell("job", job.kind, done);
  const auto noted = done ? hands_.db.job_done(job) : hands_.db.job_failed(job, done.error().key);
  tell("job", job.kind, noted);
  return noted.has_value();
}

void Runner::run_recurring() {
  const auto now_ms = hands_.clock.now_ms();
  if (now_ms >= next_second_ms_) {
    next_second_ms_ = now_ms + kSecond_ms;
    bool well = true;
    for (const auto& slice : slices_) {
      if (slice.each_second == nullptr) continue;
      const auto done = slice.each_second(hands_);
      if (second_well_) tell("each second", slice.name, done);  // once, not each second that a database is away
      well = well && done.has_value();
    }
    second_well_ = well;
  }
  if (now_ms >= next_minute_ms_) {
    next_minute_ms_ = now_ms + kMinute_ms;
    for (const auto& slice : slices_)
      if (slice.each_minute != nullptr) tell("each minute", slice.name, slice.each_minute(hands_));
  }
  if (now_ms >= next_day_ms_) {
    next_day_ms_ = now_ms + kDay_ms;
    for (const auto& slice : slices_)
      if (slice.daily != nullptr) tell("daily", slice.name, slice.daily(hands_));
    tell("daily", "log of the database", hands_.db.forget_log());
  }
}

void Runner::run() {
  while (wait()) {
    run_recurring();
    while (run_job()) {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
  }
}

}  // namespace kedge::app
