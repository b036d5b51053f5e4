#include "guide/checklist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "directory/directory.hpp"
#include "guide/checklist_store.hpp"
#include "guide/exchange.hpp"
#include "guide/sweep.hpp"
#include "identity/example.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "store/testing.hpp"

namespace kedge::guide {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAreArray;

constexpr std::int64_t kStartMs = 1'773'500'000'000;  // March 14, 2026
constexpr std::int64_t kDayMs = 86'400'000;
constexpr const char* kPrompt = "one.care";
constexpr const char* kGuide = R"(guide: small
version: 1
title: {en: Small, es: Breve}
introduction: {en: A small guide, es: Una breve}
source: {name: None, by: Nobody, url: "https://example.org/"}
sections:
  - id: one
    title: {en: One, es: Uno}
    lede: {en: Begin, es: Empiece}
    prompts:
      - id: one.care
        kind: checklist
        label: {en: Care, es: Cuidado}
        own_items: true
        items:
          - {id: rest, label: {en: Rest, es: Descanso}}
          - {id: thanks, label: {en: Thanks, es: Gracias}}
)";

struct Person {
  store::Scope scope;
  crypto::Key key;
};

// Every row of every table as text; of the sealed box its length alone, which is all that may be seen of a save.
using Dump = std::map<std::string, std::string>;

std::vector<std::string> texts(sqlite3* file, const std::string& sql) {
  std::vector<std::string> rows;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(file, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql << ": " << sqlite3_errmsg(file);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::string row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
      if (bytes != nullptr) row.append(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      row += '|';
    }
    rows.push_back(std::move(row));
  }
  sqlite3_finalize(statement);
  return rows;
}

