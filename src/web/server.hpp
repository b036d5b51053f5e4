// web: connections, limits and deadlines. server.cpp is the only file that knows Asio and Beast.
// Knows nothing of routes, sessions or pages: it hands over plain requests and writes plain replies.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::web {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one, see Server::port
  int workers = 0;            // 0: max(4, 2 x cores)
  std::size_t queue = 256;
  std::size_t header_bytes = 16 * 1024;
  std::size_t form_bytes = 1024 * 1024;
  std::size_t upload_bytes = 16 * 1024 * 1024;   // one multipart request
  std::size_t upload_budget = 64 * 1024 * 1024;  // all large bodies that are being received together
  std::chrono::milliseconds header_deadline{10'000};  // from the first byte of a request to the end of its headers
  std::chrono::milliseconds body_deadline{20'000};    // and a second for every 32 kB announced
  std::chrono::milliseconds idle_deadline{75'000};
  std::chrono::milliseconds write_deadline{30'000};   // and a second for every 32 kB
  std::chrono::milliseconds stop_deadline{10'000};    // running requests, when the server is told to stop
  std::chrono::milliseconds sweep{500};
  std::vector<std::string> trusted_proxies = {};      // addresses whose X-Forwarded-For is believed
  bool take_signals = true;                           // SIGTERM and SIGINT stop the server
};

// An event stream that is open. Calls come from any thread and never wait.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual void send(std::shared_ptr<const std::string> text) = 0;
  virtual void close() = 0;
  [[nodiscard]] virtual bool open() const = 0;
};

// What stands behind the server.
struct Answers {
  std::function<Reply(Request&&)> answer;                       // on a worker thread; the body still unread in request.body
  std::function<Reply(const Request&, int status)> refuse;      // on the server's own thread: quick, without a database
  std::function<void(const LiveSeat&, std::shared_ptr<Stream>)> join = {};
};

class Server {
 public:
  Server(ServerSettings settings, Answers answers);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Errors: unavailable "web.port" (taken, or not allowed; the detail says which).
  Done listen();
  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop(); returns when running requests are answered.
  void run();
  void stop();  // from any thread

  struct Inside;

 private:
  std::unique_ptr<Inside> inside_;
};

}  // namespace kedge::web
