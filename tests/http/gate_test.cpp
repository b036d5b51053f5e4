// Scenarios through gate and routes: request, status, text, and what must not have happened.
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "house.hpp"
#include "web/fields.hpp"
#include "web/presence.hpp"
#include "web/serve.hpp"
#include "web/views/form.hpp"
#include "web/views/layout.hpp"

namespace kedge::web {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::atomic<int> runs{0};

Result<Reply> page(const Request& /*request*/, Context& context) {
  ++runs;
  return Reply::html(render(context.words(), views::layout, Frame{"A page", "workbook", &context}, [] {}));
}

Result<Reply> save(const Request& request, Context& context) {
  if (request.line("title").empty()) return fail_field("title", "web.field.choice");
  const auto where = context.change([&](store::Tx& tx) -> Result<Url> {
    ++runs;
    TRY_DONE(tx.touch("thing/" + request.line("title")));
    return Url::path("/things/{}", request.line("title"));
  });
  if (!where) return fail(where.error());
  context.say_next("web.problems", {{"count", "3"}});
  return Reply::see_other(*where);
}

Result<Reply> form(const Request& request, Context& context) {
  const Error error = request.method == "POST" ? fail_field("title", "web.field.choice").value() : Error{};
  const Form form = request.method == "POST" ? Form(context, error) : Form(context);
  Html out(context.words());
  views::problems(out, form);
  views::field(out, form.field(FieldKind::line, "title", "web.nav", "kept").limited(40).needed());
  views::field(out, form.field(FieldKind::password, "secret", "web.nav"));
  return Reply::html(std::move(out), request.method == "POST" ? 422 : 200);
}

Result<Reply> broken(const Request& /*request*/, Context& /*context*/) { return fail(Fault::internal, "store.broken_row", "secret detail"); }
Result<Reply> thrown(const Request& /*request*/, Context& /*context*/) { throw std::runtime_error("secret detail"); }
Result<Reply> kept(const Request& /*request*/, Context& /*context*/) {
  Reply reply = Reply::text(std::string(5000, 'a'));
  reply.cacheable = true;
  return reply;
}

constexpr std::array<Route, 12> kRoutes{{{"GET", "/", Access::anyone, page},
                                         {"GET", "/member", Access::member, page},
                                         {"GET", "/staff", Access::staff, page},
                                         {"GET", "/board", Access::board, page},
                                         {"GET", "/lead", Access::lead, page},
                                         {"GET", "/administrator", Access::administrator, page},
                                         {"POST", "/things", Access::staff, save},
                                         {"GET", "/form", Access::staff, form},
                                         {"POST", "/form", Access::staff, form},
                                         {"GET", "/broken", Access::anyone, broken},
                                         {"GET", "/thrown", Access::anyone, thrown},
                                         {"GET", "/kept", Access::anyone, kept}}};

class GateTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    runs = 0;
    house_.emplace(std::vector<Routes>{kRoutes}, store::joined({identity::kMigrations, kMigrations}), GetParam());
  }
  TestHouse& house() { return *house_; }

 private:
  std::optional<TestHouse> house_;
};
KEDGE_ON_BOTH_ENGINES(GateTest);

TEST_P(GateTest, LetsEachRoleWhereItMay) {
  struct Row {
    Role role;
    std::string_view open;  // the routes it may see
  };
  const std::array<Row, 6> table{{{Role::administrator, "/member /staff /board /lead /administrator"},
                                  {Role::lead, "/member /staff /board /lead"},
                                  {Role::staff, "/member /staff /board"},
                                  {Role::intern, "/member /staff /board"},
                                  {Role::board, "/member /board"},
                                  {Role::trainer, "/member"}}};
  for (const auto& row : table) {
    auto browser = house().enter("Rosa", {row.role});
    for (const std::string_view path : {"/member", "/staff", "/board", "/lead", "/administrator"}) {
      runs = 0;
      const bool may = (std::string(row.open) + " ").find(std::string(path) + " ") != std::string::npos;
      EXPECT_EQ(browser.get(path).status, may ? 200 : 403) << code_of(row.role) << path;
      EXPECT_EQ(runs, may ? 1 : 0) << "a handler behind a closed door ran: " << code_of(row.role) << path;
    }
  }
}

