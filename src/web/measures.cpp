#include "web/measures.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

namespace kedge::web {
namespace {

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  statm >> pages >> pages;  // the second number
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) { fmt::format_to(std::back_inserter(out), "# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help); }

}  // namespace

void Measures::count(std::string_view method, std::string_view pattern, int status, std::chrono::microseconds spent) {
  const std::scoped_lock lock(mutex_);
  ++answers_[{pattern, method, status}];
  ++all_;
  spent_ += spent;
  for (std::size_t i = 0; i < kBounds.size(); ++i)
    if (spent <= std::chrono::milliseconds(kBounds[i])) ++within_[i];
}

std::string Measures::text(std::string_view version, bool database) const {
  std::string out;
  const auto put = [&out](std::string_view name, std::uint64_t value) { fmt::format_to(std::back_inserter(out), "{} {}\n", name, value); };
  head(out, "kedge_build_info", "gauge", "The program that answers.");
  fmt::format_to(std::back_inserter(out), "kedge_build_info{{version=\"{}\"}} 1\n", version);
  head(out, "kedge_database_up", "gauge", "Whether the database answers.");
  put("kedge_database_up", database ? 1 : 0);
  head(out, "process_start_time_seconds", "gauge", "When it started, in seconds since 1970.");
  put("process_start_time_seconds", static_cast<std::uint64_t>(began_ms_ / 1000));
  head(out, "process_resident_memory_bytes", "gauge", "Memory that it holds.");
  put("process_resident_memory_bytes", resident_bytes());
  const std::scoped_lock lock(mutex_);
  head(out, "kedge_requests_total", "counter", "Answers by route, method and status.");
  for (const auto& [answer, times] : answers_) {
    const auto& [pattern, method, status] = answer;
    fmt::format_to(std::back_inserter(out), "kedge_requests_total{{route=\"{}\",method=\"{}\",status=\"{}\"}} {}\n", pattern, method, status, times);
  }
  head(out, "kedge_request_seconds", "histogram", "How long answers took.");
  for (std::size_t i = 0; i < kBounds.size(); ++i) fmt::format_to(std::back_inserter(out), "kedge_request_seconds_bucket{{le=\"{}\"}} {}\n", static_cast<double>(kBounds[i]) / 1000, within_[i]);
  fmt::format_to(std::back_inserter(out), "kedge_request_seconds_bucket{{le=\"+Inf\"}} {0}\nkedge_request_seconds_sum {1}\nkedge_request_seconds_count {0}\n", all_, std::chrono::duration<double>(spent_).count());
  return out;
}

}  // namespace kedge::web
