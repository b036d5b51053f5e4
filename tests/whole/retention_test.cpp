// Every term that a migration declares is kept by something: docs/what-could-be-demanded.md is made of these words.
#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/example.hpp"
#include "app/installation.hpp"
#include "app/retention.hpp"
#include "app/wiring.hpp"
#include "house.hpp"
#include "identity/joining.hpp"
#include "identity/logo.hpp"
#include "identity/members.hpp"
#include "lineage/retention.hpp"
#include "mail/mail.hpp"
#include "plan/asking.hpp"
#include "plan/digest.hpp"
#include "store/limits.hpp"

namespace kedge::app {
namespace {

using ::testing::IsEmpty;

constexpr std::int64_t kDay = 86'400'000;

// How a term is kept. A new term belongs here, with the test that proves it.
enum class Kept : std::uint8_t {
  with_another,  // the row goes with the row that it names: tables_test and what goes by a term here
  by_days,       // by daily work, below
  by_leaving,    // when a member leaves, below
  at_closing,    // when a list closes: guide/checklist_test.cpp
  for_ever,
};
const std::map<std::string, Kept, std::less<>> kTerms{
    {"as long as the installation", Kept::for_ever},
    {"as long as the library", Kept::with_another},
    {"with the library", Kept::with_another},
    {"with the library, none where voice is unnamed", Kept::with_another},  // lineage_test.cpp
    {"with the workbook", Kept::with_another},
    {"with the action", Kept::with_another},
    {"with the organization", Kept::with_another},
    {"with the contact", Kept::with_another},
    {"30 days after removal", Kept::by_days},
    {"a year after closing", Kept::by_days},
    {"until what it names is gone", Kept::by_days},
    {"14 days, or until used", Kept::by_days},
    {"90 days", Kept::by_days},
    {"a minute", Kept::by_days},
    {"its window, at most one day", Kept::by_days},
    {"one day", Kept::by_days},
    {"two days, the newest of a library a year", Kept::by_days},
    {"until it ends, at most 30 days", Kept::by_days},
    {"until it is done, a failed one 30 days", Kept::by_days},
    {"until used, at most one day", Kept::by_days},
    {"until the list closes", Kept::at_closing},
    {"until the member leaves", Kept::by_leaving},
    {"with the member", Kept::by_leaving},
    {"with the library, or until the member asks on leaving", Kept::by_leaving},
    {"until taken back or the member leaves and asks", Kept::by_leaving},
    {"as member_id, '' for the team", Kept::by_leaving},
};
// Of each table that is kept for a time: after how many days its rows are gone.
const std::map<std::string, std::int64_t, std::less<>> kDays{
    {"session", 31}, {"invitation", 15}, {"join_code", 2}, {"sign_in_link", 92}, {"founding_code", 2}, {"change", 3},
    {"idempotency", 2}, {"attempt", 2}, {"job", 31}, {"letter", 15}, {"action_link", 15}, {"presence", 1}, {"checklist_roster", 366}};
// Gone 30 days after their removal, and what stays as an empty row because others name it.
const std::set<std::string, std::less<>> kRemoved{"workbook", "answer", "private_answer", "action", "evidence", "logo"};
const std::set<std::string, std::less<>> kEmptied{"organization", "contact"};

bool by_days(const store::SchemaColumn& column) {
  const auto term = kTerms.find(column.retention);
  return term != kTerms.end() && term->second == Kept::by_days;
}

TEST(Retention, IsDeclaredInTermsThatSomethingKeeps) {
  std::set<std::string> unknown;
  std::set<std::string> used;
  for (const auto& table : schema().tables) {
    for (const auto& column : table.columns) {
      const auto what = table.name + "." + column.name + ": " + column.retention;
      used.insert(column.retention);
      if (!kTerms.contains(column.retention)) unknown.insert(what);
      if (!by_days(column)) continue;
      const bool removal = column.retention == "30 days after removal";
      if (removal && !kRemoved.contains(table.name) && !kEmptied.contains(table.name)) unknown.insert(what);
      if (!removal && column.retention != "until what it names is gone" && !kDays.contains(table.name)) unknown.insert(what);
    }
  }
  EXPECT_THAT(unknown, IsEmpty());
  for (const auto& [term, kept] : kTerms) EXPECT_TRUE(used.contains(term)) << term << " is declared nowhere";
}

TEST(Retention, IsSaidInWordsOnItsPage) {
  for (const auto& table : schema().tables)
    for (const auto& column : table.columns)
      if (table.scoped) { EXPECT_TRUE(knows_term(column.retention)) << table.name << "." << column.name << ": " << column.retention; }
  for (const auto language : {Language::en, Language::es})
    for (const auto& [term, kept] : kTerms)
      if (knows_term(term)) { EXPECT_THAT(term_words(locale::words(language), term), ::testing::Not(IsEmpty())) << term; }
}

// The example, which has a row of nearly everything, and time that goes on.
class Term : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    database_ = std::make_unique<store::TestDatabase>(GetParam(), migrations(), &clock_);
    Program program(locale::words(Language::en));
    program.settings().data = database_->folder().string();
    program.settings().database = database_->settings().url;
    const auto founded = found_example(program);
    ASSERT_TRUE(founded.has_value()) << founded.error().key << founded.error().detail;
    keyring_ = *store::Keyring::open(program.settings().keyring().string(), clock_);
    library_ = db().read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); })->front().id;
    members_ = *db().read(console(), [&](store::Read& read) { return identity::members(read, console()); });
  }

  store::Database& db() { return database_->db(); }
  [[nodiscard]] store::Scope console() const { return console_scope(library_); }
  std::int64_t count(const std::string& table, const std::string& where = "TRUE") {
    const auto sql = "SELECT COUNT(*) FROM " + table + " WHERE " + where;
    const store::Query<std::int64_t()> query("test.count", sql);
    const auto found = db().read(store::InstallationScope{}, [&](store::Read& read) { return read.one(query); });
    EXPECT_TRUE(found.has_value()) << sql << ": " << found.error().detail;
    return found.value_or(-1);
  }
  void run(const std::string& sql) {
    const store::Query<void()> query("test.run", sql);
    const auto done = db().write(console(), [&](store::Tx& tx) { return tx.run(query) ? tx.touch("people") : Done(fail(Fault::internal, "test", sql)); });
    ASSERT_TRUE(done.has_value()) << sql << ": " << done.error().detail;
  }
  template <class F>
  void write(F&& work) {
    const auto done = db().write(console(), std::forward<F>(work));
    ASSERT_TRUE(done.has_value()) << done.error().key << done.error().detail;
  }
  // Days later, after what runs each minute and each day.
  void go_on(std::int64_t days) {
    clock_.advance(days * kDay);
    Hands hands{db(), *keyring_, clock_};
    for (const auto& slice : slices())
      for (const auto work : {slice.each_minute, slice.daily})
        if (work != nullptr) {
          const auto done = work(hands);
          EXPECT_TRUE(done.has_value()) << slice.name << ": " << done.error().key << done.error().detail;
        }
  }

  FixedClock clock_{SystemClock().now_ms()};
  std::unique_ptr<store::TestDatabase> database_;
  std::unique_ptr<store::Keyring> keyring_;
  Id library_;
  std::vector<identity::Member> members_;
};
KEDGE_ON_BOTH_ENGINES(Term);

