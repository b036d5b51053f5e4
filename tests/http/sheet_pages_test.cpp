// Sheets of paper: made by a lead, typed in by a scribe, and what becomes of what stood on them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "guide/sheets.hpp"
#include "guide_house.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using web::Browser;
using web::FormFields;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    prompts:\n      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}, limit: 40}\n      - {id: one.alone, kind: reflection, label: {en: For me alone, es: Para mi}, voices: [personal], share: never}\n      - {id: one.goals, kind: goals, label: {en: Goals, es: Metas}}\n      - id: one.people\n        kind: list\n        voices: [team]\n        label: {en: People, es: Personas}\n        columns:\n          - {id: organization, kind: organization, label: {en: Where, es: Donde}}\n          - {id: person, kind: contact, label: {en: Who, es: Quien}}\n  - id: care\n    title: {en: Care, es: Cuidado}\n    prompts:\n      - {id: care.marks, kind: checklist, label: {en: Staff care, es: Cuidado}, items: [{id: rest, label: {en: Rest, es: Descanso}}]}\n"})";

class SheetPages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    june_ = std::make_unique<Browser>(house_->enter("June", {Role::staff}));
    book_ = bring(kBook);
  }
  std::string sheets() const { return "/workbooks/" + book_.text() + "/sheets"; }
  std::vector<guide::Sheet> all() {
    return house_->database->read(scope_, [&](store::Read& db) { return guide::sheets(db, scope_, book_); }).value();
  }
  void make(const std::string& count) {
    rosa_->get(sheets());
    ASSERT_EQ(rosa_->post(sheets(), {{"count", count}}).status, 303);
  }
  std::string at(const guide::Sheet& sheet, const std::string& rest) const { return sheets() + "/" + sheet.id.text() + rest; }
  web::Reply type(const guide::Sheet& sheet, const std::string& prompt, FormFields fields, int version, bool scripts = false) {
    june_->get(at(sheet, "/sections/one"));
    fields.emplace_back("version", std::to_string(version));
    return june_->post(at(sheet, "/prompts/" + prompt), std::move(fields), scripts ? web::Headers{{"kedge-fragment", "1"}} : web::Headers{});
  }
  std::string section(Browser& who) const { return who.get("/workbooks/" + book_.text() + "/sections/one").body; }

  std::unique_ptr<Browser> june_;
  Id book_;
};
KEDGE_ON_BOTH_ENGINES(SheetPages);

TEST_P(SheetPages, AreMadePrintedTypedInAndCounted) {
  EXPECT_THAT(rosa_->get(sheets()).body, HasSubstr("There are no sheets yet"));
  for (const auto* wrong : {"", "0", "41", "-1", "two"}) {
    rosa_->get(sheets());
    const auto refused = rosa_->post(sheets(), {{"count", wrong}});
    EXPECT_EQ(refused.status, 422) << wrong;
    EXPECT_THAT(refused.body, HasSubstr("f-count-error"));
  }
  make("3");
  const auto made = all();
  ASSERT_EQ(made.size(), 3U);
  std::set<std::string> codes;
  for (const auto& one : made) codes.insert(one.code);
  EXPECT_EQ(codes.size(), 3U);
  const auto page = june_->get(sheets()).body;
  EXPECT_THAT(page, AllOf(HasSubstr("3 of 3 sheets are still missing."), HasSubstr(made[0].code), Not(HasSubstr("Make them"))));
  // what is printed: the code on each section, a place for the name, and not what is for oneself alone
  const auto paper = june_->get("/workbooks/" + book_.text() + "/document?of=blank&format=html&sheet=" + made[0].id.text());
  EXPECT_EQ(paper.status, 200);
  EXPECT_THAT(paper.body, AllOf(HasSubstr("Sheet " + made[0].code), HasSubstr("Name, if I want it"), HasSubstr("Words"), Not(HasSubstr("For me alone")), Not(HasSubstr("Rest"))));
  EXPECT_EQ(june_->get("/workbooks/" + book_.text() + "/document?of=blank&format=html&sheet=" + Id::random().text()).status, 404);
  const auto paper_of = [&](const std::string& which) { return june_->get("/workbooks/" + book_.text() + "/document?of=blank&format=html&sheet=" + which); };
  for (const auto& one : made) EXPECT_THAT(paper_of("missing").body, HasSubstr("Sheet " + one.code));
  ASSERT_EQ(type(made[0], "one.words", {{"text", "from the Saturday page"}}, 0).status, 303);
  EXPECT_THAT(june_->get(sheets()).body, AllOf(HasSubstr("Begun"), HasSubstr("3 of 3 sheets are still missing.")));
  ASSERT_EQ(june_->post(at(made[0], "/typed"), {{"typed", "yes"}}).status, 303);
  EXPECT_THAT(june_->get(sheets()).body, AllOf(HasSubstr("Typed in"), HasSubstr("2 of 3 sheets are still missing.")));
  EXPECT_THAT(paper_of("missing").body, AllOf(Not(HasSubstr("Sheet " + made[0].code)), HasSubstr("Sheet " + made[1].code)));
  for (const auto& one : made) june_->post(at(one, "/typed"), {{"typed", "yes"}});
  EXPECT_EQ(paper_of("missing").status, 404);
}

