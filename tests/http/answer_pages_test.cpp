// Answers as browsers without scripts write them: two texts of one answer, errors at their fields, rows that go and come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "guide/checklist.hpp"
#include "guide_house.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using web::Browser;
using web::FormFields;
using web::Reply;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin, es: Empiece}\n    prompts:\n      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}, limit: 40}\n      - {id: one.sure, kind: scale, label: {en: How sure, es: Seguro}, voices: [personal], share: never, steps: 3, low: {en: No, es: No}, high: {en: Yes, es: Si}}\n      - {id: one.surer, kind: scale, label: {en: And now, es: Y ahora}, voices: [personal], share: never, earlier: one.sure, steps: 3, low: {en: No, es: No}, high: {en: Yes, es: Si}}\n      - {id: one.goals, kind: goals, label: {en: Goals, es: Metas}}\n      - id: one.spaces\n        kind: matrix\n        label: {en: Spaces, es: Espacios}\n        columns:\n          - {id: now, kind: text, label: {en: Now, es: Ahora}}\n          - {id: better, kind: text, label: {en: Better, es: Mejor}}\n        rows:\n          - {id: door, label: {en: A room with a door, es: Una sala con puerta}}\n      - id: one.people\n        kind: list\n        voices: [team]\n        label: {en: People, es: Personas}\n        columns:\n          - {id: organization, kind: organization, label: {en: Where, es: Donde}}\n          - {id: person, kind: contact, label: {en: Who, es: Quien}}\n          - {id: phone, kind: phone, label: {en: Phone, es: Telefono}}\n          - {id: email, kind: email, label: {en: Mail, es: Correo}}\n          - {id: by-when, kind: date, label: {en: By, es: Para}}\n      - id: one.kinds\n        kind: list\n        voices: [team]\n        label: {en: Kinds, es: Tipos}\n        columns:\n          - {id: organization, kind: organization, label: {en: Where, es: Donde}}\n          - id: kind\n            kind: choice\n            label: {en: Kind, es: Tipo}\n            options:\n              - {id: health, label: {en: Health, es: Salud}}\n              - {id: faith, label: {en: Faith, es: Fe}}\n"})";

class AnswerPages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    june_ = std::make_unique<Browser>(house_->enter("June", {Role::staff}));
    book_ = bring(kBook);
  }
  std::string section() const { return "/workbooks/" + book_.text() + "/sections/one"; }
  std::string at(const std::string& rest) const { return "/workbooks/" + book_.text() + "/prompts/" + rest; }
  // Without the marks of words that differ in two texts.
  static std::string unmarked(const std::string& html) { return std::regex_replace(html, std::regex("</?(ins|del)[^>]*>"), ""); }
  std::string page(Browser& who) const { return unmarked(who.get(section()).body); }
  // Saves from a page that was read before.
  Reply save(Browser& who, const std::string& place, FormFields fields, int version, bool scripts = false) const {
    who.get(section());
    fields.emplace_back("version", std::to_string(version));
    return who.post(at(place), std::move(fields), scripts ? web::Headers{{"kedge-fragment", "1"}} : web::Headers{});
  }
  // The part of a page that a text stands in: a field, or an article.
  static std::string row_of(const std::string& page, const std::string& place) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page, found, std::regex(place + R"(\?row=([0-9a-f-]{36}))"))) << "no row of " << place;
    return found.empty() ? "" : found[1].str();
  }
  static void expect_descriptions_are_there(const std::string& page) {
    const std::regex described(R"rx(aria-describedby="([^"]*)")rx");
    for (std::sregex_iterator one(page.begin(), page.end(), described), end; one != end; ++one) {
      std::istringstream ids((*one)[1].str());
      for (std::string id; ids >> id;) EXPECT_THAT(page, HasSubstr("id=\"" + id + "\""));
    }
  }

  std::unique_ptr<Browser> june_;
  Id book_;
};
KEDGE_ON_BOTH_ENGINES(AnswerPages);

TEST_P(AnswerPages, KeepTheSecondTextOfOnesOwnAnswerUntilItIsChosen) {
  KEDGE_NEEDS_ENGINE(GetParam());
  auto phone = *rosa_;
  ASSERT_EQ(save(*rosa_, "one.words/personal", {{"text", "from the desk"}}, 0).status, 303);
  ASSERT_EQ(save(phone, "one.words/personal", {{"text", "from the bus"}}, 0).status, 303);
  const auto taking = at("one.words/personal/besides/1/taking");
  for (auto* device : {rosa_.get(), &phone}) EXPECT_THAT(page(*device), AllOf(HasSubstr("from the desk"), HasSubstr("from the bus"), HasSubstr(taking)));
  EXPECT_THAT(page(*june_), AllOf(Not(HasSubstr("from the desk")), Not(HasSubstr("from the bus")), Not(HasSubstr("k-conflict"))));
  EXPECT_EQ(june_->post(taking).status, 404);
  // with scripts: the same two texts
  const auto told = save(phone, "one.words/personal", {{"text", "from the bus stop"}}, 0, true);
  EXPECT_EQ(told.status, 409);
  EXPECT_THAT(told.content_type, HasSubstr("text/html"));
  EXPECT_THAT(unmarked(told.body), AllOf(HasSubstr("from the desk"), HasSubstr("from the bus stop")));
  EXPECT_THAT(told.body, AllOf(HasSubstr("<del class=\"k-del\">desk</del>"), HasSubstr("<ins class=\"k-ins\">bus stop</ins>"))) << "which words are mine";
  // no later save settles it, and the shorter one stands in the longer one
  ASSERT_EQ(save(*rosa_, "one.words/personal", {{"text", "from the desk, later"}}, 1).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("from the bus stop"), HasSubstr("besides/2/joining"), Not(HasSubstr("besides/1/"))));
  rosa_->get(section());
  ASSERT_EQ(rosa_->post(at("one.words/personal/besides/2/joining")).status, 303);
  const auto joined = page(*rosa_);
  EXPECT_THAT(joined, AllOf(HasSubstr("from the desk, later\n\nfrom the bus stop"), Not(HasSubstr("k-conflict"))));
  EXPECT_THAT(rosa_->get(at("one.words/personal/revisions")).body, HasSubstr("from the bus"));
}

