// Findings, actions and the directory, as a browser without scripts walks them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "directory/pages/routes.hpp"
#include "house.hpp"
#include "identity/members.hpp"
#include "lineage/lineage.hpp"
#include "lineage/pages/routes.hpp"
#include "plan/pages/routes.hpp"
#include "plan/plan.hpp"
#include "web/serve.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using web::Browser;
using web::FormFields;
using web::header_of;
using web::Reply;
using web::version_in;

class ThreadPages : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    plan::pages::wire();
    directory::pages::wire();
    house_ = std::make_unique<web::TestHouse>(
        std::vector<web::Routes>{lineage::pages::kRoutes, directory::pages::kRoutes, plan::pages::kRoutes},
        store::joined({identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, web::kMigrations}), GetParam());
  }
  web::TestHouse& house() { return *house_; }
  // Where a saved form leads, after it was saved.
  static std::string made(const Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    return header_of(reply, "Location");
  }
  static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
  static std::string finding(Browser& rosa, const std::string& statement) {
    rosa.get("/findings/new");
    return made(rosa.post("/findings", {{"statement", statement}, {"theme", "rest"}}));
  }

 private:
  std::unique_ptr<web::TestHouse> house_;
};
KEDGE_ON_BOTH_ENGINES(ThreadPages);

TEST_P(ThreadPages, SayWhatWillBeHereWhenThereIsNothingYet) {
  auto rosa = house().enter("Rosa", {Role::lead});
  EXPECT_THAT(rosa.get("/findings").body, HasSubstr("Here you will find what your team has found out"));
  EXPECT_THAT(rosa.get("/actions").body, HasSubstr("Here you will find your next steps"));
  EXPECT_THAT(rosa.get("/directory").body, HasSubstr("Here you will find the organizations and people"));
}

TEST_P(ThreadPages, AFindingIsRaisedDecidedAndLeadsToAnAction) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto path = finding(rosa, "People who work nights <need> a chair.");
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("People who work nights &lt;need&gt; a chair."), HasSubstr("by Rosa"), HasSubstr("A place to rest")));
  EXPECT_EQ(made(rosa.post(path + "/acceptance")), path);
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("Accepted. It stays here"), HasSubstr("Open it again")));
  const auto form = rosa.get("/actions/new?from_kind=finding&from_id=" + id_of(path));
  EXPECT_THAT(form.body, HasSubstr("People who work nights"));
  const auto action = made(rosa.post("/actions", {{"step", "Two recliners"}, {"from_kind", "finding"}, {"from_id", id_of(path)}, {"workbook", ""}, {"owner", ""}, {"due", ""}}));
  EXPECT_THAT(rosa.get(path).body, HasSubstr("Two recliners"));
  EXPECT_THAT(rosa.get(action).body, HasSubstr("People who work nights"));
  EXPECT_THAT(rosa.get("/findings").body, HasSubstr("1 action came of it"));
  rosa.post(action + "/removal");
  EXPECT_THAT(rosa.get("/findings").body, HasSubstr("no action yet"));
}

TEST_P(ThreadPages, WrongFormsComeBackWithWhatWasTypedAndSaveNothing) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/findings/new");
  auto page = rosa.post("/findings", {{"statement", std::string(501, 'x')}, {"theme", "food"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, AllOf(HasSubstr("longer than 500 characters"), HasSubstr(std::string(501, 'x')), HasSubstr("href=\"#f-statement\"")));
  page = rosa.post("/actions", {{"step", "Lockers"}, {"status", "started"}, {"owner", ""}, {"due", "2026-02-30"}, {"measure", "fewer bags"}});
  EXPECT_THAT(page.body, AllOf(HasSubstr("href=\"#f-due\""), HasSubstr("fewer bags"), HasSubstr("Lockers")));
  page = rosa.post("/actions", {{"step", "Lockers"}, {"status", "started"}, {"owner", ""}, {"due", ""}});
  EXPECT_THAT(page.body, HasSubstr("an action starts with a name"));
  page = rosa.post("/directory/organizations", {{"name", ""}, {"email", "not one"}, {"website", "javascript:alert(1)"}});
  EXPECT_THAT(page.body, AllOf(HasSubstr("href=\"#f-name\""), HasSubstr("href=\"#f-email\""), HasSubstr("href=\"#f-website\""), HasSubstr("not one")));
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("Lockers")));
}

