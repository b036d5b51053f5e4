#include "viewc/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "viewc/expression.hpp"

namespace viewc {
namespace {

using testing::HasSubstr;

const Keys& keys() {
  static const Keys kKeys = read_keys("guide.people count name\nguide.saved\n");
  return kKeys;
}

// What a view with this inside becomes: constants as they are, statements in <<>>; or the first refusal as line:column: text.
std::string read_inside(const std::string& inside) {
  std::vector<Problem> problems;
  const auto file = read("{% view x(const Page& page) %}" + inside + "{% end %}", keys(), problems);
  if (!problems.empty())
    return std::to_string(problems[0].line) + ":" + std::to_string(problems[0].column) + ": " + problems[0].text;
  std::string out;
  for (const auto& step : file.views.at(0).steps) out += step.kind == Step::Kind::constant ? step.text : "<<" + step.text + ">>";
  return out;
}

struct Case {
  std::string inside;
  std::string expected;
};

TEST(Viewc, WritesValuesForTheirPlace) {
  const Case cases[] = {
      {"<p>{{ page.title }}</p>", "<p><<out.text(page.title);>></p>"},
      {"<p class=\"a {{ page.kind }}\"></p>", "<p class=\"a <<out.attribute(page.kind);>>\"></p>"},
      {"<p class='{{ page.kind }}'></p>", "<p class=\"<<out.attribute(page.kind);>>\"></p>"},
      {"<p class='\"'></p>", "<p class=\"&quot;\"></p>"},
      {"<p data-x='</p><style>\"'></p>", "<p data-x=\"&lt;/p>&lt;style>&quot;\"></p>"},
      {"<a href=\"{{ page.url }}\">1</a>", "<a href=\"<<out.url(page.url);>>\">1</a>"},
      {"<a HREF=\"{{ page.url }}\">1</a>", "<a HREF=\"<<out.url(page.url);>>\">1</a>"},
      {"<b data-hx-post=\"{{ page.url }}\"></b>", "<b data-hx-post=\"<<out.url(page.url);>>\"></b>"},
      {"<b hx-post=\"{{ page.url }}\"></b>", "<b hx-post=\"<<out.url(page.url);>>\"></b>"},
      {"{{ f({1, 2}, \"}}\", '}') }}", "<<out.text(f({1, 2}, \"}}\", '}'));>>"},
      {"{{ a\n + b }}", "<<out.text(a  + b);>>"},
      {"{{ 1'000 }}", "<<out.text(1'000);>>"},
  };
  for (const auto& [inside, expected] : cases) EXPECT_EQ(read_inside(inside), expected) << inside;
}

TEST(Viewc, WritesMessages) {
  const Case cases[] = {
      {"{{ t guide.saved }}", "<<out.say(\"guide.saved\");>>"},
      {"<p title=\"{{ t guide.saved }}\"></p>", "<p title=\"<<out.say_attribute(\"guide.saved\");>>\"></p>"},
      {"{{ t guide.people count=page.n + 1 name=f(a, b == c) }}",
       "<<out.say(\"guide.people\", ::kedge::locale::arg(\"count\", page.n + 1), ::kedge::locale::arg(\"name\", f(a, b == c)));>>"},
      {"{{ t* row.key }}", "<<out.say(::kedge::locale::Message(row.key));>>"},
      {"{{ t* \"a.\" + row.key n=1 }}", "<<out.say(::kedge::locale::Message(\"a.\" + row.key), ::kedge::locale::arg(\"n\", 1));>>"},
      {"{{ title }}", "<<out.text(title);>>"},
  };
  for (const auto& [inside, expected] : cases) EXPECT_EQ(read_inside(inside), expected) << inside;
}

TEST(Viewc, WritesDirectives) {
  const Case cases[] = {
      {"{% if a %}1{% else if b %}2{% else %}3{% end %}", "<<if (a) {>>1<<} else if (b) {>>2<<} else {>>3<<}>>"},
      {"{% for row : page.rows %}1{% end %}", "<<for (const auto& row : page.rows) {>>1<<}>>"},
      {"{% for [a, b] : m %}1{% end %}", "<<for (const auto& [a, b] : m) {>>1<<}>>"},
      {"{% for std::size_t i : std::views::iota(0) %}1{% end %}", "<<for (std::size_t i : std::views::iota(0)) {>>1<<}>>"},
      {"{% let n = page.n %}{{ n }}", "<<const auto& n = page.n;>><<out.text(n);>>"},
      {"{% call row(a, f(b)) %}{% call web::views::foot() %}", "<<row(out, a, f(b));>><<web::views::foot(out);>>"},
      {"{% wrap box(a) %}<p>1</p>{% end %}", "<<box(out, a, [&] {>><p>1</p><<});>>"},
      {"<p {% flag hidden if page.done %}></p>", "<p<<if (page.done) out.raw(\" hidden\"sv);>>></p>"},
      {"<p{% if a %} class=\"b\"{% end %} id=\"c{% if d %}e{% end %}\"></p>",
       "<p<<if (a) {>> class=\"b\"<<}>> id=\"c<<if (d) {>>e<<}>>\"></p>"},
      {"1{# no %} }} trace #}2<!-- none either -->3", "123"},
  };
  for (const auto& [inside, expected] : cases) EXPECT_EQ(read_inside(inside), expected) << inside;
}

TEST(Viewc, ShrinksWhiteSpaceAndLeavesNothingOfLinesOfDirectives) {
  EXPECT_EQ(read_inside("\n<ul>\n  {% for a : b %}\n    <li>1</li>\n  {% end %}\n</ul>\n"),
            "<ul>\n<<for (const auto& a : b) {>><li>1</li>\n<<}>></ul>\n");
  EXPECT_EQ(read_inside("<b>1</b>   <i>2</i>{{ a }} {{ b }}"), "<b>1</b> <i>2</i><<out.text(a);>> <<out.text(b);>>");
  EXPECT_EQ(read_inside("<pre>  {{ a }}\n\n  </pre>"), "<pre>\n  <<out.text(a);>>\n\n  </pre>");
  EXPECT_EQ(read_inside("<PRE>  {{ a }}\n\n  </PRE>"), "<PRE>\n  <<out.text(a);>>\n\n  </PRE>");
}

TEST(Viewc, AcceptsWhatIsNoFault) {
  for (const auto* inside :
       {"Kedge 12 &middot; &amp; &#160; \u00b7 \u2192 \u2013", "<input type=\"hidden\" name=\"a\">", "<label>1 <input name=\"a\"></label>",
        "<select id=\"a-{{ n }}\"></select><label for=\"a-{{n}}\">1</label>", "<input aria-label=\"{{ t guide.saved }}\">",
        "<img src=\"/x.svg\" alt=\"\">", "<script src=\"/assets/a.js\" defer></script>", "<a href=\"/fixed\">1</a><a href=\"#main\">2</a>",
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>", "<br/><hr>", "<p data-x=\"any thing\" class=\"a b\"></p>",
        "<form hx-target=\"#row-{{ n }}\"></form>"})
    EXPECT_THAT(read_inside(inside), testing::Not(testing::ContainsRegex("^[0-9]+:[0-9]+: "))) << inside;
}

// The column counts from "{% view x(const Page& page) %}", which is 30 characters long.
TEST(Viewc, RefusesWithThePlace) {
  const Case cases[] = {
      {"<script src=\"a\">{{ x }}</script>", "1:47: a value in <script>"},
      {"<script>x()</script>", "1:31: <script> without src: scripts live in assets/"},
      {"<script src=\"/a\">x()</script>", "1:48: an inline <script>: it lives in assets/"},
      {"<style>{{ x }}</style>", "1:31: <style>: a <style> element: styles live in assets/"},
      {"<STYLE></STYLE>", "1:31: <STYLE>: a <style> element: styles live in assets/"},
      {"<xmp></xmp>", "1:31: <xmp>: an element that pages of ours do not use"},
      {"\n<!-- {{ x }} -->", "2:6: a value in a comment"},
      {"<p onclick=\"{{ x }}\"></p>", "1:34: onclick: a handler in an attribute: scripts live in assets/"},
      {"<p OnClick=\"x\"></p>", "1:34: onclick: a handler in an attribute: scripts live in assets/"},
      {"<p hx-on:click=\"x\"></p>", "1:34: hx-on:click: a program in an attribute: scripts live in assets/"},
      {"<p hx-vals=\"{{ x }}\"></p>", "1:43: a value in hx-vals, which is read as a program"},
      {"<p style=\"color:red\"></p>", "1:34: style: an inline style: styles live in assets/"},
      {"<p class={{ x }}></p>", "1:40: a value without quotes"},
      {"<p class=x></p>", "1:40: a value without quotes"},
      {"<p {{ x }}></p>", "1:34: a value among attributes: it stands in quotes after a name"},
      {"<a href=\"/x/{{ id }}\">1</a>", "1:34: href: one Url is the whole value; build it with Url::path"},
      {"<a href=\"{{ a }}{{ b }}\">1</a>", "1:34: href: one Url is the whole value; build it with Url::path"},
      {"<a href=\" JavaScript:x\">1</a>", "1:34: href: not an address"},
      {"<a href=\"{{ t guide.saved }}\">1</a>", "1:40: a message where a Url stands"},
      {"{{ t guide.missing }}", "1:31: no message \"guide.missing\" in locales/"},
      {"{{ t guide.people count=1 }}", "1:31: the message guide.people needs name="},
      {"{{ t guide.saved a=1 }}", "1:31: the message guide.saved has no {a}"},
      {"<input name=\"a\">", "1:31: <input> without a label: put it in a <label>, name it by for, or give it aria-label"},
      {"<select id=\"a\"></select><label for=\"b\">1</label>",
       "1:31: <select> without a label: put it in a <label>, name it by for, or give it aria-label"},
      {"<textarea aria-label=\"\"></textarea>",
       "1:31: <textarea> without a label: put it in a <label>, name it by for, or give it aria-label"},
      {"<img src=\"/a.svg\">", "1:31: <img> without alt; alt=\"\" when it only decorates"},
      {"<p>Save</p>", "1:34: words in a view: give them a message, {{ t module.key }}"},
      {"<p>1 \u00c1</p>", "1:36: words in a view: give them a message, {{ t module.key }}"},
      {"<p title=\"Save\"></p>", "1:41: words in title: give them a message, {{ t module.key }}"},
      {"<input type=\"submit\" value=\"Save\">", "1:52: words in value: give them a message, {{ t module.key }}"},
      {"<p><b></p>", "1:37: </p>, but <b> of line 1 is open"},
      {"</p>", "1:31: </p> closes nothing that this block opened"},
      {"<p>", "1:34: <p> of line 1 is not closed in this block"},
      {"<div />", "1:36: <div /> needs an end tag"},
      {"<p>{% if a %}</p>{% end %}", "1:44: </p> closes nothing that this block opened"},
      {"{% if a %}<p>{% else %}</p>{% end %}", "1:44: <p> of line 1 is not closed in this block"},
      {"<p {% if a %}>{% end %}</p>", "1:44: the tag ends inside of a {% block %} that began in it"},
      {"<br {% if a %}{% if b %}>{% end %}{% end %} ", "1:55: the tag ends inside of a {% block %} that began in it"},
      {"<p class=\"{% if a %}\"{% end %}></p>", "1:51: the value ends inside of a {% block %} that began in it"},
      {"<p a=\"1\" a=\"2\"></p>", "1:40: a stands twice in this tag"},
      {"{% loop %}", "1:31: unknown directive \"loop\""},
      {"{% else %}", "1:31: {% else %} without its {% if %}"},
      {"{% for a %}{% end %}", "1:31: expected {% for item : range %}"},
      {"{% call x %}", "1:31: expected {% call view(arguments) %}"},
      {"{% call x(a); y(b) %}", "1:31: expected {% call view(arguments) %}"},
      {"<p class=\"{% body %}\"></p>", "1:41: {% body %} stands between tags"},
      {"{{ a) }}", "1:31: {{ brackets that do not match"},
      {"{{ a // b }}", "1:31: {{ a comment inside an expression"},
      {"{{ }}", "1:31: {{ }} without a value"},
      {"1 < 2", "1:33: a bare <: write &lt;"},
      {"<iframe></iframe>", "1:31: <iframe>: an element that pages of ours do not use"},
  };
  for (const auto& [inside, expected] : cases) EXPECT_EQ(read_inside(inside), expected) << inside;
}

TEST(Viewc, RefusesAFileThatIsNotOfViews) {
  const auto first = [](std::string_view source) {
    std::vector<Problem> problems;
    static_cast<void>(read(source, keys(), problems));
    return problems.empty() ? "" : std::to_string(problems[0].line) + ":" + std::to_string(problems[0].column) + ": " + problems[0].text;
  };
  EXPECT_EQ(first("<p></p>"), "1:1: outside of {% view %} only {% include %} and {# comments #} stand");
  EXPECT_EQ(first("\n{% view x() %}<p></p>"), "2:1: is not closed by {% end %}");
  EXPECT_EQ(first("{% if a %}"), "1:1: {% if %} outside of a {% view %}");
  EXPECT_EQ(first("{% view 1x() %}{% end %}"), "1:1: expected {% view name(const Type& page) %}");
  EXPECT_EQ(first("{# never closed"), "1:1: {# is not closed by #}");
  EXPECT_EQ(first(""), "");
}

TEST(Viewc, CountsLinesBelowTheFirst) {
  EXPECT_EQ(read_inside("\n\n  <p>\n \u00b7 \u00b7 {{ t guide.missing }}</p>"), "4:6: no message \"guide.missing\" in locales/");
}

TEST(Viewc, WritesFunctionsThatPointAtTheView) {
  std::vector<Problem> problems;
  const auto file =
      read("{% include \"guide/guide.hpp\" %}\n{% view box(int n) %}\n{{ n }}?{% body %}\n{% end %}\n", keys(), problems);
  ASSERT_TRUE(problems.empty());
  const Names names{"guide/pages/views/box.hpp", "src/guide/pages/views/box.html"};
  EXPECT_EQ(header_of(file, names),
            "// Written by viewc from src/guide/pages/views/box.html; do not edit.\n#pragma once\n\n#include \"web/html.hpp\"\n"
            "#include \"guide/guide.hpp\"\n\nnamespace kedge::guide::views {\n\n#line 2 \"src/guide/pages/views/box.html\"\n"
            "void box(::kedge::web::Html& out, int n, ::kedge::web::Body body);\n\n}  // namespace kedge::guide::views\n");
  const auto source = source_of(file, names);
  EXPECT_THAT(source, HasSubstr("#include \"guide/pages/views/box.hpp\"\n"));
  EXPECT_THAT(source, HasSubstr("#line 3 \"src/guide/pages/views/box.html\"\n  out.text(n);\n  out.raw(\"\\?\"sv);\n"));
}

TEST(Expression, IsSplitIntoNamedParts) {
  const auto call = split_named("a.b x=1 y=f(c, d=2) + \" z=3\"");
  EXPECT_EQ(call.first, "a.b");
  ASSERT_EQ(call.named.size(), 2U);
  EXPECT_EQ(call.named[1].second, "f(c, d=2) + \" z=3\"");
}

}  // namespace
}  // namespace viewc