TEST_P(Term, OfWhatIsKeptForATimeEndsByItself) {
  const auto someone = members_.front().id;
  write([&](store::Tx& tx) { return identity::invite(tx, tx.scope(), {.email = "new@grove.example"}); });
  write([&](store::Tx& tx) { return identity::make_join_code(tx, *keyring_, tx.scope(), Role::staff); });
  write([&](store::Tx& tx) { return identity::make_reset_link(tx, tx.scope(), someone); });
  write([&](store::Tx& tx) { return mail::post(tx, *keyring_, tx.scope(), {.message = {.to = "new@grove.example", .subject = "x", .text = "x", .html = "x", .language = "en"}}); });
  write([&](store::Tx& tx) -> Done {
    plan::Action action;
    action.step = "A step";
    action.owner_member = someone;
    TRY(const auto id, plan::open_action(tx, tx.scope(), action, {}));
    return plan::ask(tx, tx.scope(), id, plan::Goes::by_letter).map([](const auto&) {});
  });
  write([&](store::Tx& tx) -> Done {
    TRY_DONE(tx.answer("a form", "/"));
    TRY_DONE(tx.later({"test.given_up", "{}", 0, {}}));
    return tx.touch("people");
  });
  ASSERT_TRUE(db().write(store::InstallationScope{}, [](store::Tx& tx) { return identity::make_founding_code(tx); }).has_value());
  ASSERT_TRUE(db().write(store::InstallationScope{}, [](store::Tx& tx) { return store::allow(tx, "a hash", 3, kDay); }).has_value());
  run("UPDATE job SET attempts = 12");
  run("INSERT INTO presence (library_id, topic, member_id, seen_ms) VALUES ('" + library_.text() + "', 'answer/x', '" + someone.text() + "', " + std::to_string(clock_.now_ms()) + ")");
  run("INSERT INTO session (library_id, id, member_id, cookie_hash, device, shared_computer, started_on, used_on, expires_ms) SELECT library_id, id, id, public_key, '', FALSE, "
      "'2026-01-01', '2026-01-01', " + std::to_string(clock_.now_ms() + 30 * kDay) + " FROM member WHERE id = '" + someone.text() + "'");
  run("INSERT INTO checklist_roster (library_id, checklist_id, member_id) SELECT library_id, id, '" + someone.text() + "' FROM checklist WHERE TRUE ON CONFLICT DO NOTHING");
  run("UPDATE checklist SET closes_on = '" + Date::from_days(Date::at(clock_.now_ms(), "UTC").days() - 1).text() + "'");
  const auto planted = "made_ms <= " + std::to_string(clock_.now_ms());  // daily work itself tells the feed of changes
  std::set<std::int64_t> stops;
  for (const auto& [table, days] : kDays) {
    EXPECT_GT(count(table), 0) << table << " can't be seen to be emptied";
    stops.insert(days);
  }
  // what lives longer than a day is there the day before
  const std::map<std::string, std::int64_t> still{{"invitation", 13}, {"letter", 13}, {"action_link", 13}, {"session", 29}, {"job", 29}, {"sign_in_link", 89}, {"checklist_roster", 364}};
  for (const auto& [table, days] : still) stops.insert(days);
  std::int64_t now = 0;
  for (const auto stop : stops) {
    go_on(stop - now);
    now = stop;
    for (const auto& [table, days] : kDays) if (days == now) { EXPECT_EQ(count(table, table == "change" ? planted : "TRUE"), 0) << table << " after " << now << " days"; }
    for (const auto& [table, days] : still) if (days == now) { EXPECT_GT(count(table), 0) << table << " after " << now << " days"; }
  }
}

