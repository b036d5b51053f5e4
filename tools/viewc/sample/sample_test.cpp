// What a compiled view writes: escaped for each place, in both languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample/views/sample.hpp"

namespace kedge::sample {
namespace {

using testing::HasSubstr;
using testing::Not;

SamplePage page_of(const std::string& typed) {
  const auto id = *Id::parse("018f3a5c-7b1e-7cc3-98c4-dc0c0c07398f");
  web::Html rendered(locale::words(Language::en));
  rendered.raw("<em>ours</em>");
  return {typed,
          {{typed, id, web::Url::path("/rows/{}", typed), true}, {"plain", id, web::Url::path("/rows/{}", "b"), false}},
          "locale.just_now",
          *Date::parse("2026-03-14"),
          3900,
          web::SafeHtml(std::move(rendered)),
          web::Url::path("/notes"),
          typed};
}

std::string written(const SamplePage& page, Language language) { return web::render(locale::words(language), views::page, page).take(); }

TEST(SampleView, EscapesWhatWasTypedInEveryPlace) {
  const auto html = written(page_of("\n<script>alert('1')</script>\" onclick=\"x"), Language::en);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("<title>\n&lt;script&gt;alert('1')&lt;/script&gt;\" onclick=\"x \u00b7 Kedge</title>"));
  EXPECT_THAT(html, HasSubstr("title=\"\n&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onclick=&quot;x\""));
  EXPECT_THAT(html, HasSubstr("href=\"/rows/%0A%3Cscript%3Ealert%28%271%27%29"));
  EXPECT_THAT(html, HasSubstr("aria-label=\"\n&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onclick=&quot;x saved 1\""));
}

TEST(SampleView, KeepsTheFirstLineEndOfATextArea) {
  EXPECT_THAT(written(page_of("\nsecond line"), Language::en), HasSubstr("name=\"note\">\n\nsecond line</textarea>"));
}

TEST(SampleView, WritesBlocksFlagsAndMessagesInTheLanguage) {
  const auto html = written(page_of("Rosa"), Language::es);
  EXPECT_THAT(html, HasSubstr("<html lang=\"es\">"));
  EXPECT_THAT(html, HasSubstr("<h1>2 secciones</h1>"));
  EXPECT_THAT(html, HasSubstr("<li id=\"row-1\" class=\"done\">"));
  EXPECT_THAT(html, HasSubstr("aria-label=\"Rosa guard\u00f3 1\" checked>"));
  EXPECT_THAT(html, HasSubstr("<li id=\"row-2\">"));
  EXPECT_THAT(html, HasSubstr("aria-label=\"plain guard\u00f3 2\">"));
  EXPECT_THAT(html, HasSubstr("<p>hace un momento: 14 de marzo de 2026 <time datetime=\"2026-03-14\">3,900</time> <em>ours</em></p>"));
  EXPECT_THAT(html, HasSubstr("<form action=\"/notes\" method=\"post\">"));
}

TEST(SampleView, TakesTheBranchThatHolds) {
  auto page = page_of("x");
  page.rows.clear();
  const auto html = written(page, Language::en);
  EXPECT_THAT(html, HasSubstr("<p>just now</p>"));
  EXPECT_THAT(html, Not(HasSubstr("<ul>")));
}

}  // namespace
}  // namespace kedge::sample
