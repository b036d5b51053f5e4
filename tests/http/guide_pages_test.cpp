// A library changes its own copy of a guide, and brings guides in from files, as a browser without scripts walks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide_house.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using web::Browser;
using web::header_of;
using web::Reply;

constexpr const char* kYaml = R"(guide: small
version: 1
title: {en: Small, es: Breve}
introduction: {en: A small guide, es: Una breve}
sections:
  - id: one
    title: {en: One, es: Uno}
    prompts:
      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}}
  - id: two
    title: {en: Two, es: Dos}
    prompts:
      - {id: two.added, kind: reflection, own: true, label: {en: Ours, es: Nuestra}}
      - {id: two.goals, kind: goals, label: {en: Goals, es: Metas}}
)";

class GuidePages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    rosa().get("/guides/import");
    page_ = made(rosa().post("/guides/import", {{"yaml", kYaml}}));
  }
  Browser& rosa() { return *rosa_; }
  // Where a saved form leads, after it was saved.
  static std::string made(const Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    const auto where = header_of(reply, "Location");
    return where.substr(0, where.find('#'));
  }
  static std::string version_of(const Reply& page) {
    const std::string mark = "name=\"version\" value=\"";
    const auto at = page.body.find(mark);
    return at == std::string::npos ? "" : page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
  }
  std::string version() { return version_of(rosa().get(page_ + "/words")); }
  std::string file() { return rosa().get(page_ + "/guide.yaml").body; }
  // A workbook that uses the guide, and an answer of the team in it.
  std::string book() {
    const auto scope = house_->scope(rosa(), {Role::lead});
    const auto guide = Id::parse(page_.substr(page_.rfind('/') + 1)).value();
    const auto id = house_->database->write(scope, [&](store::Tx& tx) { return guide::open_workbook(tx, scope, guide, "Spring"); }).value();
    return "/workbooks/" + id.text();
  }
  void answer(const std::string& book, const std::string& prompt, const std::string& words, const std::string& voice = "team") {
    EXPECT_EQ(rosa().post(book + "/prompts/" + prompt + "/" + voice, {{"text", words}, {"version", "0"}}).status, 303);
  }
  std::string added(const std::string& label) {
    rosa().post(page_ + "/sections/two/new-prompt?kind=reflection", {{"version", version()}, {"label_en", label}, {"answering", "both"}});
    const auto yaml = file();
    const auto end = yaml.rfind("\"", yaml.find("\n", yaml.rfind("id: \"own.")));
    const auto at = yaml.rfind("id: \"own.") + 5;
    return yaml.substr(at, end - at);
  }

  std::string page_;
};
KEDGE_ON_BOTH_ENGINES(GuidePages);

// The notice with its undo is gone with the next page; the promise of 30 days is not.
TEST_P(GuidePages, ARemovedWorkbookIsBroughtBackFromTheListDaysLater) {
  const auto path = book();
  answer(path, "one.words", "The heaters in the morning.");
  made(rosa().post(path + "/removal"));
  rosa().get("/workbooks");
  const auto later = rosa().get("/workbooks").body;
  EXPECT_THAT(later, AllOf(HasSubstr("Removed lately"), HasSubstr("Spring, removed on"), HasSubstr(path + "/restoration")));
  auto june = house_->enter("June", {Role::staff});
  EXPECT_THAT(june.get("/workbooks").body, AllOf(Not(HasSubstr("Removed lately")), HasSubstr("Nobody has opened one yet")));
  made(rosa().post(path + "/restoration"));
  EXPECT_THAT(rosa().get("/workbooks").body, AllOf(Not(HasSubstr("Removed lately")), HasSubstr("Spring")));
  EXPECT_THAT(rosa().get(path + "/sections/one").body, HasSubstr("The heaters in the morning."));
}

