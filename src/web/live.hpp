// web: the change feed of one library, told to its open pages. One thread for all streams; none of them holds a worker or a database session.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/database.hpp"
#include "web/reply.hpp"
#include "web/server.hpp"

namespace kedge::web {

struct House;

class Live {
 public:
  struct Times {
    std::chrono::milliseconds heartbeat{20'000};
    std::chrono::milliseconds session_check{30'000};  // an ended session's stream ends within two of these
    std::chrono::milliseconds settle{1'000};          // looks once more after a wake: a change may settle later
  };
  // Registers with the database's feed.
  Live(House& house, Times times);
  explicit Live(House& house) : Live(house, Times()) {}
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  // From any thread. The stream gets what came after seat.after, then what comes.
  void join(const LiveSeat& seat, std::shared_ptr<Stream> stream);
  // The last change that every stream was told.
  [[nodiscard]] std::int64_t position() const;
  [[nodiscard]] bool full() const;
  void stop();

 private:
  struct Seat {
    LiveSeat seat;
    std::weak_ptr<Stream> stream;
  };
  // Survives this object: the database may still call its wake.
  struct Bell;
  void run();
  void admit(std::vector<Seat> fresh);
  [[nodiscard]] std::string catch_up(const LiveSeat& seat);
  void tell(const std::vector<store::Change>& changes);
  void look();
  void beat();
  void check_sessions();

  House& house_;
  Times times_;
  std::shared_ptr<Bell> bell_;
  std::vector<Seat> seats_;  // of the thread alone
  std::atomic<std::int64_t> position_{0};
  std::atomic<std::int64_t> open_{0};
  std::thread thread_;
};

}  // namespace kedge::web