TEST_P(SheetPages, StandBesideTheSharedAnswersUnderTheirCodeOrName) {
  make("1");
  const auto sheet = all().front();
  ASSERT_EQ(type(sheet, "one.words", {{"text", "a door that locks"}}, 0).status, 303);
  EXPECT_THAT(section(*rosa_), AllOf(HasSubstr("a door that locks"), HasSubstr("Sheet " + sheet.code)));
  june_->get(at(sheet, "/sections/one"));
  ASSERT_EQ(june_->post(at(sheet, "/name?section=one"), {{"name", "Bea"}}).status, 303);
  EXPECT_THAT(section(*rosa_), AllOf(HasSubstr("Bea"), Not(HasSubstr("Sheet " + sheet.code))));
  EXPECT_EQ(june_->post(at(sheet, "/name?section=one"), {{"name", std::string(121, 'x')}}).status, 422);
  // pulled into the team's answer under that name
  const auto id = house_->database->read(scope_, [&](store::Read& db) { return guide::answers(db, scope_, book_); }).value().front().id;
  rosa_->get("/workbooks/" + book_.text() + "/sections/one");
  ASSERT_EQ(rosa_->post("/workbooks/" + book_.text() + "/prompts/one.words/team/pulling", {{"answer", id.text()}}).status, 303);
  EXPECT_THAT(section(*rosa_), HasSubstr("Bea: a door that locks"));
  // a finding rests on it
  EXPECT_EQ(rosa_->get("/workbooks/" + book_.text() + "/answers/" + id.text() + "/finding").status, 200);
  // rows too, where each writes alone and where only the team does
  const auto row = Id::random().text();
  ASSERT_EQ(type(sheet, "one.goals?row=" + row, {{"text", "to learn names"}}, 0).status, 303);
  ASSERT_EQ(type(sheet, "one.people?row=" + row, {{"organization", "The pantry"}, {"person", "Celia"}}, 0).status, 303);
  EXPECT_THAT(section(*rosa_), AllOf(HasSubstr("to learn names"), HasSubstr("The pantry")));
  const auto organizations = house_->database->read(scope_, [&](store::Read& db) { return directory::organizations(db, scope_); }).value();
  EXPECT_TRUE(organizations->empty()) << "a record is made when the team takes it over";
}

TEST_P(SheetPages, ComeBackWithWhatWasTyped) {
  make("1");
  const auto sheet = all().front();
  const auto refused = type(sheet, "one.words", {{"text", std::string(41, 'x')}}, 0);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(41, 'x')), HasSubstr("41 characters")));
  ASSERT_EQ(type(sheet, "one.words", {{"text", "first"}}, 0).status, 303);
  const auto late = type(sheet, "one.words", {{"text", "second"}}, 0);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, AllOf(HasSubstr("second"), HasSubstr("Somebody else typed this meanwhile")));
  const auto told = type(sheet, "one.words", {{"text", "second"}}, 0, true);
  EXPECT_EQ(told.status, 409);
  EXPECT_THAT(told.content_type, HasSubstr("json")) << "the field keeps what was typed";
  ASSERT_EQ(type(sheet, "one.words", {{"text", "second"}}, 1).status, 303);
  // what no sheet asks
  EXPECT_EQ(type(sheet, "one.alone", {{"text", "private"}}, 0).status, 404);
  EXPECT_EQ(type(sheet, "care.marks", {{"well", "rest"}}, 0).status, 404);
}

TEST_P(SheetPages, GoWithTheirAnswersAndComeBack) {
  make("2");
  const auto made = all();
  ASSERT_EQ(type(made[0], "one.words", {{"text", "hers"}}, 0).status, 303);
  ASSERT_EQ(type(made[1], "one.words", {{"text", "his"}}, 0).status, 303);
  june_->get(sheets());
  EXPECT_EQ(june_->post(at(made[0], "/removal")).status, 403);
  rosa_->get(sheets());
  ASSERT_EQ(rosa_->post(at(made[0], "/removal")).status, 303);
  EXPECT_THAT(section(*rosa_), AllOf(Not(HasSubstr("hers")), HasSubstr("his")));
  EXPECT_EQ(june_->get(at(made[0], "/sections/one")).status, 404);
  rosa_->get(sheets());
  ASSERT_EQ(rosa_->post(at(made[0], "/restoration")).status, 303);
  EXPECT_THAT(section(*rosa_), AllOf(HasSubstr("hers"), HasSubstr("his")));
}

TEST_P(SheetPages, AreOneLibrarysAlone) {
  make("1");
  const auto sheet = all().front();
  auto stranger = house_->stranger();
  for (const auto& way : {sheets(), at(sheet, "/sections/one"), at(sheet, "/prompts/one.words")}) EXPECT_EQ(stranger.get(way).status, 404) << way;
  stranger.get("/workbooks");
  EXPECT_EQ(stranger.post(at(sheet, "/prompts/one.words"), {{"version", "0"}, {"text", "theirs"}}).status, 404);
  EXPECT_EQ(stranger.post(at(sheet, "/removal")).status, 404);
  // nor another workbook's
  const auto other = bring(std::string(kBook).replace(std::string(kBook).find("Spring"), 6, "Autumn"));
  EXPECT_EQ(june_->get("/workbooks/" + other.text() + "/sheets/" + sheet.id.text() + "/sections/one").status, 404);
  EXPECT_EQ(june_->post("/workbooks/" + other.text() + "/sheets/" + sheet.id.text() + "/prompts/one.words", {{"version", "0"}, {"text", "x"}}).status, 404);
}

}  // namespace
}  // namespace kedge