TEST_P(GuidePages, EveryKindIsAddedByItsFormAndAskedInTheWorkbook) {
  const auto workbook = book();
  const web::FormFields forms[] = {
      {{"kind", "reflection"}, {"answering", "both"}},
      {{"kind", "goals"}, {"answering", "personal"}},
      {{"kind", "choice"}, {"answering", "team"}, {"lines_en", "Yes\nNo"}, {"lines_es", "S\xc3\xad\nNo"}, {"reason_en", "Why so?"}},
      {{"kind", "scale"}, {"answering", "sealed"}, {"steps", "4"}, {"low_en", "not at all"}, {"high_en", "fully"}},
      {{"kind", "list"}, {"answering", "team"}, {"column1_en", "Which agency"}, {"column1_kind", "organization"}},
      {{"kind", "notes"}, {"answering", "both"}, {"lines_en", "Morning\nEvening"}},
      {{"kind", "matrix"}, {"answering", "both"}, {"lines_en", "Sofa\nTable"}, {"column1_en", "What happens"}, {"column1_kind", "long_text"}},
      {{"kind", "reading"}, {"body_en", "A paragraph to read."}},
  };
  EXPECT_THAT(rosa().get(page_ + "/sections/two/new-prompt").body, AllOf(HasSubstr("kind=matrix"), Not(HasSubstr("kind=checklist"))));
  for (auto fields : forms) {
    const auto kind = fields.front().second;
    const auto address = page_ + "/sections/two/new-prompt?kind=" + kind;
    const auto form = rosa().get(address);
    EXPECT_EQ(form.status, 200) << kind;
    for (const auto& [name, value] : fields) {
      if (name != "kind") {
        EXPECT_THAT(form.body, HasSubstr("name=\"" + name + "\"")) << kind;
      }
    }
    fields.front() = {"label_en", "About " + kind};
    fields.push_back({"version", version_of(form)});
    for (int i = 1; (kind == "list" || kind == "matrix") && i <= 6; ++i)
      if (i > 1) fields.push_back({"column" + std::to_string(i) + "_kind", "text"});
    made(rosa().post(address, fields));
    EXPECT_THAT(rosa().get(workbook + "/sections/two").body, HasSubstr("About " + kind));
  }
  EXPECT_THAT(rosa().get(workbook + "/sections/two").body, AllOf(HasSubstr("Why so?"), HasSubstr("not at all"), HasSubstr("Morning"), HasSubstr("A paragraph to read.")));
  EXPECT_EQ(rosa().post(page_ + "/sections/two/new-prompt?kind=checklist", {{"version", version()}, {"label_en", "Marks"}}).status, 404);
}

TEST_P(GuidePages, AFormThatIsWrongComesBackWithWhatWasTypedAndSavesNothing) {
  const auto before = file();
  const auto page = rosa().post(page_ + "/sections/two/new-prompt?kind=choice",
                                {{"version", version()}, {"label_en", "How <so>?"}, {"answering", "team"}, {"lines_en", "Only one"}, {"reason_es", "\xc2\xbfPor qu\xc3\xa9?"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, AllOf(HasSubstr("href=\"#f-lines_en\""), HasSubstr("at least two choices"), HasSubstr("How &lt;so&gt;?"), HasSubstr("Only one"),
                               HasSubstr("\xc2\xbfPor qu\xc3\xa9?"), HasSubstr("value=\"team\" checked")));
  EXPECT_EQ(file(), before);
}

TEST_P(GuidePages, WhoeverComesSecondKeepsWhatWasTypedAndSeesWhatStandsThereNow) {
  auto luis = house_->enter("Luis", {Role::administrator});
  const auto words = page_ + "/words";
  const auto read = version_of(rosa().get(words));
  luis.get(words);
  made(luis.post(words, {{"version", read}, {"title_en", "Small"}, {"introduction_en", "By Luis."}}));
  const auto page = rosa().post(words, {{"version", read}, {"title_en", "Small"}, {"introduction_en", "By Rosa."}, {"introduction_es", "De Rosa."}});
  EXPECT_EQ(page.status, 409);
  EXPECT_THAT(page.body, AllOf(HasSubstr("By Rosa."), HasSubstr("De Rosa."), HasSubstr("By Luis."), HasSubstr("what you typed is still here")));
  EXPECT_THAT(file(), AllOf(HasSubstr("By Luis."), Not(HasSubstr("Rosa"))));
  made(rosa().post(words, {{"version", version_of(page)}, {"title_en", "Small"}, {"introduction_en", "By both."}}));
  EXPECT_THAT(file(), HasSubstr("By both."));

  const auto added = rosa().post(page_ + "/new-section", {{"version", read}, {"title_en", "Our building"}, {"lede_en", "All of its rooms"}});
  EXPECT_EQ(added.status, 409);
  EXPECT_THAT(added.body, AllOf(HasSubstr("Our building"), HasSubstr("All of its rooms")));
  const auto moved = rosa().post(page_ + "/sections/two/place?to=up", {{"version", read}});
  EXPECT_EQ(moved.status, 409);
  EXPECT_THAT(moved.body, HasSubstr("nothing of yours was done"));
  made(rosa().post(page_ + "/new-section", {{"version", version_of(added)}, {"title_en", "Our building"}}));
  EXPECT_THAT(rosa().get(page_).body, HasSubstr("Our building"));
}

TEST_P(GuidePages, AWorkbookFollowsAtOnceAndKeepsItsAnswers) {
  const auto workbook = book();
  answer(workbook, "one.words", "The heron at noon");
  made(rosa().post(page_ + "/prompts/one.words/hiding"));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, Not(HasSubstr("The heron")));
  EXPECT_EQ(rosa().post(workbook + "/prompts/one.words/team", {{"text", "The heron at noon, and at six"}, {"version", "1"}}).status, 303) << "from a page opened before";
  const auto along = rosa().get(workbook + "/export.json").body;
  EXPECT_EQ(rosa().post("/workbooks/import", {{"text", along}}).status, 303) << "what is hidden comes back from a file";
  made(rosa().post(page_ + "/prompts/one.words/showing"));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, HasSubstr("The heron at noon"));
  made(rosa().post(page_ + "/sections/one/hiding"));
  EXPECT_EQ(rosa().get(workbook + "/sections/one").status, 404);
  made(rosa().post(page_ + "/sections/one/showing"));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, HasSubstr("The heron at noon"));
  made(rosa().post(page_ + "/prompts/one.words/words", {{"version", version()}, {"label_en", "Which words now?"}}));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, AllOf(HasSubstr("Which words now?"), HasSubstr("The heron at noon")));
  made(rosa().post(page_ + "/sections/two/place?to=up", {{"version", version()}}));
  const auto overview = rosa().get(workbook).body;
  EXPECT_LT(overview.find(">Two<"), overview.find(">One<"));
}