TEST_P(ThreadPages, AnActionIsStartedAndDoneByButtonsThatAskForTheOneThingTheyNeed) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/actions/new");
  const auto action = made(rosa.post("/actions", {{"step", "Lockers"}, {"workbook", ""}, {"owner", ""}, {"due", "2020-01-01"}}));
  auto page = rosa.get(action);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Its day has passed already"), HasSubstr("id=\"edit\">"))) << "a past day is no silence, and the form is folded";
  const auto set = [&](FormFields fields) {
    fields.emplace_back("version", version_in(rosa.get(action)));
    return rosa.post(action + "/status", std::move(fields));
  };
  page = set({{"status", "started"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, AllOf(HasSubstr("href=\"#f-who\""), HasSubstr("id=\"start\" open")));
  page = set({{"status", "done"}, {"came_of_it", ""}});
  EXPECT_THAT(page.body, AllOf(HasSubstr("href=\"#f-came_of_it\""), HasSubstr("id=\"done\" open"), Not(HasSubstr("id=\"stopped\" open"))));
  made(set({{"status", "started"}, {"who", "member:" + rosa.member.text()}}));
  EXPECT_THAT(rosa.get(action).body, Not(HasSubstr("id=\"start\""))) << "who owns it starts it by one press";
  made(set({{"status", "done"}, {"came_of_it", "Four stand by the door."}}));
  EXPECT_THAT(rosa.get(action).body, AllOf(HasSubstr("Four stand by the door."), HasSubstr("Take it up again"), Not(HasSubstr("id=\"done\""))));
  EXPECT_EQ(rosa.post(action + "/status", {{"status", "stopped"}, {"why_stopped", "x"}, {"version", "1"}}).status, 409) << "somebody else was faster";
}

TEST_P(ThreadPages, TwoPeopleAtOneFindingKeepBothTexts) {
  auto rosa = house().enter("Rosa", {Role::staff});
  auto luis = house().enter("Luis", {Role::staff});
  const auto path = finding(rosa, "First.");
  const auto version = version_in(rosa.get(path));
  luis.get(path);
  made(luis.post(path, {{"statement", "By Luis."}, {"theme", "rest"}, {"version", version}}));
  const auto page = rosa.post(path, {{"statement", "By Rosa."}, {"theme", "rest"}, {"version", version}});
  EXPECT_EQ(page.status, 409);
  EXPECT_THAT(page.body, AllOf(HasSubstr("By Luis."), HasSubstr("By Rosa."), HasSubstr("Somebody else changed this")));
  made(rosa.post(path, {{"statement", "By both."}, {"theme", "rest"}, {"version", version_in(page)}}));
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("By both."), HasSubstr("How it read before")));
}

