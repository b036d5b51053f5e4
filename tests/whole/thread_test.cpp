// From what was written, or what a closed list says, to a finding and an action, in one step each, and back; and that
// docs/guide-coverage.md promises no more of it than the pages do.
#include <fstream>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide/checklist.hpp"
#include "guide/fields.hpp"
#include "guide/workbook.hpp"
#include "whole_house.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

using guide::Kind;
using testing::HasSubstr;
using testing::Not;

struct Claim {
  std::string prompt;
  bool findings = false;
  bool actions = false;
};

// What the page of the guide's coverage says that each prompt becomes today.
std::vector<Claim> claims() {
  std::ifstream in(std::string(KEDGE_SOURCE) + "/docs/guide-coverage.md");
  std::vector<Claim> all;
  std::string line, before;
  static const std::regex row(R"(^\| [0-9][a-h]? \|.*\|([^|]*)\|([^|]*)\|$)");
  static const std::regex quoted("`([^`]+)`");
  for (std::smatch cells; std::getline(in, line);) {
    if (!std::regex_match(line, cells, row)) continue;
    auto becomes = cells[2].str();
    becomes = becomes.substr(0, becomes.find("**Next**"));
    if (becomes.find("the same") != std::string::npos) becomes = before;
    before = becomes;
    const auto prompts = cells[1].str();
    for (auto at = std::sregex_iterator(prompts.begin(), prompts.end(), quoted); at != std::sregex_iterator(); ++at)
      all.push_back({(*at)[1].str(), becomes.find("finding") != std::string::npos,
                     becomes.find("action") != std::string::npos && becomes.find("actions that are followed") == std::string::npos});
  }
  return all;
}

class Thread : public ::testing::Test {
 protected:
  template <class F>
  auto write(F&& work) { return house_->database.db().write(house_->scope(rosa_, {Role::lead}), std::forward<F>(work)).value(); }
  Thread() : rosa_(open()) {
    const auto scope = house_->scope(rosa_, {Role::lead});
    book_ = write([&](store::Tx& tx) -> Result<Id> {
      TRY(const auto guide, guide::adopt_guide(tx, scope, "social-work-approaches"));
      return guide::open_workbook(tx, scope, guide, "Spring");
    });
    guide_ = house_->database.db().read(scope, [&](store::Read& db) { return guide::workbook(db, scope, book_); }).value().guide.guide;
  }
  web::Browser open() {
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    house_ = whole_house();
    return house_->enter("Rosa", {Role::lead});
  }
  // A list that closed: `said` when it has a result.
  Id close_list(bool said) {
    guide::Checklist list;
    list.workbook = book_;
    list.prompt = "care.marks";
    list.opened_on = *Date::parse("2026-08-01");
    list.closes_on = *Date::parse("2026-08-20");
    using disclosure::Band;
    for (const auto& row : guide_->prompt("care.marks")->rows)
      list.items.push_back({row.id, "", said ? std::optional(Band::few) : std::nullopt, said ? std::optional(Band::most) : std::nullopt});
    return write([&](store::Tx& tx) { return guide::keep_closed(tx, house_->scope(rosa_, {Role::lead}), list); });
  }
  std::string section(std::string_view prompt) { return rosa_.get("/workbooks/" + book_.text() + "/sections/" + guide_->section_of(prompt)->id).body; }
  std::string at(const std::string& rest) const { return "/workbooks/" + book_.text() + "/" + rest; }
  // Somebody writes something at the prompt; the voice they wrote it in.
  std::string answer(const guide::Prompt& prompt) {
    const std::string voice = prompt.asked(guide::Voice::team) ? "team" : "personal";
    const auto row = !guide::has_rows(prompt) ? std::string() : prompt.kind == Kind::matrix ? prompt.rows.front().id : Id::random().text();
    std::string field = "text";
    std::string value = "Said here";
    if (prompt.kind == Kind::choice) field = "choice", value = prompt.options.front().id;
    if (prompt.kind == Kind::notes) field = prompt.rows.front().id;
    if (prompt.kind == Kind::scale) field = "value", value = "1";
    if (!prompt.columns.empty()) field = prompt.columns.front().id;
    const auto saved = rosa_.post(at("prompts/" + prompt.id + "/" + voice) + (row.empty() ? "" : "?row=" + row), {{"version", "0"}, {field, value}});
    EXPECT_EQ(saved.status, 303) << prompt.id << " " << saved.body;
    return voice;
  }

