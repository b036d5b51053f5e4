// Every route as every role and as nobody: the status that tests/whole/route_access.txt says.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "directory/merging.hpp"
#include "guide/board.hpp"
#include "guide/checklist.hpp"
#include "guide/sheets.hpp"
#include "guide/workbook.hpp"
#include "whole_house.hpp"
#include "identity/joining.hpp"
#include "identity/logo.hpp"
#include "identity/members.hpp"
#include "lineage/lineage.hpp"
#include "plan/asking.hpp"
#include "plan/digest.hpp"
#include "plan/feed.hpp"
#include "plan/plan.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

using web::Access;

constexpr std::array kAll{Role::administrator, Role::lead, Role::staff, Role::intern, Role::board, Role::trainer};

// Columns of route_access.txt after what nobody gets: by role, from who may least.
constexpr std::array kColumns{Role::trainer, Role::board, Role::intern, Role::staff, Role::lead, Role::administrator};

// An address of the pattern: what its placeholders name stands there where `known` has it ("section", or with what is before
// it, "/workbooks/id"), and does not exist else.
std::string address_of(std::string_view pattern, const std::map<std::string, std::string>& known = {}) {
  std::string path;
  std::string place;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      path += pattern[i];
      place += pattern[i];
      continue;
    }
    const auto end = pattern.find('}', i);
    const auto name = std::string(pattern.substr(i + 1, end - i - 1));
    place += name;
    const auto found = known.contains(place) ? known.find(place) : known.find(name);
    path += found != known.end() ? found->second : name == "voice" ? "team" : "018f0000-0000-7000-8000-000000000000";
    i = end;
  }
  return path;
}

class Roles : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    open();
  }
  // A route may erase the library or end the session, so that each is asked in a house that is whole.
  void open() {
    house_.reset();
    house_ = whole_house(GetParam());
  }
  web::Reply ask(web::Browser browser, const web::Route& route) {
    const auto path = address_of(route.pattern);
    if (route.method == "GET") return browser.get(path);
    browser.get("/account");  // for the form's secret
    return browser.post(path);
  }
  void found_world();
  std::map<std::string, std::string> known_to(web::Browser& browser, std::string_view pattern);
  void write_workbook();
  void close_lists();
  void make_the_rest();
  template <class F>
  std::string keep(std::string name, F&& work);
  int status_for(web::Browser browser, const web::Route& route, const std::string& form);
  std::string statuses_of(const web::Route& route, const std::string& form);
  static std::string named(const web::Route& route, std::string_view who) {
    return std::string(route.method) + " " + std::string(route.pattern) + " as " + std::string(who);
  }
  const std::vector<const web::Route*>& all() const { return house_->router->all(); }

  std::unique_ptr<web::TestHouse> house_;
  std::map<std::string, std::string> known_;
  store::Scope lead_;
  bool touched_ = true;  // the world is not as it was founded
};

KEDGE_ON_BOTH_ENGINES(Roles);

// ---- what is there for the table: one of each thing that routes name, so that "403" is said of a record that stands

template <class F>
std::string Roles::keep(std::string name, F&& work) {
  const auto id = house_->database.db().write(lead_, std::forward<F>(work));
  EXPECT_TRUE(id.has_value()) << name << " " << (id ? "" : id.error().key);
  if constexpr (std::is_same_v<std::decay_t<decltype(*id)>, std::string>) return known_[std::move(name)] = id.value_or("");
  else return known_[std::move(name)] = id.value_or(Id()).text();
}

