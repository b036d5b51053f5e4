#include "plan/plan.hpp"

#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "lineage/testing.hpp"

namespace kedge::plan {
namespace {

using lineage::wrong_at;

class ActionTest : public lineage::ThreadTest {
 protected:
  ActionTest() : ThreadTest({lineage::kMigrations, directory::kMigrations, kMigrations}) {}

  Result<Id> opened(const Action& action, const std::vector<lineage::Ref>& from = {}) {
    auto id = write([&](store::Tx& tx) { return open_action(tx, here_, action, from); });
    clock_.advance(1000);
    return id;
  }
  Action loaded(const Id& id) {
    return read([&](store::Read& db) { return action(db, here_, id); }).value();
  }
  Done revised(const Action& action) {
    return write([&](store::Tx& tx) { return revise(tx, here_, action); });
  }
  static Action step(const std::string& text, const std::string& due = {}) {
    Action action;
    action.step = text;
    if (!due.empty()) action.due = *Date::parse(due);
    return action;
  }
};
KEDGE_ON_BOTH_ENGINES(ActionTest);

TEST_P(ActionTest, KnowsWhatItCameFromBothWays) {
  const lineage::Ref finding{"finding", Id::random().text()};
  const auto id = opened(step("Ask the church about its shower hours"), {finding, {"organization", Id::random().text()}});
  ASSERT_TRUE(id.has_value());
  const lineage::Ref self{"action", id->text()};
  EXPECT_EQ(read([&](store::Read& db) { return lineage::came_from(db, here_, self); })->size(), 2U);
  EXPECT_EQ(read([&](store::Read& db) { return lineage::became(db, here_, finding); }).value(), std::vector<lineage::Ref>{self});
}

TEST_P(ActionTest, NeedsAnOwnerBeforeItCountsAsStarted) {
  auto action = step("Two recliners");
  action.status = Status::started;
  EXPECT_EQ(wrong_at(opened(action), "owner"), "plan.owner.missing");
  action.owner_member = here_.actor;
  EXPECT_TRUE(opened(action).has_value());
  EXPECT_EQ(read([&](store::Read& db) { return actions(db, here_, Date()); }).value()->size(), 1U);
}

TEST_P(ActionTest, TakesAContactAsOwnerButNobodyFromElsewhereAndNeverTwo) {
  directory::Organization organization;
  organization.name = "Grace Church";
  directory::Contact contact;
  contact.name = "Ada";
  const auto owner = write([&](store::Tx& tx) -> Result<Id> {
    TRY(contact.organization, directory::save(tx, here_, organization));
    return directory::save(tx, here_, contact);
  });
  ASSERT_TRUE(owner.has_value());
  auto action = step("Shower hour");
  action.owner_contact = *owner;
  EXPECT_TRUE(opened(action).has_value());
  action.owner_member = here_.actor;
  EXPECT_EQ(wrong_at(opened(action), "owner"), "plan.owner.two");
  action.owner_contact = Id();
  action.owner_member = elsewhere_.actor;
  const auto foreign = opened(action);
  ASSERT_FALSE(foreign.has_value());
  EXPECT_EQ(foreign.error().key, "store.referenced");
  action.owner_member = Id();
  action.owner_contact = Id::random();
  EXPECT_EQ(wrong_at(opened(action), "owner"), "plan.owner.gone");
}

TEST_P(ActionTest, EndsWithWordsAndRemembersWhen) {
  const auto id = opened(step("Slip: time to finish")).value();
  auto action = loaded(id);
  action.status = Status::stopped;
  EXPECT_EQ(wrong_at(revised(action), "outcome"), "plan.outcome.why_missing");
  action.status = Status::done;
  EXPECT_EQ(wrong_at(revised(action), "outcome"), "plan.outcome.missing");
  action.outcome = "Used 14 times.";
  ASSERT_TRUE(revised(action).has_value());
  const auto closed_ms = loaded(id).closed_ms;
  EXPECT_GT(closed_ms, 0);
  clock_.advance(5000);
  action = loaded(id);
  action.outcome = "Used 15 times.";
  ASSERT_TRUE(revised(action).has_value());
  EXPECT_EQ(loaded(id).closed_ms, closed_ms) << "a better sentence does not end it again";
  action = loaded(id);
  action.status = Status::proposed;
  ASSERT_TRUE(revised(action).has_value());
  EXPECT_EQ(loaded(id).closed_ms, 0);
}

TEST_P(ActionTest, RefusesASecondSaveOfTheSameVersion) {
  const auto id = opened(step("First")).value();
  auto mine = loaded(id);
  auto theirs = mine;
  theirs.step = "Theirs";
  ASSERT_TRUE(revised(theirs).has_value());
  mine.step = "Mine";
  const auto result = revised(mine);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().key, "plan.action.changed");
  EXPECT_EQ(loaded(id).step, "Theirs");
}

TEST_P(ActionTest, RefusesWhatIsEmptyOrTooLong) {
  EXPECT_EQ(wrong_at(opened(step(" ")), "step"), "plan.step.missing");
  auto action = step(std::string(301, 'x'));
  action.measure = std::string(2001, 'x');
  const auto result = opened(action);
  EXPECT_EQ(wrong_at(result, "step"), "plan.too_long");
  EXPECT_EQ(wrong_at(result, "measure"), "plan.too_long");
}

TEST_P(ActionTest, ListsTheLateFirstThenByDayThenWithoutThenFinished) {
  clock_.advance(Date::parse("2026-11-22")->days() * kDayMs - clock_.now_ms());
  auto ended = step("ended", "2026-01-01");
  ended.status = Status::done;
  ended.outcome = "ok";
  opened(ended).value();
  opened(step("without")).value();
  opened(step("later", "2026-12-01")).value();
  opened(step("today", "2026-11-23")).value();
  opened(step("late", "2026-11-22")).value();
  std::vector<std::string> steps;
  const auto all = *read([&](store::Read& db) { return actions(db, here_, *Date::parse("2026-11-23")); }).value();
  for (const auto& one : all) steps.push_back(one.step);
  EXPECT_EQ(steps, (std::vector<std::string>{"late", "today", "later", "without", "ended"}));
}

// An action that nobody changed or noted anything about for a month is asked after, before those that are merely to come.
TEST_P(ActionTest, GoesQuietUntilSomebodyLooks) {
  constexpr auto kMonth = (kQuietDays + 1) * kDayMs;
  const auto id = opened(step("Lockers")).value();
  const auto quiet = [&] { return loaded(id).quiet(Date::at(clock_.now_ms(), "UTC")); };
  EXPECT_FALSE(quiet());
  clock_.advance(kMonth - 2 * kDayMs);
  EXPECT_FALSE(quiet());
  clock_.advance(2 * kDayMs);
  EXPECT_TRUE(quiet());
  opened(step("Fresh", Date::at(clock_.now_ms(), "UTC").text())).value();
  const auto all = *read([&](store::Read& db) { return actions(db, here_, Date::at(clock_.now_ms(), "UTC")); }).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.front().step, "Lockers");
  ASSERT_TRUE(write([&](store::Tx& tx) { return check_in(tx, here_, id, "The school gives them", Date()); }).has_value());
  EXPECT_FALSE(quiet());
  clock_.advance(kMonth);
  EXPECT_TRUE(quiet());
  auto action = loaded(id);
  action.measure = "No bag in the aisle";
  ASSERT_TRUE(revised(action).has_value());
  EXPECT_FALSE(quiet());
  action = loaded(id);
  action.status = Status::stopped;
  action.outcome = "No room";
  ASSERT_TRUE(revised(action).has_value());
  clock_.advance(kMonth);
  EXPECT_FALSE(quiet()) << "what has ended needs nobody";
}

