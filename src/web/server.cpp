#include "web/server.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <deque>
#include <optional>
#include <unordered_set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include "core/log.hpp"
#include "core/text.hpp"
#include "web/head.hpp"
#include "web/workers.hpp"

namespace kedge::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Moment = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using boost::system::error_code;

constexpr std::size_t kMostQueuedEvents = 256 * 1024;  // a stream that reads slower than this is closed; the browser comes back
constexpr std::size_t kReadBytes = 4096;

Moment now() { return std::chrono::steady_clock::now(); }

std::string_view reason(int status) {
  const auto text = http::obsolete_reason(static_cast<http::status>(status));
  return {text.data(), text.size()};
}

// As many connections as the system allows, 64 descriptors kept for files and databases.
std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 512;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur > 128 ? limit.rlim_cur - 64 : 64;
}

// Children of this process (document readers) must not hold our sockets open.
void keep_from_children(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

std::string without_zone(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

class Connection;

struct Server::Inside {
  explicit Inside(ServerSettings the_settings, Answers the_answers)
      : settings(std::move(the_settings)), answers(std::move(the_answers)), acceptor(io), sweeper(io), pause(io), signals(io) {}

  void accept();
  void accepted(error_code error, tcp::socket socket);
  void sweep();
  void begin_stop();
  void finish_if_quiet();

  ServerSettings settings;
  Answers answers;
  asio::io_context io{1};
  tcp::acceptor acceptor;
  asio::steady_timer sweeper;
  asio::steady_timer pause;
  asio::signal_set signals;
  std::unique_ptr<Workers> workers;
  std::unordered_set<std::shared_ptr<Connection>> connections;
  std::size_t most_connections = 512;
  std::size_t upload_bytes = 0;  // of the budget, taken
  std::uint16_t bound_port = 0;
  bool stopping = false;
  Moment stop_by;
};

// One client. All of it runs on the server's own thread, but for send() and close(), which post there.
class Connection final : public Stream, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server::Inside& house, tcp::socket socket, std::string peer)
      : house_(house), socket_(std::move(socket)), peer_(std::move(peer)), deadline_(now() + house.settings.header_deadline) {}

  void start() { read(); }
  void check(Moment moment) {
    if (moment < deadline_ || state_ == State::working) return;
    // a client that is slow with its request is told so once; every other one is just cut
    if (state_ == State::header || state_ == State::body) return refuse(408);
    drop();
  }
  void server_stops() {
    last_ = true;
    if (state_ == State::idle || state_ == State::streaming || state_ == State::lingering) drop();
  }

  void send(std::shared_ptr<const std::string> text) override {
    asio::post(house_.io, [self = shared_from_this(), text = std::move(text)]() mutable { self->queue_event(std::move(text)); });
  }
  void close() override {
    asio::post(house_.io, [self = shared_from_this()] { self->drop(); });
  }
  [[nodiscard]] bool open() const override { return open_.load(std::memory_order_relaxed); }

 private:
  enum class State : std::uint8_t { idle, header, body, working, writing, streaming, lingering };
  using Parser = http::request_parser<http::string_body>;

  void read();
  void feed();
  void header_done();
  [[nodiscard]] int read_header();
  [[nodiscard]] bool take_budget(std::size_t bytes);
  void give_budget_back();
  void work();
  void refuse(int status);
  void answer(Reply reply);
  void written(error_code error);
  void next();
  void linger();
  void begin_stream(const LiveSeat& seat);
  void queue_event(std::shared_ptr<const std::string> text);
  void write_event();
  void watch_for_end();
  void drop();
  void enter(State state, milliseconds term) {
    state_ = state;
    deadline_ = now() + term;
  }

  Server::Inside& house_;
  tcp::socket socket_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Request request_;
  Reply reply_;
  std::string head_;
  std::deque<std::shared_ptr<const std::string>> events_;
  std::size_t event_bytes_ = 0;
  std::size_t budget_taken_ = 0;
  Moment deadline_;
  State state_ = State::idle;
  bool header_seen_ = false;
  bool head_only_ = false;  // HEAD
  bool last_ = false;       // closes after this answer
  bool unread_ = false;     // part of the request was never read: linger, or the answer is lost in a reset
  bool writing_event_ = false;
  std::atomic<bool> open_{true};
};

