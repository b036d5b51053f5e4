// The page for the board: what may stand on it and what never does, whom it names, who reads it, and forms that came back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/documents.hpp"
#include "guide/board.hpp"
#include "guide/checklist.hpp"
#include "guide_house.hpp"
#include "identity/members.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using web::Browser;
using web::FormFields;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[
  {"id":"a1","prompt":"open.words","row":"","values":{"text":"a door"}},
  {"id":"a2","prompt":"quiet.words","row":"","values":{"text":"a quiet thing"}},
  {"id":"a3","prompt":"care.talk","row":"","values":{"text":"a tired thing"}}],
 "lists":[{"id":"l1","prompt":"care.marks","state":"closed","opened_on":"2026-01-01","closed_on":"2026-01-08","items":[{"item":"rest","label":"","well":"few","better":"most"}],"comments":[]}],
 "findings":[
  {"id":"f1","statement":"People wait at the door.","theme":"","state":"open","voice":"team","rests_on":[{"kind":"answer","id":"a1"}]},
  {"id":"f2","statement":"Goals are for us.","theme":"","state":"open","voice":"team","rests_on":[{"kind":"answer","id":"a2"}]},
  {"id":"f3","statement":"We are tired.","theme":"","state":"open","voice":"team","rests_on":[{"kind":"answer","id":"a3"},{"kind":"answer","id":"a1"}]},
  {"id":"f4","statement":"Nobody rests.","theme":"","state":"open","voice":"team","rests_on":[{"kind":"band","id":"l1","item":"rest"}]},
  {"id":"f5","statement":"Somebody wrote this alone.","theme":"","state":"open","voice":"unnamed","rests_on":[{"kind":"private_note"}]},
  {"id":"f7","statement":"What the chair taught us.","theme":"","state":"open","voice":"team","rests_on":[{"kind":"action","id":"s3"}]},
  {"id":"f6","statement":"We let this go.","theme":"","state":"dismissed","voice":"team","rests_on":[{"kind":"answer","id":"a1"}]}],
 "actions":[
  {"id":"s1","step":"Open the door at nine","owner":null,"due":"2026-12-01","status":"done","resources":"","obstacles":"","informed":"","measure":"","outcome":"They come in","opened_on":"2026-02-01","closed_on":"2026-02-02","came_from":[{"kind":"finding","id":"f1"}],"check_ins":[]},
  {"id":"s2","step":"Two hours to learn","owner":null,"due":"","status":"done","resources":"","obstacles":"","informed":"","measure":"","outcome":"June slept","opened_on":"2026-02-01","closed_on":"2026-02-02","came_from":[{"kind":"band","id":"l1","item":"rest"}],"check_ins":[]},
  {"id":"s3","step":"A chair for the break","owner":null,"due":"","status":"done","resources":"","obstacles":"","informed":"","measure":"","outcome":"June sits","opened_on":"2026-02-01","closed_on":"2026-02-02","came_from":[{"kind":"finding","id":"f4"}],"check_ins":[]}],
 "guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: open\n    title: {en: One, es: Uno}\n    prompts:\n      - {id: open.words, kind: reflection, label: {en: Words, es: Palabras}}\n  - id: quiet\n    staff_only: true\n    title: {en: Two, es: Dos}\n    prompts:\n      - {id: quiet.words, kind: reflection, label: {en: Goals, es: Metas}}\n  - id: care\n    title: {en: Three, es: Tres}\n    prompts:\n      - {id: care.talk, kind: reflection, label: {en: Talk, es: Hablar}}\n      - {id: care.marks, kind: checklist, label: {en: Care, es: Cuidado}, items: [{id: rest, label: {en: Rest, es: Descanso}}]}\n"})";

class BoardPages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    june_ = std::make_unique<Browser>(house_->enter("June", {Role::staff}));
    dale_ = std::make_unique<Browser>(house_->enter("Dale", {Role::board}));
    book_ = bring(kBook);
  }
  std::string at(const std::string& rest = "") const { return "/workbooks/" + book_.text() + "/board" + rest; }
  // All that may stand on it, ticked.
  FormFields all_ticked(int version) const {
    FormFields fields{{"version", std::to_string(version)}};
    const auto matter = house_->database->read(scope_, [&](store::Read& db) -> Result<guide::BoardMatter> {
      TRY(const auto book, guide::workbook(db, scope_, book_));
      return guide::board_matter(db, scope_, book);
    }).value();
    for (const auto& finding : matter.findings) fields.emplace_back("stands", "finding/" + finding.id.text());
    for (const auto& one : matter.actions) fields.emplace_back("stands", "action/" + one.action.id.text());
    return fields;
  }
  FormFields with(FormFields fields, const FormFields& more) const {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  }

  std::unique_ptr<Browser> june_;
  std::unique_ptr<Browser> dale_;
  Id book_;
};
KEDGE_ON_BOTH_ENGINES(BoardPages);