  std::unique_ptr<web::TestHouse> house_;
  web::Browser rosa_;
  Id book_;
  std::shared_ptr<const guide::Guide> guide_;
};

TEST_F(Thread, LeadsFromEachPromptWhereTheCoveragePageSaysSo) {
  close_list(true);
  rosa_.get("/workbooks");
  const auto all = claims();
  ASSERT_GT(all.size(), 25U);
  int findings = 0;
  for (const auto& claim : all) {
    const auto* prompt = guide_->prompt(claim.prompt);
    ASSERT_NE(prompt, nullptr) << claim.prompt;
    if (!prompt->answerable() || prompt->kind == Kind::actions) {
      EXPECT_FALSE(claim.findings || claim.actions) << claim.prompt << " is nothing to answer";
      continue;
    }
    if (prompt->kind == Kind::checklist) {
      const auto page = section(claim.prompt);
      for (const auto& row : prompt->rows) EXPECT_EQ(claim.findings, page.find("/bands/" + row.id + "/finding") != std::string::npos) << row.id;
      EXPECT_EQ(claim.actions, page.find("from_kind=band") != std::string::npos);
      continue;
    }
    const auto voice = answer(*prompt);
    const auto page = section(claim.prompt);
    const auto leads = page.find("/prompts/" + claim.prompt + "/" + voice + "/finding") != std::string::npos;
    if (claim.findings) {
      EXPECT_TRUE(leads) << claim.prompt << " can't become a finding";
      ++findings;
    }
    if (prompt->share == guide::Share::never) {
      EXPECT_FALSE(leads) << claim.prompt << " is private for ever";
    }
    if (!claim.actions || voice != "team") continue;
    const auto scope = house_->scope(rosa_, {Role::lead});
    const auto answers = house_->database.db().read(scope, [&](store::Read& db) { return guide::answers(db, scope, book_); }).value();
    for (const auto& one : answers)
      if (one.place.prompt == claim.prompt) {
        EXPECT_THAT(page, HasSubstr("from_kind=answer&amp;from_id=" + one.id.text())) << claim.prompt << " can't become an action";
      }
  }
  EXPECT_GT(findings, 10);
}

TEST_F(Thread, GoesFromABandToAFindingToAnActionAndBack) {
  const auto list = close_list(true);
  const auto form = at("lists/" + list.text() + "/bands/training/finding");
  const auto asked = rosa_.get(form);
  ASSERT_EQ(asked.status, 200) << asked.body;
  const std::string sentence = "few or none of us say that we do this well; most or all of us would like it better.";
  EXPECT_THAT(asked.body, HasSubstr(sentence));
  EXPECT_EQ(rosa_.post(form, {{"statement", ""}, {"theme", ""}}).status, 422);
  const auto raised = rosa_.post(form, {{"statement", "We would like more time to learn"}, {"theme", ""}});
  ASSERT_EQ(raised.status, 303) << raised.body;
  const auto finding = web::header_of(raised, "Location");
  const auto page = rosa_.get(finding).body;
  EXPECT_THAT(page, HasSubstr(sentence)) << "the finding says what it rests on";
  EXPECT_THAT(page, HasSubstr("#card-care.marks")) << "and leads there";

  const auto fresh = rosa_.get("/actions/new?from_kind=finding&from_id=" + finding.substr(finding.rfind('/') + 1)).body;
  EXPECT_THAT(fresh, HasSubstr("We would like more time to learn"));
  EXPECT_THAT(fresh, HasSubstr("name=\"workbook\" value=\"" + book_.text() + "\"")) << "it will stand in the workbook's action table";
  const auto made = rosa_.post("/actions", {{"from_kind", "finding"}, {"from_id", finding.substr(finding.rfind('/') + 1)}, {"workbook", book_.text()},
                                            {"step", "Two protected hours"}, {"status", "proposed"}});
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_THAT(rosa_.get(web::header_of(made, "Location")).body, HasSubstr(finding));
  const auto care = section("care.marks");
  EXPECT_THAT(care, HasSubstr("href=\"" + finding + "\"")) << "the section says what became of it";
  EXPECT_THAT(care, HasSubstr("href=\"" + web::header_of(made, "Location") + "\""));
  EXPECT_THAT(section("plan.actions"), HasSubstr("Two protected hours"));
  const auto straight = rosa_.get("/actions/new?from_kind=band&from_id=" + list.text() + "%2Ftraining");
  EXPECT_THAT(straight.body, HasSubstr(sentence));
}

