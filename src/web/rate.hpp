// web: how many requests one client may send. In memory, of this node alone; addresses are never logged nor kept.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kedge::web {

class Rate {
 public:
  // `per_second` 0: no limit.
  Rate(double per_second, double burst) : per_second_(per_second), burst_(burst) {}
  [[nodiscard]] bool allows(std::string_view peer, std::chrono::steady_clock::time_point now);

 private:
  struct Bucket {
    double tokens = 0;
    std::chrono::steady_clock::time_point seen;
  };
  std::mutex mutex_;
  double per_second_;
  double burst_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace kedge::web