TEST_P(ThreadPages, AnActionWhoseOwnerLeftWaitsOnTopForAnother) {
  auto rosa = house().enter("Rosa", {Role::administrator, Role::lead});
  const auto bea = house().enter("Bea", {Role::staff});
  rosa.get("/actions/new");
  const auto path = made(rosa.post("/actions", {{"step", "Hers"}, {"status", "started"}, {"owner", "member:" + bea.member.text()}}));
  rosa.get("/actions/new");
  made(rosa.post("/actions", {{"step", "Overdue"}, {"status", "started"}, {"owner", "member:" + rosa.member.text()}, {"due", "2020-01-01"}}));
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("has left.")));
  const auto scope = house().scope(rosa, {Role::administrator, Role::lead});
  ASSERT_TRUE(house().database->write(scope, [&](store::Tx& tx) { return identity::close_member(tx, scope, bea.member, identity::Trace::name_stays); }).has_value());
  const auto list = rosa.get("/actions").body;
  EXPECT_THAT(list, HasSubstr("1 action belongs to somebody who has left."));
  EXPECT_LT(list.find(">Hers<"), list.find(">Overdue<")) << "before what is late";
  EXPECT_THAT(rosa.get("/actions?need=left").body, AllOf(HasSubstr(">Hers<"), Not(HasSubstr(">Overdue<"))));
  EXPECT_THAT(rosa.get("/actions?need=late").body, AllOf(HasSubstr(">Overdue<"), Not(HasSubstr(">Hers<"))));
  rosa.get(path);
  made(rosa.post(path, {{"step", "Hers"}, {"status", "started"}, {"owner", "member:" + rosa.member.text()}, {"version", "1"}}));
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("has left.")));
  // a month without a word
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("k-state--quiet")));
  house().clock.advance(32LL * 24 * 3600 * 1000);
  auto priya = house().enter("Priya", {Role::staff});
  EXPECT_THAT(priya.get("/actions?need=quiet").body, AllOf(HasSubstr(">Hers<"), HasSubstr("Quiet for a month"), HasSubstr("Nobody looked at 2 actions for 30 days.")));
  priya.get(path);
  made(priya.post(path + "/check-ins", {{"note", "It goes well"}}));
  EXPECT_THAT(priya.get("/actions?need=quiet").body, Not(HasSubstr(">Hers<")));
}

TEST_P(ThreadPages, AnActionIsLookedAtAgainOnThePromisedDay) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/actions/new");
  const auto today = Date::at(house().clock.now_ms(), "America/Chicago");
  const auto in = [&](std::int64_t days) { return Date::from_days(today.days() + days).text(); };
  const auto path = made(rosa.post("/actions", {{"step", "Lockers"}, {"status", "proposed"}, {"owner", ""}}));
  EXPECT_THAT(rosa.get(path).body, HasSubstr("Next look"));
  const auto late = rosa.post(path + "/check-ins", {{"note", "Asked"}, {"look_again", in(-1)}});
  EXPECT_EQ(late.status, 422);
  EXPECT_THAT(late.body, AllOf(HasSubstr("f-look_again-error"), HasSubstr("Asked"), HasSubstr("Write a day from today on.")));
  made(rosa.post(path + "/check-ins", {{"note", "Asked"}, {"look_again", in(40)}}));
  house().clock.advance(35LL * 24 * 3600 * 1000);
  rosa = house().enter("Rosa", {Role::staff});
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("k-state--quiet"))) << "a later look was promised";
  house().clock.advance(5LL * 24 * 3600 * 1000);
  rosa = house().enter("Rosa", {Role::staff});
  EXPECT_THAT(rosa.get("/actions?need=quiet").body, AllOf(HasSubstr(">Lockers<"), HasSubstr("k-state--quiet")));
  EXPECT_THAT(rosa.get("/actions?view=calendar").body, HasSubstr(">Lockers<"));
  rosa.get(path);
  made(rosa.post(path, {{"step", "Lockers"}, {"status", "proposed"}, {"owner", ""}, {"look_on", in(40)}, {"version", "1"}}));
  EXPECT_THAT(rosa.get("/actions?need=quiet").body, Not(HasSubstr(">Lockers<"))) << "it was looked at today";
  const auto wrong = rosa.post(path, {{"step", "Lockers"}, {"status", "proposed"}, {"owner", ""}, {"look_on", in(3)}, {"version", "2"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("f-look_on-error"));
}

TEST_P(ThreadPages, ActionsStandOnABoardAndInAMonth) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto mine = "member:" + rosa.member.text();
  for (const auto& [step, status, due] : {std::tuple("Lockers", "started", "2026-03-01"), std::tuple("Recliners", "proposed", "2026-02-28"), std::tuple("Slips", "proposed", "2026-04-04"), std::tuple("Someday", "proposed", "")}) {
    rosa.get("/actions/new");
    made(rosa.post("/actions", {{"step", step}, {"status", status}, {"owner", mine}, {"due", due}}));
  }
  const auto board = rosa.get("/actions?view=board").body;
  const auto at = [&](const std::string& words) { return board.find(words); };
  EXPECT_LT(at("column-proposed"), at(">Slips<"));
  EXPECT_LT(at(">Slips<"), at("column-started"));
  EXPECT_LT(at("column-started"), at(">Lockers<"));
  EXPECT_LT(at(">Lockers<"), at("column-done"));
  EXPECT_THAT(rosa.get("/actions?view=board&status=started").body, AllOf(HasSubstr(">Lockers<"), Not(HasSubstr(">Slips<"))));
  const auto march = rosa.get("/actions?view=calendar&month=2026-03").body;
  EXPECT_THAT(march, AllOf(HasSubstr("March 2026"), HasSubstr(">Lockers<"), HasSubstr(">Slips<"), Not(HasSubstr(">Recliners<")), Not(HasSubstr(">Someday<")), HasSubstr("month=2026-02"), HasSubstr("month=2026-04")))
      << "from Sunday, March 1, to Saturday, April 4";
  EXPECT_THAT(rosa.get("/actions?view=calendar&month=2026-02").body, AllOf(HasSubstr(">Recliners<"), Not(HasSubstr(">Lockers<"))));
  EXPECT_THAT(rosa.get("/actions?view=calendar&month=2028-02").body, AllOf(HasSubstr("Feb 29, 2028"), HasSubstr("No action has a day in this month.")));
  for (const auto* odd : {"2026-13", "nonsense", "", "2026-3", "9999-01"}) EXPECT_EQ(rosa.get(std::string("/actions?view=calendar&month=") + odd).status, 200) << odd;
}

