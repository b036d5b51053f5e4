// A save of marks, as everybody else's browser sees it: not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <optional>
#include <regex>
#include <thread>

#include "guide/checklist.hpp"
#include "guide_house.hpp"
#include "identity/example.hpp"

namespace kedge {
namespace {

using web::Browser;
using web::Reply;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin, es: Empiece}\n    prompts:\n      - id: one.care\n        kind: checklist\n        label: {en: Care, es: Cuidado}\n        items:\n          - {id: rest, label: {en: Rest, es: Descanso}}\n"})";

constexpr std::int64_t kDayMs = 86'400'000;

// What stands between the header and the foot of a page, without the dates of the two lists.
std::string main_of(const Reply& reply, const std::vector<std::string>& dates = {}) {
  const auto begin = reply.body.find("<main");
  auto inside = reply.body.substr(begin, reply.body.find("</main>") - begin);
  for (const auto& date : dates)
    for (auto at = inside.find(date); at != std::string::npos; at = inside.find(date)) inside.replace(at, date.size(), "DATE");
  return inside;
}

// Headers and body, without the secrets that are masked anew in every page.
std::string whole(const Reply& reply) {
  std::string all = std::to_string(reply.status) + "\n";
  for (const auto& [name, value] : reply.headers) all += name + ": " + value + "\n";
  static const std::regex masked(R"rx((name="(csrf|once)" value="|data-draft[a-z-]*="|data-csrf="|nonce-|nonce=")[^"' ;]*)rx");
  return std::regex_replace(all + reply.body, masked, "$1");
}

class ChecklistPages : public ::testing::Test {
 protected:
  void SetUp() override {
    house_ = guide_house();
    for (const auto* name : {"Rosa", "Ana", "Luis", "Mei", "Tom"}) people_.push_back(house_->enter(name, {Role::lead}));
    const auto scope = house_->scope(people_[0], {Role::lead});
    book_ = house_->database->write(scope, [&](store::Tx& tx) { return guide::import_workbook(tx, scope, kBook, nullptr); }).value().workbook;
    const auto closes = Date::from_days(Date::at(house_->clock.now_ms(), "America/Chicago").days() + 10);
    list_ = guide::open_checklist(house_->database.db(), *house_->keyring, scope, book_, "one.care", closes).value();
  }
  std::string section() const { return "/workbooks/" + book_.text() + "/sections/one"; }
  std::string marks() const { return "/lists/" + list_.text() + "/marks"; }
  // How many rows each table has that could tell of a save, and what they say.
  std::string traces() const {
    sqlite3* file = nullptr;
    EXPECT_EQ(sqlite3_open_v2((house_->database.folder() / "kedge.db").c_str(), &file, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    std::string all;
    for (const auto* table : {"change", "ledger", "idempotency", "job"}) {
      sqlite3_stmt* rows = nullptr;
      EXPECT_EQ(sqlite3_prepare_v2(file, (std::string("SELECT * FROM \"") + table + "\"").c_str(), -1, &rows, nullptr), SQLITE_OK) << table;
      while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); ++i)
          all.append(static_cast<const char*>(sqlite3_column_blob(rows, i)) == nullptr ? "" : static_cast<const char*>(sqlite3_column_blob(rows, i)),
                     static_cast<std::size_t>(sqlite3_column_bytes(rows, i))) += '|';
      sqlite3_finalize(rows);
      all += '\n';
    }
    sqlite3_close(file);
    return all;
  }
  // What a monitor reads, but for the memory of the process.
  std::string measured() {
    house_->house.settings.metrics_readers = {"192.0.2.7"};
    auto monitor = house_->visitor();
    static const std::regex memory(R"(process_resident_memory_bytes \d+)");
    const auto told = monitor.get("/metrics");
    EXPECT_EQ(told.status, 200);
    return std::regex_replace(told.body, memory, "");
  }
  std::unique_ptr<web::TestHouse> house_;
  std::vector<Browser> people_;
  Id book_;
  Id list_;
};

TEST_F(ChecklistPages, ASaveLeavesEverybodyElsesPageByteForByteAndNoTrace) {
  people_[1].get(section());
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));  // until the feed of the opening has been read: pages say how far they know it
  for (auto& person : people_) person.get(section());
  const auto before = whole(people_[1].get(section()));
  ASSERT_NE(before.find(marks()), std::string::npos) << before;
  const auto traces_before = traces();
  const auto measured_before = measured();
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  const auto saved = people_[0].post(marks(), {{"well", "rest"}, {"comment", "the heron"}});
  const auto said = testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
  EXPECT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(said, "");
  EXPECT_EQ(traces(), traces_before);
  EXPECT_EQ(measured(), measured_before);
  EXPECT_EQ(whole(people_[1].get(section())), before);
  EXPECT_NE(people_[0].get(section()).body.find("the heron"), std::string::npos) << "else nothing was saved";
}