// The page of earlier texts brings back the oldest of them by the form that it shows.
TEST_P(AnswerPages, EarlierTextsAreBroughtBackByTheirForms) {
  const auto bring_back = [&](Browser& who, const std::string& place, const std::string& row) {
    const auto older = who.get(at(place + "/revisions" + row)).body;
    const auto form = older.substr(older.rfind("<form method=\"post\" action=\"" + at(place)));
    FormFields fields;
    const std::string inside = form.substr(0, form.find("</form>"));
    const std::regex hidden(R"rx(<input type="hidden" name="([^"]*)" value="([^"]*)">)rx");
    for (std::sregex_iterator one(inside.begin(), inside.end(), hidden), end; one != end; ++one)
      if ((*one)[1] != "csrf" && (*one)[1] != "once") fields.emplace_back((*one)[1], (*one)[2]);
    EXPECT_EQ(who.post(at(place + row), std::move(fields)).status, 303);
  };
  for (const auto* voice : {"team", "personal"}) {
    const auto place = std::string("one.words/") + voice;
    ASSERT_EQ(save(*june_, place, {{"text", std::string("At first, ") + voice}}, 0).status, 303);
    ASSERT_EQ(save(*june_, place, {{"text", std::string("And then, ") + voice}}, 1).status, 303);
    EXPECT_THAT(page(*june_), Not(HasSubstr(std::string("At first, ") + voice)));
    bring_back(*june_, place, "");
    EXPECT_THAT(page(*june_), AllOf(HasSubstr(std::string("At first, ") + voice), Not(HasSubstr(std::string("And then, ") + voice))));
  }
  const auto row = "?row=" + row_of(page(*rosa_), "one.people/team");
  ASSERT_EQ(save(*rosa_, "one.people/team" + row, {{"organization", "Pantry"}, {"person", "Celia"}, {"phone", "555-0101"}}, 0).status, 303);
  ASSERT_EQ(save(*rosa_, "one.people/team" + row, {{"organization", "Shelf"}, {"person", "Nora"}, {"phone", "555-0102"}}, 1).status, 303);
  bring_back(*rosa_, "one.people/team", row);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("value=\"Pantry\""), HasSubstr("value=\"Celia\""), HasSubstr("value=\"555-0101\"")));
  const auto organizations = house_->database->read(scope_, [&](store::Read& db) { return directory::organizations(db, scope_); }).value();
  EXPECT_EQ(organizations->size(), 2U) << "Pantry and Shelf, and none that is called as a record's id";
}

