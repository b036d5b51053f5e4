#include "plan/digest.hpp"

#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "lineage/testing.hpp"
#include "plan/asking.hpp"

namespace kedge::plan {
namespace {

using lineage::wrong_at;

const Date kToday = *Date::parse("2026-11-30");  // a Monday

Action owned(const Id& owner, const std::string& due, std::int64_t looked_days_ago = 1) {
  Action action;
  action.id = Id::random();
  action.step = "Ask the church";
  action.owner_member = owner;
  if (!due.empty()) action.due = *Date::parse(due);
  action.looked_ms = (kToday.days() - looked_days_ago) * kDayMs;
  return action;
}

TEST(Digest, TellsEachReaderTheirOwnOnceAndWhoLeadsTheOthersToo) {
  const auto ada = Id::random();
  const auto ben = Id::random();
  const auto left = Id::random();
  auto finished = owned(ada, "2026-11-01");
  finished.status = Status::done;
  const std::vector<Action> all{owned(ada, "2026-11-01", 60), owned(ada, "2026-12-30", 60), owned(ada, "2026-12-07"), owned(ada, "2026-12-08"), finished,
                                owned(Id(), "2026-11-01"), owned(left, ""), owned(ben, "2026-11-29"), owned(ben, "", 60), owned(ben, "2026-12-01")};
  const auto gone = [&](const Action& action) { return action.owner_member == left; };
  const auto own = digest_of(all, ada, Reads::own, kToday, gone);
  EXPECT_EQ(own.late.size(), 1U);
  EXPECT_EQ(own.look.size(), 1U);
  ASSERT_EQ(own.soon.size(), 1U);
  EXPECT_EQ(own.soon[0].due.text(), "2026-12-07");
  EXPECT_TRUE(own.nobodys.empty() && own.others_late.empty() && own.others_quiet.empty());
  const auto led = digest_of(all, ada, Reads::all, kToday, gone);
  EXPECT_EQ(led.nobodys.size(), 2U);
  EXPECT_EQ(led.others_late.size(), 1U);
  EXPECT_EQ(led.others_quiet.size(), 1U);
  EXPECT_TRUE(digest_of(all, Id::random(), Reads::own, kToday, gone).empty());
}

TEST(Digest, IsWrittenFromMondayAtSevenInTheLibrarysZone) {
  const auto at = [](std::int64_t hours, const char* zone) { return week_to_write((kToday.days() * 24 + hours) * 3'600'000, zone); };
  EXPECT_EQ(at(6, "UTC"), std::nullopt);
  EXPECT_EQ(at(7, "UTC"), kToday);
  EXPECT_EQ(at(12, "America/Chicago"), std::nullopt);  // six in the morning there
  EXPECT_EQ(at(13, "America/Chicago"), kToday);
  EXPECT_EQ(at(3 * 24 + 6, "UTC"), kToday);
  EXPECT_EQ(at(3 * 24 + 7, "UTC"), std::nullopt);
}

class Letters : public lineage::ThreadTest {
 protected:
  Letters() : ThreadTest({lineage::kMigrations, directory::kMigrations, kMigrations}) {}
  Id opened(Status status = Status::started) {
    Action action;
    action.step = "Two recliners";
    action.owner_member = here_.actor;
    action.status = status;
    return *write([&](store::Tx& tx) { return open_action(tx, here_, action, {}); });
  }
  std::string asked(const Id& id, Goes how = Goes::by_letter) { return *write([&](store::Tx& tx) { return ask(tx, here_, id, how); }); }
  Result<Asked> found(std::string_view token) {
    return database().db().read(store::InstallationScope{}, [&](store::Read& db) { return find_asked(db, token); });
  }
  Done said(const Asked& asked, Said what, const std::string& note) {
    return write([&](store::Tx& tx) { return answer_asked(tx, asked, what, note, today()); });
  }
  Date today() { return Date::from_days(clock_.now_ms() / kDayMs); }
  Action loaded(const Id& id) { return *read([&](store::Read& db) { return action(db, here_, id); }); }
};
KEDGE_ON_BOTH_ENGINES(Letters);

TEST_P(Letters, ALinkWorksOnceAndStaysWhenWhatWasTypedIsRefused) {
  const auto id = opened();
  const auto token = asked(id);
  const auto link = found(token);
  ASSERT_TRUE(link.has_value());
  EXPECT_EQ(link->action, id);
  EXPECT_EQ(wrong_at(said(*link, Said::done, ""), "note"), "plan.outcome.missing");
  EXPECT_EQ(wrong_at(said(*link, Said::going, std::string(kNoteLength + 1, 'x')), "note"), "plan.too_long");
  EXPECT_TRUE(found(token).has_value());
  ASSERT_TRUE(said(*link, Said::going, "It goes on").has_value());
  EXPECT_EQ(read([&](store::Read& db) { return check_ins(db, here_, id); })->front().member, here_.actor);
  EXPECT_EQ(found(token).error().key, "plan.ask.used_up");
  EXPECT_EQ(said(*link, Said::going, "again").error().key, "plan.ask.used_up");
  EXPECT_EQ(found(asked(id) + "x").error().fault, Fault::not_found);
}

TEST_P(Letters, ALinkThatAColleagueMadeDoesNotSpeakAsTheMember) {
  const auto id = opened();
  ASSERT_TRUE(said(*found(asked(id, Goes::handed)), Said::going, "It goes on").has_value());
  EXPECT_TRUE(read([&](store::Read& db) { return check_ins(db, here_, id); })->front().member.empty());
}

TEST_P(Letters, DoneClosesItAndStuckHasItLookedAtToday) {
  const auto id = opened();
  ASSERT_TRUE(said(*found(asked(id)), Said::stuck, "Nobody answers").has_value());
  EXPECT_TRUE(loaded(id).to_look_at(today()));
  const auto waiting = asked(id);
  ASSERT_TRUE(said(*found(asked(id)), Said::done, "They stand in the lobby").has_value());
  EXPECT_EQ(loaded(id).status, Status::done);
  EXPECT_EQ(loaded(id).outcome, "They stand in the lobby");
  EXPECT_EQ(said(*found(waiting), Said::going, "late").error().key, "plan.ask.used_up");
}

TEST_P(Letters, ALinkEndsAfterFourteenDaysAndWhenTheActionIsSomebodyElses) {
  const auto id = opened();
  const auto token = asked(id);
  auto given = loaded(id);
  given.owner_member = Id();
  given.status = Status::proposed;
  ASSERT_TRUE(write([&](store::Tx& tx) { return revise(tx, here_, given); }).has_value());
  EXPECT_EQ(said(*found(token), Said::going, "mine?").error().key, "plan.ask.used_up");
  EXPECT_EQ(write([&](store::Tx& tx) { return ask(tx, here_, id, Goes::handed); }).error().key, "plan.ask.nobody");
  const auto other = asked(opened());
  clock_.advance(kAskDays * kDayMs + 1);
  EXPECT_EQ(found(other).error().key, "plan.ask.used_up");
  ASSERT_TRUE(write([&](store::Tx& tx) { return sweep(tx, here_); }).has_value());
}

TEST_P(Letters, AWeeksLetterBeginsOnceAndNotForWhoWantsNone) {
  const auto begun = [&](const Date& monday) { return *write([&](store::Tx& tx) { return begin_digest(tx, here_, here_.actor, monday); }); };
  EXPECT_TRUE(begun(kToday));
  EXPECT_FALSE(begun(kToday));
  const auto next = Date::from_days(kToday.days() + 7);
  EXPECT_TRUE(begun(next));
  ASSERT_TRUE(write([&](store::Tx& tx) { return choose_digest(tx, here_, here_.actor, Weekly::off); }).has_value());
  EXPECT_FALSE(begun(Date::from_days(kToday.days() + 14)));
  const auto choices = read([&](store::Read& db) { return digest_choices(db, here_); });
  EXPECT_FALSE(choices->at(here_.actor).wanted);
  ASSERT_TRUE(write([&](store::Tx& tx) { return erase_member(tx, here_, here_.actor); }).has_value());
  EXPECT_TRUE(read([&](store::Read& db) { return digest_choices(db, here_); })->empty());
}

TEST_P(Letters, TheEndOfALetterIsSignedForOneMember) {
  const auto keyring = *store::Keyring::open((database().folder() / "keys.db").string(), clock_);
  const auto token = digest_token(*keyring, here_.library, here_.actor);
  EXPECT_EQ(read_digest_token(*keyring, token)->member, here_.actor);
  const auto other = Id::random();
  auto forged = token;
  forged.replace(forged.find('.') + 1, other.text().size(), other.text());
  EXPECT_FALSE(read_digest_token(*keyring, forged).has_value());
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto changed = token;
    changed[at] = changed[at] == 'a' ? 'b' : 'a';
    const auto found = read_digest_token(*keyring, changed);
    if (!found) continue;
    EXPECT_EQ(found->member, here_.actor) << changed;  // the last character of 16 bytes has spare bits
  }
  for (const auto* broken : {"", ".", "..", "a.b.c"}) EXPECT_FALSE(read_digest_token(*keyring, broken).has_value());
}

}  // namespace
}  // namespace kedge::plan