void Connection::read() {
  socket_.async_read_some(buffer_.prepare(kReadBytes), [self = shared_from_this()](error_code error, std::size_t size) {
    if (!self->open() || self->state_ == State::writing || self->state_ == State::lingering) return;  // a deadline answered meanwhile
    if (error) return self->drop();
    self->buffer_.commit(size);
    if (self->state_ == State::idle) self->enter(State::header, self->house_.settings.header_deadline);
    self->feed();
  });
}

// Hands what has arrived to the parser, step by step, until a whole request is there or more is needed.
void Connection::feed() {
  if (!parser_) {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(house_.settings.header_bytes));
    parser_->body_limit(house_.settings.upload_bytes);
    header_seen_ = false;
    request_ = Request();
    head_only_ = false;
  }
  while (!parser_->is_done()) {
    if (buffer_.size() == 0) return read();
    error_code error;
    const auto used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    if (error == http::error::need_more) return read();
    if (error == http::error::header_limit) return refuse(431);
    if (error == http::error::body_limit) return refuse(413);
    if (error) return refuse(400);
    if (parser_->is_header_done() && !header_seen_) {
      header_seen_ = true;
      const int problem = read_header();
      if (problem != 0) return refuse(problem);
      if (!parser_->is_done()) header_done();
    }
  }
  work();
}

// Returns 0, or the status of the refusal.
int Connection::read_header() {
  const auto& message = parser_->get();
  request_.peer = peer_;
  last_ = last_ || !message.keep_alive();
  head_only_ = message.method() == http::verb::head;
  if (const int problem = wire::read_head(message, request_); problem != 0) return problem;
  const bool upload = request_.header("content-type").starts_with("multipart/");
  const auto most = upload ? house_.settings.upload_bytes : house_.settings.form_bytes;
  const auto length = parser_->content_length();
  if (length && *length > most) return 413;
  parser_->body_limit(most);
  if (parser_->is_done() || (length && *length <= 65536)) return 0;
  return take_budget(length ? *length : most) ? 0 : 503;
}

// A body follows.
void Connection::header_done() {
  const auto length = parser_->content_length();
  const auto size = length ? *length : house_.settings.form_bytes;
  enter(State::body, house_.settings.body_deadline + milliseconds(size * 1000 / 32768));
  if (!request_.header("expect").empty() && parser_->get().version() == 11 && buffer_.size() == 0) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.write_some(asio::buffer(kContinue), ignored);  // 25 bytes into an empty send buffer
  }
}

bool Connection::take_budget(std::size_t bytes) {
  if (house_.upload_bytes + bytes > house_.settings.upload_budget) return false;
  house_.upload_bytes += bytes;
  budget_taken_ += bytes;
  return true;
}

void Connection::give_budget_back() {
  house_.upload_bytes -= budget_taken_;
  budget_taken_ = 0;
}

