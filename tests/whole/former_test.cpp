// Who left and took the name away is "a former colleague" wherever a name stood: on pages, on paper, in the file.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide/exchange.hpp"
#include "whole_house.hpp"
#include "identity/members.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin, es: Empiece}\n    prompts:\n      - {id: one.what, kind: reflection, label: {en: What, es: Que}}\n      - {id: one.steps, kind: actions, label: {en: Steps, es: Pasos}}\n      - id: one.list\n        kind: list\n        label: {en: Whom, es: Quienes}\n        voices: [team]\n        columns:\n          - {id: who, kind: member, label: {en: Who, es: Quien}}\n"})";

constexpr const char* kRow = "01930000-0000-7000-8000-000000000001";  // the id that an empty row comes with

class Former : public WholeHouse {
 protected:
  void SetUp() override {
    WholeHouse::SetUp();
    if (IsSkipped()) return;
    ana_ = std::make_unique<web::Browser>(house_->enter("Anastasia", {Role::staff}));
    const auto scope = house_->scope(*rosa_, {Role::lead});
    book_ = house_->database->write(scope, [&](store::Tx& tx) { return guide::import_workbook(tx, scope, kBook, nullptr); }).value().workbook.text();
  }
  // What she leaves behind everywhere that names somebody; the pages on which it stands.
  std::vector<std::string> write_everywhere() {
    auto& ana = *ana_;
    const auto what = "/workbooks/" + book_ + "/prompts/one.what";
    ana.get("/findings/new");
    made(ana.post(what + "/team", {{"version", "0"}, {"text", "Two chairs by the window"}}));
    made(ana.post(what + "/personal", {{"version", "0"}, {"text", "My own note"}}));
    made(ana.post(what + "/personal/sharing"));
    made(ana.post("/workbooks/" + book_ + "/prompts/one.list/team?row=" + kRow, {{"version", "0"}, {"who", ana.member.text()}}));
    const auto finding = made(ana.post("/findings", {{"statement", "People need to rest."}, {"theme", "rest"}}));
    const auto action = made(ana.post("/actions", {{"step", "Ask the fire marshal"}, {"owner", "member:" + ana.member.text()}, {"workbook", book_}}));
    made(ana.post(action + "/check-ins", {{"note", "He called back."}}));
    return {"/workbooks/" + book_ + "/sections/one", what + "/team/revisions", "/workbooks/" + book_ + "/page", "/workbooks/" + book_ + "/export.json",
            finding, action, "/actions"};
  }
  static std::string made(const web::Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    return web::header_of(reply, "Location");
  }
  void leave(const std::string& trace) {
    ana_->get("/account/leave");
    made(ana_->post("/account/leave", {{trace, "yes"}}));
  }

  std::unique_ptr<web::Browser> ana_;
  std::string book_;
};
KEDGE_ON_BOTH_ENGINES(Former);

TEST_P(Former, ColleaguesAreCalledThatWhereTheirNameStood) {
  const auto pages = write_everywhere();
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, HasSubstr("Anastasia")) << page << " names nobody, so it shows nothing here";
  leave("name_goes");
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, AllOf(Not(HasSubstr("Anastasia")), HasSubstr("a former colleague"))) << page;
  rosa_->set_cookie("kedge_language", "es");
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, HasSubstr("alguien que ya no est\xC3\xA1 en el equipo")) << page;
}

TEST_P(Former, ColleaguesKeepTheirNameUnlessTheyAsk) {
  const auto pages = write_everywhere();
  leave("name_stays");
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, AllOf(HasSubstr("Anastasia"), Not(HasSubstr("a former colleague")))) << page;
}

