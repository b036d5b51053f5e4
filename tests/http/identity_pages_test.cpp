// The ways in and out, as a browser without scripts walks them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "house.hpp"
#include "identity/example.hpp"
#include "identity/joining.hpp"
#include "identity/logo.hpp"
#include "mail/mail.hpp"
#include "identity/pages/routes.hpp"
#include "identity/sessions.hpp"
#include "web/serve.hpp"

namespace kedge::identity {
namespace {

using ::testing::AllOf;
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
    house_ = std::make_unique<web::TestHouse>(std::vector<web::Routes>{pages::kRoutes}, store::joined({mail::kMigrations, kMigrations, web::kMigrations}), GetParam());
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
  // The settings as they are founded, but one.
  static web::FormFields settings_with(const std::string& field, const std::string& value) {
    web::FormFields fields{{"name", "Grove"}, {"branches", "Main\nAnnex"}, {"language", "en"}, {"time_zone", "America/Chicago"},
                           {"country", "US"}, {"state", "IL"}, {"fiscal_month", "7"}, {"threshold", "5"}};
    for (auto& [name, kept] : fields)
      if (name == field) kept = value;
    return fields;
  }
  // As the form of the present settings sends it.
  static Reply save_settings(Browser& rosa, web::FormFields fields) {
    fields.emplace_back("version", web::version_in(rosa.get("/settings")));
    return rosa.post("/settings", std::move(fields));
  }
  static std::string png(unsigned width, unsigned height) {
    const auto number = [](unsigned value) {
      return std::string{static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8), static_cast<char>(value)};
    };
    const auto chunk = [&](const std::string& type, const std::string& data) { return number(static_cast<unsigned>(data.size())) + type + data + "crc!"; };
    return std::string("\x89PNG\r\n\x1a\n") + chunk("IHDR", number(width) + number(height) + std::string("\x08\x06\0\0\0", 5)) + chunk("IDAT", "pixels") + chunk("IEND", "");
  }
  static Reply upload(Browser& rosa, const std::string& file, const std::string& alternative) {
    const auto part = [](const std::string& name, const std::string& value) { return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"; };
    return rosa.send("POST", "/settings/logo", {{"content-type", "multipart/form-data; boundary=b"}},
                     part("csrf", rosa.csrf()) + part("once", crypto::fresh_token()) + part("alternative", alternative) +
                         "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\nContent-Type: image/png\r\n\r\n" + file + "\r\n--b--\r\n");
  }
  static std::string logo_in(const std::string& page) {
    const auto at = page.find("src=\"/logo/");
    return at == std::string::npos ? "" : page.substr(at + 5, 6 + 36);
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
  const auto refused = nobody.post("/found", {{"code", " "}, {"name", "Typed Name"}, {"time_zone", "America/Chicago"}, {"lead_name", " "},
                                              {"lead_email", "rosa@"}, {"password", "typed secret"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Typed Name\""));
  for (const auto* field : {"lead_name", "lead_email", "code"}) EXPECT_THAT(refused.body, HasSubstr("href=\"#f-" + std::string(field) + "\"")) << field;
  EXPECT_THAT(refused.body, Not(HasSubstr("typed secret")));
  auto rosa = founder();
  EXPECT_EQ(header_of(rosa.get("/"), "Location"), "/workbooks");
  EXPECT_THAT(rosa.get("/account").body, Not(HasSubstr(recovery)));
  EXPECT_THAT(rosa.get("/settings").body, HasSubstr("Annex"));
}

// Nobody is named to the board before they said so on their own page, and they can take it back there.
TEST_P(Ways, AMemberAgreesToBeNamedToTheBoardAndTakesItBack) {
  auto rosa = founder();
  const auto ticked = [&] {
    const auto page = rosa.get("/account").body;
    const auto box = page.find("id=\"f-board_name\"");
    EXPECT_NE(box, std::string::npos);
    return page.substr(box, page.find('>', box) - box).find("checked") != std::string::npos;
  };
  const web::FormFields profile{{"name", "Rosa"}, {"job", "Director"}, {"email", "rosa@grove.example"}, {"language", "en"}};
  EXPECT_FALSE(ticked());
  auto agreed = profile;
  agreed.emplace_back("board_name", "yes");
  ASSERT_EQ(rosa.post("/account/profile", agreed).status, 303);
  EXPECT_TRUE(ticked());
  ASSERT_EQ(rosa.post("/account/profile", profile).status, 303);
  EXPECT_FALSE(ticked());
}

TEST_P(Ways, SigningInAndOutAndInAgainWithoutScripts) {
  auto rosa = founder();
  rosa.get("/account");
  EXPECT_EQ(rosa.post("/sign-out").status, 303);
  EXPECT_TRUE(rosa.cookie("kedge_session").empty());
  EXPECT_EQ(header_of(rosa.get("/people"), "Location"), "/sign-in?next=%2Fpeople");
  EXPECT_THAT(rosa.get("/sign-in?next=%2Fpeople").body, HasSubstr("value=\"/people\""));
  const auto wrong = rosa.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", "not this"}, {"next", "/people"}});
  EXPECT_EQ(wrong.status, 422);
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
  house().house.public_url = "http://127.0.0.1:8080";
  EXPECT_THAT(rosa.post("/people/join-code", {{"code_role", "staff"}}).body, HasSubstr("works on this computer only")) << "no phone reaches it";
  house().house.public_url = "http://kedge.test";
  const auto shown = rosa.post("/people/join-code", {{"code_role", "staff"}});  // ends the one before it
  EXPECT_THAT(shown.body, AllOf(HasSubstr("<svg"), Not(HasSubstr("works on this computer only"))));
  const auto code = secret_of(shown);
  EXPECT_EQ(code.size(), 9U);
  auto ana = house().visitor();
  ana.get("/join");
  EXPECT_EQ(ana.post("/join", {{"code", "WRONGONE"}}).status, 422);
  const auto found = ana.post("/join", {{"code", code}});
  ASSERT_EQ(found.status, 303);
  const auto address = header_of(found, "Location");
  EXPECT_THAT(ana.get(address).body, HasSubstr("Grove"));
  EXPECT_EQ(ana.post(address, {{"name", " "}}).status, 422);
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
  EXPECT_EQ(guess.status, 422);
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
  EXPECT_EQ(visitor.post("/recover", {{"email", "rosa@grove.example"}, {"recovery_code", "AAAA"}, {"password", kOther}}).status, 422);
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
  EXPECT_EQ(lead.post("/people/" + of_ben + "/roles", {}).status, 422);
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
  const auto refused = save_settings(rosa, {{"name", "Grove Library"}, {"time_zone", "America/Chicago"}, {"country", "US"}, {"fiscal_month", "13"}, {"threshold", "3"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Grove Library\""));
  const auto saved = save_settings(rosa, {{"name", "Grove Library"}, {"branches", "Main\nBookmobile"}, {"language", "es"}, {"time_zone", "America/Denver"},
                                             {"country", "us"}, {"state", "co"}, {"fiscal_month", "1"}, {"threshold", "10"}});
  EXPECT_EQ(saved.status, 303) << saved.body;
  const auto page = rosa.get("/settings").body;
  for (const auto* kept : {"Grove Library", "Bookmobile", "value=\"CO\"", "value=\"10\""}) EXPECT_THAT(page, HasSubstr(kept));
}

TEST_P(Ways, SettingsSayEverythingThatIsWrongAtOnceAndKeepNothing) {
  auto rosa = founder();
  const auto refused = save_settings(rosa, {{"name", " "}, {"branches", "Main\nMain"}, {"time_zone", "Harbor Grove"}, {"country", "U"}, {"state", "Illinois"},
                                               {"fiscal_month", "0"}, {"threshold", "7x"}});
  EXPECT_EQ(refused.status, 422);
  for (const auto* field : {"name", "branches", "time_zone", "country", "state", "fiscal_month", "threshold"})
    EXPECT_THAT(refused.body, HasSubstr("href=\"#f-" + std::string(field) + "\"")) << field;
  for (const auto* typed : {"Main\nMain", "name=\"time_zone\" value=\"Harbor Grove\"", "value=\"Illinois\"", "value=\"7x\""}) EXPECT_THAT(refused.body, HasSubstr(typed));
  EXPECT_THAT(rosa.get("/settings").body, AllOf(HasSubstr("name=\"time_zone\" value=\"America/Chicago\""), HasSubstr("Annex")));
}

TEST_P(Ways, ATimeZoneIsTypedAndProposedAndChecked) {
  auto rosa = founder();
  const auto page = rosa.get("/settings").body;
  EXPECT_THAT(page, AllOf(HasSubstr("list=\"f-time_zone-list\""), HasSubstr("<option value=\"Pacific/Honolulu\">"), HasSubstr("<option value=\"Europe/Lisbon\">")));
  EXPECT_THAT(save_settings(rosa, settings_with("time_zone", "GMT+5")).body, HasSubstr("id=\"f-time_zone-error\""));
  EXPECT_EQ(save_settings(rosa, settings_with("time_zone", "new york")).status, 303);
  EXPECT_THAT(rosa.get("/settings").body, HasSubstr("name=\"time_zone\" value=\"America/New_York\""));
}

TEST_P(Ways, ALogoIsShownInsideTheLibraryAndNowhereElse) {
  auto rosa = founder();
  EXPECT_THAT(rosa.get("/people").body, Not(HasSubstr("k-header__logo")));
  rosa.get("/settings/logo");
  EXPECT_EQ(upload(rosa, png(300, 100), "A heron & a boat").status, 303);
  const auto page = rosa.get("/settings/logo").body;
  EXPECT_THAT(page, AllOf(HasSubstr("k-header__logo"), HasSubstr("alt=\"A heron &amp; a boat\"")));
  const auto address = logo_in(page);
  const auto shown = rosa.get(address);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(std::string(shown.bytes()), png(300, 100));
  EXPECT_EQ(shown.content_type, "image/png");
  EXPECT_EQ(header_of(shown, "X-Content-Type-Options"), "nosniff");
  const auto tag = header_of(shown, "ETag");
  ASSERT_FALSE(tag.empty());
  const auto again = rosa.get(address, {{"if-none-match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.bytes().empty());
  EXPECT_EQ(house().visitor().get(address).status, 303);
  auto elsewhere = house().enter("Mo", {Role::administrator, Role::lead});
  EXPECT_EQ(elsewhere.get(address).status, 404);
  EXPECT_THAT(elsewhere.get("/people").body, Not(HasSubstr("k-header__logo")));
  elsewhere.get("/settings/logo");
  EXPECT_EQ(elsewhere.post("/settings" + address + "/restoration").status, 404);
  auto ben = joined_by(link_for(rosa, "staff"), "Ben");
  EXPECT_EQ(ben.get(address).status, 200);
  EXPECT_EQ(ben.get("/settings/logo").status, 403);
}

TEST_P(Ways, ALogoIsReplacedRemovedAndBroughtBackForThirtyDays) {
  auto rosa = founder();
  rosa.get("/settings/logo");
  upload(rosa, png(300, 100), "First");
  const auto first = logo_in(rosa.get("/settings/logo").body);
  upload(rosa, png(200, 200), "Second");
  auto page = rosa.get("/settings/logo").body;
  const auto second = logo_in(page);
  EXPECT_NE(first, second);
  EXPECT_EQ(rosa.get(first).status, 404);
  EXPECT_THAT(page, HasSubstr("/settings" + first + "/restoration"));
  EXPECT_EQ(rosa.post("/settings" + first + "/restoration").status, 303);
  page = rosa.get("/settings/logo").body;
  EXPECT_EQ(logo_in(page), first);
  EXPECT_THAT(page, HasSubstr("value=\"First\""));
  EXPECT_EQ(upload(rosa, {}, "Other words").status, 303);  // the same picture
  EXPECT_THAT(rosa.get("/people").body, AllOf(HasSubstr(first), HasSubstr("alt=\"Other words\"")));
  EXPECT_EQ(rosa.post("/settings/logo/removal").status, 303);
  page = rosa.get("/settings/logo").body;
  EXPECT_THAT(page, AllOf(Not(HasSubstr("k-header__logo")), HasSubstr("/settings" + first + "/restoration")));
  EXPECT_EQ(rosa.post("/settings/logo/removal").status, 404);
  EXPECT_EQ(rosa.post("/settings" + first + "/restoration").status, 303);
  EXPECT_EQ(rosa.post("/settings/logo/removal").status, 303);
  const auto daily = [&] {
    auto& db = house().database.db();
    const auto library = db.read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); })->front().id;
    const store::Scope scope{library, Id(), {}};
    return identity::tidy(db) && db.write(scope, [&](store::Tx& tx) { return identity::sweep(tx, scope); });
  };
  house().clock.advance(29LL * 24 * 3600 * 1000);
  ASSERT_TRUE(daily());
  EXPECT_EQ(rosa.post("/settings" + first + "/restoration").status, 303);
  EXPECT_EQ(rosa.get(first).status, 200);
  EXPECT_EQ(rosa.post("/settings/logo/removal").status, 303);
  house().clock.advance(31LL * 24 * 3600 * 1000);
  ASSERT_TRUE(daily());
  auto back = house().visitor();
  back.get("/sign-in");
  back.post("/sign-in", {{"email", "rosa@grove.example"}, {"password", kPassword}});
  back.get("/settings/logo");
  EXPECT_EQ(back.post("/settings" + first + "/restoration").status, 404);
}

TEST_P(Ways, AWrongLogoIsSaidAtTheFieldAndTheWordsStay) {
  auto rosa = founder();
  rosa.get("/settings/logo");
  const auto said = [&](const std::string& file, const std::string& what) {
    const auto reply = upload(rosa, file, "A heron");
    EXPECT_EQ(reply.status, 422) << what;
    EXPECT_THAT(reply.body, AllOf(HasSubstr(what), HasSubstr("id=\"f-file-error\""), HasSubstr("href=\"#f-file\""), HasSubstr("value=\"A heron\""))) << what;
  };
  EXPECT_THAT(rosa.get("/settings/logo").body, HasSubstr("at most 512 KB"));
  said("", "Choose a picture first");
  said("GIF89a", "not a PNG or JPEG");
  said("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG");
  said(png(2001, 10), "2,000 pixels");
  said(png(300, 100).substr(0, 40), "not whole");
  said(png(10, 10) + std::string(512 * 1024, 'x'), "larger than 512 KB");
  const auto wordy = upload(rosa, png(10, 10), std::string(201, 'x'));
  EXPECT_THAT(wordy.body, HasSubstr("id=\"f-alternative-error\""));
  EXPECT_THAT(rosa.get("/settings/logo").body, Not(HasSubstr("k-header__logo")));
}

TEST_P(Ways, TheExampleIsEnteredFromTheFirstPageAndErasedByOneButton) {
  house().enter("Rosa", {Role::administrator, Role::lead});
  house().enter("Dale", {Role::board});
  auto nobody = house().visitor();
  const auto page = nobody.get("/").body;
  EXPECT_THAT(page, HasSubstr("Look around as Dale"));
  const auto at = page.rfind("/example/enter/", page.find("Look around as Dale"));
  const auto door = page.substr(at, 15 + 36);
  EXPECT_EQ(header_of(nobody.post(door), "Location"), "/");
  EXPECT_EQ(header_of(nobody.get("/"), "Location"), "/findings");  // a trustee reads
  EXPECT_THAT(nobody.get("/people").body, HasSubstr("Dale"));
  EXPECT_EQ(nobody.get("/example/erase").status, 200);
  EXPECT_EQ(nobody.post("/example/erase").status, 303);
  EXPECT_THAT(nobody.get("/").body, Not(HasSubstr("Look around as")));
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
