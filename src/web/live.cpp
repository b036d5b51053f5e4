#include "web/live.hpp"

#include <algorithm>
#include <csignal>
#include <unordered_map>

#include <fmt/format.h>

#include "core/log.hpp"
#include "identity/identity.hpp"
#include "web/context.hpp"

namespace kedge::web {
namespace {

constexpr int kMostAtOnce = 500;
constexpr int kMostCatchUp = 5000;  // a page that missed more loads itself again

// Topics are made by our own code of letters, digits and / - _ : nothing to escape.
std::string event(const store::Change& change) {
  return fmt::format("id: {}\nevent: change\ndata: {{\"topic\":\"{}\",\"version\":{}}}\n\n", change.sequence, change.topic, change.sequence);
}

}  // namespace

struct Live::Bell {
  std::mutex mutex;
  std::condition_variable wake;
  bool rung = false;
  bool stopping = false;
  std::vector<Seat> fresh;
};

Live::Live(House& house, Times times) : house_(house), times_(times), bell_(std::make_shared<Bell>()) {
  if (const auto last = house_.db.last_change()) position_ = *last;
  house_.db.on_change([bell = bell_] {
    {
      const std::lock_guard lock(bell->mutex);
      bell->rung = true;
    }
    bell->wake.notify_one();
  });
  sigset_t all{};
  sigset_t before{};
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Live::~Live() { stop(); }

void Live::stop() {
  {
    const std::lock_guard lock(bell_->mutex);
    bell_->stopping = true;
  }
  bell_->wake.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Live::join(const LiveSeat& seat, std::shared_ptr<Stream> stream) {
  {
    const std::lock_guard lock(bell_->mutex);
    bell_->fresh.push_back({seat, stream});
  }
  bell_->wake.notify_one();
}

std::int64_t Live::position() const { return position_.load(std::memory_order_acquire); }
bool Live::full() const { return open_.load() >= house_.settings.most_streams; }

void Live::run() {
  using Clock = std::chrono::steady_clock;
  auto next_beat = Clock::now() + times_.heartbeat;
  auto next_check = Clock::now() + times_.session_check;
  auto next_look = Clock::time_point::max();
  while (true) {
    bool rung = false;
    std::vector<Seat> fresh;
    {
      std::unique_lock lock(bell_->mutex);
      bell_->wake.wait_until(lock, std::min({next_beat, next_check, next_look}),
                             [this] { return bell_->rung || bell_->stopping || !bell_->fresh.empty(); });
      if (bell_->stopping) break;
      rung = std::exchange(bell_->rung, false);
      fresh.swap(bell_->fresh);
    }
    const auto now = Clock::now();
    if (rung || now >= next_look) {
      look();
      next_look = rung ? now + times_.settle : Clock::time_point::max();
    }
    if (!fresh.empty()) admit(std::move(fresh));
    if (now >= next_beat) {
      beat();
      next_beat = now + times_.heartbeat;
    }
    if (now >= next_check) {
      check_sessions();
      next_check = now + times_.session_check;
    }
    open_ = static_cast<std::int64_t>(seats_.size());
  }
  for (const auto& seat : seats_)
    if (const auto stream = seat.stream.lock()) stream->close();
}

// What a stream missed between its page and now, then a seat. Only this thread moves the position, so nothing falls between.
void Live::admit(std::vector<Seat> fresh) {
  for (auto& seat : fresh) {
    const auto stream = seat.stream.lock();
    if (!stream) continue;
    if (seat.seat.after > 0 && seat.seat.after < position()) {
      const std::string missed = catch_up(seat.seat);
      if (!missed.empty()) stream->send(std::make_shared<const std::string>(std::move(missed)));
    }
    seats_.push_back(std::move(seat));
  }
}

std::string Live::catch_up(const LiveSeat& seat) {
  std::string missed;
  int rows = 0;  // sequences may have wide gaps: count what is there
  for (std::int64_t after = seat.after; after < position();) {
    const auto changes = house_.db.changes_after(after, kMostAtOnce);
    if (!changes || changes->empty()) break;
    rows += static_cast<int>(changes->size());
    if (rows > kMostCatchUp) return fmt::format("id: {}\nevent: reload\ndata: {{}}\n\n", position());
    for (const auto& change : *changes)
      if (change.library == seat.library && change.sequence <= position()) missed += event(change);
    after = changes->back().sequence;
  }
  return missed;
}

void Live::look() {
  while (true) {
    const auto changes = house_.db.changes_after(position(), kMostAtOnce);
    if (!changes) {
      spdlog::warn("live: {}", changes.error().key);
      return;
    }
    if (changes->empty()) return;
    tell(*changes);
    position_.store(changes->back().sequence, std::memory_order_release);
  }
}

void Live::tell(const std::vector<store::Change>& changes) {
  if (seats_.empty()) return;
  std::unordered_map<Id, std::string> by_library;
  for (const auto& change : changes) by_library[change.library] += event(change);
  std::unordered_map<Id, std::shared_ptr<const std::string>> shared;
  for (auto& [library, text] : by_library) shared.emplace(library, std::make_shared<const std::string>(std::move(text)));
  for (const auto& seat : seats_)
    if (const auto found = shared.find(seat.seat.library); found != shared.end())
      if (const auto stream = seat.stream.lock()) stream->send(found->second);
}

void Live::beat() {
  static const auto kBeat = std::make_shared<const std::string>(": still here\n\n");
  std::erase_if(seats_, [](const Seat& seat) {
    const auto stream = seat.stream.lock();
    return !stream || !stream->open();
  });
  for (const auto& seat : seats_)
    if (const auto stream = seat.stream.lock()) stream->send(kBeat);
}

void Live::check_sessions() {
  std::unordered_map<std::string, bool> ended;  // tabs share a session
  std::erase_if(seats_, [&](const Seat& seat) {
    const auto stream = seat.stream.lock();
    if (!stream || !stream->open()) return true;
    auto [found, fresh] = ended.try_emplace(seat.seat.cookie, false);
    if (fresh) {
      const auto who = house_.db.read(store::InstallationScope{}, [&](store::Read& db) { return identity::resume(db, seat.seat.cookie); });
      found->second = who ? who->library.id != seat.seat.library : who.error().fault == Fault::signed_out;
    }
    if (found->second) stream->close();
    return found->second;
  });
}

}  // namespace kedge::web