// A page takes the team's words from what is kept; none may be older than the last change, or another reader's.
TEST_P(AnswerPages, WhatIsKeptOfTheTeamsWordsFollowsEveryChangeInBothLanguages) {
  const auto row = "?row=" + row_of(page(*rosa_), "one.people/team");
  ASSERT_EQ(save(*rosa_, "one.people/team" + row, {{"organization", "Pantry"}, {"person", "Celia"}, {"by-when", "2026-05-01"}}, 0).status, 303);
  ASSERT_EQ(save(*rosa_, "one.words/team", {{"text", "Two chairs"}}, 0).status, 303);
  june_->set_cookie("kedge_language", "es");
  for (int twice = 0; twice < 2; ++twice) {  // made, then kept
    EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("value=\"Pantry\""), HasSubstr("Two chairs</textarea>"), HasSubstr(">Phone</label>")));
    EXPECT_THAT(page(*june_), AllOf(HasSubstr("value=\"Pantry\""), HasSubstr("Two chairs</textarea>"), HasSubstr(">Telefono</label>"), Not(HasSubstr(">Phone</label>"))));
  }
  auto pantry = house_->database->read(scope_, [&](store::Read& db) { return directory::organizations(db, scope_); }).value()->at(0);
  pantry.name = "Food shelf";
  ASSERT_TRUE(house_->database->write(scope_, [&](store::Tx& tx) { return directory::save(tx, scope_, pantry); }).has_value());
  ASSERT_EQ(save(*june_, "one.words/team", {{"text", "Three chairs"}}, 1).status, 303);
  for (auto* who : {rosa_.get(), june_.get()})
    EXPECT_THAT(page(*who), AllOf(HasSubstr("value=\"Food shelf\""), Not(HasSubstr("value=\"Pantry\"")), HasSubstr("Three chairs</textarea>"), Not(HasSubstr("Two chairs</textarea>"))));
}

TEST_P(AnswerPages, SharingSavesWhatWasTypedSinceFirst) {
  ASSERT_EQ(save(*june_, "one.words/personal", {{"text", "Hers"}}, 0).status, 303);
  const auto sharing = "formaction=\"" + at("one.words/personal/sharing");
  EXPECT_THAT(page(*june_), HasSubstr(sharing));
  ASSERT_EQ(save(*june_, "one.words/personal/sharing", {{"text", "Hers, and more"}}, 1).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("Hers, and more"), HasSubstr("<article class=\"k-shared\" id=\"shared-"))) << "by its id it keeps its place and the focus in it";
  const auto lengthy = save(*june_, "one.words/personal/taking-back", {{"text", std::string(60, 'x')}}, 2);
  EXPECT_EQ(lengthy.status, 422);
  EXPECT_THAT(lengthy.body, HasSubstr(std::string(60, 'x'))) << "what was typed stays";
  EXPECT_THAT(page(*rosa_), HasSubstr("Hers, and more")) << "and nothing is half done";
  ASSERT_EQ(save(*june_, "one.words/personal/taking-back", {{"text", "Hers alone"}}, 2).status, 303);
  EXPECT_THAT(page(*rosa_), Not(HasSubstr("Hers")));
  EXPECT_THAT(page(*june_), HasSubstr("Hers alone"));
}

TEST_P(AnswerPages, AQuestionThatIsAskedAgainShowsWhatWasSaidAtFirst) {
  EXPECT_THAT(page(*june_), Not(HasSubstr("k-earlier")));
  ASSERT_EQ(save(*june_, "one.sure/personal", {{"value", "2"}}, 0).status, 303);
  EXPECT_THAT(page(*june_), AllOf(HasSubstr("What you said at the beginning"), HasSubstr("<p class=\"k-said\">2</p>")));
  EXPECT_THAT(page(*rosa_), Not(HasSubstr("k-earlier"))) << "it is hers alone";
}