Dump dump_of(const std::string& path) {
  sqlite3* file = nullptr;
  EXPECT_EQ(sqlite3_open_v2(path.c_str(), &file, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  Dump dump;
  for (auto table : texts(file, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    table.pop_back();
    const std::string columns = table == "checklist_box" ? "library_id, checklist_id, length(sealed)" : "*";
    auto& rows = dump[table];
    for (const auto& row : texts(file, "SELECT " + columns + " FROM \"" + table + "\"")) rows += row + "\n";
  }
  sqlite3_close(file);
  return dump;
}

std::vector<std::string> changed_tables(const Dump& before, const Dump& after) {
  std::vector<std::string> changed;
  for (const auto& [table, rows] : after)
    if (const auto found = before.find(table); found == before.end() || found->second != rows) changed.push_back(table);
  for (const auto& [table, rows] : before)
    if (!after.contains(table)) changed.push_back(table);
  return changed;
}

class ChecklistTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!store::TestDatabase::available(GetParam())) return;
    crypto::start();
    database_ = std::make_unique<store::TestDatabase>(
        GetParam(), store::joined({store::kMigrations, identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, kMigrations}),
        &clock_);
    keyring_ = store::Keyring::open(database_->folder() / "keys.db").value();
    identity::Library library;
    library.name = "Harbor Grove";
    library_ = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found_example(tx, library, {}); }).value();
    for (const auto* name : {"Rosa", "Ana", "Luis", "Mei", "Tom"}) join(name);
    book_ = fresh_book();
  }

  store::Scope lead() const { return {library_, people_.empty() ? Id() : people_[0].scope.actor, {Role::administrator, Role::lead}}; }
  void join(const std::string& name, Roles roles = {Role::staff}) {
    const auto made = db().write(lead(), [&](store::Tx& tx) { return identity::add_example_member(tx, *keyring_, lead(), {.name = name, .roles = roles}); });
    ASSERT_TRUE(made.has_value()) << made.error().key;
    people_.push_back({{library_, made->id, roles}, made->key});
  }
  Id fresh_book() {
    const auto guide = parse_guide(kGuide, "small.yaml");
    EXPECT_TRUE(guide.has_value());
    std::string yaml;
    for (const char c : to_yaml(*guide)) yaml += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
    const std::string json = R"({"kedge":"workbook","version":1,"title":"Spring","guide":")" + yaml + R"(","answers":[]})";
    return db().write(lead(), [&](store::Tx& tx) { return import_workbook(tx, lead(), json, nullptr); }).value().workbook;
  }
  store::Database& db() { return database_->db(); }
  Date in_days(std::int64_t days) const { return Date::from_days(Date::at(clock_.now_ms(), "America/Chicago").days() + days); }
  Result<Id> open_for(std::int64_t days) { return open_checklist(db(), *keyring_, lead(), book_, kPrompt, in_days(days)); }
  Id opened() {
    const auto id = open_for(10);
    EXPECT_TRUE(id.has_value()) << id.error().key;
    return id.value_or(Id());
  }
  Checklist seen(const Id& id) {
    return db().read(lead(), [&](store::Read& read) { return checklist(read, lead(), id); }).value();
  }
  Result<Marks> own(const Person& who, const Id& list) {
    return db().read(who.scope, [&](store::Read& read) { return own_marks(read, *keyring_, who.scope, who.key, list); });
  }
  Done mark(const Person& who, const Id& list, const Marks& marks) { return save_marks(db(), *keyring_, who.scope, who.key, list, marks); }
  Done close(const Id& list) { return close_checklist(db(), *keyring_, lead(), list); }
  std::vector<std::string> keys() { return keyring_->names(library_, "checklist/").value(); }
  std::string file() const { return (database_->folder() / "kedge.db").string(); }
  Dump dump() const { return dump_of(file()); }
  std::string bytes() const {
    std::ostringstream all;
    for (const auto* name : {"kedge.db", "kedge.db-wal", "keys.db", "keys.db-wal"}) {
      std::ifstream in(database_->folder() / name, std::ios::binary);
      if (in && in.peek() != std::ifstream::traits_type::eof()) all << in.rdbuf();
    }
    return all.str();
  }
  // The tickets of everybody, in clear, as each member alone can open theirs.
  std::vector<std::string> clear_tickets() const {
    sqlite3* raw = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file().c_str(), &raw, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    std::vector<std::string> clear;
    for (const auto& person : people_) {
      auto sealed = texts(raw, "SELECT sealed FROM checklist_ticket WHERE member_id = '" + person.scope.actor.text() + "'");
      if (sealed.empty()) continue;
      sealed[0].pop_back();
      const auto ticket = crypto::open_sealed(person.key, sealed[0]);
      EXPECT_TRUE(ticket.has_value());
      if (ticket) clear.push_back(*ticket);
    }
    sqlite3_close(raw);
    return clear;
  }

  FixedClock clock_{kStartMs};
  std::unique_ptr<store::TestDatabase> database_;
  std::unique_ptr<store::Keyring> keyring_;
  Id library_;
  std::vector<Person> people_;
  Id book_;
};
KEDGE_ON_BOTH_ENGINES(ChecklistTest);

TEST_P(ChecklistTest, OpensOnADayBetweenThreeAndSixtyAhead) {
  KEDGE_NEEDS_ENGINE(GetParam());
  for (const auto days : {-1, 0, 2, 61}) {
    const auto refused = open_for(days);
    ASSERT_FALSE(refused.has_value()) << days;
    EXPECT_EQ(refused.error().fields.at(0).field, "closes_on");
  }
  EXPECT_EQ(open_checklist(db(), *keyring_, lead(), book_, kPrompt, Date()).error().fault, Fault::invalid);
  EXPECT_THAT(keys(), IsEmpty()) << "what was refused leaves no key";
  EXPECT_TRUE(open_for(3).has_value());
  EXPECT_EQ(open_for(10).error().key, "guide.list.open_already");
  book_ = fresh_book();
  EXPECT_TRUE(open_for(60).has_value());
}