void Roles::write_workbook() {
  auto rosa = house_->enter("Rosa", {Role::lead});
  auto ana = house_->enter("Ana", {Role::staff});
  for (const auto* name : {"Bea", "Cleo", "Dora"}) house_->enter(name, {Role::staff});  // enough for a staff care list
  lead_ = house_->scope(rosa, {Role::lead, Role::administrator});
  auto& db = house_->database.db();
  known_ = {{"section", "anchor"}, {"prompt", "anchor.serve"}, {"item", "training"}, {"number", "1"}, {"member", ana.member.text()}, {"/people/id", ana.member.text()}, {"/themes/code", "rest"}};
  const auto guide = keep("/guides/id", [&](store::Tx& tx) -> Result<Id> {
    TRY(const auto shipped, guide::adopt_guide(tx, lead_, "social-work-approaches"));
    return guide::copy_guide(tx, lead_, shipped, "Ours");
  });
  const auto book = keep("/workbooks/id", [&](store::Tx& tx) { return guide::open_workbook(tx, lead_, *Id::parse(guide), "Spring"); });
  const auto place = "/workbooks/" + book + "/prompts/anchor.serve/";
  ana.get("/workbooks");
  EXPECT_EQ(ana.post(place + "team", {{"version", "0"}, {"text", "Together"}}).status, 303);
  EXPECT_EQ(ana.post(place + "personal", {{"version", "0"}, {"text", "Alone"}}).status, 303);
  EXPECT_EQ(ana.post(place + "personal/sharing").status, 303);
  known_["row"] = "018f0000-0000-7000-8000-00000000000a";
  EXPECT_EQ(ana.post("/workbooks/" + book + "/prompts/goals.team/team?row=" + known_["row"], {{"version", "0"}, {"text", "A goal"}}).status, 303);
  rosa.get("/workbooks");
  rosa.post(place + "team", {{"version", "0"}, {"text", "Too late"}});  // kept beside
  const auto late = db.read(lead_, [&](store::Read& read) { return guide::besides(read, lead_, *Id::parse(book)); }).value();
  ASSERT_EQ(late.size(), 1U);
  known_["revision"] = late.front().revision.text();
  const auto written = db.read(lead_, [&](store::Read& read) { return guide::answers(read, lead_, *Id::parse(book)); }).value();
  for (const auto& one : written)
    if (one.voice == guide::Voice::personal) known_["answer"] = one.id.text();
}

void Roles::close_lists() {
  guide::Checklist list;
  list.workbook = *Id::parse(known_["/workbooks/id"]);
  list.prompt = "care.marks";
  list.opened_on = *Date::parse("2025-12-01");
  list.closes_on = *Date::parse("2025-12-20");
  using disclosure::Band;
  list.items = {{"training", "", Band::few, Band::most}};
  keep("earlier", [&](store::Tx& tx) { return guide::keep_closed(tx, lead_, list); });
  list.opened_on = *Date::parse("2026-01-10");
  list.closes_on = *Date::parse("2026-01-30");
  keep("list", [&](store::Tx& tx) { return guide::keep_closed(tx, lead_, list); });
}

void Roles::make_the_rest() {
  const auto finding = keep("/findings/id", [&](store::Tx& tx) { return lineage::raise(tx, lead_, {"A finding", "", lineage::Voice::team, {{"answer", known_["answer"]}}}); });
  known_["evidence"] = house_->database.db().read(lead_, [&](store::Read& read) { return lineage::evidence_of(read, lead_, *Id::parse(finding)); }).value().front().id.text();
  keep("/actions/id", [&](store::Tx& tx) {
    plan::Action action;
    action.step = "A step";
    action.owner_member = *Id::parse(known_["member"]);
    return plan::open_action(tx, lead_, action, {});
  });
  const auto organization = keep("/directory/organizations/id", [&](store::Tx& tx) { return directory::named(tx, lead_, "Clinic"); });
  keep("first", [&](store::Tx& tx) { return directory::named(tx, lead_, "School"); });
  keep("second", [&](store::Tx& tx) { return directory::named(tx, lead_, "The School"); });
  keep("/directory/merged/id", [&](store::Tx& tx) -> Result<Id> {
    TRY(const auto kept, directory::named(tx, lead_, "Pantry"));
    TRY(const auto other, directory::named(tx, lead_, "Food pantry"));
    TRY(const auto a, directory::organization(tx, lead_, kept));
    TRY(const auto b, directory::organization(tx, lead_, other));
    TRY_DONE(directory::merge(tx, lead_, a, b, {}));
    return other;
  });
  keep("/directory/contacts/id", [&](store::Tx& tx) {
    directory::Contact contact;
    contact.organization = *Id::parse(organization);
    contact.name = "Celia";
    return directory::save(tx, lead_, contact);
  });
  known_["/settings/logo/id"] = keep("/logo/id", [&](store::Tx& tx) -> Result<Id> {
    TRY_DONE(identity::set_logo(tx, lead_, web::kPicture, "A heron"));
    TRY(const auto library, identity::library(tx, lead_));
    return library.logo;
  });
  known_["sheet"] = house_->database.db().write(lead_, [&](store::Tx& tx) -> Result<Id> {
    TRY_DONE(guide::make_sheets(tx, lead_, *Id::parse(known_["/workbooks/id"]), 1));
    TRY(const auto made, guide::sheets(tx, lead_, *Id::parse(known_["/workbooks/id"])));
    return made.front().id;
  }).value().text();
  guide::BoardPage board;
  board.words = "For the board";
  board.shown = true;
  EXPECT_TRUE(house_->database.db().write(lead_, [&](store::Tx& tx) { return guide::save_board_page(tx, lead_, *Id::parse(known_["/workbooks/id"]), board); }).has_value());
  const auto eve = house_->enter("Eve", {Role::staff});
  known_["left"] = eve.member.text();
  EXPECT_TRUE(house_->database.db().write(lead_, [&](store::Tx& tx) { return identity::close_member(tx, lead_, eve.member, identity::Trace::name_stays); }).has_value());
  keep("/calendar/token", [&](store::Tx& tx) { return plan::make_feed(tx, lead_, plan::Holds::all, *Date::parse("2026-03-01")); });
  keep("/asked/token", [&](store::Tx& tx) { return plan::ask(tx, lead_, *Id::parse(known_["/actions/id"]), plan::Goes::handed); });
  known_["/letters/off/token"] = plan::digest_token(*house_->keyring, lead_.library, *Id::parse(known_["member"]));
  keep("token", [&](store::Tx& tx) { return identity::invite(tx, lead_, {}); });
  keep("/reset/token", [&](store::Tx& tx) { return identity::make_reset_link(tx, lead_, *Id::parse(known_["member"])); });
  const auto open = house_->database.db().read(lead_, [&](store::Read& read) { return identity::invitations(read, lead_); }).value();
  known_["/people/invitations/id"] = open.front().id.text();
  keep("code", [&](store::Tx& tx) -> Result<std::string> {
    TRY(const auto made, identity::make_join_code(tx, *house_->keyring, lead_, Role::staff));
    return made.code;
  });
}