TEST_P(AnswerPages, KeepATextBesideUntilOneOfItsButtonsIsPressed) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(save(*rosa_, "one.words/team", {{"text", "Rosa was first"}}, 0).status, 303);
  ASSERT_EQ(save(*june_, "one.words/team", {{"text", "June was second"}}, 0).status, 303);
  ASSERT_EQ(save(*june_, "one.words/team", {{"text", "Rosa was first!"}}, 1).status, 303);
  house_->clock.advance(1000);  // which of the two came first is told by the clock
  ASSERT_EQ(save(*june_, "one.words/team", {{"text", "June again"}}, 1).status, 303);
  for (auto* who : {rosa_.get(), june_.get()}) EXPECT_THAT(page(*who), AllOf(HasSubstr("June was second"), HasSubstr("June again"), HasSubstr("Rosa was first!")));
  const auto before = page(*june_);
  std::smatch settling;
  ASSERT_TRUE(std::regex_search(before, settling, std::regex(R"rx(action="([^"]*/settling)")rx")));
  ASSERT_EQ(june_->post(settling[1].str()).status, 303);
  EXPECT_THAT(page(*june_), AllOf(Not(HasSubstr("June was second")), HasSubstr("June again")));
}

TEST_P(AnswerPages, SayAtTheFieldAndOnTopWhatIsWrong) {
  KEDGE_NEEDS_ENGINE(GetParam());
  expect_descriptions_are_there(page(*rosa_));
  const auto refused = save(*rosa_, "one.words/team", {{"text", std::string(2000, 'x')}}, 0);
  EXPECT_EQ(refused.status, 422);
  expect_descriptions_are_there(refused.body);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("<title>Please look again: One"), HasSubstr("id=\"problems\""), HasSubstr("href=\"#team-one-words-text\"")));
  EXPECT_THAT(refused.body, HasSubstr("aria-invalid=\"true\" aria-describedby=\"team-one-words-text-error team-one-words-text-limit\""));
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(2000, 'x')), HasSubstr("2,000 characters; up to 40 fit")));
  const auto row = row_of(page(*rosa_), "one.people/team");
  const auto wrong = save(*rosa_, "one.people/team?row=" + row, {{"organization", "Pantry"}, {"email", "nobody"}, {"by-when", "2026-02-30"}}, 0);
  EXPECT_EQ(wrong.status, 422);
  expect_descriptions_are_there(wrong.body);
  for (const auto* name : {"email", "by-when"}) {
    const auto id = "team-one-people-" + row + "-" + name;
    EXPECT_THAT(wrong.body, AllOf(HasSubstr("href=\"#" + id + "\""), HasSubstr("aria-describedby=\"" + id + "-error\"")));
  }
  EXPECT_THAT(wrong.body, AllOf(HasSubstr("value=\"2026-02-30\""), HasSubstr("value=\"nobody\""), HasSubstr("value=\"Pantry\"")));
}

TEST_P(AnswerPages, BringARemovedRowBackAsItWasSharedAndAll) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(june_->get(section()).status, 200);
  const auto row = "?row=" + row_of(page(*june_), "one.goals/personal");
  ASSERT_EQ(save(*june_, "one.goals/personal" + row, {{"text", "Know what to say"}}, 0).status, 303);
  ASSERT_EQ(june_->post(at("one.goals/personal/sharing" + row)).status, 303);
  ASSERT_EQ(save(*june_, "one.goals/personal" + row, {{"text", "Say it aloud"}}, 1).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("Know what to say"), Not(HasSubstr("Say it aloud"))));
  ASSERT_EQ(june_->post(at("one.goals/personal/removal" + row)).status, 303);
  EXPECT_THAT(page(*rosa_), Not(HasSubstr("Know what to say")));
  ASSERT_EQ(june_->post(at("one.goals/personal/restoration" + row)).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("Know what to say"), Not(HasSubstr("Say it aloud")))) << "what was shared, not what was written since";
  EXPECT_THAT(page(*june_), AllOf(HasSubstr("Say it aloud"), HasSubstr("taking-back")));
}

TEST_P(AnswerPages, QuoteEveryFieldOfAnAnswerWithItsLabel) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(save(*rosa_, "one.spaces/team?row=door", {{"now", "None"}, {"better", "The map room"}}, 0).status, 303);
  EXPECT_THAT(rosa_->get(at("one.spaces/team/finding?row=door")).body, HasSubstr("A room with a door; Now: None; Better: The map room"));
  ASSERT_EQ(save(*rosa_, "one.words/team", {{"text", "Nothing but words"}}, 0).status, 303);
  EXPECT_THAT(rosa_->get(at("one.words/team/finding")).body, HasSubstr(">Nothing but words<"));
}