TEST_P(ChecklistTest, NeedsFivePeopleWithKeysWhoFillWorkbooks) {
  KEDGE_NEEDS_ENGINE(GetParam());
  people_.clear();
  identity::Founding founding;
  founding.library.name = "Mill Pond";
  founding.lead_name = "Mo";
  founding.lead_email = "mo@mill.example";
  founding.password = "a calm desk at the end of a hard day";
  const auto mo = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found(tx, *keyring_, founding); });
  ASSERT_TRUE(mo.has_value()) << mo.error().key;
  library_ = mo->session.library;
  const store::Scope lead{library_, mo->session.member, {Role::administrator, Role::lead}};
  for (const auto* name : {"A", "B", "C", "D", "E"})
    ASSERT_TRUE(db().write(lead, [&](store::Tx& tx) { return identity::add_member(tx, lead, {name}); }).has_value());
  EXPECT_THAT(db().read(lead, [&](store::Read& read) { return would_be_asked(read, lead); }).value(), ElementsAre(lead.actor))
      << "who has never signed in has no key";
  book_ = fresh_book();
  EXPECT_EQ(open_checklist(db(), *keyring_, lead, book_, kPrompt, in_days(10)).error().key, "guide.list.too_few");
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_P(ChecklistTest, WaitsFourteenDaysAfterAListHasClosed) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_TRUE(open_for(3).has_value());
  clock_.advance(4 * kDayMs);
  ASSERT_EQ(tend_checklists(db(), *keyring_).value(), 1);
  EXPECT_EQ(open_for(10).error().key, "guide.list.too_soon");
  clock_.advance(12 * kDayMs);
  EXPECT_EQ(open_for(10).error().key, "guide.list.too_soon") << "the thirteenth day";
  clock_.advance(kDayMs);
  EXPECT_TRUE(open_for(10).has_value());
}

TEST_P(ChecklistTest, FixesAtOpeningWhoIsAskedAndWhat) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto proposed = [&](const char* label) { return db().write(lead(), [&](store::Tx& tx) { return propose(tx, lead(), book_, kPrompt, label); }); };
  join("Board", {Role::board});
  ASSERT_TRUE(proposed("Walks").has_value());
  const auto list = opened();
  join("Late");
  ASSERT_TRUE(proposed("Songs").has_value());
  auto library = db().read(lead(), [&](store::Read& read) { return identity::library(read, lead()); }).value();
  library.threshold = 7;
  ASSERT_TRUE(db().write(lead(), [&](store::Tx& tx) { return identity::save_library(tx, lead(), library); }).has_value());
  const auto now = seen(list);
  EXPECT_EQ(now.roster.size(), 5u);
  EXPECT_EQ(now.threshold, 5);
  ASSERT_EQ(now.items.size(), 3u);
  EXPECT_EQ(now.items[2].label, "Walks");
  for (const auto& person : {people_[5], people_[6]}) {
    EXPECT_FALSE(now.asks(person.scope.actor));
    EXPECT_EQ(mark(person, list, {{"rest"}, {}, ""}).error().fault, Fault::not_found);
  }
  EXPECT_THAT(db().read(lead(), [&](store::Read& read) { return proposals(read, lead(), book_, kPrompt); }).value(), ElementsAre("Songs"))
      << "waits for the next list";
}

TEST_P(ChecklistTest, GivesMarksBackToTheirMarkerAlone) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto list = opened();
  ASSERT_TRUE(mark(people_[1], list, {{"rest"}, {"rest", "thanks"}, "my heron"}).has_value());
  const auto mine = own(people_[1], list).value();
  EXPECT_THAT(mine.well, ElementsAre("rest"));
  EXPECT_THAT(mine.better, ElementsAre("rest", "thanks"));
  EXPECT_EQ(mine.comment, "my heron");
  const auto other = own(people_[2], list).value();
  EXPECT_TRUE(other.well.empty() && other.better.empty() && other.comment.empty());
  for (const auto& key : {crypto::Key::random(), people_[2].key}) {
    const Person thief{people_[1].scope, key};
    EXPECT_EQ(own(thief, list).error().key, "guide.list.ticket_lost");
    EXPECT_EQ(mark(thief, list, {{"thanks"}, {}, ""}).error().key, "guide.list.ticket_lost");
  }
  EXPECT_THAT(own(people_[1], list).value().well, ElementsAre("rest"));
  EXPECT_EQ(mark(people_[1], list, {{}, {}, std::string(301, 'x')}).error().fields.at(0).field, "comment");
}

