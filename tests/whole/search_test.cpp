// Who finds what: everything that one may open, and never a hit, a count, a spelling or an address that reveals what one may not.
#include <regex>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "guide/board.hpp"
#include "guide/exchange.hpp"
#include "guide/sheets.hpp"
#include "identity/members.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "search/pages/source.hpp"
#include "whole_house.hpp"

namespace kedge::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsource: {name: None, by: Nobody, url: 'https://example.org/'}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    lede: {en: Begin with pelicans, es: Empiece}\n    prompts:\n      - {id: one.what, kind: reflection, label: {en: What do cormorants need, es: Que}}\n      - {id: one.never, kind: reflection, label: {en: Alone, es: A solas}, share: never, voices: [personal]}\n      - {id: one.steps, kind: actions, label: {en: Steps, es: Pasos}}\n"})";

class Search : public WholeHouse {
 protected:
  void SetUp() override {
    WholeHouse::SetUp();
    if (IsSkipped()) return;
    scope_ = house_->scope(*rosa_, {Role::administrator, Role::lead});
    book_ = house_->database->write(scope_, [&](store::Tx& tx) { return guide::import_workbook(tx, scope_, kBook, nullptr); }).value().workbook.text();
    what_ = "/workbooks/" + book_ + "/prompts/one.what";
    rosa_->get("/account");
  }
  template <class F>
  void write(F&& work) {
    const auto done = house_->database->write(scope_, std::forward<F>(work));
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().key + " " + done.error().detail);
  }
  static std::string address(web::Browser& browser, const std::string& words) {
    browser.get("/search");  // for the form's secret
    const auto asked = browser.post("/search", {{"words", words}});
    EXPECT_EQ(asked.status, 303) << asked.body;
    return web::header_of(asked, "Location");
  }
  static std::string search(web::Browser& browser, const std::string& words) {
    const auto page = browser.get(address(browser, words));
    EXPECT_EQ(page.status, 200) << page.body;
    return page.body;
  }
  static bool finds(web::Browser& browser, const std::string& words) { return search(browser, words).find("<ol class=\"k-hits\"") != std::string::npos; }
  void saved(web::Browser& browser, const std::string& path, web::FormFields fields = {}) {
    const auto reply = browser.post(path, std::move(fields));
    EXPECT_EQ(reply.status, 303) << path << " " << reply.body;
  }
  // One thing of each kind, each with a word of its own.
  void write_everything() {
    saved(*rosa_, what_ + "/team", {{"version", "0"}, {"text", "Our albatross answer"}});
    write([&](store::Tx& tx) { return lineage::raise(tx, scope_, {"A bittern sentence", "", lineage::Voice::team, {}}); });
    write([&](store::Tx& tx) -> Result<Id> {
      plan::Action action;
      action.step = "A curlew step";
      action.obstacles = "A dunlin in the way";
      TRY(const auto id, plan::open_action(tx, scope_, action, {}));
      TRY_DONE(plan::check_in(tx, scope_, id, "An egret was seen", Date()));
      return id;
    });
    write([&](store::Tx& tx) -> Result<Id> {
      directory::Organization clinic;
      clinic.name = "Flamingo Clinic";
      clinic.description = "For every gannet";
      TRY(const auto id, directory::save(tx, scope_, clinic));
      directory::Contact contact;
      contact.organization = id;
      contact.name = "Harrier Jones";
      contact.email = "ibis@clinic.example";
      return directory::save(tx, scope_, contact);
    });
    guide::BoardPage board;
    board.words = "Jackdaws for the board";
    board.shown = true;
    write([&](store::Tx& tx) { return guide::save_board_page(tx, scope_, *Id::parse(book_), board); });
  }

  store::Scope scope_;
  std::string book_;
  std::string what_;
};
KEDGE_ON_BOTH_ENGINES(Search);

TEST_P(Search, FindsEveryKindForWhoMayOpenItAndForNobodyElse) {
  write_everything();
  auto ana = house_->enter("Ana Kingfisher", {Role::staff});
  auto dale = house_->enter("Dale", {Role::board});
  auto tess = house_->enter("Tess", {Role::trainer});
  struct Case {
    const char* words;
    const char* page;
    bool board;
  };
  for (const auto& one : {Case{"albatross", "/sections/one#card-one.what", false}, {"pelican", "/sections/one", false}, {"cormorant", "#card-one.what", false},
                          {"bittern", "/findings/", true}, {"curlew", "/actions/", true}, {"dunlin", "/actions/", true}, {"egrets", "/actions/", true},
                          {"flamingo", "/directory/organizations/", false}, {"gannet", "/directory/organizations/", false}, {"harrier jones", "/directory/contacts/", false},
                          {"ibis", "/directory/contacts/", false}, {"kingfisher", "/people", true}, {"jackdaw", "/board", true}}) {
    EXPECT_THAT(search(ana, one.words), AllOf(HasSubstr("k-hits"), HasSubstr(one.page))) << one.words;
    EXPECT_EQ(finds(dale, one.words), one.board) << one.words << " for the board";
    EXPECT_FALSE(finds(tess, one.words)) << one.words << " for a trainer";
  }
  EXPECT_TRUE(finds(tess, "help")) << "a page that all may open";
  EXPECT_EQ(house_->visitor().get("/search").status, 303);
}