TEST_P(AnswerPages, OfferAnEmptyRowThatIsKeptWithItsFirstLetter) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto rows = [&] {
    const auto scope = house_->scope(*rosa_, {Role::lead});
    return house_->database->read(scope, [&](store::Read& db) { return guide::answers(db, scope, book_); }).value().size();
  };
  const auto empty = row_of(page(*rosa_), "one.people/team");
  EXPECT_NE(empty, row_of(page(*june_), "one.people/team")) << "two who begin at once write two rows";
  EXPECT_EQ(rows(), 0U) << "looking keeps nothing";
  ASSERT_EQ(save(*rosa_, "one.people/team?row=" + empty, {{"organization", "Pantry"}, {"person", "Celia"}, {"by-when", "2026-05-01"}}, 0).status, 303);
  EXPECT_EQ(rows(), 1U);
  const auto after = page(*june_);
  EXPECT_THAT(after, HasSubstr("Pantry</span> <span class=\"k-row-entry__sign\">Celia \xC2\xB7 May 1, 2026</span>")) << "who and when";
  EXPECT_THAT(after, HasSubstr("data-new-row=")) << "and the next empty one";
  EXPECT_EQ(rosa_->post(at("one.people/team/rows")).status, 404) << "no row is made of nothing";
}

TEST_P(AnswerPages, LeadFromARecordToTheRowsThatNameItAndKeepItWhileTheyDo) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto row = row_of(page(*rosa_), "one.people/team");
  ASSERT_EQ(save(*rosa_, "one.people/team?row=" + row, {{"organization", "Pantry"}, {"person", "Celia"}}, 0).status, 303);
  const auto scope = house_->scope(*rosa_, {Role::lead});
  const auto celia = house_->database->read(scope, [&](store::Read& db) { return directory::contacts(db, scope); }).value()->at(0);
  const auto pantry = "/directory/organizations/" + celia.organization.text();
  for (const auto& record : {pantry, "/directory/contacts/" + celia.id.text()}) {
    const auto shown = rosa_->get(record).body;
    EXPECT_THAT(shown, AllOf(HasSubstr("People: Pantry"), HasSubstr(section() + "#form-team-one.people-" + row + "-row"))) << record;
    EXPECT_THAT(shown, AllOf(HasSubstr("Write something else in them first"), Not(HasSubstr(record + "/removal")))) << record;
    EXPECT_EQ(rosa_->post(record + "/removal").status, 409) << record;
  }
  ASSERT_EQ(save(*rosa_, "one.people/team?row=" + row, {{"organization", "Shelf"}, {"person", ""}}, 1).status, 303);
  rosa_->get(pantry);
  EXPECT_EQ(rosa_->post(pantry + "/removal").status, 303);
}

TEST_P(AnswerPages, GiveARowsKindToItsRecordAndSayTheRecordsKindInTheRow) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto row = row_of(page(*rosa_), "one.kinds/team");
  ASSERT_EQ(save(*rosa_, "one.kinds/team?row=" + row, {{"organization", "Pantry"}, {"kind", "health"}, {"shown", "{}"}}, 0).status, 303);
  const auto scope = house_->scope(*rosa_, {Role::lead});
  auto pantry = house_->database->read(scope, [&](store::Read& db) { return directory::organizations(db, scope); }).value()->at(0);
  EXPECT_EQ(pantry.kind, "health");
  pantry.kind = "faith";
  ASSERT_TRUE(house_->database->write(scope, [&](store::Tx& tx) { return directory::save(tx, scope, pantry); }).has_value());
  EXPECT_THAT(page(*rosa_), HasSubstr("value=\"faith\" checked"));
}

TEST_P(AnswerPages, FoldTheTeamsAnswerAwayUntilSomethingIsShared) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const std::string fold = "id=\"team-one.words\"";
  EXPECT_THAT(page(*rosa_), HasSubstr(fold + ">"));
  ASSERT_EQ(save(*june_, "one.words/personal", {{"text", "Hers"}}, 0).status, 303);
  EXPECT_THAT(page(*rosa_), HasSubstr(fold + ">")) << "what nobody shared opens nothing";
  ASSERT_EQ(june_->post(at("one.words/personal/sharing")).status, 303);
  EXPECT_THAT(page(*rosa_), HasSubstr(fold + " open>"));
  EXPECT_THAT(save(*rosa_, "one.goals/team?row=" + row_of(page(*rosa_), "one.goals/team"), {{"text", std::string(9000, 'x')}}, 0).body,
              HasSubstr("id=\"team-one.goals\" open>")) << "and where something is wrong";
}

