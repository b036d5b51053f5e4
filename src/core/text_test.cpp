#include "core/text.hpp"

#include <gtest/gtest.h>

namespace kedge::text {
namespace {

TEST(Text, IsCleanedOfWhatCannotBeSeen) {
  EXPECT_EQ(clean("  one\r\ntwo\rthree\n "), "one\ntwo\nthree");
  EXPECT_EQ(clean(std::string("a\0b\x07"
                              "c",
                              5)),
            "abc");
  EXPECT_EQ(clean("pay \xE2\x80\xAE"
                  "now"),
            "pay now");                            // U+202E, right-to-left override
  EXPECT_EQ(clean("e\xCC\x81"), "\xC3\xA9");       // composed
  EXPECT_EQ(clean("a\xFF"), "a\xEF\xBF\xBD");      // invalid becomes U+FFFD
  EXPECT_EQ(clean_line("one\ntwo\tthree"), "one two three");
}

TEST(Text, CountsCharactersAndNotBytes) {
  EXPECT_EQ(length("se\xC3\xB1or"), 5u);
  EXPECT_EQ(shorten("se\xC3\xB1or", 5), "se\xC3\xB1or");
  EXPECT_EQ(shorten("se\xC3\xB1ora", 4), "se\xC3\xB1\xE2\x80\xA6");
}

TEST(Text, FoldsCaseAndMakesSlugs) {
  EXPECT_EQ(fold("Jos\xC3\xA9"), fold("JOS\xC3\x89"));
  EXPECT_EQ(slug("  \xC2\xA1Gu\xC3\xAD" "a 2026: policy & care!"), "guia-2026-policy-care");
}

TEST(Text, KnowsAnAddressOfMail) {
  EXPECT_TRUE(is_email("rosa@example.org"));
  for (const auto* text : {"", "rosa", "@x.org", "rosa@", "rosa@x", "a@b@c.d", "rosa @x.org", "<rosa@x.org>"}) EXPECT_FALSE(is_email(text)) << text;
}

TEST(Text, KnowsAWholeNumberAndNothingBesideIt) {
  EXPECT_EQ(number("0"), 0);
  EXPECT_EQ(number("-12"), -12);
  EXPECT_EQ(number("9223372036854775807"), INT64_MAX);
  for (const auto* text : {"", " 1", "1 ", "+1", "1.5", "12a", "9223372036854775808", "-"}) EXPECT_FALSE(number(text)) << text;
}

TEST(Text, OfWrongBytesIsRecognized) {
  EXPECT_TRUE(is_utf8("\xC3\xB1"));
  EXPECT_FALSE(is_utf8("\xC3"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));  // a surrogate
}

}  // namespace
}  // namespace kedge::text