TEST_P(GateTest, SendsNobodyToSignInAndComesBack) {
  auto nobody = house().visitor();
  const auto away = nobody.get("/staff");
  EXPECT_EQ(away.status, 303);
  EXPECT_EQ(header_of(away, "Location"), "/sign-in?next=%2Fstaff");
  EXPECT_EQ(nobody.get("/staff", {{"kedge-fragment", "1"}}).status, 401);
  EXPECT_EQ(nobody.post("/things", {{"title", "a"}}).status, 401);
  EXPECT_EQ(nobody.get("/live").status, 401);
  EXPECT_EQ(nobody.get("/").status, 200);
  nobody.set_cookie("kedge_session", "never-issued");
  EXPECT_EQ(nobody.get("/staff").status, 303);
  EXPECT_EQ(runs, 1);
}

TEST_P(GateTest, TakesAChangeOnlyFromItsOwnForm) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/staff");
  runs = 0;
  EXPECT_EQ(rosa.post("/things", {{"title", "a"}, {"csrf", ""}}).status, 403);
  EXPECT_EQ(rosa.post("/things", {{"title", "a"}, {"csrf", std::string(86, 'A')}}).status, 403);
  EXPECT_EQ(rosa.post("/things", {{"title", "a"}}, {{"sec-fetch-site", "cross-site"}}).status, 403);
  EXPECT_EQ(rosa.post("/things", {{"title", "a"}}, {{"origin", "https://evil.example"}}).status, 403);
  auto luis = house().enter("Luis", {Role::staff});
  EXPECT_EQ(luis.post("/things", {{"title", "a"}, {"csrf", rosa.csrf()}}).status, 403);
  auto mo = house().stranger();
  EXPECT_EQ(mo.post("/things", {{"title", "a"}, {"csrf", rosa.csrf()}}).status, 403);
  EXPECT_EQ(runs, 0) << "a refused form was saved";
  EXPECT_EQ(rosa.post("/things", {{"title", "a"}}, {{"sec-fetch-site", "same-origin"}}).status, 303);
  EXPECT_EQ(rosa.post("/things", {{"title", "b"}, {"csrf", ""}}, {{"kedge-csrf", rosa.csrf()}}).status, 303);
  EXPECT_EQ(runs, 2);
}

TEST_P(GateTest, SavesAFormOnceHoweverOftenItIsSent) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/staff");
  runs = 0;
  const auto first = rosa.post("/things", {{"title", "a"}, {"once", "key-of-this-form-0001"}});
  const auto second = rosa.post("/things", {{"title", "a"}, {"once", "key-of-this-form-0001"}});
  EXPECT_EQ(header_of(first, "Location"), "/things/a");
  EXPECT_EQ(header_of(second, "Location"), "/things/a");
  EXPECT_EQ(runs, 1);
}

TEST_P(GateTest, SaysANoticeOnceInTheReadersLanguage) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/staff");
  rosa.post("/things", {{"title", "a"}});
  EXPECT_THAT(rosa.get("/staff").body, HasSubstr("There are 3 things to look at"));
  EXPECT_THAT(rosa.get("/staff").body, Not(HasSubstr("There are 3 things to look at")));
  rosa.set_cookie("kedge_notice", "<script>");
  EXPECT_THAT(rosa.get("/staff").body, AllOf(Not(HasSubstr("script>alert")), Not(HasSubstr("<script>"))));
}

TEST_P(GateTest, SpeaksTheLanguageThatWasChosen) {
  auto nobody = house().visitor();
  EXPECT_THAT(nobody.get("/", {{"accept-language", "es-MX"}}).body, HasSubstr("<html lang=\"es\">"));
  EXPECT_THAT(nobody.get("/").body, HasSubstr("<html lang=\"en\">"));
  EXPECT_EQ(nobody.post("/language", {{"language", "es"}, {"back", "/staff"}}).status, 303);
  EXPECT_THAT(nobody.get("/", {{"accept-language", "en"}}).body, HasSubstr("<html lang=\"es\">"));
  auto rosa = house().enter("Rosa", {Role::staff});
  EXPECT_THAT(rosa.get("/staff", {{"accept-language", "es"}}).body, HasSubstr("<html lang=\"en\">")) << "the member's own choice is first";
  const auto elsewhere = rosa.post("/language", {{"language", "es"}, {"back", "//evil.example/"}});
  EXPECT_EQ(header_of(elsewhere, "Location"), "/");
}

