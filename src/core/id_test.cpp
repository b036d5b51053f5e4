#include "core/id.hpp"

#include <gtest/gtest.h>

namespace kedge {
namespace {

TEST(Id, OfVersionSevenSortsByItsTimeAndReadsBack) {
  const auto early = Id::fresh(1'700'000'000'000);
  const auto late = Id::fresh(1'700'000'000'001);
  EXPECT_LT(early, late);
  EXPECT_EQ(early.text()[14], '7');
  EXPECT_EQ(Id::parse(early.text()), early);
}

TEST(Id, OfVersionFourTellsNoTime) {
  const auto id = Id::random();
  EXPECT_EQ(id.text()[14], '4');
  EXPECT_NE(id, Id::random());
}

TEST(Id, RefusesWhatIsNoUuid) {
  for (const auto* text : {"", "x", "018f3c5e-7d2a-7000-8000-00000000000", "018F3C5E-7D2A-7000-8000-000000000000",
                           "018f3c5e/7d2a/7000/8000/000000000000", "018f3c5e-7d2a-7000-8000-00000000000g"}) {
    EXPECT_FALSE(Id::parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace kedge
