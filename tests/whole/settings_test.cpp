// What a library sets, seen from the whole: where it is used, and that it goes where the library goes.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whole_house.hpp"
#include "identity/logo.hpp"
#include "lineage/lineage.hpp"
#include "store/backup.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const store::Query<std::int64_t(Id)> kLogos{"test.logos", "SELECT COUNT(*) FROM logo WHERE library_id = :library"};
const store::Query<std::int64_t(Id)> kWords{"test.words", "SELECT COUNT(*) FROM theme_word WHERE library_id = :library"};
const store::Query<std::int64_t(Id)> kHidden{"test.hidden", "SELECT COUNT(*) FROM theme_hidden WHERE library_id = :library"};

class Settings : public WholeHouse {
 protected:
  void SetUp() override {
    WholeHouse::SetUp();
    if (IsSkipped()) return;
    set_zone("America/Chicago");
  }
  store::Scope scope() const { return house_->scope(*rosa_, {Role::administrator, Role::lead}); }
  // The settings of a form that was read at `version`, but one.
  static web::FormFields fields(const std::string& version, const std::string& field, const std::string& value) {
    web::FormFields all{{"version", version}, {"name", "Harbor Grove"}, {"branches", ""}, {"language", "en"}, {"time_zone", "America/Chicago"}, {"country", "US"},
                        {"state", "IL"}, {"fiscal_month", "7"}, {"threshold", "5"}};
    for (auto& [name, kept] : all)
      if (name == field) kept = value;
    return all;
  }
  void set_zone(const std::string& zone) {
    const auto saved = rosa_->post("/settings", fields(web::version_in(rosa_->get("/settings")), "time_zone", zone));
    EXPECT_EQ(saved.status, 303) << saved.body;
  }
  // A logo, a renamed theme and a hidden one.
  Id decorate() {
    auto set = house_->database->write(scope(), [&](store::Tx& tx) -> Result<Id> {
      TRY_DONE(identity::set_logo(tx, scope(), web::kPicture, "A heron"));
      TRY_DONE(lineage::rename_theme(tx, scope(), "rest", {"A quiet chair", "Una silla"}));
      TRY_DONE(lineage::offer_theme(tx, scope(), "veterans", lineage::Offering::hidden));
      TRY(const auto library, identity::library(tx, scope()));
      return library.logo;
    });
    EXPECT_TRUE(set.has_value()) << set.error().key;
    return set.value_or(Id());
  }
  std::int64_t count(const store::Query<std::int64_t(Id)>& query) {
    return house_->database->read(scope(), [&](store::Read& db) { return db.one(query, scope().library); }).value();
  }

};
KEDGE_ON_BOTH_ENGINES(Settings);

TEST_P(Settings, OfTheTimeZoneDecideWhatIsLate) {
  const auto yesterday_in_hawaii = Date::at(house_->clock.now_ms(), "Pacific/Honolulu").text();
  const auto today_in_auckland = Date::at(house_->clock.now_ms(), "Pacific/Auckland").text();
  ASSERT_NE(yesterday_in_hawaii, today_in_auckland) << "the test's hour no longer tells the two apart";
  const auto made = rosa_->post("/actions", {{"step", "Ask the fire marshal"}, {"due", yesterday_in_hawaii}});
  ASSERT_EQ(made.status, 303) << made.body;
  set_zone("Pacific/Honolulu");
  EXPECT_THAT(rosa_->get("/actions").body, AllOf(HasSubstr("Ask the fire marshal"), Not(HasSubstr("class=\"k-late\""))));
  set_zone("Pacific/Auckland");
  EXPECT_THAT(rosa_->get("/actions").body, HasSubstr("class=\"k-late\""));
}

TEST_P(Settings, ABranchThatIsLeftOutComesBackByItsUndoAndARenamedOneIsNotGone) {
  const auto save = [&](const std::string& names) {
    const auto saved = rosa_->post("/settings", fields(web::version_in(rosa_->get("/settings")), "branches", names));
    EXPECT_EQ(saved.status, 303) << saved.body;
    return rosa_->get("/settings").body;
  };
  EXPECT_THAT(save("Main\nBookmobile\nEast"), Not(HasSubstr("No longer a branch")));
  EXPECT_THAT(save("Main\nThe van\nEast"), Not(HasSubstr("No longer a branch"))) << "it was renamed";
  const auto told = save("Main");
  EXPECT_THAT(told, HasSubstr("No longer a branch: The van and East."));
  const std::string mark = "action=\"/settings/branches?names=";
  const auto at = told.find(mark);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(rosa_->post(told.substr(at + 8, told.find('"', at + 8) - at - 8)).status, 303);
  EXPECT_THAT(rosa_->get("/settings").body, HasSubstr("Main\nThe van\nEast</textarea>"));
}