TEST_P(ThreadPages, ACalendarProgramReadsActionsByAnAddressThatIsShownOnce) {
  auto rosa = house().enter("Rosa", {Role::administrator, Role::lead});
  auto bea = house().enter("Bea", {Role::staff});
  for (const auto& [who, step] : {std::pair(rosa.member, "Hers"), std::pair(bea.member, "Another's")}) {
    rosa.get("/actions/new");
    made(rosa.post("/actions", {{"step", step}, {"status", "started"}, {"owner", "member:" + who.text()}, {"due", "2026-05-04"}}));
  }
  const auto make = [](Browser& who, const std::string& holds) {
    who.get("/actions/feed");
    const auto page = who.post("/actions/feed", {{"holds", holds}});
    EXPECT_EQ(page.status, 200);
    const auto from = page.body.find("/calendar/");
    return page.body.substr(from, page.body.find(".ics", from) - from);
  };
  auto nobody = house().visitor();
  const auto first = make(rosa, "mine");
  const auto read = nobody.get(first + ".ics");
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.content_type, "text/calendar; charset=utf-8");
  EXPECT_EQ(header_of(read, "Cache-Control"), "no-store");
  EXPECT_THAT(read.body, AllOf(HasSubstr("SUMMARY:Hers\r\n"), HasSubstr("DTSTART;VALUE=DATE:20260504"), HasSubstr("SUMMARY:Look at: Hers"), Not(HasSubstr("Another's"))));
  EXPECT_EQ(nobody.get(first).status, 200) << "without the ending too";
  EXPECT_THAT(rosa.get("/actions/feed").body, Not(HasSubstr("/calendar/"))) << "it is shown once";
  const auto second = make(rosa, "all");
  EXPECT_EQ(nobody.get(first + ".ics").status, 404) << "a new one ends the old one";
  EXPECT_THAT(nobody.get(second + ".ics").body, AllOf(HasSubstr("SUMMARY:Hers"), HasSubstr("Another's")));
  rosa.get("/actions/feed");
  made(rosa.post("/actions/feed/removal"));
  EXPECT_EQ(nobody.get(second + ".ics").status, 404);
  EXPECT_EQ(nobody.get("/calendar/" + std::string(22, 'A') + ".ics").status, 404);
  // who leaves reads nothing any more
  const auto beas = make(bea, "mine");
  EXPECT_EQ(nobody.get(beas).status, 200);
  const auto scope = house().scope(rosa, {Role::administrator, Role::lead});
  ASSERT_TRUE(house().database->write(scope, [&](store::Tx& tx) { return identity::close_member(tx, scope, bea.member, identity::Trace::name_stays); }).has_value());
  EXPECT_EQ(nobody.get(beas).status, 404);
}