TEST_P(BoardPages, TellNothingOfStaffCareButTheStepAndNothingPrivate) {
  std::vector<std::string> ways{at(), at("/document?format=html"), at("/edit")};
  if (documents::lacking(documents::Format::markdown).empty()) ways.push_back(at("/document?format=md"));
  for (const auto& way : ways) {
    const auto page = rosa_->get(way).body;
    EXPECT_THAT(page, AllOf(HasSubstr("People wait at the door."), HasSubstr("Open the door at nine"), HasSubstr("Two hours to learn"), HasSubstr("A chair for the break"))) << way;
    EXPECT_THAT(page, AllOf(Not(HasSubstr("Goals are for us")), Not(HasSubstr("We are tired")), Not(HasSubstr("Nobody rests")), Not(HasSubstr("wrote this alone")), Not(HasSubstr("the chair taught us")), Not(HasSubstr("We let this go")))) << way;
    EXPECT_THAT(page, AllOf(Not(HasSubstr("June slept")), Not(HasSubstr("June sits")))) << way;
  }
  EXPECT_THAT(rosa_->get(at()).body, HasSubstr("They come in")) << "what came of other steps is told";
}

TEST_P(BoardPages, AreReadByTheBoardOnlyWhenTheLeadSaysSo) {
  EXPECT_EQ(dale_->get(at()).status, 404);
  EXPECT_EQ(dale_->get(at("/document?format=html")).status, 404);
  EXPECT_THAT(dale_->get("/board").body, Not(HasSubstr("Spring")));
  EXPECT_EQ(june_->get(at()).status, 200);
  EXPECT_EQ(june_->get(at("/edit")).status, 403);
  rosa_->get(at("/edit"));
  ASSERT_EQ(rosa_->post(at(), with(all_ticked(0), {{"words", "Why we ask"}, {"shown", "yes"}, {"decision_1", "Take away the limit"}, {"cost_1", "nothing"}, {"by_1", "2026-12-15"}})).status, 303);
  EXPECT_THAT(dale_->get("/board").body, HasSubstr(at()));
  EXPECT_THAT(dale_->get(at()).body, AllOf(HasSubstr("Why we ask"), HasSubstr("Take away the limit"), HasSubstr("nothing"), HasSubstr("Dec 15, 2026"), Not(HasSubstr(at("/edit")))));
  EXPECT_EQ(dale_->get(at("/document?format=html")).status, 200);
  rosa_->get(at("/edit"));
  ASSERT_EQ(rosa_->post(at(), all_ticked(1)).status, 303);
  EXPECT_EQ(dale_->get(at()).status, 404) << "and no longer";
}

TEST_P(BoardPages, NameJobsAndOnlyWhoAgreed) {
  const store::Scope june{house_->library(), june_->member, Roles{Role::staff}};
  const auto give = [&](std::string_view step, const Id& member, const Id& contact) {
    ASSERT_TRUE(house_->database->write(scope_, [&](store::Tx& tx) -> Done {
      plan::Action action;
      action.workbook = book_;
      action.step = std::string(step);
      action.owner_member = member;
      action.owner_contact = contact;
      return plan::open_action(tx, scope_, action, {}).map([](const Id&) {});
    }).has_value());
  };
  const auto pantry = house_->database->write(scope_, [&](store::Tx& tx) -> Result<Id> {
    directory::Organization organization;
    organization.name = "The pantry";
    TRY(const auto id, directory::save(tx, scope_, organization));
    directory::Contact celia;
    celia.name = "Celia Novak";
    celia.organization = id;
    return directory::save(tx, scope_, celia);
  }).value();
  give("Hers", june_->member, Id());
  give("Theirs", Id(), pantry);
  EXPECT_THAT(rosa_->get(at()).body, AllOf(HasSubstr(">staff<"), HasSubstr("The pantry"), Not(HasSubstr(">June<")), Not(HasSubstr("Celia"))));
  const auto profile = [&](identity::BoardName choice) {
    return house_->database->write(june, [&](store::Tx& tx) -> Done {
      TRY_DONE(identity::save_profile(tx, june, {"June", "circulation", "june@example.org", Language::en}));
      return identity::agree_to_board_name(tx, june, choice);
    }).has_value();
  };
  ASSERT_TRUE(profile(identity::BoardName::kept_back));
  EXPECT_THAT(rosa_->get(at()).body, AllOf(HasSubstr(">circulation<"), Not(HasSubstr(">June<"))));
  ASSERT_TRUE(profile(identity::BoardName::agreed));
  EXPECT_THAT(rosa_->get(at()).body, AllOf(HasSubstr(">June<"), Not(HasSubstr(">circulation<"))));
  ASSERT_TRUE(profile(identity::BoardName::kept_back));
  EXPECT_THAT(rosa_->get(at("/document?format=html")).body, Not(HasSubstr(">June<")));
}