TEST_P(GateTest, AnswersWhatIsNotThere) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto missing = rosa.get("/none");
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, AllOf(HasSubstr("<title>Nothing here"), HasSubstr("Harbor Grove")));
  const auto method = rosa.get("/things");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(header_of(method, "Allow"), "POST");
  EXPECT_EQ(rosa.get("/a%2fb").status, 400);
  EXPECT_EQ(rosa.get("/robots.txt").body, "User-agent: *\nDisallow: /\n");
  EXPECT_EQ(rosa.get("/health").status, 200);
  EXPECT_EQ(rosa.get("/assets/../house.cpp").status, 400);
  EXPECT_EQ(rosa.get("/assets/none.css").status, 404);
}

TEST_P(GateTest, KeepsDetailsOfAFaultToItself) {
  auto nobody = house().visitor();
  for (const std::string_view path : {"/broken", "/thrown"}) {
    const auto reply = nobody.get(path);
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_THAT(reply.body, AllOf(HasSubstr("What you saved before is safe"), Not(HasSubstr("secret detail"))));
  }
  const auto fragment = nobody.get("/broken", {{"kedge-fragment", "1"}});
  EXPECT_EQ(fragment.content_type, "application/json");
  EXPECT_THAT(fragment.body, StartsWith("{\"error\":\""));
}

TEST_P(GateTest, BringsAFormBackWithWhatWasTypedButNoPassword) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/staff");
  EXPECT_THAT(rosa.get("/form").body, HasSubstr("value=\"kept\""));
  const auto back = rosa.post("/form", {{"title", "<b>typed"}, {"secret", "hunter22"}});
  EXPECT_EQ(back.status, 422);
  EXPECT_THAT(back.body, AllOf(HasSubstr("value=\"&lt;b&gt;typed\""), HasSubstr("href=\"#f-title\""), HasSubstr("aria-invalid=\"true\""),
                               HasSubstr("aria-describedby=\"f-title-error f-title-limit\""), Not(HasSubstr("hunter22")), Not(HasSubstr("kept"))));
  const auto fragment = rosa.post("/things", {{"title", ""}}, {{"kedge-fragment", "1"}});
  EXPECT_EQ(fragment.body, "{\"error\":\"Choose one from the list.\",\"fields\":{\"title\":\"Choose one from the list.\"}}");
}

TEST_P(GateTest, RefusesBrokenFormsWithoutRunningAnything) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const std::array<std::pair<std::string, std::string>, 4> table{
      {{"application/x-www-form-urlencoded", "title=%zz"},
       {"application/x-www-form-urlencoded", "title=a%00b"},
       {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ncut off"},
       {"multipart/form-data", "x"}}};
  for (const auto& [type, body] : table) EXPECT_EQ(rosa.send("POST", "/things", {{"content-type", type}}, body).status, 400) << body;
  EXPECT_EQ(runs, 0);
}