void Connection::work() {
  request_.body = std::move(parser_->get().body());
  parser_.reset();
  state_ = State::working;
  if (!house_.settings.trusted_proxies.empty() && std::ranges::find(house_.settings.trusted_proxies, peer_) != house_.settings.trusted_proxies.end()) {
    const auto forwarded = request_.header("x-forwarded-for");  // only the last one is the proxy's own word
    const auto comma = forwarded.rfind(',');
    const auto client = text::trim(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
    if (!client.empty()) request_.peer = std::string(client);
  }
  const bool taken = house_.workers->offer([self = shared_from_this()]() mutable {
    Reply reply = self->house_.answers.answer(std::move(self->request_));
    auto& io = self->house_.io;
    asio::post(io, [self = std::move(self), reply = std::move(reply)]() mutable { self->answer(std::move(reply)); });
  });
  if (!taken) {
    Reply reply = house_.answers.refuse(request_, 503);
    reply.header("Retry-After", "1");
    answer(std::move(reply));
  }
}

void Connection::refuse(int status) {
  last_ = true;
  unread_ = true;
  if (parser_ && !header_seen_) wire::read_language(parser_->get(), request_);
  parser_.reset();
  Reply reply = house_.answers.refuse(request_, status);
  if (status == 503) reply.header("Retry-After", "1");
  if (status == 405) reply.header("Allow", "GET, HEAD, POST");
  answer(std::move(reply));
}

void Connection::answer(Reply reply) {
  give_budget_back();
  if (!open()) return;
  last_ = last_ || house_.stopping;
  reply_ = std::move(reply);
  const auto bytes = reply_.bytes();
  head_ = fmt::format("HTTP/1.1 {} {}\r\n", reply_.status, reason(reply_.status));
  if (reply_.status != 304 && !reply_.content_type.empty()) head_ += fmt::format("Content-Type: {}\r\n", reply_.content_type);
  for (const auto& [name, value] : reply_.headers)
    if (value.find_first_of("\r\n") == std::string::npos) head_ += fmt::format("{}: {}\r\n", name, value);
  if (reply_.live) return begin_stream(*reply_.live);
  const bool bodiless = reply_.status == 304 || reply_.status == 204;  // RFC 9110 8.6: no length either
  if (!bodiless) head_ += fmt::format("Content-Length: {}\r\n", bytes.size());
  head_ += last_ ? "Connection: close\r\n\r\n" : "\r\n";
  enter(State::writing, house_.settings.write_deadline + milliseconds(bytes.size() * 1000 / 32768));
  const bool with_body = !head_only_ && !bodiless;
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head_), asio::buffer(bytes.data(), with_body ? bytes.size() : 0)};
  asio::async_write(socket_, buffers, [self = shared_from_this()](error_code error, std::size_t) { self->written(error); });
}

void Connection::written(error_code error) {
  if (!open()) return;
  if (error) return drop();
  reply_ = Reply();
  if (!last_) return next();
  if (unread_) return linger();
  drop();
}

void Connection::next() {
  head_.clear();
  if (buffer_.size() > 0) {  // the client sent its next request already
    enter(State::header, house_.settings.header_deadline);
    return feed();
  }
  if (buffer_.capacity() > 4 * kReadBytes) buffer_ = beast::flat_buffer();
  request_ = Request();
  enter(State::idle, house_.settings.idle_deadline);
  read();
}

// Closing with bytes unread sends a reset, which can destroy the answer on its way: read them to nowhere for a while.
void Connection::linger() {
  if (state_ != State::lingering) {
    enter(State::lingering, milliseconds(2000));
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    socket_.cancel(ignored);
    buffer_ = beast::flat_buffer();
  }
  socket_.async_read_some(buffer_.prepare(kReadBytes), [self = shared_from_this()](error_code error, std::size_t) {
    if (!self->open()) return;
    if (error && error != asio::error::operation_aborted) return self->drop();
    self->linger();
  });
}

void Connection::begin_stream(const LiveSeat& seat) {
  if (!house_.answers.join || house_.stopping || head_only_) return drop();
  state_ = State::streaming;
  deadline_ = Moment::max();
  head_ += "X-Accel-Buffering: no\r\nConnection: close\r\n\r\n";
  queue_event(std::make_shared<const std::string>(head_ + "retry: 3000\n\n"));
  head_.clear();
  buffer_ = beast::flat_buffer();
  watch_for_end();
  house_.answers.join(seat, shared_from_this());
  reply_ = Reply();
  request_ = Request();
}

void Connection::queue_event(std::shared_ptr<const std::string> text) {
  if (!open() || state_ != State::streaming) return;
  event_bytes_ += text->size();
  if (event_bytes_ > kMostQueuedEvents) return drop();
  events_.push_back(std::move(text));
  if (!writing_event_) write_event();
}

void Connection::write_event() {
  writing_event_ = true;
  deadline_ = now() + house_.settings.write_deadline;
  const auto& text = *events_.front();
  asio::async_write(socket_, asio::buffer(text), [self = shared_from_this()](error_code error, std::size_t size) {
    if (!self->open()) return;
    if (error) return self->drop();
    self->event_bytes_ -= size;
    self->events_.pop_front();
    self->writing_event_ = false;
    self->deadline_ = Moment::max();
    if (!self->events_.empty()) self->write_event();
  });
}