TEST_P(BoardPages, LeaveOutWhatTheLeadUnticksAndKeepItSo) {
  rosa_->get(at("/edit"));
  auto fields = all_ticked(0);
  std::erase_if(fields, [](const auto& field) { return field.first == "stands" && field.second.starts_with("finding/"); });
  ASSERT_EQ(rosa_->post(at(), fields).status, 303);
  EXPECT_THAT(rosa_->get(at()).body, AllOf(Not(HasSubstr("People wait at the door.")), HasSubstr("Open the door at nine")));
  // a file brings it along, but not that the board may read it
  const auto file = rosa_->get("/workbooks/" + book_.text() + "/export.json").body;
  book_ = bring(file);
  EXPECT_THAT(rosa_->get(at()).body, AllOf(Not(HasSubstr("People wait at the door.")), HasSubstr("Open the door at nine")));
  EXPECT_EQ(rosa_->get("/workbooks/" + book_.text() + "/export.json").body, file);
  EXPECT_EQ(dale_->get(at()).status, 404);
}

TEST_P(BoardPages, ComeBackWithWhatWasTypedAndWhatIsWrongAtItsField) {
  rosa_->get(at("/edit"));
  auto sent = rosa_->post(at(), with(all_ticked(0), {{"words", "typed words"}, {"cost_2", "12 dollars"}, {"by_1", "2026-02-30"}, {"decision_1", "A decision"}}));
  EXPECT_EQ(sent.status, 422);
  EXPECT_THAT(sent.body, AllOf(HasSubstr("typed words"), HasSubstr("12 dollars"), HasSubstr("f-by_1-error"), HasSubstr("2026-02-30")));
  sent = rosa_->post(at(), with(all_ticked(0), {{"cost_2", "12 dollars"}, {"words", std::string(1300, 'x')}}));
  EXPECT_EQ(sent.status, 422);
  EXPECT_THAT(sent.body, AllOf(HasSubstr("f-decision_2-error"), HasSubstr("f-words-error")));
  EXPECT_THAT(rosa_->get(at()).body, Not(HasSubstr("typed words"))) << "nothing is half saved";
  // two leads at once: the second is told, and keeps what was typed
  auto other = *rosa_;
  ASSERT_EQ(rosa_->post(at(), with(all_ticked(0), {{"words", "first words"}})).status, 303);
  sent = other.post(at(), with(all_ticked(0), {{"words", "second words"}}));
  EXPECT_EQ(sent.status, 409);
  EXPECT_THAT(sent.body, AllOf(HasSubstr("second words"), HasSubstr("Somebody else changed this page")));
  EXPECT_THAT(rosa_->get(at()).body, HasSubstr("first words"));
  ASSERT_EQ(other.post(at(), with(all_ticked(1), {{"words", "second words"}})).status, 303);
  EXPECT_THAT(rosa_->get(at()).body, HasSubstr("second words"));
  // a version that is no number
  EXPECT_EQ(rosa_->post(at(), {{"version", "x"}}).status, 422);
}

TEST_P(BoardPages, SayThatTheyAreLongerThanTwoSides) {
  EXPECT_THAT(rosa_->get(at()).body, Not(HasSubstr("too-long")));
  rosa_->get(at("/edit"));
  auto fields = with(all_ticked(0), {{"words", std::string(1200, 'x')}});
  for (int at = 1; at <= 5; ++at) fields.emplace_back("decision_" + std::to_string(at), std::string(400, 'x'));
  ASSERT_EQ(rosa_->post(at(), fields).status, 303);
  EXPECT_THAT(rosa_->get(at()).body, HasSubstr("too-long"));
  EXPECT_THAT(rosa_->get(at("/document?format=html")).body, Not(HasSubstr("too-long"))) << "that is for who prepares it";
}

TEST_P(BoardPages, AreOneLibrarysAlone) {
  auto stranger = house_->stranger();
  for (const auto& way : {at(), at("/edit"), at("/document?format=html")}) EXPECT_EQ(stranger.get(way).status, 404) << way;
  stranger.get("/workbooks");
  EXPECT_EQ(stranger.post(at(), {{"version", "0"}, {"words", "theirs"}}).status, 404);
  EXPECT_THAT(rosa_->get(at()).body, Not(HasSubstr("theirs")));
}

}  // namespace
}  // namespace kedge