TEST_P(Settings, SayThatTheExampleIsOpenWhereAnotherLibraryReadsThemAndDoNotNameIt) {
  auto stranger = house_->stranger();
  EXPECT_THAT(stranger.get("/settings").body, AllOf(HasSubstr("The example library is still here"), Not(HasSubstr("Harbor Grove"))));
  EXPECT_THAT(rosa_->get("/settings").body, Not(HasSubstr("The example library is still here"))) << "in the example itself its banner says it";
}

TEST_P(Settings, OfTwoLeadsDoNotOverwriteEachOtherUnseen) {
  auto mei = house_->enter("Mei", {Role::lead});
  const auto read = web::version_in(rosa_->get("/settings"));
  ASSERT_EQ(mei.post("/settings", fields(web::version_in(mei.get("/settings")), "name", "Grove of Mei")).status, 303);
  const auto refused = rosa_->post("/settings", fields(read, "name", "Grove of Rosa"));
  EXPECT_EQ(refused.status, 409);
  for (const auto* both : {"value=\"Grove of Rosa\"", "id=\"f-name-error\"", "meanwhile: Grove of Mei."}) EXPECT_THAT(refused.body, HasSubstr(both));
  for (const auto* same : {"f-threshold-error", "f-time_zone-error", "f-branches-error", "f-fiscal_month-error"}) EXPECT_THAT(refused.body, Not(HasSubstr(same)));
  EXPECT_THAT(rosa_->get("/settings").body, AllOf(HasSubstr("Grove of Mei"), Not(HasSubstr("Grove of Rosa"))));
  EXPECT_EQ(rosa_->post("/settings", fields({}, "name", "Grove of Rosa")).status, 409) << "a form without a version has seen nothing";
  EXPECT_EQ(rosa_->post("/settings", fields(web::version_in(refused), "name", "Grove of Rosa")).status, 303);
  EXPECT_THAT(rosa_->get("/settings").body, HasSubstr("value=\"Grove of Rosa\""));
}

TEST_P(Settings, ThatOnlyAnotherLeadChangedStayAsTheyAre) {
  auto mei = house_->enter("Mei", {Role::lead});
  const auto read = web::version_in(rosa_->get("/settings"));
  web::FormFields theirs = fields(web::version_in(mei.get("/settings")), "fiscal_month", "10");
  theirs[1].second = "Grove of Mei";
  ASSERT_EQ(mei.post("/settings", theirs).status, 303);
  ASSERT_EQ(rosa_->post("/settings", fields(read, "threshold", "9")).status, 303) << "nothing that both changed";
  EXPECT_THAT(rosa_->get("/settings").body, AllOf(HasSubstr("value=\"Grove of Mei\""), HasSubstr("<option value=\"10\" selected>"), HasSubstr("value=\"9\"")));
  const auto refused = rosa_->post("/settings", fields(read, "threshold", "8"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("value=\"Grove of Mei\""), HasSubstr("<option value=\"10\" selected>"), HasSubstr("value=\"8\""), HasSubstr("meanwhile: 9.")));
}

TEST_P(Settings, ThatAreRefusedStillKnowWhatWasRead) {
  auto mei = house_->enter("Mei", {Role::lead});
  const auto refused = rosa_->post("/settings", fields(web::version_in(rosa_->get("/settings")), "threshold", "2"));
  ASSERT_EQ(refused.status, 422);
  ASSERT_EQ(mei.post("/settings", fields(web::version_in(mei.get("/settings")), "state", "WI")).status, 303);
  EXPECT_EQ(rosa_->post("/settings", fields(web::version_in(refused), "state", "MN")).status, 409);
  EXPECT_EQ(rosa_->post("/settings", fields(web::version_in(refused), "threshold", "7")).status, 303);
  EXPECT_THAT(rosa_->get("/settings").body, HasSubstr("value=\"WI\""));
}