TEST_P(ChecklistTest, SaysNothingOfFewerThanFiveEvenIfOneSavedTwice) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto list = opened();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(mark(people_[static_cast<std::size_t>(i)], list, {{"rest"}, {}, "said the heron"}).has_value());
  ASSERT_TRUE(mark(people_[0], list, {{"rest"}, {}, "said the heron again"}).has_value());
  EXPECT_EQ(keys().size(), 1u);
  ASSERT_TRUE(close(list).has_value());
  const auto closed = seen(list);
  EXPECT_EQ(closed.state, ListState::closed);
  EXPECT_FALSE(closed.has_result());
  EXPECT_THAT(closed.comments, IsEmpty());
  for (const auto& item : closed.items) EXPECT_FALSE(item.well || item.better);
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(mark(people_[4], list, {{"rest"}, {}, ""}).has_value(), false);
  EXPECT_EQ(own(people_[0], list).error().key, "guide.list.is_closed");
  if (GetParam() != store::Engine::sqlite) return;
  EXPECT_EQ(dump().at("checklist_box"), "");
  EXPECT_EQ(dump().at("checklist_ticket"), "");
  EXPECT_THAT(bytes(), AllOf(HasSubstr("Harbor Grove"), Not(HasSubstr("heron"))));
}

TEST_P(ChecklistTest, SaysBandsAndShuffledCommentsOfFive) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const std::vector<std::string> words{"heron one", "heron two", "heron three", "heron four", "heron five"};
  int in_order = 0;
  for (int round = 0; round < 4; ++round) {
    book_ = fresh_book();
    const auto list = opened();
    for (std::size_t i = 0; i < 5; ++i) {
      Marks marks{{}, {"rest"}, words[i]};
      if (i < 3) marks.well.push_back("rest");
      if (i < 2) marks.well.push_back("thanks");
      ASSERT_TRUE(mark(people_[i], list, marks).has_value());
    }
    ASSERT_TRUE(close(list).has_value());
    const auto closed = seen(list);
    ASSERT_TRUE(closed.has_result());
    EXPECT_EQ(closed.items[0].well, disclosure::Band::most);
    EXPECT_EQ(closed.items[0].better, disclosure::Band::most);
    EXPECT_EQ(closed.items[1].well, disclosure::Band::few);
    EXPECT_EQ(closed.items[1].better, disclosure::Band::few);
    EXPECT_THAT(closed.comments, UnorderedElementsAreArray(words));
    in_order += closed.comments == words ? 1 : 0;
    ASSERT_TRUE(close(list).has_value()) << "closing again is harmless";
    EXPECT_EQ(seen(list).comments.size(), 5u);
    EXPECT_THAT(keys(), IsEmpty());
  }
  EXPECT_LT(in_order, 4) << "comments come in the order in which they were saved";
  if (GetParam() != store::Engine::sqlite) return;
  for (const auto& [table, rows] : dump())
    EXPECT_TRUE(table == "checklist_comment" || rows.find("heron") == std::string::npos) << table;
}

TEST_P(ChecklistTest, SaysNothingOfAListBesideAnotherThatIsOpenForOneFewer) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto first = opened();
  join("Late");
  book_ = fresh_book();
  const auto second = opened();
  EXPECT_TRUE(seen(first).said);
  EXPECT_FALSE(seen(second).said) << "both closed, their bands together would give Late away";
  for (const auto& list : {first, second}) {
    for (const auto& person : people_) EXPECT_EQ(mark(person, list, {{"rest"}, {}, ""}).has_value(), seen(list).asks(person.scope.actor));
    ASSERT_TRUE(close(list).has_value());
  }
  EXPECT_TRUE(seen(first).has_result());
  EXPECT_FALSE(seen(second).has_result());
}