void Roles::found_world() {
  open();
  write_workbook();
  close_lists();
  make_the_rest();
  touched_ = false;
}

// ---- one line of the table: "POST /findings statement=x 401 403 ..."; "-" is a form without fields, "?a=b;c=d" a query and a form

struct Line {
  std::string form;
  std::string statuses;
};

web::FormFields fields_of(const std::string& form) {
  web::FormFields fields;
  if (form == "-") return fields;
  std::istringstream in(form);
  for (std::string field; std::getline(in, field, '&');) fields.emplace_back(field.substr(0, field.find('=')), field.substr(field.find('=') + 1));
  return fields;
}

std::map<std::string, Line> written_table() {
  std::ifstream in(std::string(KEDGE_SOURCE) + "/tests/whole/route_access.txt");
  std::map<std::string, Line> table;  // by method and pattern
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string method, pattern;
    Line one;
    words >> method >> pattern;
    words >> one.form;
    std::getline(words >> std::ws, one.statuses);
    EXPECT_EQ(one.statuses.find("404"), std::string::npos) << line << ": what is refused or given has to be there";
    EXPECT_TRUE(table.emplace(method + " " + pattern, one).second) << line << " stands twice";
  }
  return table;
}

// What stands there for this browser and this route: its own session, its own words, the prompt and row that are asked for.
std::map<std::string, std::string> Roles::known_to(web::Browser& browser, std::string_view pattern) {
  auto there = known_;
  const auto account = browser.get("/account").body;  // for the form's secret too
  if (browser.csrf().empty()) browser.get("/sign-in");
  const std::string_view session = "/account/sessions/";
  if (const auto at = account.find(session); at != std::string::npos) there["/account/sessions/id"] = account.substr(at + session.size(), 36);
  const auto ends = [&](auto... ways) { return (pattern.ends_with(ways) || ...); };
  if (pattern == "/people/{id}/name") there["/people/id"] = known_["left"];
  if (pattern == "/settings") there["version"] = web::version_in(browser.get("/settings"));
  if (ends("/lists", "/proposals", "/talk", "/talk/document", "/papers", "/papers/document")) there["prompt"] = "care.marks";
  if (ends("{voice}/removal", "{voice}/restoration")) there["prompt"] = "goals.team";
  if (pattern.find("/personal/") != std::string_view::npos) {
    const auto place = "/workbooks/" + known_["/workbooks/id"] + "/prompts/anchor.serve/personal";
    browser.post(place, {{"version", "0"}, {"text", "Mine"}});
    browser.post(place, {{"version", "0"}, {"text", "Mine elsewhere"}});  // kept beside
    touched_ = true;
  }
  if (pattern == "/lists/{list}/marks") {  // one that is open, with whoever asks on its roster
    const auto closes = *Date::parse("2026-03-30");
    auto& db = house_->database.db();
    const auto list = guide::open_checklist(db, *house_->keyring, lead_, *Id::parse(known_["/workbooks/id"]), "care.marks", closes);
    EXPECT_TRUE(list.has_value()) << list.error().key;
    there["list"] = list.value_or(Id()).text();
    touched_ = true;
  }
  return there;
}

