// The ways in and out, as a browser without scripts walks them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "house.hpp"
#include "identity/example.hpp"
#include "identity/joining.hpp"
#include "identity/pages/routes.hpp"
#include "web/serve.hpp"

namespace kedge::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using web::Browser;
using web::header_of;
using web::Reply;

const std::string kPassword = "nine herons at dawn";
const std::string kOther = "slow barges carry rye";

class Ways : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    house_ = std::make_unique<web::TestHouse>(std::vector<web::Routes>{pages::kRoutes}, store::joined({kMigrations, web::kMigrations}), GetParam());
    house_->house.banner = pages::example_banner;
    house_->house.library_tables = {"presence", "idempotency", "ledger", "change", "job"};
  }
  web::TestHouse& house() { return *house_; }
  // The founder of a library of their own, with password.
  Browser founder() {
    const auto code = house().database->write(store::InstallationScope{}, [](store::Tx& tx) { return make_founding_code(tx); });
    auto rosa = house().visitor();
    rosa.get("/found");
    auto shown = rosa.post("/found", {{"code", *code}, {"name", "Grove"}, {"branches", "Main\nAnnex"}, {"time_zone", "America/Chicago"}, {"state", "il"},
                                      {"lead_name", "Rosa"}, {"lead_email", "rosa@grove.example"}, {"password", kPassword}});
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(header_of(shown, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header_of(shown, "Cache-Control"), "no-store");
    recovery = secret_of(shown);
    EXPECT_EQ(recovery.size(), 29U);
    return rosa;
  }
  static std::string secret_of(const Reply& reply) {
    const std::string_view mark = "<p class=\"k-code\">";
    const auto at = reply.body.find(mark);
    if (at == std::string::npos) return {};
    return reply.body.substr(at + mark.size(), reply.body.find('<', at + mark.size()) - at - mark.size());
  }
  // The part of an address after the house's own.
  static std::string path_of(const std::string& address) { return address.substr(address.find('/', 8)); }
  std::string link_for(Browser& rosa, const std::string& role) {
    rosa.get("/people");
    const auto shown = rosa.post("/people/invitations", {{"role", role}, {"email", ""}});
    EXPECT_EQ(shown.status, 200);
    return path_of(secret_of(shown));
  }
  Browser joined_by(const std::string& link, const std::string& name) {
    auto browser = house().visitor();
    EXPECT_EQ(browser.get(link).status, 200);
    const auto in = browser.post(link, {{"name", name}, {"email", name + "@grove.example"}, {"password", kOther}, {"language", "en"}});
    EXPECT_EQ(in.status, 200) << in.body;
    return browser;
  }
  std::string id_of(Browser& rosa, const std::string& name) {
    const auto page = rosa.get("/people").body;
    const auto at = page.find("account of " + name);
    const auto from = page.rfind("/people/", at);
    return page.substr(from + 8, 36);
  }

  std::unique_ptr<web::TestHouse> house_;
  std::string recovery;
};
KEDGE_ON_BOTH_ENGINES(Ways);

