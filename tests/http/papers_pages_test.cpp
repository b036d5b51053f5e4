// The staff care list on paper: counts over all sheets are typed in at once, and only bands are kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide/checklist.hpp"
#include "guide/checklist_rounds.hpp"
#include "guide_house.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using disclosure::Band;
using web::Browser;
using web::FormFields;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    prompts:\n      - id: one.care\n        kind: checklist\n        own_items: true\n        label: {en: Care, es: Cuidado}\n        items:\n          - {id: rest, label: {en: Rest, es: Descanso}}\n          - {id: thanks, label: {en: Thanks, es: Gracias}}\n"})";
constexpr std::int64_t kDayMs = 86'400'000;

class PapersPages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    book_ = bring(kBook);
  }
  std::string papers() const { return "/workbooks/" + book_.text() + "/prompts/one.care/papers"; }
  FormFields batch(const std::string& sheets) const {
    return {{"sheets", sheets}, {"practice", "rest"}, {"well-0", "2"}, {"better-0", "6"}, {"practice", "thanks"}, {"well-1", "4"}, {"better-1", ""}};
  }
  web::Reply send(FormFields fields) {
    rosa_->get(papers());
    return rosa_->post(papers(), std::move(fields));
  }
  std::vector<guide::Checklist> lists() {
    return house_->database->read(scope_, [&](store::Read& db) { return guide::checklists(db, scope_, book_, "one.care"); }).value();
  }
  // As of today: who was signed in before is not any more.
  void days_pass(int days) {
    house_->clock.advance(days * kDayMs);
    rosa_ = std::make_unique<Browser>(house_->enter("Rosa", {Role::lead}));
    scope_ = house_->scope(*rosa_, {Role::lead});
  }
  Result<Id> open_list(int days_open = 10) {
    const auto closes = Date::from_days(Date::at(house_->clock.now_ms(), "America/Chicago").days() + days_open);
    return guide::open_checklist(house_->database.db(), *house_->keyring, scope_, book_, "one.care", closes);
  }

  Id book_;
};
KEDGE_ON_BOTH_ENGINES(PapersPages);

TEST_P(PapersPages, BecomeBandsAndNothingElse) {
  rosa_->get(papers());
  ASSERT_EQ(rosa_->post("/workbooks/" + book_.text() + "/prompts/one.care/proposals", {{"label", "Walks"}}).status, 303);
  auto fields = batch("7");
  for (const auto& [name, value] : FormFields{{"practice", "Walks"}, {"well-2", "5"}, {"better-2", "0"}, {"comments", " a quiet room \n\nmore  time\n"}}) fields.emplace_back(name, value);
  const auto done = send(fields);
  ASSERT_EQ(done.status, 303) << done.body;
  const auto all = lists();
  ASSERT_EQ(all.size(), 1U);
  const auto& list = all.front();
  EXPECT_TRUE(list.paper && list.has_result());
  EXPECT_TRUE(list.roster.empty());
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0].well, Band::few);
  EXPECT_EQ(list.items[0].better, Band::most);
  EXPECT_EQ(list.items[1].well, Band::some);
  EXPECT_EQ(list.items[1].better, Band::few);
  EXPECT_EQ(list.items[2].label, "Walks");
  EXPECT_EQ(list.items[2].well, Band::most);
  EXPECT_THAT(list.comments, ::testing::UnorderedElementsAre("a quiet room", "more  time"));
  const auto page = rosa_->get("/workbooks/" + book_.text() + "/sections/one").body;
  EXPECT_THAT(page, AllOf(HasSubstr("few or none"), HasSubstr("most or all"), HasSubstr("a quiet room")));
  const auto proposed = house_->database->read(scope_, [&](store::Read& db) { return guide::proposals(db, scope_, book_, "one.care"); }).value();
  EXPECT_TRUE(proposed.empty());
}