TEST_P(Former, ColleaguesMayAskLaterAndALeadTakesTheNameAway) {
  const auto pages = write_everywhere();
  const auto name = "/people/" + ana_->member.text() + "/name";
  rosa_->get("/people");
  EXPECT_EQ(rosa_->post(name).status, 404) << "she is still here";
  leave("name_stays");
  EXPECT_THAT(rosa_->get("/people").body, HasSubstr("href=\"" + name + "\""));
  auto luis = house_->enter("Luis", {Role::staff});
  EXPECT_THAT(luis.get("/people").body, Not(HasSubstr("Anastasia")));
  EXPECT_EQ(luis.post(name).status, 403);
  EXPECT_THAT(rosa_->get(name).body, HasSubstr("Anastasia"));
  made(rosa_->post(name));
  EXPECT_THAT(rosa_->get("/people").body, Not(HasSubstr("Anastasia")));
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, AllOf(Not(HasSubstr("Anastasia")), HasSubstr("a former colleague"))) << page;
  EXPECT_EQ(rosa_->post(name).status, 404);
}

TEST_P(Former, ALeadWhoClosesAnAccountTakesTheNameAwayWhenAsked) {
  const auto pages = write_everywhere();
  const auto close = "/people/" + ana_->member.text() + "/close";
  rosa_->get(close);
  made(rosa_->post(close, {{"name_goes", "yes"}}));
  rosa_->get("/people");  // says once whose account is closed
  for (const auto& page : pages) EXPECT_THAT(rosa_->get(page).body, Not(HasSubstr("Anastasia"))) << page;
}

TEST_P(Former, AnswersArePulledIntoTheTeamsWithoutAName) {
  write_everywhere();
  leave("name_goes");
  const auto pulling = "/workbooks/" + book_ + "/prompts/one.what/team/pulling";
  const auto page = rosa_->get(pulling).body;
  const std::string mark = "name=\"answer\" value=\"";
  const auto at = page.find(mark);
  ASSERT_NE(at, std::string::npos) << page;
  const auto answer = page.substr(at + mark.size(), 36);
  EXPECT_THAT(rosa_->get("/workbooks/" + book_ + "/sections/one").body, HasSubstr("\" aria-label=\"a former colleague\">"));
  EXPECT_THAT(rosa_->get("/actions/new?from_kind=answer&from_id=" + answer).body, AllOf(HasSubstr("My own note"), HasSubstr("a former colleague")));
  made(rosa_->post(pulling, {{"answer", answer}}));
  EXPECT_THAT(rosa_->get("/workbooks/" + book_ + "/sections/one").body, HasSubstr("Two chairs by the window\n\nMy own note<"));
}

// The file of one's own data: all of one's own, what one wrote alone in clear words, and nothing that is others'.
TEST_P(Former, TakesAlongWhatIsTheirsAndNothingOfOthers) {
  write_everywhere();
  const auto what = "/workbooks/" + book_ + "/prompts/one.what/personal";
  auto ben = house_->enter("Ben", {Role::staff});
  ben.get("/workbooks");
  made(ben.post(what, {{"version", "0"}, {"text", "Bens own secret"}}));
  ana_->get("/account/data");
  const auto file = ana_->post("/account/data");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(web::header_of(file, "Cache-Control"), "no-store");
  EXPECT_THAT(file.body, AllOf(HasSubstr("My own note"), HasSubstr("Ask the fire marshal"), HasSubstr("He called back."), HasSubstr("Anastasia")));
  EXPECT_THAT(file.body, Not(HasSubstr("Bens own secret")));
  made(ben.post("/workbooks/" + book_ + "/prompts/one.list/team?row=01930000-0000-7000-8000-000000000002", {{"version", "0"}, {"who", ana_->member.text()}}));
  auto dale = house_->enter("Dale", {Role::board});
  made(ben.post("/workbooks/" + book_ + "/prompts/one.list/team?row=01930000-0000-7000-8000-000000000003", {{"version", "0"}, {"who", dale.member.text()}}));
  dale.get("/account/data");
  EXPECT_THAT(dale.post("/account/data").body, AllOf(HasSubstr("Dale"), Not(HasSubstr("one.list"))));
  ben.get("/account/data");
  EXPECT_THAT(ben.post("/account/data").body, AllOf(HasSubstr("Bens own secret"), Not(HasSubstr("My own note")), Not(HasSubstr("password_verifier"))));
}

}  // namespace
}  // namespace kedge::app
