#include "core/differences.hpp"

#include <gtest/gtest.h>

namespace kedge {
namespace {

std::string marked(const std::vector<Stretch>& text) {
  std::string all;
  for (const auto& stretch : text) all += stretch.differs ? "[" + stretch.text + "]" : stretch.text;
  return all;
}

TEST(Differences, AreTheWordsThatOnlyOneOfTwoTextsHas) {
  const auto found = differences("A second chair by the heaters.", "A softer chair by the two heaters.");
  EXPECT_EQ(marked(found.one), "A [second ]chair by the heaters.");
  EXPECT_EQ(marked(found.other), "A [softer ]chair by the [two ]heaters.");
}

TEST(Differences, AreNoneOfTheSameWordsAndAllOfOthers) {
  EXPECT_EQ(marked(differences("one\ntwo", "one two").one), "one\ntwo") << "only the space differs";
  EXPECT_EQ(marked(differences("", "new").other), "[new]");
  EXPECT_TRUE(differences("", "").one.empty());
  const auto apart = differences("a b", "c d");
  EXPECT_EQ(marked(apart.one) + marked(apart.other), "[a b][c d]");
}

TEST(Differences, AreNotLookedForInVeryLongTexts) {
  std::string many;
  for (int i = 0; i < 2001; ++i) many += "word ";
  EXPECT_EQ(marked(differences(many, "other").one), many);
}

}  // namespace
}  // namespace kedge