TEST_P(GuidePages, WhatNobodyAnsweredIsRemovedAndComesBackAndWhatIsAnsweredStays) {
  house_->enter("Ana", {Role::staff});  // a library of one answers as the team at once
  const auto workbook = book();
  const auto prompt = added("Who sits where?");
  answer(workbook, prompt, "By the window, alone", "personal");
  const auto removal = page_ + "/prompts/" + prompt + "/removal";
  const auto reply = rosa().post(removal, {{"version", version()}});
  EXPECT_THAT(rosa().get(made(reply)).body, AllOf(HasSubstr("It is removed."), HasSubstr(prompt + "/restoration")));
  EXPECT_THAT(rosa().get(workbook + "/sections/two").body, Not(HasSubstr("Who sits where?")));
  made(rosa().post(page_ + "/prompts/" + prompt + "/restoration"));
  EXPECT_THAT(rosa().get(workbook + "/sections/two").body, AllOf(HasSubstr("Who sits where?"), HasSubstr("By the window, alone")));

  answer(workbook, prompt, "At the long table");
  EXPECT_THAT(rosa().get(page_).body, AllOf(HasSubstr("It has been answered"), Not(HasSubstr(removal))));
  const auto refused = rosa().post(removal, {{"version", version()}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("It has been answered"));
  EXPECT_THAT(rosa().get(workbook + "/sections/two").body, HasSubstr("At the long table"));
  EXPECT_EQ(rosa().post(page_ + "/prompts/two.goals/removal", {{"version", version()}}).status, 403) << "it came with the guide";
}

TEST_P(GuidePages, ReadersOfAnotherLanguageSeeTheWordsMarkedAsNotTranslated) {
  const auto workbook = book();
  added("Who sits where?");
  auto spanish = house_->enter("Ana", {Role::lead});
  spanish.set_cookie("kedge_language", "es");
  const web::Headers speaks{{"accept-language", "es"}};
  for (const auto& path : {page_, workbook + "/sections/two"}) {
    const auto page = spanish.get(path, speaks).body;
    EXPECT_THAT(page, AllOf(HasSubstr("lang=\"en\""), HasSubstr("Who sits where?"), HasSubstr("A\xc3\xban sin traducir"))) << path;
    EXPECT_THAT(rosa().get(path).body, Not(HasSubstr("Not translated"))) << path;
  }
}

TEST_P(GuidePages, AFileThatIsWrongNamesItsLinesAndStays) {
  const std::string yaml = "guide: other\nversion: 1\ntitle: {en: A, es: B}\nintroduction: {en: A, es: B}\nsections:\n  - id: one\n    title: {en: A}\n    prompts:\n      - {id: x, kind: riddle, label: {en: A, es: B}}\n";
  auto page = rosa().post("/guides/import", {{"yaml", yaml}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Line 7: "), HasSubstr("Line 9: "), HasSubstr("riddle"), HasSubstr("href=\"#f-yaml\""), HasSubstr("kind: riddle, label: {en: A, es: B}")));
  page = rosa().post("/guides/import", {{"yaml", "format: 9\nguide: other\n"}});
  EXPECT_THAT(page.body, AllOf(HasSubstr("Line 1: This file is of the format 9."), HasSubstr("guide: other")));
  page = rosa().post("/guides/import", {{"yaml", R"({"kedge": "workbook", "version": 1})"}});
  EXPECT_THAT(page.body, HasSubstr("not a guide"));
  page = rosa().post("/guides/import", {{"yaml", " "}});
  EXPECT_THAT(page.body, HasSubstr("Choose a file, or paste its text."));
  EXPECT_THAT(rosa().get("/guides").body, Not(HasSubstr(">A<")));
}