TEST_P(Ways, FoundingSignsInShowsTheCodeOnceAndKeepsWhatWasTypedButNeverThePassword) {
  auto nobody = house().visitor();
  nobody.get("/found");
  const auto refused = nobody.post("/found", {{"code", "AAAA"}, {"name", "Typed Name"}, {"time_zone", "America/Chicago"}, {"lead_name", "Rosa"},
                                              {"lead_email", "rosa@"}, {"password", "typed secret"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Typed Name\""));
  EXPECT_THAT(refused.body, HasSubstr("href=\"#f-lead_email\""));
  EXPECT_THAT(refused.body, Not(HasSubstr("typed secret")));
  auto rosa = founder();
  EXPECT_EQ(header_of(rosa.get("/"), "Location"), "/workbooks");
  EXPECT_THAT(rosa.get("/account").body, Not(HasSubstr(recovery)));
  EXPECT_THAT(rosa.get("/settings").body, HasSubstr("Annex"));
}

TEST_P(Ways, SigningInAndOutAndInAgainWithoutScripts) {
  auto rosa = founder();
  rosa.get("/account");
  EXPECT_EQ(rosa.post("/sign-out").status, 303);
  EXPECT_TRUE(rosa.cookie("kedge_session").empty());
  EXPECT_EQ(header_of(rosa.get("/people"), "Location"), "/sign-in?next=%2Fpeople");
  EXPECT_THAT(rosa.get("/sign-in?next=%2Fpeople").body, HasSubstr("value=\"/people\""));
  const auto wrong = rosa.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", "not this"}, {"next", "/people"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"rosa@grove.example\""));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"/people\""));
  const auto in = rosa.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", kPassword}, {"next", "/people"}});
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(header_of(in, "Location"), "/people");
  EXPECT_EQ(rosa.get("/people").status, 200);
  auto elsewhere = house().visitor();
  elsewhere.get("/sign-in");
  const auto away = elsewhere.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", kPassword}, {"next", "https://evil.example/"}});
  EXPECT_EQ(header_of(away, "Location"), "/");
}

TEST_P(Ways, AJoinCodeBringsAColleagueInWithinTwoFormsAndAPasswordKeepsTheAccount) {
  auto rosa = founder();
  rosa.get("/people");
  const auto shown = rosa.post("/people/join-code", {{"code_role", "staff"}});
  EXPECT_THAT(shown.body, HasSubstr("<svg"));
  const auto code = secret_of(shown);
  EXPECT_EQ(code.size(), 9U);
  auto ana = house().visitor();
  ana.get("/join");
  EXPECT_EQ(ana.post("/join", {{"code", "WRONGONE"}}).status, 400);
  const auto found = ana.post("/join", {{"code", code}});
  ASSERT_EQ(found.status, 303);
  const auto address = header_of(found, "Location");
  EXPECT_THAT(ana.get(address).body, HasSubstr("Grove"));
  EXPECT_EQ(ana.post(address, {{"name", " "}}).status, 400);
  EXPECT_EQ(ana.post(address, {{"name", "Ana"}}).status, 303);
  EXPECT_THAT(ana.get("/account").body, HasSubstr("without a password"));
  // signing out now would lose the private answers: it asks first
  const auto asked = ana.post("/sign-out");
  EXPECT_EQ(asked.status, 200);
  EXPECT_FALSE(ana.cookie("kedge_session").empty());
  const auto kept = ana.post("/account/password", {{"own_email", "ana@grove.example"}, {"password", kOther}});
  EXPECT_EQ(secret_of(kept).size(), 29U) << kept.body;
  ana.get("/account");
  EXPECT_EQ(ana.post("/sign-out").status, 303);
}

TEST_P(Ways, LookingAtLinksUsesNothingUpAndTheButtonDoesOnce) {
  auto rosa = founder();
  const auto link = link_for(rosa, "board");
  auto scanner = house().visitor();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(scanner.get(link).status, 200);
  EXPECT_EQ(scanner.head(link).status, 200);
  EXPECT_EQ(header_of(scanner.get(link), "Referrer-Policy"), "no-referrer");
  auto dale = joined_by(link, "Dale");
  EXPECT_EQ(scanner.get(link).status, 404);
  EXPECT_EQ(dale.get("/settings").status, 403);
  EXPECT_EQ(dale.get("/people").status, 200);
  EXPECT_THAT(dale.get("/people").body, Not(HasSubstr("join-code")));
}

