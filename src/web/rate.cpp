#include "web/rate.hpp"

#include <algorithm>

namespace kedge::web {
namespace {

constexpr std::size_t kMostPeers = 20000;

// A client with IPv6 owns its whole /64.
std::string group(std::string_view peer) {
  if (peer.find(':') == std::string_view::npos) return std::string(peer);
  std::size_t at = 0;
  for (int i = 0; i < 4; ++i) {
    const auto colon = peer.find(':', at);
    if (colon == std::string_view::npos) return std::string(peer);
    at = colon + 1;
  }
  return std::string(peer.substr(0, at));
}

}  // namespace

bool Rate::allows(std::string_view peer, std::chrono::steady_clock::time_point now) {
  if (per_second_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  const auto refilled = [&](const Bucket& bucket) {
    return std::min(burst_, bucket.tokens + per_second_ * std::chrono::duration<double>(now - bucket.seen).count());
  };
  if (buckets_.size() >= kMostPeers) {
    std::erase_if(buckets_, [&](const auto& entry) { return refilled(entry.second) >= burst_; });
    if (buckets_.size() >= kMostPeers) buckets_.clear();
  }
  auto [found, fresh] = buckets_.try_emplace(group(peer), Bucket{burst_, now});
  Bucket& bucket = found->second;
  bucket.tokens = refilled(bucket);
  bucket.seen = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

}  // namespace kedge::web