TEST_P(ThreadPages, AnActionIsFollowedUntilItIsDone) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/actions/new");
  const auto path = made(rosa.post("/actions", {{"step", "Ask for a price"}, {"status", "started"}, {"owner", "member:" + rosa.member.text()}, {"due", "2020-01-01"}}));
  const auto bea = house().enter("Bea", {Role::staff});
  EXPECT_THAT(rosa.get("/actions").body, AllOf(HasSubstr("1 action is past its day."), HasSubstr("<option value=\"member:" + rosa.member.text()), HasSubstr("nobody")));
  EXPECT_THAT(rosa.get("/actions").body, Not(HasSubstr("<option value=\"member:" + bea.member.text()))) << "who owns none is nothing to choose";
  EXPECT_THAT(rosa.get("/actions?owner=mine&need=late").body, HasSubstr("Ask for a price"));
  EXPECT_THAT(rosa.get("/actions?status=done").body, Not(HasSubstr("Ask for a price")));
  auto page = rosa.post(path, {{"step", "Ask for a price"}, {"status", "done"}, {"owner", "member:" + rosa.member.text()}, {"version", "1"}});
  EXPECT_THAT(page.body, HasSubstr("Say in a sentence what came of it"));
  made(rosa.post(path, {{"step", "Ask for a price"}, {"status", "done"}, {"owner", "member:" + rosa.member.text()}, {"outcome", "312 dollars"}, {"version", "1"}}));
  made(rosa.post(path + "/check-ins", {{"note", "The board liked it"}}));
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("312 dollars"), HasSubstr("The board liked it")));
  const auto removed = made(rosa.post(path + "/removal"));
  EXPECT_THAT(rosa.get(removed).body, HasSubstr("Bring it back"));
  EXPECT_EQ(rosa.get(path).status, 404);
  EXPECT_EQ(made(rosa.post(path + "/restoration")), path);
  EXPECT_EQ(rosa.get(path).status, 200);
}

TEST_P(ThreadPages, AContactIsTheSameRecordWhereverItAppears) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/directory/organizations/new");
  const auto church = made(rosa.post("/directory/organizations", {{"name", "Grace Church"}, {"kind", "faith"}, {"website", "grace.example"}}));
  made(rosa.post(church + "/contacts", {{"name", "Ada Lund"}, {"phone", "555-0142"}, {"title", "Deacon"}}));
  const auto list = rosa.get("/directory?q=ada");
  EXPECT_THAT(list.body, AllOf(HasSubstr("Grace Church"), HasSubstr("tel:5550142"), HasSubstr("Faith community")));
  EXPECT_THAT(rosa.get("/directory?q=clinic").body, AllOf(Not(HasSubstr("Grace Church")), HasSubstr("Nothing matches")));
  const auto mark = list.body.find("/directory/contacts/");
  const auto contact = list.body.substr(mark, list.body.find('"', mark) - mark);
  rosa.get("/actions/new");
  made(rosa.post("/actions", {{"step", "Shower hour"}, {"owner", "contact:" + id_of(contact)}, {"from_kind", "organization"}, {"from_id", id_of(church)}}));
  EXPECT_THAT(rosa.get(church).body, HasSubstr("Shower hour"));
  EXPECT_THAT(rosa.get(contact).body, HasSubstr("Shower hour"));
  EXPECT_THAT(rosa.get("/actions").body, HasSubstr("Ada Lund (Grace Church)"));
  const auto removed = made(rosa.post(contact + "/removal"));
  EXPECT_THAT(rosa.get(removed).body, AllOf(HasSubstr("Bring it back"), Not(HasSubstr("Ada Lund"))));
  EXPECT_THAT(rosa.get("/actions").body, HasSubstr("somebody who is no longer listed"));
  EXPECT_EQ(made(rosa.post(contact + "/restoration")), contact);
}