TEST_P(Ways, AResetByTheAdministratorLocksPrivateAnswersAndTheMemberIsTold) {
  auto rosa = founder();
  auto ben = joined_by(link_for(rosa, "staff"), "Ben");
  rosa.get("/people/" + id_of(rosa, "Ben"));
  const auto made = rosa.post("/people/" + id_of(rosa, "Ben") + "/reset-link");
  ASSERT_EQ(made.status, 200);
  const auto link = path_of(secret_of(made));
  auto intruder = house().visitor();
  EXPECT_THAT(intruder.get(link).body, HasSubstr("stay locked"));
  const auto in = intruder.post(link, {{"password", "the director chose it"}});
  EXPECT_EQ(header_of(in, "Location"), "/recover");
  EXPECT_THAT(intruder.get("/account").body, HasSubstr("locked"));
  const auto guess = intruder.post("/recover", {{"secret", "the director chose it"}});
  EXPECT_EQ(guess.status, 400);
  EXPECT_EQ(header_of(ben.get("/people"), "Location"), "/sign-in?next=%2Fpeople");  // ended
  ben.get("/sign-in");
  const auto again = ben.post("/sign-in", {{"email", "Ben@grove.example"}, {"password", "the director chose it"}});
  EXPECT_EQ(header_of(again, "Location"), "/account");
  EXPECT_THAT(ben.get("/account").body, HasSubstr("Rosa made a link"));
  EXPECT_EQ(ben.post("/recover", {{"secret", kOther}}).status, 303);
  EXPECT_THAT(ben.get("/account").body, Not(HasSubstr("answers are locked")));
}

TEST_P(Ways, TheRecoveryCodeSetsANewPasswordFromTheSignInPage) {
  auto rosa = founder();
  auto visitor = house().visitor();
  EXPECT_THAT(visitor.get("/sign-in").body, HasSubstr("/recover"));
  visitor.get("/recover");
  EXPECT_EQ(visitor.post("/recover", {{"email", "rosa@grove.example"}, {"recovery_code", "AAAA"}, {"password", kOther}}).status, 400);
  EXPECT_EQ(visitor.post("/recover", {{"email", "rosa@grove.example"}, {"recovery_code", recovery}, {"password", kOther}}).status, 303);
  EXPECT_EQ(visitor.get("/account").status, 200);
}

TEST_P(Ways, LeavingClosesTheAccountInEveryModuleAndTheLastAdministratorStays) {
  auto rosa = founder();
  auto ben = joined_by(link_for(rosa, "staff"), "Ben");
  int erased = 0;
  house().house.erase_member = [&](store::Tx&, const store::Scope&, const Id&) -> Done {
    ++erased;
    return {};
  };
  ben.get("/account/leave");
  EXPECT_EQ(header_of(ben.post("/account/leave"), "Location"), "/");
  EXPECT_EQ(erased, 1);
  EXPECT_EQ(ben.get("/account").status, 303);
  rosa.get("/account/leave");
  EXPECT_EQ(rosa.post("/account/leave").status, 409);
  EXPECT_EQ(rosa.get("/account").status, 200);
  EXPECT_EQ(erased, 1);
}

TEST_P(Ways, ALeadClosesALeaverAndChangesRolesButNotAnAdministrators) {
  auto rosa = founder();
  auto lead = joined_by(link_for(rosa, "lead"), "Lea");
  auto ben = joined_by(link_for(rosa, "staff"), "Ben");
  const auto of_rosa = id_of(lead, "Rosa");
  EXPECT_EQ(lead.post("/people/" + of_rosa + "/roles", {{"role-staff", "yes"}}).status, 403);
  EXPECT_EQ(lead.post("/people/" + of_rosa + "/close").status, 403);
  EXPECT_EQ(lead.post("/people/" + of_rosa + "/reset-link").status, 403);
  const auto of_ben = id_of(lead, "Ben");
  EXPECT_EQ(lead.post("/people/" + of_ben + "/roles", {}).status, 400);
  EXPECT_EQ(lead.post("/people/" + of_ben + "/roles", {{"role-intern", "yes"}}).status, 303);
  EXPECT_THAT(lead.get("/people").body, HasSubstr("intern"));
  EXPECT_EQ(ben.get("/people/" + of_rosa).status, 403);
  EXPECT_EQ(lead.post("/people/" + of_ben + "/close").status, 303);
  EXPECT_EQ(ben.get("/people").status, 303);
}

