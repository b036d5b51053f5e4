#include "lineage/themes.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace kedge::lineage {
namespace {

TEST(Themes, AreReadWithBothLanguagesAndFallBackToEnglish) {
  const auto themes = parse_themes("themes:\n  - code: food\n    label: {en: Food, es: Alimentos}\n  - code: rest\n    label: {en: Rest}\n");
  ASSERT_TRUE(themes.has_value());
  ASSERT_EQ(themes->size(), 2U);
  EXPECT_EQ((*themes)[0].label[1], "Alimentos");
  EXPECT_EQ((*themes)[1].label[1], "Rest");
}

TEST(Themes, SayTheLineThatIsWrong) {
  for (const auto* text : {"", "themes: 3", "themes:\n  - code: \"Food!\"\n    label: {en: a}\n", "themes:\n  - label: {en: a}\n",
                           "themes:\n  - code: a\n    label: {en: A}\n  - code: a\n    label: {en: A}\n", "themes:\n  - code: a\n", "[", "a: b: c"}) {
    const auto themes = parse_themes(text);
    ASSERT_FALSE(themes.has_value()) << text;
    EXPECT_EQ(themes.error().key, "lineage.themes.broken");
    EXPECT_FALSE(themes.error().detail.empty());
  }
  EXPECT_EQ(parse_themes("themes:\n  - code: a\n    label: {en: A}\n  - code: B\n").error().detail, "line 4: no code of a-z, 0-9 and _");
}

TEST(Themes, ThatShipAreAtLeastTwentyInBothLanguages) {
  setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
  const auto shipped = shipped_themes();
  ASSERT_TRUE(shipped.has_value()) << shipped.error().detail;
  EXPECT_GE((*shipped)->size(), 20U);
  for (const auto& theme : **shipped) EXPECT_FALSE(theme.label[0].empty() || theme.label[1].empty()) << theme.code;
}

}  // namespace
}  // namespace kedge::lineage
