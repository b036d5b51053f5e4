#include "guide/checklist_rounds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::guide {
namespace {

using disclosure::Band;
using testing::ElementsAre;

std::vector<Id> people(int from, int count) {
  static std::vector<Id> all;
  while (static_cast<int>(all.size()) < from + count) all.push_back(Id::random());
  return {all.begin() + from, all.begin() + from + count};
}

Checklist closed(std::vector<Id> roster, std::vector<ListItem> items = {{"rest", "", Band::few, Band::most}}) {
  Checklist list;
  list.state = ListState::closed;
  list.said = true;
  list.roster = std::move(roster);
  list.items = std::move(items);
  return list;
}

std::vector<std::string> ids(const std::vector<ListItem>& items) {
  std::vector<std::string> all;
  for (const auto& item : items) all.push_back(item.id);
  return all;
}

// The shapes that bands_test proves safe stand beside each other; none else does, however long ago the earlier round was.
TEST(Rounds, StandBesideEachOtherOnlyWhereTwoBandsGiveNobodyAway) {
  int stand = 0;
  for (int left = 0; left <= 5; ++left)
    for (int stayed = 1; stayed <= 10; ++stayed)
      for (int joined = 0; joined <= 5; ++joined) {
        const auto safe = (left == 0 && joined == 0) || (left >= 2 && joined == 0) || (left == 0 && joined >= 3);
        const auto now = rounds(closed(people(0, left + stayed)), closed(people(left, stayed + joined)));
        EXPECT_EQ(now, safe ? Rounds::beside : Rounds::roster_changed) << left << " left, " << stayed << " stayed, " << joined << " joined";
        stand += now == Rounds::beside ? 1 : 0;
      }
  EXPECT_EQ(stand, 10 * (1 + 4 + 3)) << "else the test has looked at nothing";
}

TEST(Rounds, DoNotStandBesideEachOtherWithoutAResultOrWithoutKnowingWhoWasAsked) {
  const auto good = closed(people(0, 5));
  const auto silent = closed(people(0, 5), {{"rest", "", {}, {}}});
  auto lost = good;
  lost.state = ListState::without_result;
  for (const auto& other : {silent, lost}) {
    EXPECT_EQ(rounds(other, good), Rounds::no_result);
    EXPECT_EQ(rounds(good, other), Rounds::no_result);
  }
  EXPECT_EQ(rounds(closed({}), good), Rounds::roster_unknown);
  EXPECT_EQ(rounds(good, closed({})), Rounds::roster_unknown);
  EXPECT_EQ(rounds(closed({}), closed({})), Rounds::roster_unknown);
}

TEST(Rounds, PairTheSamePracticesInTheOrderOfTheLaterList) {
  const auto earlier = closed(people(0, 5), {{"rest", "", Band::few, Band::few}, {"gone", "", Band::some, Band::some}, {"x1", "Ten Minutes", Band::few, Band::most}});
  const auto later = closed(people(0, 5), {{"x2", "ten minutes", Band::most, Band::few}, {"new", "", Band::most, Band::most}, {"rest", "", Band::some, Band::few}});
  const auto both = paired(earlier, later);
  EXPECT_THAT(ids(both.later), ElementsAre("x2", "new", "rest", "gone"));
  ASSERT_EQ(both.earlier.size(), 4u);
  EXPECT_EQ(both.earlier[0].better, Band::most);
  EXPECT_EQ(both.later[0].better, Band::few);
  EXPECT_FALSE(both.earlier[1].well.has_value()) << "it was not asked then";
  EXPECT_EQ(both.earlier[2].well, Band::few);
  EXPECT_EQ(both.later[2].well, Band::some);
  EXPECT_FALSE(both.later[3].well.has_value()) << "it is not asked any more";
  EXPECT_EQ(both.earlier[3].well, Band::some);
}

TEST(Rounds, PairOwnPracticesByTheirWordsAlone) {
  const auto both = paired(closed(people(0, 5), {{"a", "Walks", Band::few, Band::few}}), closed(people(0, 5), {{"a", "Naps", Band::most, Band::most}}));
  EXPECT_EQ(both.later.size(), 2u);
}

}  // namespace
}  // namespace kedge::guide