TEST_P(ThreadPages, TheBoardReadsAndChangesNothing) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto path = finding(rosa, "For the board.");
  auto dale = house().enter("Dale", {Role::board});
  EXPECT_THAT(dale.get(path).body, AllOf(HasSubstr("For the board."), Not(HasSubstr("Set it aside")), Not(HasSubstr("/acceptance"))));
  EXPECT_EQ(dale.get("/actions").status, 200);
  EXPECT_EQ(dale.get("/findings/new").status, 403);
  EXPECT_EQ(dale.post(path + "/dismissal").status, 403);
  EXPECT_EQ(dale.get("/directory").status, 403);
  EXPECT_THAT(rosa.get(path).body, Not(HasSubstr("Open it again")));
}

TEST_P(ThreadPages, AnotherLibrarySeesAndChangesNothing) {
  auto rosa = house().enter("Rosa", {Role::lead});
  const auto path = finding(rosa, "Ours alone.");
  auto mo = house().stranger();
  EXPECT_THAT(mo.get("/findings").body, Not(HasSubstr("Ours alone")));
  EXPECT_EQ(mo.get(path).status, 404);
  EXPECT_EQ(mo.post(path + "/dismissal").status, 404);
  EXPECT_EQ(mo.post("/actions", {{"step", "x"}, {"from_kind", "finding"}, {"from_id", id_of(path)}}).status, 404);
  EXPECT_EQ(mo.post("/actions", {{"step", "x"}, {"owner", "member:" + rosa.member.text()}}).status, 422);
  EXPECT_THAT(rosa.get(path).body, Not(HasSubstr("Open it again")));
}

TEST_P(ThreadPages, NobodyMakesAFindingOfAPrivateNoteByAForm) {
  auto rosa = house().enter("Rosa", {Role::staff});
  rosa.get("/findings/new");
  EXPECT_EQ(rosa.post("/findings", {{"statement", "x"}, {"ref_kind", "private_note"}, {"ref_id", rosa.member.text()}}).status, 404);
  EXPECT_EQ(rosa.get("/findings/new?ref_kind=private_note&ref_id=" + rosa.member.text()).status, 404);
}

TEST_P(ThreadPages, ALeadRenamesAThemeInEachLanguageAndGetsItsNameBack) {
  auto rosa = house().enter("Rosa", {Role::lead});
  const auto path = finding(rosa, "Chairs.");
  rosa.get("/themes/rest");
  const auto rename = [&](const std::string& english, const std::string& spanish) {
    return rosa.post("/themes/rest", {{"version", version_in(rosa.get("/themes/rest"))}, {"label_en", english}, {"label_es", spanish}});
  };
  made(rename("A quiet chair", "Una silla tranquila"));
  for (const auto* page : {"/findings", "/findings/new", "/themes", "/themes/rest"}) EXPECT_THAT(rosa.get(page).body, HasSubstr("A quiet chair")) << page;
  EXPECT_THAT(rosa.get(path).body, HasSubstr("A quiet chair"));
  rosa.set_cookie("kedge_language", "es");
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("Una silla tranquila"), Not(HasSubstr("A quiet chair"))));
  rosa.set_cookie("kedge_language", "en");
  const auto wrong = rename("Food", std::string(61, 'x'));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, AllOf(HasSubstr("id=\"f-label_en-error\""), HasSubstr("id=\"f-label_es-error\""), HasSubstr("value=\"Food\"")));
  EXPECT_THAT(rosa.get(path).body, HasSubstr("A quiet chair"));
  made(rosa.post("/themes/rest/shipped"));
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("A place to rest"), Not(HasSubstr("A quiet chair"))));
  EXPECT_EQ(rosa.get("/themes/nothing").status, 404);
  EXPECT_EQ(rosa.post("/themes/nothing", {{"label_en", "x"}}).status, 404);
}