TEST_P(Term, OfWhatWasRemovedEndsAfterThirtyDaysWithAllThatHangsOnIt) {
  write([&](store::Tx& tx) -> Done {  // the example has no logo
    TRY(const auto former, identity::set_logo(tx, tx.scope(), web::kPicture, "A heron"));
    EXPECT_TRUE(former.empty());
    return {};
  });
  std::map<std::string, std::int64_t> before;
  for (const auto& table : schema().tables) {
    const bool removable = kRemoved.contains(table.name) || kEmptied.contains(table.name);
    if (!removable) continue;
    EXPECT_GT(count(table.name), 0) << table.name << " can't be seen to be emptied";
    run("UPDATE " + table.name + " SET removed_ms = " + std::to_string(clock_.now_ms()));
    before[table.name] = count(table.name);
  }
  go_on(29);
  for (const auto& [table, rows] : before) EXPECT_EQ(count(table), rows) << table << " could be brought back";
  EXPECT_GT(count("contact", "name <> ''"), 0);
  go_on(2);
  for (const auto& table : kRemoved) EXPECT_EQ(count(table), 0) << table;
  for (const auto& table : schema().tables)
    for (const auto& column : table.columns) {
      if (column.retention == "with the workbook" || column.retention == "with the action" || column.retention == "with the contact") { EXPECT_EQ(count(table.name), 0) << table.name; }
      if (kEmptied.contains(table.name) && column.type == "text") { EXPECT_EQ(count(table.name, column.name + " <> ''"), 0) << table.name << "." << column.name; }
    }
  for (const auto* kind : {"answer", "private_note", "band"}) {
    const auto named = db().read(console(), [&](store::Read& read) { return lineage::named(read, console(), kind); });
    ASSERT_TRUE(named.has_value());
    EXPECT_THAT(*named, IsEmpty()) << kind;
  }
  EXPECT_EQ(count("finding") > 0, true);
}