TEST_P(AnswerPages, SayInTheCardWhatWasDoneThere) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(save(*june_, "one.words/personal", {{"text", "Hers"}}, 0).status, 303);
  const auto shared = june_->post(at("one.words/personal/sharing"));
  EXPECT_EQ(web::header_of(shared, "Location"), section() + "?at=one.words#card-one.words");
  const auto said = june_->get(section() + "?at=one.words").body;
  const auto notice = said.find("k-notice");
  ASSERT_NE(notice, std::string::npos);
  EXPECT_GT(notice, said.find("id=\"card-one.words\""));
  EXPECT_LT(notice, said.find("id=\"card-one.goals\""));
  EXPECT_EQ(said.find("k-notice", notice + 1), std::string::npos) << "once";
  EXPECT_THAT(said.substr(notice, 80), HasSubstr("data-focus"));
}

TEST_P(AnswerPages, NeverBlankAContactThatARowDidNotShow) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto row = row_of(page(*rosa_), "one.people/team");
  const auto place = "one.people/team?row=" + row;
  ASSERT_EQ(save(*rosa_, place, {{"organization", "Pantry"}, {"person", "Celia"}, {"shown", "{}"}}, 0).status, 303);
  const auto scope = house_->scope(*rosa_, {Role::lead});
  auto celia = house_->database->read(scope, [&](store::Read& db) { return directory::contacts(db, scope); }).value()->at(0);
  celia.phone = "618-555-0138";
  ASSERT_TRUE(house_->database->write(scope, [&](store::Tx& tx) { return directory::save(tx, scope, celia); }).has_value());
  const std::string seen = R"({"email":"","organization":"Pantry","person":"Celia","phone":""})";
  const auto told = save(*june_, place, {{"organization", "Pantry"}, {"person", "Celia"}, {"phone", ""}, {"by-when", "2026-05-01"}, {"shown", seen}}, 1, true);
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.body, HasSubstr(R"("phone":"618-555-0138")")) << "the page takes over what it did not show";
  EXPECT_THAT(page(*june_), HasSubstr("value=\"618-555-0138\""));
  // another number over one that was not seen: both are shown
  ASSERT_EQ(save(*june_, place, {{"organization", "Pantry"}, {"person", "Celia"}, {"phone", "618-555-0199"}, {"by-when", "2026-05-01"}, {"shown", seen}}, 2).status, 303);
  EXPECT_THAT(page(*june_), AllOf(HasSubstr("value=\"618-555-0138\""), HasSubstr("618-555-0199"), HasSubstr("k-conflict")));
  EXPECT_EQ(save(*june_, place, {{"organization", "Pantry"}, {"shown", "no json"}}, 2).status, 400);
}

// Again next year: what was answered then stands beside each question, to who may read it, and what became of what was decided comes first.
TEST_P(AnswerPages, ShowWhatStoodInTheWorkbookBeforeBesideTheSameQuestion) {
  ASSERT_EQ(save(*june_, "one.words/personal", {{"text", "hers of then"}}, 0).status, 303);
  ASSERT_EQ(save(*rosa_, "one.words/team", {{"text", "ours of then"}}, 0).status, 303);
  const auto row = "?row=" + row_of(page(*rosa_), "one.people/team");
  ASSERT_EQ(save(*rosa_, "one.people/team" + row, {{"organization", "Pantry"}, {"person", "Celia"}}, 0).status, 303);
  ASSERT_TRUE(house_->database->write(scope_, [&](store::Tx& tx) -> Done {
    plan::Action action;
    action.workbook = book_;
    action.step = "Call the pantry";
    action.status = plan::Status::stopped;
    action.outcome = "Nobody had the time";
    return plan::open_action(tx, scope_, action, {}).map([](const Id&) {});
  }).has_value());
  EXPECT_THAT(page(*june_), Not(HasSubstr("What stood here"))) << "the first one has none before it";
  house_->clock.advance(1000);
  const auto then = book_;
  book_ = bring(std::string(kBook).replace(std::string(kBook).find("Spring"), 6, "Autumn"));
  EXPECT_THAT(page(*june_), AllOf(HasSubstr("What stood here in \xE2\x80\x9CSpring\xE2\x80\x9D"), HasSubstr("hers of then"), HasSubstr("ours of then"), HasSubstr("Celia")));
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("ours of then"), Not(HasSubstr("hers of then"))));
  EXPECT_THAT(june_->get("/workbooks/" + book_.text()).body, AllOf(HasSubstr("What became of what we decided"), HasSubstr("Call the pantry"), HasSubstr("Nobody had the time")));
  ASSERT_EQ(rosa_->post("/workbooks/" + then.text() + "/removal").status, 303);
  EXPECT_THAT(page(*june_), Not(HasSubstr("of then"))) << "a removed one is not shown";
}

