#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "msgc/catalogue.hpp"
#include "msgc/uses.hpp"

namespace msgc {
namespace {

using testing::HasSubstr;

constexpr const char* kGood = "#. note\nmsgid \"a.b\"\nmsgstr \"one {n}\"\n";

// What is said of two catalogues.
std::string said(const std::string& en, const std::string& es) {
  std::vector<Problem> problems;
  auto first = read_po(en, "en.po", problems);
  auto second = read_po(es, "es.po", problems);
  static_cast<void>(join({"en", "es"}, {std::move(first), std::move(second)}, problems));
  return shown(problems);
}

TEST(Catalogue, IsWellWhenBothLanguagesSayTheSame) { EXPECT_EQ(said(kGood, "msgid \"a.b\"\nmsgstr \"uno {n}\"\n"), ""); }

TEST(Catalogue, ReadsHeadersEscapesAndSeveralLines) {
  std::vector<Problem> problems;
  const auto entries = read_po("msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\n#. a\n#. b\n#: x.cpp\nmsgid \"a.b\"\nmsgstr \"\"\n\"x \\\"y\\\"\\n\"\n\"z\"\n",
                               "en.po", problems);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].text, "x \"y\"\nz");
  EXPECT_EQ(entries[0].note, "a b");
  EXPECT_EQ(entries[0].line, 8U);
}

TEST(Catalogue, StopsTheBuildWithFileAndLine) {
  const std::string es = "msgid \"a.b\"\nmsgstr \"uno {n}\"\n";
  const struct {
    std::string en, es, expected;
  } cases[] = {
      {kGood, "", "en.po:2: error: a.b: is missing in es\n"},
      {"", es, "es.po:1: error: a.b: is missing in en\n"},
      {kGood, es + "\nmsgid \"a.b\"\nmsgstr \"dos {n}\"\n", "es.po:4: error: a.b: stands already in es.po:1\n"},
      {kGood, "msgid \"a.b\"\nmsgstr \"\"\n", "es.po:1: error: a.b: has no words\n"},
      {kGood, "msgid \"a.b\"\nmsgstr \"uno {m}\"\n", "es.po:1: error: a.b: placeholders differ: {m} here, {n} in en.po:2\n"},
      {"msgid \"a.b\"\nmsgstr \"one {n}\"\n", es, "en.po:1: error: a.b: has no note to translators"},
      {kGood, "#, fuzzy\n" + es, "es.po:2: error: a.b: is marked fuzzy"},
      {kGood, "msgid \"a.b\"\nmsgstr \"uno '{n}'\"\n", "es.po:1: error: a.b: an apostrophe before"},
      {kGood, "msgid \"a.b\"\nmsgstr \"uno {n\"\n", "es.po:1: error: a.b: not a message that ICU reads"},
      {kGood, "msgid \"a.b\"\nmsgstr \"uno {0}\"\n", "es.po:1: error: a.b: a placeholder has a name"},
      {kGood, "msgid \"a.b\"\nmsgstr \" uno {n}\"\n", "es.po:1: error: a.b: begins or ends with white space"},
      {kGood, "msgid \"a.b\"\n\n" + es, "es.po:2: error: msgid without a msgstr"},
      {kGood, es + "words\n", "es.po:3: error: expected a comment"},
      {kGood, "#~ " + es, "es.po:1: error: an obsolete entry"},
      {"#. n\nmsgid \"Save\"\nmsgstr \"x\"\n", "msgid \"Save\"\nmsgstr \"x\"\n", "en.po:2: error: Save: a key is module.name"},
  };
  for (const auto& one : cases) EXPECT_THAT(said(one.en, one.es), HasSubstr(one.expected)) << one.es;
}

TEST(Catalogue, KnowsPluralsAndWritesSortedRows) {
  std::vector<Problem> problems;
  const std::string text = std::string(kGood) + "\n#. n\nmsgid \"a.c\"\nmsgstr \"{n, plural, one {# x} other {# y}}\"\n\n#. n\nmsgid \"a.d\"\nmsgstr \"why?\"\n";
  auto en = read_po(text, "en.po", problems);
  auto es = read_po(text, "es.po", problems);
  const auto catalogue = join({"en", "es"}, {std::move(en), std::move(es)}, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(catalogue.rows.at("a.b").shape, Shape::simple);
  EXPECT_EQ(catalogue.rows.at("a.c").shape, Shape::icu);
  EXPECT_EQ(catalogue.rows.at("a.d").shape, Shape::plain);
  EXPECT_EQ(keys_of(catalogue), "a.b n\na.c n\na.d\n");
  EXPECT_THAT(source_of(catalogue), HasSubstr("\"why\\?\"sv"));
}

TEST(Uses, AreFoundInCodeAndNotInComments) {
  const auto uses = keys_used(R"(
    // fail(Fault::invalid, "no.comment")
    return fail(Fault::invalid, "a.b", "detail");
    return fail_field("name", "a.c");
    words.say("a.d", arg("n", 1)); words.plain("a.e"); Message("a.f"); context.say_next("a.g");
    Error error{.fault = Fault::internal, .key = "a.h"};
    fail(Fault::invalid, "begins." + rest); say(key); fail_field(field, key);
    Error{Fault::busy, "a.i", {}}; FieldError{name(1, 2), "a.j"}; {"23505", Fault::busy, "a.k"}; plain("SELECT *");
  )");
  std::string all;
  for (const auto& use : uses) all += use.key + ":" + std::to_string(use.line) + " ";
  EXPECT_EQ(all, "a.b:3 a.c:4 a.d:5 a.e:5 a.f:5 a.g:5 a.h:6 a.i:8 a.j:8 a.k:8 ");
}

}  // namespace
}  // namespace msgc