TEST_P(Term, IsForeseenAsItWillHappenAndLeavesNoTrace) {
  for (const auto& table : {"workbook", "action", "organization", "contact", "evidence", "private_answer"}) run("UPDATE " + std::string(table) + " SET removed_ms = " + std::to_string(clock_.now_ms()));
  const auto still = retention(db(), console(), clock_.now_ms()).value();
  for (const auto& kept : still)
    EXPECT_EQ(kept.going, (std::array<std::int64_t, 3>{})) << kept.table << ": it can be brought back for 30 days";
  go_on(26);  // the week holds the day, the day does not
  const auto foreseen = retention(db(), console(), clock_.now_ms()).value();
  EXPECT_EQ(retention(db(), console(), clock_.now_ms())->front().going, foreseen.front().going);
  std::map<std::string, std::int64_t> before;
  const auto filled = [](const std::string& table) { return table == "organization" || table == "contact" ? std::string("name <> ''") : std::string("TRUE"); };
  for (const auto& kept : foreseen) before[kept.table] = count(kept.table, filled(kept.table));
  go_on(7);
  std::int64_t gone = 0;
  for (const auto& kept : foreseen) {
    if (!kept.counted) {
      EXPECT_EQ(kept.going, (std::array<std::int64_t, 3>{})) << kept.table << " is counted";
      continue;
    }
    EXPECT_EQ(kept.going[0], 0) << kept.table;
    EXPECT_EQ(kept.going[1], before[kept.table] - count(kept.table, filled(kept.table))) << kept.table;
    gone += kept.going[1];
  }
  EXPECT_GT(gone, 50);
  for (const auto& kept : foreseen)
    for (const auto* table : {"private_answer", "private_revision", "private_beside", "checklist_box", "checklist_ticket", "checklist_comment", "link", "session"})
      if (kept.table == table) { EXPECT_FALSE(kept.counted) << table; }
}

TEST_P(Term, OfAMembersThingsEndsWhenTheyLeave) {
  // who shared something: it stays, and is nobody's
  const store::Query<Id()> writer("test.writer", "SELECT a.member_id FROM answer a JOIN member m ON m.library_id = a.library_id AND m.id = a.member_id "
                                  "WHERE a.voice = 'personal' AND m.roles % 2 = 0 ORDER BY a.member_id LIMIT 1");
  const auto gone = db().read(store::InstallationScope{}, [&](store::Read& read) { return read.one(writer); });
  ASSERT_TRUE(gone.has_value());
  const auto theirs = "member_id = '" + gone->text() + "'";
  const auto answers = count("answer");
  ASSERT_GT(count("private_answer", theirs), 0);
  write([&](store::Tx& tx) { return plan::choose_digest(tx, tx.scope(), *gone, plan::Weekly::off); });
  write([&](store::Tx& tx) -> Done {
    TRY_DONE(identity::close_member(tx, tx.scope(), *gone, identity::Trace::name_goes));
    return erase_member(tx, tx.scope(), *gone);
  });
  EXPECT_EQ(count("answer"), answers);
  for (const auto& table : schema().tables) {
    for (const auto& column : table.columns) {
      const auto term = kTerms.find(column.retention);
      if (term == kTerms.end() || term->second != Kept::by_leaving) continue;
      const auto what = table.name + "." + column.name;
      if (table.name != "member") {
        if (column.name == "member_id") { EXPECT_EQ(count(table.name, theirs), 0) << what; }
        if (column.name == "member_key") { EXPECT_EQ(count(table.name, "member_key = '" + gone->text() + "'"), 0) << what; }
        continue;
      }
      // the row stays, since shared work names it: a column is empty, or as it is for everybody who left
      const auto filled = column.name == "language" ? "language <> 'en'" : column.type == "bytes" || column.name == "email_folded" ? column.name + " IS NOT NULL" : column.name + " <> ''";
      EXPECT_EQ(count("member", "id = '" + gone->text() + "' AND " + filled), 0) << what;
    }
  }
}

}  // namespace
}  // namespace kedge::app