// A stream's client says nothing more; reading tells when it has gone.
void Connection::watch_for_end() {
  socket_.async_read_some(buffer_.prepare(64), [self = shared_from_this()](error_code error, std::size_t) {
    if (!self->open()) return;
    if (error) return self->drop();
    self->watch_for_end();
  });
}

void Connection::drop() {
  if (!open_.exchange(false)) return;
  if (state_ != State::working) give_budget_back();
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  house_.connections.erase(shared_from_this());
  house_.finish_if_quiet();
}

void Server::Inside::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) { accepted(error, std::move(socket)); });
}

void Server::Inside::accepted(error_code error, tcp::socket socket) {
  if (stopping) return;
  if (error) {  // out of descriptors, most likely: trying again at once would take the whole thread
    pause.expires_after(milliseconds(100));
    pause.async_wait([this](error_code) { if (!stopping) accept(); });
    return;
  }
  error_code gone;
  const auto remote = socket.remote_endpoint(gone);
  if (!gone && connections.size() < most_connections) {
    keep_from_children(socket.native_handle());
    socket.set_option(tcp::no_delay(true), gone);
    auto connection = std::make_shared<Connection>(*this, std::move(socket), without_zone(remote.address()));
    connections.insert(connection);
    connection->start();
  }
  accept();
}

// One timer for all connections.
void Server::Inside::sweep() {
  sweeper.expires_after(settings.sweep);
  sweeper.async_wait([this](error_code error) {
    if (error) return;
    const auto moment = now();
    const std::vector<std::shared_ptr<Connection>> all(connections.begin(), connections.end());
    for (const auto& connection : all) connection->check(moment);
    if (stopping && moment > stop_by) return io.stop();
    sweep();
  });
}

void Server::Inside::begin_stop() {
  if (stopping) return;
  stopping = true;
  stop_by = now() + settings.stop_deadline;
  error_code ignored;
  acceptor.close(ignored);
  signals.cancel(ignored);
  pause.cancel();
  const std::vector<std::shared_ptr<Connection>> all(connections.begin(), connections.end());
  for (const auto& connection : all) connection->server_stops();
  finish_if_quiet();
}

void Server::Inside::finish_if_quiet() {
  if (!stopping || !connections.empty()) return;
  sweeper.cancel();
  io.stop();
}

Server::Server(ServerSettings settings, Answers answers) : inside_(std::make_unique<Inside>(std::move(settings), std::move(answers))) {}

Server::~Server() {
  inside_->workers.reset();  // whatever still runs posts its answer to a thread that is gone; nobody waits for it
  inside_->connections.clear();
}

Done Server::listen() {
  auto& inside = *inside_;
  error_code error;
  const auto address = asio::ip::make_address(inside.settings.address, error);
  if (error) return fail(Fault::unavailable, "web.port", "not an address: " + inside.settings.address);
  const tcp::endpoint endpoint(address, inside.settings.port);
  inside.acceptor.open(endpoint.protocol(), error);
  if (!error) keep_from_children(inside.acceptor.native_handle());
  if (!error) inside.acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) inside.acceptor.bind(endpoint, error);
  if (!error) inside.acceptor.listen(1024, error);
  if (error) return fail(Fault::unavailable, "web.port", fmt::format("{}:{}: {}", inside.settings.address, inside.settings.port, error.message()));
  inside.bound_port = inside.acceptor.local_endpoint().port();
  return {};
}

std::uint16_t Server::port() const { return inside_->bound_port; }

void Server::run() {
  auto& inside = *inside_;
  std::signal(SIGPIPE, SIG_IGN);
  inside.most_connections = raise_descriptor_limit();
  inside.workers = std::make_unique<Workers>(inside.settings.workers, inside.settings.queue);
  if (inside.settings.take_signals) {
    inside.signals.add(SIGTERM);
    inside.signals.add(SIGINT);
    inside.signals.async_wait([&inside](error_code error, int) { if (!error) inside.begin_stop(); });
  }
  inside.accept();
  inside.sweep();
  inside.io.run();
  inside.workers.reset();
}

void Server::stop() {
  asio::post(inside_->io, [this] { inside_->begin_stop(); });
}

}  // namespace kedge::web