TEST_P(ChecklistTest, ForgetsWhoWasAskedAYearAfterClosing) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto daily = [&] { return db().write(lead(), [&](store::Tx& tx) { return sweep(tx, lead()); }); };
  const auto list = open_for(3).value();
  clock_.advance(4 * kDayMs);
  ASSERT_EQ(tend_checklists(db(), *keyring_).value(), 1);
  book_ = fresh_book();
  clock_.advance(364 * kDayMs);
  const auto later = opened();
  ASSERT_TRUE(daily().has_value());
  EXPECT_EQ(seen(list).roster.size(), 5u) << "what the next list may say still depends on it";
  clock_.advance(3 * kDayMs);
  ASSERT_TRUE(daily().has_value());
  EXPECT_THAT(seen(list).roster, IsEmpty());
  EXPECT_EQ(seen(later).roster.size(), 5u);
}

TEST_P(ChecklistTest, ReadsWithoutResultWhenItsKeyIsGone) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto list = opened();
  for (const auto& person : people_) ASSERT_TRUE(mark(person, list, {{"rest"}, {}, "heron"}).has_value());
  ASSERT_TRUE(keyring_->destroy(library_, "checklist/" + list.text()).has_value());
  ASSERT_EQ(tend_checklists(db(), *keyring_).value(), 1);
  EXPECT_EQ(seen(list).state, ListState::without_result);
  EXPECT_FALSE(seen(list).has_result());
  EXPECT_THAT(seen(list).comments, IsEmpty());
}

TEST_P(ChecklistTest, TendsWhatIsDueAndSweepsAClosingThatWasCutOff) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto list = open_for(3).value();
  ASSERT_TRUE(mark(people_[0], list, {{"rest"}, {}, "mine"}).has_value());
  const auto name = "checklist/" + list.text();
  const auto key = keyring_->get(library_, name).value().value();
  ASSERT_EQ(tend_checklists(db(), *keyring_).value(), 0);
  EXPECT_EQ(own(people_[0], list).value().comment, "mine");
  clock_.advance(3 * kDayMs);
  EXPECT_EQ(tend_checklists(db(), *keyring_).value(), 0) << "open through its last day";
  clock_.advance(kDayMs);
  EXPECT_EQ(tend_checklists(db(), *keyring_).value(), 1);
  EXPECT_EQ(seen(list).state, ListState::closed);
  ASSERT_TRUE(keyring_->put(library_, name, key).has_value());  // as if the power had gone before the key did
  EXPECT_EQ(tend_checklists(db(), *keyring_).value(), 0);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_P(ChecklistTest, StirsEachOpenBoxByItsOwnTossAndLosesNothing) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const std::vector<Id> lists{opened(), [&] { book_ = fresh_book(); return opened(); }()};
  ASSERT_TRUE(mark(people_[0], lists[0], {{"rest"}, {}, "mine"}).has_value());
  const auto boxes = [&] {
    std::vector<std::string> all;
    for (const auto& list : lists) all.push_back(db().read(lead(), [&](store::Read& read) { return rows::box(read, lead(), list); }).value()->raw);
    return all;
  };
  std::set<std::string> patterns;  // which of the two was rewritten at a beat
  for (int beat = 0; beat < 100; ++beat) {
    const auto before = boxes();
    ASSERT_TRUE(stir_checklists(db(), *keyring_, 2, [](std::size_t) {}).has_value());
    const auto now = boxes();
    patterns.insert(std::string(before[0] == now[0] ? "-" : "x") + (before[1] == now[1] ? "-" : "x"));
  }
  EXPECT_EQ(patterns, (std::set<std::string>{"--", "-x", "x-", "xx"})) << "a box that waits for another, or for a gap to pass, tells a save";
  EXPECT_EQ(own(people_[0], lists[0]).value().comment, "mine") << "a rewrite loses nothing";
  const auto before = boxes();
  ASSERT_TRUE(tend_checklists(db(), *keyring_).has_value());
  EXPECT_EQ(boxes(), before) << "the minute has a beat: nothing is rewritten at it";
}