TEST_P(Search, AnswersAlikeWhatIsNotThereAndWhatIsNotForWhoAsks) {
  write_everything();
  auto dale = house_->enter("Dale", {Role::board});
  const auto plain = [&](const std::string& words) {
    const auto body = std::regex_replace(search(dale, words), std::regex("(name=\"(?:csrf|once)\" value=\"|data-csrf=\"|after=)[^\"]*"), "$1");
    return std::regex_replace(std::regex_replace(body, std::regex("for=[A-Za-z0-9_-]+"), "for="), std::regex(words), "WORDS");
  };
  const auto nothing = plain("xylophone");
  for (const auto* words : {"albatross", "flamingoo", "albatros", "harriar", "cormorent"}) EXPECT_EQ(plain(words), nothing) << words;
  EXPECT_THAT(search(dale, "bitterm"), HasSubstr("bittern")) << "what is theirs is spelled for them";
}

TEST_P(Search, NeverFindsWhatSomebodyWroteAloneAndForgetsWhatIsTakenBack) {
  auto ana = house_->enter("Ana", {Role::staff});
  ana.get("/account");
  saved(ana, what_ + "/personal", {{"version", "0"}, {"text", "A quetzal of my own"}});
  saved(ana, "/workbooks/" + book_ + "/prompts/one.never/personal", {{"version", "0"}, {"text", "A razorbill for ever"}});
  for (auto* who : {&ana, rosa_.get()}) {
    EXPECT_FALSE(finds(*who, "quetzal"));
    EXPECT_FALSE(finds(*who, "razorbill"));
    EXPECT_THAT(search(*who, "quetzel"), Not(HasSubstr("quetzal"))) << "nor its spelling";
  }
  ana.get("/account");
  saved(ana, what_ + "/personal/sharing");
  EXPECT_TRUE(finds(*rosa_, "quetzal"));
  EXPECT_THAT(search(*rosa_, "quetzel"), HasSubstr("quetzal"));
  ana.get("/account");
  saved(ana, what_ + "/personal/taking-back");
  for (auto* who : {&ana, rosa_.get()}) {
    EXPECT_FALSE(finds(*who, "quetzal"));
    EXPECT_THAT(search(*who, "quetzel"), Not(HasSubstr("quetzal")));
  }
}

TEST_P(Search, FollowsEveryChange) {
  saved(*rosa_, what_ + "/team", {{"version", "0"}, {"text", "Sandpiper"}});
  EXPECT_TRUE(finds(*rosa_, "sandpiper"));
  saved(*rosa_, what_ + "/team", {{"version", "1"}, {"text", "Turnstone"}});
  EXPECT_FALSE(finds(*rosa_, "sandpiper")) << "earlier texts are not searched";
  EXPECT_TRUE(finds(*rosa_, "turnstone"));
  saved(*rosa_, "/workbooks/" + book_ + "/removal");
  EXPECT_FALSE(finds(*rosa_, "turnstone"));
  EXPECT_FALSE(finds(*rosa_, "pelicans"));
  saved(*rosa_, "/workbooks/" + book_ + "/restoration");
  EXPECT_TRUE(finds(*rosa_, "turnstone"));
}

TEST_P(Search, HidesThePageForTheBoardUntilItIsShown) {
  auto dale = house_->enter("Dale", {Role::board});
  guide::BoardPage board;
  board.words = "A whimbrel draft";
  write([&](store::Tx& tx) { return guide::save_board_page(tx, scope_, *Id::parse(book_), board); });
  EXPECT_FALSE(finds(dale, "whimbrel"));
  board.shown = true;
  board.version = 1;
  write([&](store::Tx& tx) { return guide::save_board_page(tx, scope_, *Id::parse(book_), board); });
  EXPECT_TRUE(finds(dale, "whimbrel"));
}

TEST_P(Search, StaysInTheLibrary) {
  write_everything();
  auto mo = house_->stranger();
  for (const auto* words : {"albatross", "bittern", "curlew", "flamingo", "jackdaw", "rosa"}) EXPECT_FALSE(finds(mo, words)) << words;
  EXPECT_THAT(search(mo, "bitterm"), Not(HasSubstr("bittern")));
}