TEST_P(GuidePages, AFileIsTakenAlongAndComesBackUnchanged) {
  added("Who sits where?");
  const auto before = file();
  const auto asked = rosa().post("/guides/import", {{"yaml", before}});
  EXPECT_EQ(asked.status, 409);
  EXPECT_THAT(asked.body, AllOf(HasSubstr("There is a guide of this short name already"), HasSubstr("Who sits where?")));
  EXPECT_EQ(made(rosa().post("/guides/import", {{"yaml", before}, {"decision", "replace"}, {"version", version_of(asked)}})), page_);
  EXPECT_EQ(file(), before);
  EXPECT_EQ(rosa().post("/guides/import", {{"yaml", before}, {"decision", "beside"}, {"title", "Small"}, {"version", version()}}).status, 422);
  const auto beside = made(rosa().post("/guides/import", {{"yaml", before}, {"decision", "beside"}, {"title", "Small too"}, {"version", version()}}));
  EXPECT_NE(beside, page_);
  EXPECT_THAT(rosa().get(beside + "/guide.yaml").body, AllOf(HasSubstr("small-too"), HasSubstr("Who sits where?")));
  EXPECT_EQ(file(), before);
}

TEST_P(GuidePages, AFileThatLeavesQuestionsOutTakesNoAnswerAway) {
  const auto workbook = book();
  answer(workbook, "one.words", "The heron at noon");
  std::string without = kYaml;
  without.erase(without.find("      - {id: one.words"), without.find("  - id: two") - without.find("      - {id: one.words"));
  without.insert(without.find("  - id: two"), "      - {id: one.new, kind: goals, label: {en: New, es: Nueva}}\n");
  const auto asked = rosa().post("/guides/import", {{"yaml", without}});
  const auto stale = version_of(asked);
  made(rosa().post(page_ + "/prompts/two.goals/hiding"));
  const auto overtaken = rosa().post("/guides/import", {{"yaml", without}, {"decision", "replace"}, {"version", stale}});
  EXPECT_EQ(overtaken.status, 409);
  EXPECT_THAT(overtaken.body, AllOf(HasSubstr("Somebody else changed this guide"), HasSubstr("one.new")));
  EXPECT_EQ(rosa().post("/guides/import", {{"yaml", without}, {"version", stale}}).status, 422) << "nothing was decided";
  made(rosa().post("/guides/import", {{"yaml", without}, {"decision", "replace"}, {"version", version_of(overtaken)}}));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, AllOf(HasSubstr(">New<"), Not(HasSubstr("The heron"))));
  made(rosa().post(page_ + "/prompts/one.words/restoration"));
  EXPECT_THAT(rosa().get(workbook + "/sections/one").body, HasSubstr("The heron at noon"));
  std::string other = kYaml;
  other.replace(other.find("kind: reflection"), 16, "kind: goals");
  const auto refused = rosa().post("/guides/import", {{"yaml", other}, {"decision", "replace"}, {"version", version()}});
  EXPECT_THAT(refused.body, HasSubstr("another kind of question"));
}

TEST_P(GuidePages, AGuideAsItCameIsNeitherChangedNorReplaced) {
  const auto scope = house_->scope(rosa(), {Role::lead});
  const auto id = house_->database->write(scope, [&](store::Tx& tx) { return guide::adopt_guide(tx, scope, "social-work-approaches"); }).value();
  const auto page = "/guides/" + id.text();
  EXPECT_EQ(rosa().get(page + "/words").status, 403);
  EXPECT_EQ(rosa().post(page + "/new-section", {{"version", "1"}, {"title_en", "Ours"}}).status, 403);
  const auto yaml = rosa().get(page + "/guide.yaml").body;
  const auto asked = rosa().post("/guides/import", {{"yaml", yaml}});
  EXPECT_THAT(asked.body, AllOf(HasSubstr("stays as it came"), Not(HasSubstr("value=\"replace\""))));
  EXPECT_EQ(rosa().post("/guides/import", {{"yaml", yaml}, {"decision", "replace"}, {"version", "1"}}).status, 422);
  EXPECT_EQ(rosa().get(page + "/guide.yaml").body, yaml);
}

TEST_P(GuidePages, StaffReadAGuideAndChangeNothing) {
  auto ana = house_->enter("Ana", {Role::staff});
  const auto page = ana.get(page_);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Words"), Not(HasSubstr("/hiding")), Not(HasSubstr("/words\"")), Not(HasSubstr("new-prompt"))));
  EXPECT_EQ(ana.get(page_ + "/words").status, 403);
  EXPECT_EQ(ana.get("/guides/import").status, 403);
}

}  // namespace
}  // namespace kedge