// One that came from a file with its past: the last note in it counts.
TEST_P(ActionTest, OfAFileWasLookedAtWhenItsLastNoteSays) {
  const auto now = clock_.now_ms();
  auto action = step("Lockers");
  action.opened_ms = now - 90 * kDayMs;
  const auto id = write([&](store::Tx& tx) { return bring_in(tx, here_, action, {CheckIn{{}, {}, here_.actor, "Asked", now - 40 * kDayMs}, CheckIn{{}, {}, here_.actor, "Again", now - 20 * kDayMs}}, {}); }).value();
  EXPECT_EQ(loaded(id).looked_ms, now - 20 * kDayMs);
}

TEST_P(ActionTest, IsRemovedBroughtBackAndGoneAfterThirtyDays) {
  const lineage::Ref finding{"finding", Id::random().text()};
  const auto id = opened(step("Lockers"), {finding}).value();
  ASSERT_TRUE(write([&](store::Tx& tx) { return check_in(tx, here_, id, "Asked for a price", Date()); }).has_value());
  for (int twice = 0; twice < 2; ++twice) ASSERT_TRUE(write([&](store::Tx& tx) { return remove(tx, here_, id); }).has_value());
  EXPECT_EQ(read([&](store::Read& db) { return action(db, here_, id); }).error().fault, Fault::not_found);
  ASSERT_TRUE(write([&](store::Tx& tx) { return restore(tx, here_, id); }).has_value());
  EXPECT_EQ(loaded(id).step, "Lockers");
  ASSERT_TRUE(write([&](store::Tx& tx) { return remove(tx, here_, id); }).has_value());
  clock_.advance(31LL * 24 * 3600 * 1000);
  ASSERT_TRUE(write([&](store::Tx& tx) { return sweep(tx, here_); }).has_value());
  EXPECT_EQ(write([&](store::Tx& tx) { return restore(tx, here_, id); }).error().fault, Fault::not_found);
  EXPECT_TRUE(read([&](store::Read& db) { return lineage::became(db, here_, finding); })->empty());
}

TEST_P(ActionTest, KeepsCheckInsNewestFirst) {
  const auto id = opened(step("Lockers")).value();
  ASSERT_TRUE(write([&](store::Tx& tx) { return check_in(tx, here_, id, "one", Date()); }).has_value());
  clock_.advance(1000);
  ASSERT_TRUE(write([&](store::Tx& tx) { return check_in(tx, here_, id, "two", Date()); }).has_value());
  EXPECT_EQ(wrong_at(write([&](store::Tx& tx) { return check_in(tx, here_, id, " ", Date()); }), "note"), "plan.note.missing");
  const auto notes = read([&](store::Read& db) { return check_ins(db, here_, id); }).value();
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].note, "two");
  EXPECT_EQ(notes[0].member, here_.actor);
}

TEST_P(ActionTest, IsNothingToAnotherLibrary) {
  const auto id = opened(step("Ours")).value();
  EXPECT_EQ(read(elsewhere_, [&](store::Read& db) { return action(db, elsewhere_, id); }).error().fault, Fault::not_found);
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return check_in(tx, elsewhere_, id, "x", Date()); }).error().fault, Fault::not_found);
  ASSERT_TRUE(write(elsewhere_, [&](store::Tx& tx) { return remove(tx, elsewhere_, id); }).has_value());
  EXPECT_EQ(loaded(id).step, "Ours");
}

}  // namespace
}  // namespace kedge::plan