TEST_P(PapersPages, ComeBackWithWhatWasTypedWhereACountIsWrong) {
  const auto few = send(batch("4"));
  EXPECT_EQ(few.status, 422);
  EXPECT_THAT(few.body, AllOf(HasSubstr("Write a number from 5 to 500."), HasSubstr("f-sheets-error"), HasSubstr("f-better-0-error"), Not(HasSubstr("f-well-1-error"))));
  for (const auto* sheets : {"", "x", "-5", "501"}) EXPECT_EQ(send(batch(sheets)).status, 422) << sheets;
  auto wrong = batch("6");
  wrong[2].second = "seven";
  wrong[3].second = "-1";
  wrong.emplace_back("comments", std::string(301, 'x'));
  const auto refused = send(wrong);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("f-well-0-error"), HasSubstr("f-better-0-error"), HasSubstr("seven"), HasSubstr(std::string(301, 'x')), HasSubstr("Write a number from 0 to 6.")));
  auto chatty = batch("6");
  chatty.emplace_back("comments", "1\n2\n3\n4\n5\n6\n7");
  EXPECT_THAT(send(chatty).body, HasSubstr("more lines than the 6 sheets"));
  auto other = batch("6");
  other[1].second = "thanks";
  EXPECT_EQ(send(other).status, 409) << "practices that are not the list's";
  EXPECT_TRUE(lists().empty());
}

TEST_P(PapersPages, WaitAYearForTheNextResultOfAnyKind) {
  ASSERT_EQ(send(batch("6")).status, 303);
  EXPECT_THAT(rosa_->get(papers()).body, AllOf(HasSubstr("There was a result within the last year"), Not(HasSubstr("f-sheets"))));
  EXPECT_EQ(send(batch("6")).status, 409);
  for (const auto* name : {"Ana", "Luis", "Mei", "Tom"}) house_->enter(name, {Role::staff});
  days_pass(20);
  const auto open = open_list();
  ASSERT_TRUE(open.has_value()) << open.error().key;
  EXPECT_FALSE(lists().front().said) << "who marked on paper is not known";
  EXPECT_EQ(send(batch("6")).status, 409);
  ASSERT_TRUE(guide::close_checklist(house_->database.db(), *house_->keyring, scope_, *open).has_value());
  days_pass(366);
  ASSERT_EQ(send(batch("6")).status, 303) << "a year later";
  const auto all = lists();
  EXPECT_EQ(guide::rounds(all.back(), all.front()), guide::Rounds::roster_unknown);
}

TEST_P(PapersPages, WaitUntilAnOpenListHasClosed) {
  for (const auto* name : {"Ana", "Luis", "Mei", "Tom"}) house_->enter(name, {Role::staff});
  const auto open = open_list();
  ASSERT_TRUE(open.has_value()) << open.error().key;
  EXPECT_THAT(rosa_->get(papers()).body, AllOf(HasSubstr("A list is open now"), Not(HasSubstr("f-sheets"))));
  EXPECT_EQ(send(batch("6")).status, 409);
  ASSERT_TRUE(guide::close_checklist(house_->database.db(), *house_->keyring, scope_, *open).has_value());
  EXPECT_EQ(send(batch("6")).status, 303) << "it closed without a word of a result";
}

TEST_P(PapersPages, ArePrintedWithoutNameAndCodeAndCountedByALead) {
  auto june = house_->enter("June", {Role::staff});
  const auto slip = june.get(papers() + "/document?format=html");
  EXPECT_EQ(slip.status, 200);
  EXPECT_THAT(slip.body, AllOf(HasSubstr("Rest"), HasSubstr("Please write no name."), Not(HasSubstr("June"))));
  EXPECT_EQ(june.get(papers()).status, 403);
  EXPECT_THAT(rosa_->get("/workbooks/" + book_.text() + "/sections/one").body, HasSubstr(papers()));
  EXPECT_THAT(june.get("/workbooks/" + book_.text() + "/sections/one").body, Not(HasSubstr(papers())));
  EXPECT_EQ(house_->stranger().get(papers()).status, 404);
  EXPECT_EQ(rosa_->get("/workbooks/" + book_.text() + "/prompts/one.none/papers").status, 404);
}

}  // namespace
}  // namespace kedge
