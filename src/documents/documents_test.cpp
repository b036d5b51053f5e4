#include "documents/documents.hpp"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/sandbox.hpp"

namespace kedge::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kBody =
    "<h1>Lo nuestro</h1><h2>Primero</h2><p>Una silla &amp; dos</p><ul class=\"k-tick-list\"><li>uno</li><li>dos</li></ul>"
    "<table><thead><tr><th scope=\"col\">Quien</th><th scope=\"col\">Cuando</th></tr></thead><tbody><tr><td>Ana</td><td>lunes</td></tr></tbody></table>"
    "<p><span class=\"k-paper-bit\">corto</span> <span class=\"k-paper-bit\">breve</span></p><div class=\"k-write\"></div>"
    "<div class=\"k-paper-cells\"><div class=\"k-paper-cell\"><p>Telefono</p></div><div class=\"k-paper-cell\"><p>Correo</p></div></div>";

Page page() { return {.title = "Harbor <Grove> & \"us\"", .language = Language::es, .print = Print::normal, .style = "p{color:red}", .body = kBody}; }

// A file of the kind, or nothing where a program for it is missing here.
std::optional<std::string> made(Format format, const Page& of = page()) {
  if (!lacking(format).empty()) return std::nullopt;
  auto bytes = make(of, format);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().key << " " << bytes.error().detail;
  return bytes.value_or("");
}
// What another program reads in it.
std::string read_by(std::vector<std::string> command, const std::string& name, const std::string& bytes) {
  const auto read = run({.command = std::move(command), .files = {{name, bytes}}});
  EXPECT_TRUE(read.has_value()) << read.error().detail;
  return read.value_or("");
}

TEST(Documents, StandAloneAsOneFileWithTheTitleEscaped) {
  auto large = page();
  large.print = Print::large;
  const auto html = *make(large, Format::html);
  EXPECT_THAT(html, AllOf(HasSubstr("<html lang=\"es\" class=\"k-large\">"), HasSubstr("<title>Harbor &lt;Grove&gt; &amp; &quot;us&quot;</title>"),
                          HasSubstr("<style>p{color:red}</style>"), HasSubstr(kBody)));
}

TEST(Documents, SayAsMarkdownWhatThePageSays) {
  const auto words = made(Format::markdown);
  if (!words) GTEST_SKIP() << "pandoc is not installed";
  EXPECT_THAT(*words, AllOf(HasSubstr("# Lo nuestro"), HasSubstr("## Primero"), HasSubstr("Una silla & dos"), HasSubstr("-   uno"), HasSubstr("| Ana"), HasSubstr("corto \xC2\xB7 breve"),
                            HasSubstr("\n------"), HasSubstr("Telefono"), Not(HasSubstr("<div")), Not(HasSubstr("<span"))));
}

TEST(Documents, AreTaggedPdfWithLanguageAndTitle) {
  const auto bytes = made(Format::pdf);
  if (!bytes || !installed("pdfinfo")) GTEST_SKIP() << "chromium or poppler-utils is not installed";
  EXPECT_THAT(*bytes, testing::StartsWith("%PDF-"));
  EXPECT_THAT(*bytes, HasSubstr("/Lang (es)"));
  EXPECT_THAT(read_by({"pdfinfo", "page.pdf"}, "page.pdf", *bytes), AllOf(HasSubstr("Harbor <Grove> & \"us\""), testing::ContainsRegex("Tagged: +yes")));
  const auto structure = read_by({"pdfinfo", "-struct-text", "page.pdf"}, "page.pdf", *bytes);
  for (const auto* tag : {"H1", "H2", "L (block)", "LI", "Table", "TH", "/Scope /Column", "TD", "\"Ana\""}) EXPECT_THAT(structure, HasSubstr(tag));
}

TEST(Documents, AreDocxWithRealHeadingsListsTablesAndLinesToWriteOn) {
  const auto bytes = made(Format::docx);
  if (!bytes) GTEST_SKIP() << "pandoc is not installed";
  // read by who did not write it alone: pandoc's reader says which styles it found
  const auto read = read_by({"pandoc", "--from=docx+styles", "--to=native", "--standalone", "page.docx"}, "page.docx", *bytes);
  for (const auto* found : {"( \"title\"", "Header 1 ( \"primero\"", "BulletList", "Table", "\"Writing Line\"", "\"Telefono\""}) EXPECT_THAT(read, HasSubstr(found)) << read;
  auto large = page();
  large.print = Print::large;
  EXPECT_NE(*bytes, *made(Format::docx, large));
}

TEST(Documents, AreMadeTwoAtATime) {
  if (!lacking(Format::markdown).empty()) GTEST_SKIP() << "pandoc is not installed";
  auto long_one = page();
  for (int i = 0; i < 3000; ++i) long_one.body += "<p>again</p>";
  std::vector<std::future<Result<std::string>>> all;
  for (int i = 0; i < 8; ++i) all.push_back(std::async(std::launch::async, [&] { return make(long_one, Format::markdown); }));
  int busy = 0;
  for (auto& one : all) {
    const auto bytes = one.get();
    EXPECT_EQ(bytes ? "documents.busy" : bytes.error().key, "documents.busy");
    busy += bytes ? 0 : 1;
  }
  EXPECT_GT(busy, 0);
  EXPECT_LT(busy, 7) << "two places, and both are given back";
  EXPECT_TRUE(make(page(), Format::markdown).has_value());
}

TEST(Documents, NameTheProgramThatIsMissing) {
  for (const auto& kind : kinds()) {
    EXPECT_EQ(format_of(kind.code), kind.format);
    if (lacking(kind.format).empty()) continue;
    const auto none = make(page(), kind.format);
    ASSERT_FALSE(none.has_value());
    EXPECT_EQ(none.error().key, "documents.lacking");
  }
  EXPECT_EQ(format_of("exe"), std::nullopt);
}

}  // namespace
}  // namespace kedge::documents