TEST_P(Search, MarksWhatItFoundAndEscapesTheRest) {
  write([&](store::Tx& tx) { return lineage::raise(tx, scope_, {"A <script>alert(1)</script> and an osprey", "", lineage::Voice::team, {}}); });
  const auto body = search(*rosa_, "osprey");
  EXPECT_THAT(body, AllOf(HasSubstr("<mark class=\"k-found\">osprey</mark>"), HasSubstr("&lt;script&gt;alert(1)"), Not(HasSubstr("<script>alert"))));
  EXPECT_THAT(search(*rosa_, "\"><script>x</script>"), Not(HasSubstr("<script>x"))) << "what was typed comes back escaped";
}

TEST_P(Search, SpeaksBothLanguagesAndTheReadersWords) {
  saved(*rosa_, what_ + "/team", {{"version", "0"}, {"text", "Nuestra poblaci\xC3\xB3n necesita viviendas, and shelters"}});
  for (const auto* words : {"poblacion vivienda", "POBLACI\xC3\x93N", "shelter", "vivien", "\"necesita viviendas\""}) EXPECT_TRUE(finds(*rosa_, words)) << words;
  EXPECT_THAT(search(*rosa_, "pobacion"), HasSubstr("poblaci\xC3\xB3n")) << "as it is written there";
  EXPECT_FALSE(finds(*rosa_, "empiece"));
  const auto where = address(*rosa_, "shelter");
  EXPECT_THAT(rosa_->get(where).body, HasSubstr("name=\"back\" value=\"" + where + "\"")) << "the same search in the other language";
  rosa_->set_cookie("kedge_language", "es");
  EXPECT_THAT(search(*rosa_, "empiece"), AllOf(HasSubstr("k-hits"), HasSubstr("Gu\xC3\xAD" "a")));
  EXPECT_FALSE(finds(*rosa_, "pelicans"));
}

TEST_P(Search, LeavesNoWordInAnAddressATitleOrWithAnotherSession) {
  saved(*rosa_, what_ + "/team", {{"version", "0"}, {"text", "Sandpiper"}});
  const auto where = address(*rosa_, "sandpiper");
  EXPECT_TRUE(std::regex_match(where, std::regex("/search\\?for=[A-Za-z0-9_-]+"))) << where;
  EXPECT_THAT(where, Not(HasSubstr("sandpiper")));
  EXPECT_EQ(where.size(), address(*rosa_, "ox").size()) << "nor how long it is";
  const auto page = rosa_->get(where);
  EXPECT_THAT(page.body, AllOf(HasSubstr("<title>Search"), HasSubstr("k-hits")));
  EXPECT_EQ(web::header_of(page, "Cache-Control"), "no-store");
  auto ana = house_->enter("Ana", {Role::staff});
  EXPECT_THAT(ana.get(where).body, AllOf(Not(HasSubstr("andpiper")), HasSubstr("has ended")));
  EXPECT_THAT(rosa_->get("/search?for=abc").body, HasSubstr("has ended"));
  EXPECT_THAT(rosa_->get(where + "&kind=nothing&page=99").body, HasSubstr("k-hits"));
}

TEST_P(Search, ShowsHitsByKindAndPage) {
  write([&](store::Tx& tx) -> Done {
    for (int i = 0; i < 130; ++i) TRY_DONE(directory::named(tx, scope_, "Pantry " + std::to_string(i)));
    TRY_DONE(lineage::raise(tx, scope_, {"Every pantry is full", "", lineage::Voice::team, {}}));
    return {};
  });
  const auto where = address(*rosa_, "pantry");
  const auto first = rosa_->get(where).body;
  EXPECT_THAT(first, AllOf(HasSubstr("the best are shown"), HasSubstr("&amp;page=2"), HasSubstr("&amp;kind=finding")));
  EXPECT_THAT(rosa_->get(where + "&kind=finding").body, AllOf(HasSubstr("1 place with"), HasSubstr("Every <mark")));
  EXPECT_THAT(rosa_->get(where + "&kind=organization&page=2").body, AllOf(HasSubstr("start=\"21\""), HasSubstr("&amp;kind=organization&amp;page=3")));
}

TEST(SearchSources, HaveAPageWhoseReadersFindThem) {
  const auto house = whole_house();
  std::size_t count = 0;
  for (const auto& slice : slices()) count += slice.search.size();
  EXPECT_EQ(search::pages::searched().size(), count) << "a source names no page of a route";
  for (const auto& one : search::pages::searched()) EXPECT_FALSE(one.readers.empty()) << one.source->kind();
}

}  // namespace
}  // namespace kedge::app