TEST_F(Thread, StartsFromNoBandThatMayNotBeSaid) {
  const auto silent = close_list(false);
  EXPECT_THAT(section("care.marks"), Not(HasSubstr("/bands/")));
  EXPECT_EQ(rosa_.get(at("lists/" + silent.text() + "/bands/training/finding")).status, 404);
  EXPECT_EQ(rosa_.get("/actions/new?from_kind=band&from_id=" + silent.text() + "%2Ftraining").status, 404);
  const auto said = close_list(true);
  EXPECT_EQ(rosa_.get(at("lists/" + said.text() + "/bands/nothing/finding")).status, 404);
  auto dale = house_->enter("Dale", {Role::board});
  EXPECT_EQ(dale.get(at("lists/" + said.text() + "/bands/training/finding")).status, 403);
  auto stranger = house_->stranger();
  EXPECT_EQ(stranger.get(at("lists/" + said.text() + "/bands/training/finding")).status, 404);
}

// The page's own part: the frame of an example names everybody whose door is open.
std::string main_of(const web::Reply& reply) {
  const auto at = reply.body.find("<main");
  return at == std::string::npos ? std::string() : reply.body.substr(at, reply.body.find("</main>") - at);
}

TEST_F(Thread, ShowsATrainerHowFarItIsAndNothingThatWasWritten) {
  rosa_.get("/workbooks");
  ASSERT_EQ(answer(*guide_->prompt("anchor.serve")), "team");
  auto tina = house_->enter("Tina", {Role::trainer});
  const auto begin = tina.get("/");
  EXPECT_EQ(begin.status, 303);
  EXPECT_EQ(web::header_of(begin, "Location"), "/progress");
  const auto page = main_of(tina.get("/progress"));
  EXPECT_THAT(page, HasSubstr("1 of "));
  std::size_t lines = 0;
  for (auto at = page.find("<li"); at != std::string::npos; at = page.find("<li", at + 1)) ++lines;
  EXPECT_EQ(lines, guide_->shown().size());
  for (const auto* words : {"Said here", "Spring", "Rosa", "href"}) EXPECT_THAT(page, Not(HasSubstr(words)));
  for (const auto* path : {"/people", "/workbooks", "/findings", "/actions", "/directory"}) EXPECT_EQ(tina.get(path).status, 403) << path;
  EXPECT_THAT(tina.get("/progress").body, Not(HasSubstr("href=\"/people\"")));
}

TEST_F(Thread, OffersNobodyAsAnOwnerWhoOnlyReads) {
  house_->enter("Tina", {Role::trainer});
  house_->enter("Dale", {Role::board});
  house_->enter("Bea", {Role::board, Role::staff});
  const auto form = main_of(rosa_.get("/actions/new"));
  EXPECT_THAT(form, HasSubstr(">Bea<"));
  EXPECT_THAT(form, HasSubstr(">Rosa<"));
  EXPECT_THAT(form, Not(HasSubstr("Tina")));
  EXPECT_THAT(form, Not(HasSubstr("Dale")));
}

TEST_F(Thread, KeepsASharedAnswersWordsAndWriterFromTheBoard) {
  auto june = house_->enter("June", {Role::staff});
  june.get("/workbooks");
  const auto place = at("prompts/anchor.serve/personal");
  ASSERT_EQ(june.post(place, {{"version", "0"}, {"text", "The heron by the heaters"}}).status, 303);
  ASSERT_EQ(june.post(place + "/sharing").status, 303);
  const auto scope = house_->scope(june, {Role::staff});
  const auto shared = house_->database.db().read(scope, [&](store::Read& db) { return guide::answers(db, scope, book_); }).value();
  ASSERT_EQ(shared.size(), 1U);
  rosa_.get("/workbooks");
  const auto raised = rosa_.post(at("answers/" + shared[0].id.text() + "/finding"), {{"statement", "People rest here"}, {"theme", ""}});
  ASSERT_EQ(raised.status, 303) << raised.body;
  const auto finding = web::header_of(raised, "Location");
  EXPECT_THAT(main_of(rosa_.get(finding)), HasSubstr("The heron by the heaters"));
  auto dale = house_->enter("Dale", {Role::board});
  const auto read = main_of(dale.get(finding));
  EXPECT_THAT(read, HasSubstr("A shared answer of a colleague"));
  EXPECT_THAT(read, Not(HasSubstr("heron")));
  EXPECT_THAT(read, Not(HasSubstr("June")));
}

}  // namespace
}  // namespace kedge::app