TEST_P(GateTest, PutsItsHeadersOnEverythingAndStoresNothingPrivate) {
  auto rosa = house().enter("Rosa", {Role::staff});
  for (const std::string_view path : {"/staff", "/none", "/broken", "/robots.txt", "/lead"}) {
    const auto reply = rosa.get(path);
    EXPECT_THAT(header_of(reply, "Content-Security-Policy"), HasSubstr("default-src 'none'")) << path;
    EXPECT_EQ(header_of(reply, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(header_of(reply, "Cache-Control"), "no-store") << path;
    EXPECT_EQ(header_of(reply, "ETag"), "") << path;
  }
}

TEST_P(GateTest, TagsAndCompressesWhatMayBeKept) {
  auto nobody = house().visitor();
  const auto plain = nobody.get("/kept");
  EXPECT_EQ(plain.body.size(), 5000U);
  const auto tag = header_of(plain, "ETag");
  EXPECT_THAT(tag, StartsWith("W/\""));
  const auto same = nobody.get("/kept", {{"if-none-match", tag}, {"accept-encoding", "br"}});
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.body.empty());
  const auto brotli = nobody.get("/kept", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(header_of(brotli, "Content-Encoding"), "br");
  EXPECT_LT(brotli.body.size(), 100U);
  EXPECT_EQ(header_of(nobody.get("/kept", {{"accept-encoding", "gzip"}}), "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(nobody.get("/kept", {{"accept-encoding", "br;q=0"}}), "Content-Encoding"), "");
}

TEST_P(GateTest, GivesCookiesThatScriptsAndOtherSitesCannotUse) {
  auto nobody = house().visitor();
  EXPECT_THAT(header_of(nobody.get("/"), "Set-Cookie"), AllOf(StartsWith("kedge_form="), HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), Not(HasSubstr("Secure"))));
  house().house.public_url = "https://kedge.test";
  auto another = house().visitor();
  EXPECT_THAT(header_of(another.get("/"), "Set-Cookie"), AllOf(StartsWith("__Host-kedge_form="), HasSubstr("Path=/;"), HasSubstr("; Secure")));
}

TEST_P(GateTest, LimitsOneClientAndNotAnother) {
  house().house.settings.requests_per_second = 1;
  house().house.settings.request_burst = 3;
  Gate gate(house().house, *house().router, nullptr);
  const auto ask = [&](const std::string& peer) {
    Request request;
    request.method = "GET";
    request.path = "/";
    request.peer = peer;
    return gate.answer(std::move(request)).status;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask("192.0.2.1"), 200);
  EXPECT_EQ(ask("192.0.2.1"), 429);
  EXPECT_EQ(ask("192.0.2.2"), 200);
}

TEST_P(GateTest, TellsWhoIsHereToOthersOfTheLibraryAlone) {
  auto rosa = house().enter("Rosa", {Role::staff});
  auto luis = house().enter("Luis", {Role::staff});
  auto mo = house().stranger();
  for (auto* browser : {&rosa, &luis, &mo}) browser->get("/staff");
  const auto changes = [&] { return house().database->changes_after(0, 500)->size(); };
  EXPECT_EQ(rosa.post("/presence", {{"topic", "answer/1"}}).status, 204);
  const auto before = changes();
  EXPECT_EQ(rosa.post("/presence", {{"topic", "answer/1"}}).status, 204);
  EXPECT_EQ(changes(), before) << "staying is no news";
  EXPECT_THAT(luis.get("/presence?topic=answer/1").body, HasSubstr("Rosa is here too."));
  EXPECT_THAT(rosa.get("/presence?topic=answer/1").body, Not(HasSubstr("is here too"))) << "oneself is not another";
  EXPECT_THAT(mo.get("/presence?topic=answer/1").body, Not(HasSubstr("Rosa")));
  EXPECT_EQ(rosa.post("/presence", {{"topic", "checklist/1"}}).status, 400);
  EXPECT_EQ(rosa.post("/presence", {{"topic", "workbook/1/marks"}}).status, 400);
  house().clock.advance(61'000);
  EXPECT_THAT(luis.get("/presence?topic=answer/1").body, Not(HasSubstr("Rosa")));
}

// A stream that a test can read.
class Listener final : public Stream {
 public:
  void send(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    heard_ += *text;
  }
  void close() override { open_ = false; }
  [[nodiscard]] bool open() const override { return open_; }
  std::string until(std::string_view enough) {
    for (int i = 0; i < 6000; ++i) {  // half a minute: a machine that does much else at the same time tells late
      {
        const std::lock_guard lock(mutex_);
        if (heard_.find(enough) != std::string::npos) return heard_;
      }
      std::this_thread::sleep_for(5ms);
    }
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  std::mutex mutex_;
  std::string heard_;
  std::atomic<bool> open_{true};
};

TEST_P(GateTest, TellsChangesOfOneLibraryAndWhatWasMissed) {
  auto rosa = house().enter("Rosa", {Role::staff});
  auto mo = house().stranger();
  const auto seat = rosa.get("/live").live;
  ASSERT_TRUE(seat);
  EXPECT_EQ(seat->library, house().library());
  auto listener = std::make_shared<Listener>();
  house().live->join(*seat, listener);
  mo.get("/staff");
  rosa.get("/staff");
  mo.post("/things", {{"title", "foreign"}});
  // settled: on PostgreSQL whatever else runs in the cluster can hold that back for a moment
  auto begun = house().database->last_change();
  for (int i = 0; i < 6000 && *begun == 0; ++i) {
    std::this_thread::sleep_for(5ms);
    begun = house().database->last_change();
  }
  ASSERT_GT(*begun, 0);
  rosa.post("/things", {{"title", "ours"}});
  const auto heard = listener->until("thing/ours");
  EXPECT_THAT(heard, HasSubstr("event: change\ndata: {\"topic\":\"thing/ours\",\"version\":"));
  EXPECT_THAT(heard, Not(HasSubstr("foreign")));
  auto late = std::make_shared<Listener>();
  auto again = *rosa.get("/live", {{"last-event-id", std::to_string(*begun)}}).live;
  house().live->join(again, late);
  EXPECT_THAT(late->until("thing/ours"), AllOf(HasSubstr("thing/ours"), Not(HasSubstr("foreign"))));
}

TEST_P(GateTest, EndsTheStreamOfAnEndedSession) {
  auto rosa = house().enter("Rosa", {Role::staff});
  Live::Times times;
  times.session_check = 50ms;
  Live live(house().house, times);
  auto listener = std::make_shared<Listener>();
  live.join(*rosa.get("/live").live, listener);
  std::this_thread::sleep_for(200ms);
  EXPECT_TRUE(listener->open());
  house().clock.advance(366LL * 24 * 3600 * 1000);
  for (int i = 0; i < 400 && listener->open(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_FALSE(listener->open());
}

TEST_P(GateTest, TellsAMonitorOfThisMachineWhatTheLogTells) {
  const auto ask = [&](const std::string& peer, Headers headers = {}) {
    Request request;
    request.method = "GET";
    request.path = "/metrics";
    request.peer = peer;
    request.headers = std::move(headers);
    return house().gate->answer(std::move(request));
  };
  house().house.settings.version = "1.2.3";
  auto rosa = house().enter("Rosa", {Role::staff});
  EXPECT_EQ(rosa.get("/staff").status, 200);
  EXPECT_EQ(rosa.get("/staff").status, 200);
  EXPECT_EQ(rosa.get("/lead").status, 403);
  EXPECT_EQ(rosa.get("/nowhere/secret-word").status, 404);
  const auto told = ask("127.0.0.1");
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.body, AllOf(HasSubstr("kedge_requests_total{route=\"/staff\",method=\"GET\",status=\"200\"} 2\n"), HasSubstr("{route=\"/lead\",method=\"GET\",status=\"403\"} 1\n"),
                               HasSubstr("{route=\"-\",method=\"-\",status=\"404\"} 1\n"), HasSubstr("kedge_request_seconds_bucket{le=\"+Inf\"} 4\n"), HasSubstr("kedge_request_seconds_count 4\n"),
                               HasSubstr("kedge_build_info{version=\"1.2.3\"} 1\n"), HasSubstr("kedge_database_up 1\n"), HasSubstr("process_resident_memory_bytes "), Not(HasSubstr("secret-word"))));
  EXPECT_EQ(ask("::1").status, 200);
  EXPECT_EQ(ask("192.0.2.7").status, 404);
  EXPECT_EQ(ask("127.0.0.1", {{"x-forwarded-for", "192.0.2.7"}}).status, 404) << "through a proxy that nobody named";
  EXPECT_EQ(ask("127.0.0.1", {{"forwarded", "for=192.0.2.7"}}).status, 404);
  house().house.settings.metrics_readers = {"192.0.2.7"};
  EXPECT_EQ(ask("192.0.2.7").status, 200);
}

}  // namespace
}  // namespace kedge::web