TEST_P(Settings, OfThatAlwaysHaveAValueAreNotCalledOptional) {
  const auto optional = [](const std::string& page, const std::string& field) {
    const auto label = page.find("for=\"f-" + field + "\"");
    EXPECT_NE(label, std::string::npos) << field;
    return page.substr(label, page.find("</label>", label) - label).find("if you like") != std::string::npos;
  };
  const auto settings = rosa_->get("/settings").body;
  for (const auto* field : {"language", "time_zone", "fiscal_month", "threshold"}) EXPECT_FALSE(optional(settings, field)) << field;
  for (const auto* field : {"branches", "state"}) EXPECT_TRUE(optional(settings, field)) << field;
  const auto people = rosa_->get("/people").body;
  for (const auto* field : {"role", "code_role"}) EXPECT_FALSE(optional(people, field)) << field;
  EXPECT_TRUE(optional(rosa_->get("/findings/new").body, "theme")) << "it may have none";
}

TEST_P(Settings, OfTheExampleAskNobodyForAPassword) {
  const auto shown = rosa_->post("/people/join-code", {{"code_role", "staff"}});
  const std::string mark = "<p class=\"k-code\">";
  auto code = shown.body.substr(shown.body.find(mark) + mark.size(), 9);
  auto ana = house_->visitor();
  ana.get("/join");
  const auto address = web::header_of(ana.post("/join", {{"code", code}}), "Location");
  const auto page = ana.get(address).body;
  EXPECT_THAT(page, AllOf(HasSubstr("example library"), Not(HasSubstr("password"))));
  ASSERT_EQ(ana.post(address, {{"name", "Ana"}}).status, 303);
  EXPECT_THAT(ana.get("/workbooks").body, AllOf(HasSubstr("Welcome, Ana."), Not(HasSubstr("set a password"))));
}

TEST_P(Settings, OfTheExampleDoNotStandAroundFoundingOnesOwn) {
  const auto page = rosa_->get("/found").body;
  for (const auto* of_the_example : {"k-nav", "k-example", "Harbor Grove", "k-thread"}) EXPECT_THAT(page, Not(HasSubstr(of_the_example)));
  EXPECT_THAT(page, AllOf(HasSubstr("<details class=\"k-row-entry\">"), Not(HasSubstr("data-limit"))));
  const auto wrong = rosa_->post("/found", {{"time_zone", "Nowhere"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("<details class=\"k-row-entry\" open>")) << "what is wrong is not folded away";
  for (const auto* field : {"name", "lead_name", "lead_email", "password", "code", "time_zone"}) EXPECT_THAT(wrong.body, HasSubstr("href=\"#f-" + std::string(field) + "\"")) << field;
}

TEST_P(Settings, OfALogoAndOfThemesGoIntoTheBackupAndComeBack) {
  const auto logo = decorate();
  const auto file = house_->database.folder() / "backup.jsonl";
  ASSERT_TRUE(store::backup(house_->database.db(), migrations(), file).has_value());
  store::TestDatabase fresh(GetParam(), {}, &house_->clock);
  const auto read = store::restore(fresh.db(), migrations(), file);
  ASSERT_TRUE(read.has_value()) << read.error().key << read.error().detail;
  const auto back = fresh->read(scope(), [&](store::Read& db) { return identity::logo(db, scope(), logo); });
  ASSERT_TRUE(back.has_value()) << back.error().key;
  EXPECT_EQ(back->bytes, web::kPicture);
  const auto themes = fresh->read(scope(), [&](store::Read& db) { return lineage::themes(db, scope(), Language::es); });
  ASSERT_TRUE(themes.has_value());
  for (const auto& theme : *themes) {
    if (theme.code == "rest") {
      EXPECT_EQ(theme.label, "Una silla");
    }
    EXPECT_EQ(theme.hidden, theme.code == "veterans") << theme.code;
  }
}

TEST_P(Settings, OfALogoAndOfThemesAreErasedWithTheLibrary) {
  decorate();
  EXPECT_EQ(count(kLogos), 1);
  EXPECT_EQ(count(kWords), 2);
  EXPECT_EQ(count(kHidden), 1);
  rosa_->get("/example/erase");
  ASSERT_EQ(rosa_->post("/example/erase").status, 303);
  EXPECT_EQ(count(kLogos), 0);
  EXPECT_EQ(count(kWords), 0);
  EXPECT_EQ(count(kHidden), 0);
}

}  // namespace
}  // namespace kedge::app
