// web: what a monitor may know of this node, in the Prometheus text format: how many requests a route answered with what, how
// long they took, memory and start. What leaves no line of log is not counted either, so that a number tells no more than the log.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace kedge::web {

class Measures {
 public:
  explicit Measures(std::int64_t began_ms) : began_ms_(began_ms) {}
  void count(std::string_view method, std::string_view pattern, int status, std::chrono::microseconds spent);
  // `version` of the program; `database`: whether it answers.
  [[nodiscard]] std::string text(std::string_view version, bool database) const;

 private:
  static constexpr std::array<std::int64_t, 8> kBounds{5, 10, 25, 50, 100, 250, 1000, 5000};  // milliseconds
  using Answer = std::tuple<std::string_view, std::string_view, int>;  // pattern, method, status; the first two last as long as the program
  mutable std::mutex mutex_;
  std::map<Answer, std::uint64_t> answers_;
  std::array<std::uint64_t, kBounds.size()> within_{};  // each: within its bound, and so within all that are larger
  std::uint64_t all_ = 0;
  std::chrono::microseconds spent_{0};
  std::int64_t began_ms_;
};

}  // namespace kedge::web
