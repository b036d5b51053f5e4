// app: the thread that does what waits: jobs of the database, and what comes back each second, minute and day.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <span>
#include <string_view>
#include <thread>

#include "app/slice.hpp"

namespace kedge::app {

class Runner {
 public:
  Runner(Hands hands, std::span<const Slice> slices);
  ~Runner();  // the running job is finished
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void wake();  // from any thread: a job was written

 private:
  void run();
  [[nodiscard]] bool run_job();  // false: none was due
  void run_recurring();
  [[nodiscard]] bool wait();     // false: stop

  Hands hands_;
  std::span<const Slice> slices_;
  std::map<std::string_view, const JobKind*> kinds_;
  std::int64_t next_second_ms_ = 0;
  bool second_well_ = true;
  std::int64_t next_minute_ms_ = 0;
  std::int64_t next_day_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable bell_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kedge::app