TEST_P(Ways, SessionsAreListedAndOthersEnded) {
  auto rosa = founder();
  auto phone = house().visitor();
  phone.get("/sign-in");
  phone.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", kPassword}}, {{"user-agent", "Mozilla/5.0 (Android 14) Firefox/140.0"}});
  EXPECT_THAT(rosa.get("/account").body, HasSubstr("Firefox, Android"));
  EXPECT_EQ(rosa.post("/account/sessions/end-others").status, 303);
  EXPECT_EQ(phone.get("/account").status, 303);
  EXPECT_EQ(rosa.get("/account").status, 200);
}

TEST_P(Ways, SettingsComeBackWithWhatWasTypedAndAreKept) {
  auto rosa = founder();
  rosa.get("/settings");
  const auto refused = rosa.post("/settings", {{"name", "Grove Library"}, {"time_zone", "America/Chicago"}, {"country", "US"}, {"fiscal_month", "13"}, {"threshold", "3"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Grove Library\""));
  const auto saved = rosa.post("/settings", {{"name", "Grove Library"}, {"branches", "Main\nBookmobile"}, {"language", "es"}, {"time_zone", "America/Denver"},
                                             {"country", "us"}, {"state", "co"}, {"fiscal_month", "1"}, {"threshold", "10"}});
  EXPECT_EQ(saved.status, 303) << saved.body;
  const auto page = rosa.get("/settings").body;
  for (const auto* kept : {"Grove Library", "Bookmobile", "value=\"CO\"", "value=\"10\""}) EXPECT_THAT(page, HasSubstr(kept));
}

TEST_P(Ways, TheExampleIsEnteredFromTheFirstPageAndErasedByOneButton) {
  house().enter("Rosa", {Role::administrator, Role::lead});
  house().enter("Dale", {Role::board});
  auto nobody = house().visitor();
  const auto page = nobody.get("/").body;
  EXPECT_THAT(page, HasSubstr("Look round as Dale"));
  const auto at = page.rfind("/example/enter/", page.find("Look round as Dale"));
  const auto door = page.substr(at, 15 + 36);
  EXPECT_EQ(header_of(nobody.post(door), "Location"), "/");
  EXPECT_EQ(header_of(nobody.get("/"), "Location"), "/findings");  // a trustee reads
  EXPECT_THAT(nobody.get("/people").body, HasSubstr("Dale"));
  EXPECT_EQ(nobody.get("/example/erase").status, 200);
  EXPECT_EQ(nobody.post("/example/erase").status, 303);
  EXPECT_THAT(nobody.get("/").body, Not(HasSubstr("Look round as")));
  auto rosa = founder();
  rosa.get("/account");
  EXPECT_EQ(rosa.post("/example/erase").status, 403);
}

TEST_P(Ways, EveryPageReadsInBothLanguages) {
  auto rosa = founder();
  rosa.set_cookie("kedge_language", "es");
  auto visitor = house().visitor();
  visitor.set_cookie("kedge_language", "es");
  for (const auto* path : {"/", "/sign-in", "/found", "/join", "/recover"}) {
    const auto page = visitor.get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_THAT(page.body, HasSubstr("lang=\"es\"")) << path;
    EXPECT_THAT(page.body, Not(HasSubstr("Algo no funcion"))) << path;
  }
  for (const auto* path : {"/account", "/people", "/settings", "/account/leave", "/sign-out"}) EXPECT_EQ(rosa.get(path).status, 200) << path;
  EXPECT_THAT(rosa.get("/people").body, HasSubstr("administraci"));
}

TEST_P(Ways, APageOfAnotherLibrarysMemberIsNotThere) {
  auto rosa = founder();
  auto other = house().enter("Mo", {Role::administrator});
  rosa.get("/people");
  EXPECT_EQ(rosa.get("/people/" + other.member.text()).status, 404);
  EXPECT_EQ(rosa.post("/people/" + other.member.text() + "/reset-link").status, 404);
  EXPECT_EQ(rosa.post("/people/" + other.member.text() + "/close").status, 404);
  EXPECT_EQ(other.get("/account").status, 200);
}

}  // namespace
}  // namespace kedge::identity
