#include "web/html.hpp"

#include <gtest/gtest.h>

namespace kedge::web {
namespace {

const locale::Words& en() { return locale::words(Language::en); }

template <class T>
concept IsText = requires(Html& out, T value) { out.text(value); };
template <class T>
concept IsUrl = requires(Html& out, T value) { out.url(value); };

// What must not compile.
static_assert(!IsUrl<std::string> && !IsUrl<std::string_view> && !IsUrl<const char*> && IsUrl<Url>);
static_assert(!IsText<bool> && !IsText<Url> && !IsText<double> && IsText<std::string> && IsText<int> && IsText<SafeHtml>);
static_assert(!std::is_constructible_v<SafeHtml, std::string> && !std::is_constructible_v<Url, std::string>);

TEST(Html, EscapesTextAndAttributes) {
  Html out(en());
  out.text("<b>&\"'");
  out.attribute("<b>&\"'");
  EXPECT_EQ(std::move(out).take(), "&lt;b&gt;&amp;\"'&lt;b&gt;&amp;&quot;&#39;");
}

TEST(Html, EscapesWhereverItStandsInALongText) {
  constexpr std::pair<std::string_view, std::string_view> kEscapes[] = {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}};
  for (const auto& [special, escape] : kEscapes)
    for (std::size_t length = 0; length < 40; ++length)
      for (std::size_t at = 0; at <= length; ++at) {
        const auto text = std::string(at, 'a') + std::string(special) + std::string(length - at, '\xC3') + std::string(special);
        Html html(en());
        html.attribute(text);
        ASSERT_EQ(std::move(html).take(), std::string(at, 'a') + std::string(escape) + std::string(length - at, '\xC3') + std::string(escape));
      }
}

TEST(Html, WritesNumbersIdsAndDatesForTheirPlace) {
  const auto id = *Id::parse("018f3a5c-7b1e-7cc3-98c4-dc0c0c07398f");
  const auto date = *Date::parse("2026-03-14");
  Html out(en());
  out.text(std::size_t{3900}), out.text(id), out.text(date), out.attribute(date), out.attribute(-7);
  EXPECT_EQ(out.written(), "3900018f3a5c-7b1e-7cc3-98c4-dc0c0c07398fMarch 14, 20262026-03-14-7");
}

TEST(Html, TakesRenderedTextAsItIs) {
  Html inner(en());
  inner.raw("<em>");
  inner.text("a&b");
  inner.raw("</em>");
  Html out(en());
  out.text(SafeHtml(std::move(inner)));
  EXPECT_EQ(out.written(), "<em>a&amp;b</em>");
}

TEST(Html, SaysMessagesEscaped) {
  Html out(en());
  out.say("locale.sample.simple", locale::arg("name", "<Rosa>"), locale::arg("count", 2));
  out.say_attribute("locale.sample.simple", locale::arg("name", "\""), locale::arg("count", 2));
  EXPECT_EQ(out.written(), "&lt;Rosa&gt; saved 2&quot; saved 2");
}

TEST(Body, CallsThePartThatItWasMadeOf) {
  int calls = 0;
  const auto twice = [](Body body) { body(), body(); };
  twice([&] { ++calls; });
  EXPECT_EQ(calls, 2);
}

TEST(Url, EncodesItsSegments) {
  EXPECT_EQ(Url::path("/").text(), "/");
  EXPECT_EQ(Url::path("/a/{}/b/{}", "x y/..?#", 7).text(), "/a/x%20y%2F..%3F%23/b/7");
}

TEST(Url, NeverLeavesTheSiteOrClimbsByASegment) {
  EXPECT_EQ(Url::path("/{}/{}", "", "evil.example").text(), "/-/evil.example");
  EXPECT_EQ(Url::path("/a/{}/{}", "..", ".").text(), "/a/-/-");
  EXPECT_EQ(Url::path("/{}", "/evil.example").text(), "/%2Fevil.example");
}

TEST(Url, TakesParametersAndAnAnchor) {
  EXPECT_EQ(Url::path("/list").with("q", "a&b=c").with("page", 2).text(), "/list?q=a%26b%3Dc&page=2");
  EXPECT_EQ(Url::path("/list").at("rest").with("q", "1").text(), "/list?q=1#rest");
  EXPECT_EQ(Url::path("/a/{}", "x y").with("row", "7").at("z").under("/removal").text(), "/a/x%20y/removal?row=7");
  EXPECT_EQ(Url::path("/a").under("/b").text(), "/a/b");
  EXPECT_EQ(Url::path("/list").at("rest").at("food pantry").text(), "/list#food%20pantry");
  EXPECT_EQ(Url::here("main").text(), "#main");
}

TEST(Url, OfOthersIsOfFourSchemesAlone) {
  for (const auto* good : {"https://example.org/a?b=c#d", "HTTP://example.org", "tel:+1-815-555-0100", "mailto:desk@example.org"})
    EXPECT_TRUE(Url::outside(good)) << good;
  for (const auto* bad : {"", "javascript:alert(1)", " https://example.org", "https://", "https:///x", "https://@x", "data:text/html,x", "/ours",
                          "//example.org", "https://exa mple.org", "https://example.org/\"x", "java\nscript:x", "tel:", "vbscript:x"})
    EXPECT_FALSE(Url::outside(bad)) << bad;
}

TEST(Url, FromStoredStaysOnThisSite) {
  EXPECT_EQ(Url::from_stored("/workbooks/1?x=y#z").text(), "/workbooks/1?x=y#z");
  for (const auto* bad : {"", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nSet-Cookie: x", "/\t/evil.example"})
    EXPECT_EQ(Url::from_stored(bad).text(), "/") << bad;
}

}  // namespace
}  // namespace kedge::web