// One screen in a room: whoever sits at it, nothing that they wrote alone opens there, by no way; what the team has is filled.
TEST_P(AnswerPages, OpenNothingPrivateOnAScreenInARoom) {
  ASSERT_EQ(save(*rosa_, "one.words/personal", {{"text", "hers alone"}}, 0).status, 303);
  ASSERT_EQ(save(*rosa_, "one.words/personal", {{"text", "hers alone, still"}}, 1).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("hers alone, still"), Not(HasSubstr("k-room"))));
  auto phone = *rosa_;
  ASSERT_EQ(rosa_->post("/room", {{"minutes", "0"}, {"back", section()}}).status, 303);
  const std::string book = "/workbooks/" + book_.text();
  const auto room = page(*rosa_);
  EXPECT_THAT(room, AllOf(HasSubstr("<html lang=\"en\" class=\"k-large\">"), HasSubstr("k-room"), HasSubstr("one.words/team"), HasSubstr("Each of us answers this alone")));
  for (const auto& way : {section(), at("one.words"), at("one.words/personal/revisions"), at("one.words/personal/finding"), book + "/page?of=mine", book + "/document?of=mine&format=html", book + "/export.json?mine=1", book, std::string("/progress")}) {
    for (const auto& headers : {web::Headers{}, web::Headers{{"kedge-fragment", "1"}}}) EXPECT_THAT(rosa_->get(way, headers).body, Not(HasSubstr("hers alone"))) << way;
  }
  EXPECT_THAT(room, Not(HasSubstr("one.words/personal")));
  EXPECT_EQ(rosa_->get(book + "/page?of=mine").status, 403);
  EXPECT_EQ(save(*rosa_, "one.words/personal", {{"text", "over it"}}, 2).status, 403);
  ASSERT_EQ(save(*rosa_, "one.words/team", {{"text", "what the scribe wrote"}}, 0).status, 303);
  EXPECT_THAT(page(phone), AllOf(HasSubstr("hers alone, still"), HasSubstr("what the scribe wrote"), Not(HasSubstr("k-room")))) << "another browser goes on";
  // a time for this part
  EXPECT_THAT(room, Not(HasSubstr("role=\"timer\"")));
  ASSERT_EQ(rosa_->post("/room", {{"minutes", "10"}, {"back", section()}}).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("data-time-left=\"600000\""), HasSubstr("This part ends at")));
  house_->clock.advance(600'001);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("Time is up"), Not(HasSubstr("data-time-left"))));
  EXPECT_EQ(rosa_->post("/room", {{"minutes", "11"}, {"back", "/"}}).status, 422);
  // what is shared is the room's, the writer's own too
  ASSERT_EQ(phone.post(at("one.words/personal/sharing")).status, 303);
  EXPECT_THAT(page(*rosa_), HasSubstr("hers alone, still"));
  ASSERT_EQ(phone.post(at("one.words/personal/taking-back")).status, 303);
  rosa_->set_cookie("kedge_room", "no number");
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("k-room"), Not(HasSubstr("hers alone")))) << "a broken cookie opens nothing";
  ASSERT_EQ(rosa_->post("/room/end", {{"back", section()}}).status, 303);
  EXPECT_THAT(page(*rosa_), AllOf(HasSubstr("hers alone, still"), Not(HasSubstr("k-room"))));
}

}  // namespace
}  // namespace kedge