TEST_P(ChecklistTest, StartsEmptyWithNewTicketsForTheSamePeopleAfterARestore) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto list = opened();
  ASSERT_TRUE(mark(people_[0], list, {{"rest"}, {}, "mine"}).has_value());
  const bool raw = GetParam() == store::Engine::sqlite;
  const auto before = raw ? clear_tickets() : std::vector<std::string>();
  join("Late");
  ASSERT_TRUE(start_lists_empty(db(), *keyring_).has_value());
  EXPECT_EQ(seen(list).roster.size(), 5u);
  EXPECT_EQ(seen(list).restarted_on.text(), "2026-03-14");
  EXPECT_EQ(own(people_[0], list).value().comment, "");
  EXPECT_TRUE(mark(people_[0], list, {{"rest"}, {}, "again"}).has_value());
  EXPECT_FALSE(own(people_[5], list).has_value());
  if (!raw) return;
  const auto after = clear_tickets();
  ASSERT_EQ(after.size(), 5u);
  for (const auto& ticket : after) EXPECT_EQ(std::count(before.begin(), before.end(), ticket), 0);
}

TEST_P(ChecklistTest, ASaveChangesNothingButTheBoxAndNeverItsLength) {
  KEDGE_NEEDS_ENGINE(GetParam());
  if (GetParam() != store::Engine::sqlite) GTEST_SKIP() << "looks into the file";
  const auto list = opened();
  const auto tickets = clear_tickets();
  ASSERT_EQ(tickets.size(), 5u);
  const auto before = dump();
  const auto box = [&] {
    sqlite3* raw = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file().c_str(), &raw, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    auto sealed = texts(raw, "SELECT sealed FROM checklist_box");
    sqlite3_close(raw);
    return sealed;
  };
  auto last = box();
  const std::vector<Marks> saves{{{"rest"}, {"thanks"}, "said the heron"}, {{}, {}, ""}, {{"rest", "thanks"}, {"rest", "thanks"}, "heron" + std::string(290, 'x')}};
  for (const auto& person : people_)
    for (const auto& marks : saves) {
      clock_.advance(61'000);
      ASSERT_TRUE(mark(person, list, marks).has_value());
      EXPECT_THAT(changed_tables(before, dump()), IsEmpty());
      EXPECT_NE(box(), last) << "else nothing was saved";
      last = box();
    }
  const auto look = [&](const char* when) {
    const auto all = bytes();
    EXPECT_THAT(all, HasSubstr("Harbor Grove")) << "else this test looks at the wrong file";
    for (const auto& ticket : tickets) EXPECT_EQ(all.find(ticket), std::string::npos) << when;
    return all;
  };
  EXPECT_EQ(look("open").find("heron"), std::string::npos);
  const auto key = keyring_->get(library_, "checklist/" + list.text()).value().value();
  ASSERT_TRUE(close(list).has_value());
  EXPECT_EQ(look("closed").find(key), std::string::npos) << "the key of a closed list";
  EXPECT_NE(look("closed").find("heron"), std::string::npos) << "five took part: their comments are said";
}

TEST_P(ChecklistTest, TheComparisonNoticesAPlantedTrace) {
  KEDGE_NEEDS_ENGINE(GetParam());
  if (GetParam() != store::Engine::sqlite) GTEST_SKIP() << "looks into the file";
  const auto list = opened();
  const auto before = dump();
  EXPECT_TRUE(before.contains("ledger") && before.contains("idempotency") && before.contains("job"));
  ASSERT_TRUE(mark(people_[0], list, {{"rest"}, {}, ""}).has_value());
  ASSERT_THAT(changed_tables(before, dump()), IsEmpty());
  ASSERT_TRUE(db().write(lead(), [&](store::Tx& tx) { return tx.touch("workbook/" + book_.text()); }).has_value());
  EXPECT_THAT(changed_tables(before, dump()), testing::Contains("change"));
}

}  // namespace
}  // namespace kedge::guide
