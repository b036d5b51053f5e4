// What does not fit is refused at its field, what was typed stays, and nothing of it is kept (docs/bad-input.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide_house.hpp"

namespace kedge {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using web::Browser;
using web::Reply;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin, es: Empiece}\n    prompts:\n      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}, limit: 40}\n      - id: one.people\n        kind: list\n        voices: [team]\n        label: {en: People, es: Personas}\n        columns:\n          - {id: organization, kind: organization, label: {en: Where, es: Donde}}\n          - {id: by-when, kind: date, label: {en: By, es: Para}}\n"})";

class BadInput : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    house_->enter("Ana", {Role::staff});  // not alone: there are a page's own answers and the team's
    book_ = bring(kBook);
    rosa_->get(section());
  }
  std::string section() const { return "/workbooks/" + book_.text() + "/sections/one"; }
  std::string words(const char* voice = "team") const { return "/workbooks/" + book_.text() + "/prompts/one.words/" + voice; }
  std::vector<guide::Answer> kept() {
    return house_->database->read(scope_, [&](store::Read& db) { return guide::answers(db, scope_, book_); }).value();
  }
  std::size_t workbooks() {
    return house_->database->read(scope_, [&](store::Read& db) { return guide::workbooks(db, scope_); }).value().size();
  }
  // The form that posts to this path, from its tag to its end.
  static std::string form(const std::string& page, const std::string& path) {
    const auto at = page.find("action=\"" + path);
    return at == std::string::npos ? "" : page.substr(at, page.find("</form>", at) - at);
  }

  Id book_;
};
KEDGE_ON_BOTH_ENGINES(BadInput);

TEST_P(BadInput, AnAnswerTooLongIsRefusedAtItsFieldAndStaysInIt) {
  EXPECT_THAT(form(rosa_->get(section()).body, words()), AllOf(HasSubstr("data-limit=\"40\""), HasSubstr("40 characters"))) << "the limit is said beforehand";
  const std::string typed = "A heron stands at the door, and stands, and <stands>.";
  for (const auto* voice : {"team", "personal"}) {
    const auto refused = rosa_->post(words(voice), {{"text", typed}, {"version", "0"}});
    EXPECT_EQ(refused.status, 422);
    const auto again = form(refused.body, words(voice));
    EXPECT_THAT(again, AllOf(HasSubstr("A heron stands at the door, and stands, and &lt;stands&gt;.</textarea>"), HasSubstr("usa-error-message"), HasSubstr("aria-invalid")));
    const auto alone = rosa_->post(words(voice), {{"text", typed}, {"version", "0"}}, {{"kedge-fragment", "1"}});
    EXPECT_EQ(alone.status, 422) << "as it is saved while somebody types";
    EXPECT_THAT(alone.body, HasSubstr("up to 40 fit here")) << alone.body;
  }
  EXPECT_TRUE(kept().empty());
  EXPECT_THAT(rosa_->get(section()).body, Not(HasSubstr("heron")));
}

TEST_P(BadInput, ARefusedTextNeverOverwritesWhatSomebodyElseSavedMeanwhile) {
  ASSERT_EQ(rosa_->post(words(), {{"text", "Before."}, {"version", "0"}}).status, 303);
  auto mei = house_->enter("Mei", {Role::staff});
  mei.get(section());
  ASSERT_EQ(mei.post(words(), {{"text", "Mei was here."}, {"version", "1"}}).status, 303);
  const auto refused = rosa_->post(words(), {{"text", std::string(41, 'x')}, {"version", "1"}});
  ASSERT_EQ(refused.status, 422);
  EXPECT_THAT(form(refused.body, words()), HasSubstr("name=\"version\" value=\"1\"")) << "the version that Rosa had read, not the one that she has not seen";
  rosa_->post(words(), {{"text", "Rosa too."}, {"version", "1"}});
  EXPECT_EQ(kept().at(0).values.at("text"), "Mei was here.");
  EXPECT_THAT(rosa_->get(section()).body, HasSubstr("Rosa too.")) << "beside it, to settle";
}