TEST_P(ThreadPages, TwoLeadsWhoRenameAThemeAreShownBothNamesAndNoneIsLostUnseen) {
  auto rosa = house().enter("Rosa", {Role::lead});
  auto mei = house().enter("Mei", {Role::lead});
  const auto read = version_in(rosa.get("/themes/rest"));
  made(mei.post("/themes/rest", {{"version", version_in(mei.get("/themes/rest"))}, {"label_en", "Quiet chairs"}, {"label_es", ""}}));
  const auto refused = rosa.post("/themes/rest", {{"version", read}, {"label_en", "A bench"}, {"label_es", ""}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("id=\"f-label_en-error\""), HasSubstr("meanwhile: Quiet chairs"), HasSubstr("value=\"A bench\""), Not(HasSubstr("id=\"f-label_es-error\""))));
  EXPECT_THAT(rosa.get("/themes").body, AllOf(HasSubstr("Quiet chairs"), Not(HasSubstr("A bench"))));
  made(rosa.post("/themes/rest", {{"version", version_in(refused)}, {"label_en", "A bench"}, {"label_es", ""}}));
  EXPECT_THAT(rosa.get("/themes").body, HasSubstr("A bench"));
  made(mei.post("/themes/rest", {{"version", read}, {"label_en", "A bench"}, {"label_es", ""}}));  // the same name twice is no quarrel
}

TEST_P(ThreadPages, AHiddenThemeStaysOnWhatCarriesItAndIsOfferedNoMore) {
  auto rosa = house().enter("Rosa", {Role::lead});
  const auto path = finding(rosa, "Chairs.");
  rosa.get("/themes/rest");
  made(rosa.post("/themes/rest/hiding"));
  EXPECT_THAT(rosa.get("/themes/rest").body, HasSubstr("/themes/rest/offering"));  // and the notice takes it back
  EXPECT_THAT(rosa.get("/findings/new").body, Not(HasSubstr("value=\"rest\"")));
  EXPECT_THAT(rosa.get(path).body, AllOf(HasSubstr("A place to rest"), HasSubstr("value=\"rest\" selected")));
  EXPECT_THAT(rosa.get("/findings").body, HasSubstr("value=\"rest\""));  // it can still be looked for
  made(rosa.post("/themes/rest/offering"));
  EXPECT_THAT(rosa.get("/findings/new").body, HasSubstr("value=\"rest\""));
  auto luis = house().enter("Luis", {Role::staff});
  rosa.get("/themes");
  EXPECT_EQ(luis.get("/themes").status, 403);
  luis.get("/findings/new");
  for (const auto* forbidden : {"/themes/rest", "/themes/rest/hiding", "/themes/rest/offering", "/themes/rest/shipped"}) EXPECT_EQ(luis.post(forbidden).status, 403) << forbidden;
}

TEST_P(ThreadPages, LiveListsComeAloneWhenAFragmentIsWanted) {
  auto rosa = house().enter("Rosa", {Role::staff});
  finding(rosa, "Chairs.");
  for (const std::string path : {"/findings", "/actions", "/directory", "/actions/table?workbook=018f3a5c-7b1e-7cc3-98c4-dc0c0c07398f"}) {
    const auto fragment = rosa.get(path, {{"kedge-fragment", "1"}});
    EXPECT_EQ(fragment.status, 200) << path;
    EXPECT_THAT(fragment.body, AllOf(Not(HasSubstr("<html")), HasSubstr("data-live-url=\"/"))) << path;
    EXPECT_THAT(rosa.get(path).body, AllOf(StartsWith("<!doctype html>"), HasSubstr("data-live-url"))) << path;
  }
}

TEST_P(ThreadPages, EveryPageIsThereInSpanish) {
  auto rosa = house().enter("Rosa", {Role::lead});
  const auto path = finding(rosa, "Sillas.");
  rosa.post("/language", {{"language", "es"}, {"back", "/findings"}});
  for (const auto& page : {std::string("/findings"), path, std::string("/themes"), std::string("/actions"), std::string("/actions/new"),
                                 std::string("/directory"), std::string("/directory/organizations/new"), std::string("/findings/new")}) {
    const auto reply = rosa.get(page);
    EXPECT_EQ(reply.status, 200) << page;
    EXPECT_THAT(reply.body, HasSubstr("<html lang=\"es\">")) << page;
  }
  EXPECT_THAT(rosa.get("/findings").body, HasSubstr("Hallazgos"));
}

}  // namespace
}  // namespace kedge
