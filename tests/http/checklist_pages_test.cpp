// A save of marks, as everybody else's browser sees it: not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <regex>
#include <thread>

#include "directory/directory.hpp"
#include "guide/checklist.hpp"
#include "guide/exchange.hpp"
#include "guide/pages/routes.hpp"
#include "guide/workbook.hpp"
#include "house.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "web/serve.hpp"

namespace kedge {
namespace {

using web::Browser;
using web::Reply;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin, es: Empiece}\n    prompts:\n      - id: one.care\n        kind: checklist\n        label: {en: Care, es: Cuidado}\n        items:\n          - {id: rest, label: {en: Rest, es: Descanso}}\n"})";

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
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    guide::wire();
    house_ = std::make_unique<web::TestHouse>(
        std::vector<web::Routes>{guide::kRoutes},
        store::joined({store::kMigrations, identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, guide::kMigrations, web::kMigrations}));
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
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  const auto saved = people_[0].post(marks(), {{"well", "rest"}, {"comment", "the heron"}});
  const auto said = testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
  EXPECT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(said, "");
  EXPECT_EQ(traces(), traces_before);
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

TEST_F(ChecklistPages, BoardAndTrainersAreKeptOut) {
  for (const auto role : {Role::board, Role::trainer}) {
    auto guest = house_->enter("Guest", {role});
    people_[0].get(section());
    EXPECT_EQ(guest.post(marks(), {{"well", "rest"}}).status, 403);
  }
}

}  // namespace
}  // namespace kedge