int Roles::status_for(web::Browser browser, const web::Route& route, const std::string& form) {
  const auto there = known_to(browser, route.pattern);
  const auto path = address_of(route.pattern, there);
  const auto fields = address_of(form, there);
  const auto semicolon = fields.find(';');  // "?query;form"
  const auto query = fields.starts_with('?') ? fields.substr(0, semicolon) : "";
  if (route.method == "GET") return browser.get(path + query).status;
  const auto status = browser.post(path + query, fields_of(query.empty() ? fields : semicolon == std::string::npos ? "-" : fields.substr(semicolon + 1))).status;
  touched_ = touched_ || status < 400;
  return status;
}

// Each is asked in a house that is whole: what one did does not stand in the way of the next.
std::string Roles::statuses_of(const web::Route& route, const std::string& form) {
  const auto whole = [&] {
    if (touched_) found_world();
  };
  whole();
  auto line = std::to_string(status_for(house_->visitor(), route, form));
  for (const auto role : kColumns) {
    whole();
    line += " " + std::to_string(status_for(house_->enter("Somebody", {role}), route, form));
  }
  return line;
}

// The table says by hand who may what; nothing of it is taken from the routes. A route that opens itself to more than are
// written there fails, and so does one that is not written at all.
TEST_P(Roles, AreAnsweredAsTheTableSays) {
  auto table = written_table();
  const auto count = all().size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = std::string(all()[i]->method) + " " + std::string(all()[i]->pattern);
    const auto line = table.find(name);
    if (line == table.end()) {
      ADD_FAILURE() << name << " is not in tests/whole/route_access.txt: " << statuses_of(*all()[i], "-");
      continue;
    }
    // each form is sent in a house of its own, which takes a second on PostgreSQL; that the gate decides alike there is seen by the pages
    if (GetParam() == store::Engine::sqlite || all()[i]->method == "GET") {
      EXPECT_EQ(statuses_of(*all()[i], line->second.form), line->second.statuses) << name << " " << line->second.form;
    }
    table.erase(line);
  }
  for (const auto& [name, line] : table) ADD_FAILURE() << "there is no such route: " << name;
}

TEST_P(Roles, LeaveNobodyInWithoutASession) {
  for (const auto* route : all()) {
    if (route->access == Access::anyone || route->access == Access::bearer) continue;
    const auto reply = route->method == "GET" ? house_->visitor().get(address_of(route->pattern)) : ask(house_->visitor(), *route);
    if (route->method == "GET" && route->pattern != "/live") {
      EXPECT_EQ(reply.status, 303) << named(*route, "nobody");
      EXPECT_TRUE(web::header_of(reply, "Location").starts_with("/sign-in")) << named(*route, "nobody");
    } else {
      EXPECT_TRUE(reply.status == 401 || reply.status == 403) << named(*route, "nobody") << " answers " << reply.status;
    }
  }
}

TEST_P(Roles, AreChangedByNoFormWithoutItsSecret) {
  for (const auto* route : all()) {
    if (route->method == "GET" || route->access == Access::bearer) continue;  // what a mail program sends by itself has no form: its address is the secret
    auto browser = house_->enter("Rosa", {Role::administrator, Role::lead, Role::staff});
    const auto reply = browser.send("POST", address_of(route->pattern), {{"content-type", "application/x-www-form-urlencoded"}}, "title=x");
    EXPECT_EQ(reply.status, 403) << named(*route, "somebody with another site's form");
  }
}

TEST_P(Roles, AllMayEraseTheExampleAndFollowIt) {
  for (const auto role : kAll) {
    open();
    auto somebody = house_->enter("Somebody", {role});
    somebody.get("/account");
    EXPECT_EQ(somebody.post("/example/erase").status, 303) << code_of(role);
    EXPECT_EQ(somebody.get("/account").status, 303) << "a session of an erased library, " << code_of(role);
  }
}

TEST_P(Roles, AreKnownToEveryRouteOfTheSlices) {
  std::size_t count = 0;
  for (const auto& table : routes()) count += table.size();
  EXPECT_GE(all().size(), count);
  for (const auto* route : all()) EXPECT_TRUE(route->method == "GET" || route->method == "POST") << route->pattern;
}

}  // namespace
}  // namespace kedge::app
