// The server alone, over real sockets: what it must take, what it must refuse, what it must cut.
#include "web/server.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "socket.hpp"

namespace kedge::web {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Answers each request with its own parts, so that a test sees what the server understood.
class Running {
 public:
  explicit Running(ServerSettings settings = {}) {
    settings.port = 0;
    settings.take_signals = false;
    settings.sweep = 50ms;
    server_ = std::make_unique<Server>(settings, Answers{[this](Request&& request) { return answer(std::move(request)); },
                                                         [](const Request& request, int status) { return Reply::text("refused " + std::string(request.header("accept-language")) + " " + std::string(request.cookie("kedge_language")) + "\n", status); },
                                                         [this](const LiveSeat&, std::shared_ptr<Stream> stream) { stream_ = std::move(stream); }});
    if (!server_->listen()) std::abort();
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Running() {
    stop();
    stream_.reset();
  }
  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  std::string ask(std::string_view bytes) const {
    Socket socket(port());
    socket.send(bytes);
    socket.finish();
    return socket.rest();
  }
  Server& server() { return *server_; }

  std::atomic<int> asked{0};
  std::atomic<bool> held{false};
  std::shared_ptr<Stream> stream_;

 private:
  Reply answer(Request&& request) {
    ++asked;
    while (request.path == "/slow" && held) std::this_thread::sleep_for(5ms);
    if (request.path == "/live") {
      Reply reply;
      reply.content_type = "text/event-stream";
      reply.live = LiveSeat{};
      return reply;
    }
    std::string headers;
    for (const auto& [name, value] : request.headers) headers += name + ",";
    return Reply::text("[" + request.method + " " + request.path + " body=" + request.body + " headers=" + headers + "]");
  }
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

TEST(Server, AnswersAndKeepsTheConnection) {
  Running running;
  Socket socket(running.port());
  socket.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.until("]"), HasSubstr("[GET /a body= headers=host,]"));
  socket.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_THAT(socket.until("]"), HasSubstr("[POST /b body=abc"));
  socket.send("HEAD /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto head = socket.rest();
  EXPECT_THAT(head, HasSubstr("Content-Length: "));
  EXPECT_THAT(head, Not(HasSubstr("[HEAD")));
  EXPECT_TRUE(socket.closed());
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  Running running;
  std::string many;
  for (int i = 0; i < 20; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  many += "GET /last HTTP/1.0\r\n\r\n";
  const auto answers = running.ask(many);
  std::size_t at = 0;
  for (int i = 0; i < 20; ++i) {
    at = answers.find("[GET /" + std::to_string(i) + " ", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_NE(answers.find("[GET /last", at), std::string::npos);
}

TEST(Server, ReadsAChunkedBodyAndKeepsItsTrailersOutOfTheHeaders) {
  Running running;
  const auto answer = running.ask(
      "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Forwarded-For: evil\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("body=abcde"));
  EXPECT_THAT(answer, Not(HasSubstr("x-forwarded-for")));
}

TEST(Server, TakesTheAbsoluteForm) {
  Running running;
  EXPECT_THAT(running.ask("GET http://elsewhere/a/b?c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), HasSubstr("[GET /a/b "));
}

TEST(Server, SaysContinueBeforeABodyThatWaitsForIt) {
  Running running;
  Socket socket(running.port());
  socket.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(socket.until("\r\n\r\n"), StartsWith("HTTP/1.1 100 "));
  socket.send("ok");
  EXPECT_THAT(socket.until("]"), HasSubstr("body=ok"));
}

struct Refused {
  std::string_view what;
  std::string request;
  std::string_view status;
};

TEST(Server, RefusesWhatAProxyCouldReadDifferently) {
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::vector<Refused> table = {
      {"both lengths", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, "400"},
      {"unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled, "400"},
      {"repeated coding", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + smuggled, "400"},
      {"list of codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + smuggled, "400"},
      {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, "400"},
      {"two lengths", post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + smuggled, "400"},
      {"signed length", post + "Content-Length: +5\r\n\r\n" + smuggled, "400"},
      {"list of lengths", post + "Content-Length: 5, 5\r\n\r\n" + smuggled, "400"},
      {"folded header", post + "X: a\r\n b\r\nTransfer-Encoding\r\n : chunked\r\n\r\n" + smuggled, "400"},
      {"space before the colon", post + "Content-Length : 5\r\n\r\n" + smuggled, "400"},
      {"no host", "GET / HTTP/1.1\r\n\r\n" + smuggled, "400"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled, "400"},
      {"dot segments", "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n" + smuggled, "400"},
      {"encoded slash", "GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n" + smuggled, "400"},
      {"another method", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n" + smuggled, "405"},
      {"another version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n" + smuggled, "400"},
      {"another protocol", "\x16\x03\x01\x02 this is TLS\r\n\r\n" + smuggled, "400"},
      {"another expectation", post + "Content-Length: 1\r\nExpect: 200-ok\r\n\r\na" + smuggled, "417"},
      {"bad chunk", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" + smuggled, "400"},
  };
  for (const auto& row : table) {
    Running running;
    const auto answer = running.ask(row.request);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::string(row.status))) << row.what;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << row.what;
    EXPECT_THAT(answer, Not(HasSubstr("smuggled"))) << row.what;
    EXPECT_EQ(running.asked, 0) << row.what;
  }
}

TEST(Server, RefusesWhatIsTooLargeAndTheAnswerArrives) {
  Running running;
  EXPECT_THAT(running.ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"), StartsWith("HTTP/1.1 431"));
  const std::string big(2'000'000, 'a');
  EXPECT_THAT(running.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" + big), StartsWith("HTTP/1.1 413"));
  std::string chunks = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunks += "186a0\r\n" + std::string(100'000, 'a') + "\r\n";
  EXPECT_THAT(running.ask(chunks + "0\r\n\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(running.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_EQ(running.asked, 0);
}

TEST(Server, RefusesInTheLanguageThatAHeaderCutShortAskedFor) {
  Running running;
  const std::string spanish = "Host: x\r\nAccept-Language: es-MX\r\nCookie: kedge_language=en\r\n";
  for (const auto& request : {"GET / HTTP/1.1\r\n" + spanish + "X: " + std::string(20'000, 'a') + "\r\n\r\n", "GET / HTTP/1.1\r\n" + spanish + "no colon\r\n\r\n"})
    EXPECT_THAT(running.ask(request), HasSubstr("refused es-MX en"));
}

TEST(Server, TakesALargerUploadUntilTheBudgetForAllIsSpent) {
  ServerSettings settings;
  settings.upload_budget = 3'000'000;
  Running running(settings);
  const std::string head = "POST /up HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 2000000\r\n\r\n";
  Socket first(running.port());
  first.send(head + "a");
  std::this_thread::sleep_for(50ms);
  EXPECT_THAT(running.ask(head), StartsWith("HTTP/1.1 503"));
  first.send(std::string(1'999'999, 'a'));
  EXPECT_THAT(first.until("]"), StartsWith("HTTP/1.1 200"));
  first.close();
  Socket second(running.port());
  second.send(head + std::string(2'000'000, 'b'));
  EXPECT_THAT(second.until("]"), StartsWith("HTTP/1.1 200")) << "the budget came back";
}

TEST(Server, CutsAClientThatDripsItsRequest) {
  ServerSettings settings;
  settings.header_deadline = 300ms;
  settings.body_deadline = 300ms;
  settings.idle_deadline = 300ms;
  Running running(settings);
  const std::vector<std::pair<std::string, std::string>> table = {{"GET / HTTP/1.1\r\n", "408"},
                                                                  {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", "408"}};
  for (const auto& [opening, status] : table) {
    Socket socket(running.port());
    socket.send(opening);
    const auto began = std::chrono::steady_clock::now();
    std::string answer;
    while (!socket.closed() && std::chrono::steady_clock::now() - began < 3s) {
      socket.send("a");
      answer += socket.until("never", 50ms);
    }
    EXPECT_TRUE(socket.closed()) << opening;
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status));
  }
  Socket silent(running.port());
  EXPECT_EQ(silent.rest(), "") << "an idle connection is closed without a word";
  EXPECT_TRUE(silent.closed());
  EXPECT_EQ(running.asked, 0);
}

TEST(Server, SaysBusyWhenTheQueueIsFullAndRecovers) {
  ServerSettings settings;
  settings.workers = 1;
  settings.queue = 1;
  Running running(settings);
  running.held = true;
  const std::string slow = "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  Socket working(running.port());
  working.send(slow);
  while (running.asked < 1) std::this_thread::sleep_for(1ms);
  Socket waiting(running.port());
  waiting.send(slow);
  std::this_thread::sleep_for(50ms);
  const auto refused = running.ask(slow);
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refused, HasSubstr("Retry-After: 1"));
  running.held = false;
  EXPECT_THAT(working.rest(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(waiting.rest(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(running.ask(slow), StartsWith("HTTP/1.1 200"));
}

TEST(Server, FinishesRunningRequestsWhenItStops) {
  Running running;
  running.held = true;
  Socket working(running.port());
  working.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (running.asked < 1) std::this_thread::sleep_for(1ms);
  Socket idle(running.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.until("]");
  running.server().stop();
  EXPECT_EQ(idle.rest(), "");
  EXPECT_TRUE(idle.closed());
  running.held = false;
  const auto answer = working.rest();
  EXPECT_THAT(answer, HasSubstr("[GET /slow"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  running.stop();
  EXPECT_FALSE(Socket(running.port()).open());
}

TEST(Server, KeepsStreamsWithoutAWorker) {
  ServerSettings settings;
  settings.workers = 1;
  Running running(settings);
  Socket socket(running.port());
  socket.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.until("retry: 3000\n\n"), HasSubstr("Content-Type: text/event-stream"));
  while (!running.stream_) std::this_thread::sleep_for(1ms);
  running.stream_->send(std::make_shared<const std::string>("event: change\ndata: 1\n\n"));
  EXPECT_EQ(socket.until("1\n\n"), "event: change\ndata: 1\n\n");
  EXPECT_THAT(running.ask("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  socket.close();
  for (int i = 0; i < 500 && running.stream_->open(); ++i) std::this_thread::sleep_for(2ms);
  EXPECT_FALSE(running.stream_->open()) << "a stream whose reader has gone is known to be closed";
}

}  // namespace
}  // namespace kedge::web