TEST_F(ChecklistPages, ASaveThatIsRefusedLeavesNoLineOfLogEither) {
  people_[0].get(section());
  const auto said_at = [&](const std::string& address) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    EXPECT_EQ(people_[0].post(address, {{"well", "rest"}, {"csrf", "another's"}}).status, 403);
    return testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
  };
  EXPECT_EQ(said_at(marks()), "");
  EXPECT_NE(said_at("/workbooks/" + book_.text() + "/title"), "") << "else nothing here is ever logged";
}

// A small team: nothing opens, and what it proposes stands on the sheet for its talk.
TEST(SmallTeam, ProposesPracticesForItsTalkAndALeadTakesThemOff) {
  auto house = guide_house();
  auto rosa = house->enter("Rosa", {Role::lead});
  auto ana = house->enter("Ana", {Role::staff});
  const auto scope = house->scope(rosa, {Role::lead});
  std::string json = kBook;
  json.insert(json.find("        items:"), "        own_items: true\\n");
  const auto book = house->database->write(scope, [&](store::Tx& tx) { return guide::import_workbook(tx, scope, json, nullptr); }).value().workbook;
  const auto section = "/workbooks/" + book.text() + "/sections/one";
  const auto prompt = "/workbooks/" + book.text() + "/prompts/one.care";
  ana.get(section);
  EXPECT_EQ(ana.post(prompt + "/proposals", {{"label", "A walk at noon"}}).status, 303);
  EXPECT_NE(rosa.get(prompt + "/talk").body.find(">A walk at noon</th>"), std::string::npos);
  const std::string lengthy(300, 'x');
  const auto refused = ana.post(prompt + "/proposals", {{"label", lengthy}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("value=\"" + lengthy), std::string::npos) << "what was typed stays";
  EXPECT_NE(refused.body.find("href=\"#proposal\""), std::string::npos);
  EXPECT_EQ(ana.post(prompt + "/proposals/removal", {{"label", "A walk at noon"}}).status, 403);
  rosa.get(section);
  EXPECT_EQ(rosa.post(prompt + "/proposals/removal", {{"label", "A walk at noon"}}).status, 303);
  EXPECT_EQ(rosa.get(prompt + "/talk").body.find(">A walk at noon</th>"), std::string::npos);
  rosa.get(section);
  EXPECT_EQ(rosa.post(prompt + "/proposals?label=A+walk+at+noon").status, 303) << "its undo";
  EXPECT_NE(rosa.get(prompt + "/talk").body.find(">A walk at noon</th>"), std::string::npos);
}

TEST_F(ChecklistPages, ARefusedCommentComesBackWithTheMarksAndASaveTellsNobodyThatItWasOne) {
  people_[0].get(section());
  const std::string lengthy(301, 'x');
  const auto refused = people_[0].post(marks(), {{"well", "rest"}, {"comment", lengthy}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find(lengthy + "</textarea>"), std::string::npos);
  EXPECT_NE(refused.body.find("aria-describedby=\"marks-comment-error"), std::string::npos);
  EXPECT_NE(refused.body.find("checked"), std::string::npos) << "the mark stays too";
  people_[0].get(section());
  const auto saved = people_[0].post(marks(), {{"well", "rest"}});
  EXPECT_EQ(web::header_of(saved, "Location"), section() + "#marks-saved") << "nothing of it is sent to a server";
}

TEST_F(ChecklistPages, BoardAndTrainersAreKeptOut) {
  for (const auto role : {Role::board, Role::trainer}) {
    auto guest = house_->enter("Guest", {role});
    people_[0].get(section());
    EXPECT_EQ(guest.post(marks(), {{"well", "rest"}}).status, 403);
  }
}

// Two rounds of six people, saved and counted as any other: who takes part, and who marks the one practice, by round.
struct Round {
  std::size_t takers;
  std::size_t well;
  std::size_t better;
};

// The page that shows both, with every id and secret made alike.
std::string page_of_two(const Round& first, const Round& second) {
  auto house = guide_house();
  std::vector<Browser> people;
  for (const auto* name : {"Rosa", "Ana", "Luis", "Mei", "Tom", "Zoe"}) people.push_back(house->enter(name, {Role::lead}));
  const auto scope = house->scope(people[0], {Role::lead});
  const auto book = house->database->write(scope, [&](store::Tx& tx) { return guide::import_workbook(tx, scope, kBook, nullptr); }).value().workbook;
  std::vector<Id> lists;
  for (const auto& round : {first, second}) {
    const auto closes = Date::from_days(Date::at(house->clock.now_ms(), "America/Chicago").days() + 3);
    lists.push_back(guide::open_checklist(house->database.db(), *house->keyring, scope, book, "one.care", closes).value());
    for (std::size_t i = 0; i < round.takers; ++i) {
      people[i].set_cookie("kedge_session", identity::enter_example(house->database.db(), *house->keyring, people[i].member, "test").value().cookie);
      people[i].get("/workbooks/" + book.text() + "/sections/one");
      web::FormFields marks;
      if (i < round.well) marks.emplace_back("well", "rest");
      if (i < round.better) marks.emplace_back("better", "rest");
      EXPECT_EQ(people[i].post("/lists/" + lists.back().text() + "/marks", marks).status, 303);
    }
    house->clock.advance(4 * kDayMs);
    EXPECT_EQ(guide::tend_checklists(house->database.db(), *house->keyring).value(), 1);
    house->clock.advance(14 * kDayMs);
  }
  people[0].set_cookie("kedge_session", identity::enter_example(house->database.db(), *house->keyring, people[0].member, "test").value().cookie);
  const auto page = people[0].get("/lists/" + lists[1].text() + "/beside/" + lists[0].text());
  EXPECT_EQ(page.status, 200);
  static const std::regex ids("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  return std::regex_replace(main_of(page), ids, "ID");
}

TEST(RoundsPage, IsTheSameByteForByteWhateverLiesUnderItsWords) {
  const auto page = page_of_two({6, 0, 2}, {6, 4, 6});
  EXPECT_NE(page.find("few or none"), std::string::npos) << page;
  EXPECT_NE(page.find("most or all"), std::string::npos);
  EXPECT_EQ(page_of_two({5, 2, 0}, {5, 5, 3}), page);
  EXPECT_NE(page_of_two({6, 0, 2}, {6, 3, 6}), page) << "else the page does not show the bands";
}

class RoundsPages : public ChecklistPages {
 protected:
  // A list of this workbook that closed so many days ago.
  Id kept(std::vector<Id> roster, std::int64_t days_ago, std::optional<disclosure::Band> well, std::optional<disclosure::Band> better) {
    guide::Checklist list;
    list.workbook = book_;
    list.prompt = "one.care";
    list.closes_on = Date::from_days(Date::at(house_->clock.now_ms(), "America/Chicago").days() - days_ago);
    list.opened_on = Date::from_days(list.closes_on.days() - 10);
    list.items = {{"rest", "", well, better}, {"own", "Ten minutes off the floor", better, well}};
    list.roster = std::move(roster);
    const auto scope = house_->scope(people_[0], {Role::lead});
    return house_->database->write(scope, [&](store::Tx& tx) { return guide::keep_closed(tx, scope, list); }).value();
  }
  std::vector<Id> everybody() const {
    std::vector<Id> all;
    for (const auto& person : people_) all.push_back(person.member);
    return all;
  }
  static std::string beside(const Id& later, const Id& earlier) { return "/lists/" + later.text() + "/beside/" + earlier.text(); }
  using Band = disclosure::Band;
};

TEST_F(RoundsPages, ShowTheEarlierAndTheLaterWordOfEachPracticeAndNoNumber) {
  const auto earlier = kept(everybody(), 80, Band::few, Band::most);
  const auto later = kept(everybody(), 30, Band::most, Band::few);
  const auto link = beside(later, earlier);
  EXPECT_NE(people_[1].get(section()).body.find(link), std::string::npos) << "a closed list leads to the one before it";
  const auto page = people_[1].get(link);
  ASSERT_EQ(page.status, 200) << page.body;
  const locale::Words words(Language::en);
  const auto today = Date::at(house_->clock.now_ms(), "America/Chicago").days();
  const auto inside = main_of(page, {words.date(Date::from_days(today - 80)), words.date(Date::from_days(today - 30))});
  const auto first = inside.find("few or none");
  EXPECT_LT(inside.find("Rest"), first);
  EXPECT_LT(first, inside.find("most or all", first)) << "the earlier word stands first";
  EXPECT_NE(inside.find("Ten minutes off the floor"), std::string::npos);
  static const std::regex tags("<[^>]*>|&#[0-9]+;"), telling("(style|width|title|value|colspan=\"[^25]\")=", std::regex::icase);
  EXPECT_FALSE(std::regex_search(std::regex_replace(inside, tags, " "), std::regex("[0-9]"))) << inside;
  EXPECT_FALSE(std::regex_search(inside, telling)) << inside;
  EXPECT_NE(people_[1].get(link, {{"accept-language", "es"}}).body.size(), 0u);
}

TEST_F(RoundsPages, SayWhyTwoListsDoNotStandBesideEachOtherAndShowNoWordOfThem) {
  auto one_more = everybody();
  one_more.push_back(Id::random());
  const auto first = kept(everybody(), 500, Band::few, Band::most);
  const auto second = kept(one_more, 100, Band::most, Band::few);
  const auto silent = kept(one_more, 60, {}, {});
  const auto unknown = kept({}, 30, Band::most, Band::most);
  const struct {
    std::string target;
    std::string why;
  } cases[] = {{beside(second, first), "the people who were asked changed in between"},
               {beside(silent, second), "One of these two lists says nothing"},
               {beside(unknown, second), "we no longer know who was asked"}};
  for (const auto& [target, why] : cases) {
    const auto page = people_[0].get(target);
    EXPECT_EQ(page.status, 200);
    const auto inside = main_of(page);
    EXPECT_NE(inside.find(why), std::string::npos) << inside;
    for (const auto* word : {"few or none", "most or all", "Rest", "Ten minutes"}) EXPECT_EQ(inside.find(word), std::string::npos) << word;
  }
}

TEST_F(RoundsPages, AreNotThereForTheWrongTwoNorForOthers) {
  const auto earlier = kept(everybody(), 80, Band::few, Band::most);
  const auto later = kept(everybody(), 30, Band::most, Band::few);
  EXPECT_EQ(people_[0].get(beside(earlier, later)).status, 404) << "the wrong way round";
  EXPECT_EQ(people_[0].get(beside(later, later)).status, 404);
  EXPECT_EQ(people_[0].get(beside(list_, later)).status, 404) << "an open list";
  EXPECT_EQ(people_[0].get(beside(later, Id::random())).status, 404);
  EXPECT_EQ(house_->stranger().get(beside(later, earlier)).status, 404) << "another library's";
  EXPECT_EQ(house_->enter("Guest", {Role::board}).get(beside(later, earlier)).status, 403);
  EXPECT_EQ(house_->visitor().get(beside(later, earlier)).status, 303);
}

}  // namespace
}  // namespace kedge