TEST_P(BadInput, SignsThatCannotBeSeenAreLeftOut) {
  // a bell, an override of direction, an isolate, a mark, and the line end of other systems
  ASSERT_EQ(rosa_->post(words(), {{"text", "pay\x07 \xE2\x80\xAEnow\xE2\x81\xA6 \xE2\x80\x8Fhere\r\nand there"}, {"version", "0"}}).status, 303);
  EXPECT_EQ(kept().at(0).values.at("text"), "pay now here\nand there");
  const auto page = rosa_->get(section()).body;
  for (const auto* sign : {"\x07", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8F"}) EXPECT_EQ(page.find(sign), std::string::npos);
}

TEST_P(BadInput, WhatIsNoTextIsRefusedWhole) {
  for (const auto& bytes : {std::string("one\0two", 7), std::string("one \xFF two"), std::string("\xED\xA0\x80")})
    for (const auto* voice : {"team", "personal"}) EXPECT_EQ(rosa_->post(words(voice), {{"text", bytes}, {"version", "0"}}).status, 400);
  EXPECT_TRUE(kept().empty()) << "a NUL cuts nothing off";
  EXPECT_THAT(form(rosa_->get(section()).body, words()), HasSubstr(">\n</textarea>"));
  for (const auto& target : {section() + "%00", section() + "%FF", "/workbooks/" + book_.text() + "%E2%80%AE"}) {
    const auto status = rosa_->get(target).status;
    EXPECT_TRUE(status == 400 || status == 404) << target << " " << status;
  }
}

TEST_P(BadInput, ADateThatDoesNotExistIsRefusedAtItsFieldAndNothingOfTheRowIsKept) {
  const auto rows = "/workbooks/" + book_.text() + "/prompts/one.people/team";
  const std::string row = "11111111-2222-4333-8444-555555555555";
  rosa_->get(section());
  for (const auto* date : {"2026-02-30", "2026-13-01", "30.2.2026", "0000-00-00", "2026-2-3x"}) {
    const auto refused = rosa_->post(rows + "?row=" + row, {{"organization", "Heron House"}, {"by-when", date}, {"version", "0"}});
    EXPECT_EQ(refused.status, 422) << date;
    EXPECT_THAT(form(refused.body, rows + "?row=" + row), AllOf(HasSubstr("usa-error-message"), HasSubstr("Heron House"), HasSubstr(date))) << date;
  }
  EXPECT_TRUE(kept().empty());
  const auto organizations = house_->database->read(scope_, [&](store::Read& db) { return directory::organizations(db, scope_); });
  EXPECT_TRUE(organizations.value()->empty()) << "no half of the row went into the directory";
}

TEST_P(BadInput, AWorkbookFileOfAnotherVersionIsRefusedWithAClearWordAndNothingIsKept) {
  const auto before = workbooks();
  rosa_->get("/workbooks/import");
  const struct {
    const char* json;
    const char* says;
  } cases[] = {{R"({"kedge":"workbook","version":2,"title":"Next","guide":"","answers":[]})", "a newer version of Kedge"},
               {R"({"kedge":"workbook","version":0,"title":"Next","guide":"","answers":[]})", "an older version of Kedge"},
               {R"({"kedge":"workbook","version":"1","title":"Next","guide":"","answers":[]})", "not a workbook"},
               {R"({"kedge":"workbook","title":"Next","guide":"","answers":[]})", "not a workbook"},
               {R"({"kedge":"backup","version":1})", "not a workbook"},
               {"{", "not a workbook"},
               {"", "not a workbook"}};
  for (const auto& [json, says] : cases) {
    const auto refused = rosa_->post("/workbooks/import", {{"text", json}});
    EXPECT_EQ(refused.status, 422) << json;
    EXPECT_THAT(refused.body, AllOf(HasSubstr(says), HasSubstr("role=\"alert\""), HasSubstr("type=\"file\""))) << json;
  }
  EXPECT_EQ(workbooks(), before);
}

TEST_P(BadInput, AWorkbookFileWithOneWrongPlaceSaysWhichAndLeavesNoHalf) {
  const auto before = workbooks();
  rosa_->get("/workbooks/import");
  std::string json(kBook);
  json.replace(json.find("\"answers\":[]"), 12,
               R"("answers":[{"prompt":"one.words","row":"","values":{"text":"The first is good"}},{"prompt":"one.people","row":"018f0000-0000-7000-8000-000000000000","values":{"organization":"Heron House","by-when":"2026-02-30"}}])");
  const auto refused = rosa_->post("/workbooks/import", {{"text", json}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("answers/1/values/by-when"));
  EXPECT_EQ(workbooks(), before);
  EXPECT_TRUE(house_->database->read(scope_, [&](store::Read& db) { return directory::organizations(db, scope_); }).value()->empty());
}

TEST_P(BadInput, TheSameFormTwiceMakesOneWorkbook) {
  const auto before = workbooks();
  rosa_->get("/workbooks/import");
  const auto first = rosa_->post("/workbooks/import", {{"text", kBook}, {"once", "the-key-of-this-one-form-1"}});
  const auto second = rosa_->post("/workbooks/import", {{"text", kBook}, {"once", "the-key-of-this-one-form-1"}});
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(web::header_of(first, "Location"), web::header_of(second, "Location"));
  EXPECT_EQ(workbooks(), before + 1);
  EXPECT_EQ(rosa_->post("/workbooks/import", {{"text", kBook}}).status, 303);
  EXPECT_EQ(workbooks(), before + 2) << "else the second would have been refused for another reason";
}

TEST_P(BadInput, ASessionOfAnotherLibraryReadsAndChangesNothing) {
  ASSERT_EQ(rosa_->post(words(), {{"text", "The heron is ours."}, {"version", "0"}}).status, 303);
  auto mo = house_->stranger();
  mo.get("/workbooks");
  const auto book = "/workbooks/" + book_.text();
  for (const auto& path : {book, section(), book + "/page", book + "/export.json", book + "/prompts/one.words", words() + "/revisions"}) {
    const auto reply = mo.get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_THAT(reply.body, Not(HasSubstr("heron"))) << path;
  }
  for (const auto& path : {words(), words("personal"), book + "/title", book + "/removal"})
    EXPECT_EQ(mo.post(path, {{"text", "Mo's"}, {"title", "Mo's"}, {"version", "1"}}).status, 404) << path;
  EXPECT_EQ(kept().at(0).values.at("text"), "The heron is ours.");
  EXPECT_EQ(house_->database->read(scope_, [&](store::Read& db) { return guide::workbook(db, scope_, book_); })->title, "Spring");
}

TEST_P(BadInput, AFullDiskIsAClearPageKeepsWhatWasThereAndEndsByItself) {
  if (GetParam() != store::Engine::sqlite) GTEST_SKIP() << "a limit of pages stands for the disk, which only SQLite has";
  static const store::Query<void()> kFull{"test.bad_input.full", "PRAGMA max_page_count = 1"};  // as many as there are
  static const store::Query<void()> kRoom{"test.bad_input.room", "PRAGMA max_page_count = 1000000"};
  const auto limit = [&](const store::Query<void()>& query) { ASSERT_TRUE(house_->database->write(scope_, [&](store::Tx& tx) { return tx.run(query); }).has_value()); };
  limit(kFull);
  int full = 0;
  for (int i = 0; i < 400 && full == 0; ++i) {
    const auto reply = rosa_->post("/workbooks/import", {{"text", kBook}});
    if (reply.status == 303) continue;
    full = reply.status;
    EXPECT_THAT(reply.body, AllOf(HasSubstr("no room left on the disk"), HasSubstr("<html"), HasSubstr("<h1")));
  }
  EXPECT_EQ(full, 503);
  const auto before = workbooks();
  EXPECT_EQ(rosa_->get(section()).status, 200) << "what is there can be read";
  limit(kRoom);
  EXPECT_EQ(rosa_->post("/workbooks/import", {{"text", kBook}}).status, 303);
  EXPECT_EQ(workbooks(), before + 1);
}

}  // namespace
}  // namespace kedge
