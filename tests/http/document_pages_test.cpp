// A workbook taken along as a file: what it holds, for whom, and that it stands alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/documents.hpp"
#include "guide_house.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using web::Browser;
using web::header_of;

constexpr const char* kBook = R"({"kedge":"workbook","version":1,"title":"Spring","answers":[],"guide":"guide: small\nversion: 1\ntitle: {en: Small, es: Breve}\nintroduction: {en: A guide, es: Breve}\nsections:\n  - id: one\n    title: {en: One, es: Uno}\n    prompts:\n      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}}\n"})";

class DocumentPages : public GuideHouse {
 protected:
  void SetUp() override {
    GuideHouse::SetUp();
    if (IsSkipped()) return;
    june_ = std::make_unique<Browser>(house_->enter("June", {Role::staff}));
    book_ = "/workbooks/" + bring(kBook).text();
    write(*rosa_, "personal", "Rosa alone");
    write(*june_, "personal", "June alone");
    write(*rosa_, "team", "All of us <b>");
  }
  void write(Browser& who, const std::string& voice, const std::string& words) const {
    who.get(book_ + "/sections/one");
    ASSERT_EQ(who.post(book_ + "/prompts/one.words/" + voice, {{"version", "0"}, {"text", words}}).status, 303);
  }
  web::Reply document(Browser& who, const std::string& query) const { return who.get(book_ + "/document?" + query); }

  std::unique_ptr<Browser> june_;
  std::string book_;
};
KEDGE_ON_BOTH_ENGINES(DocumentPages);

TEST_P(DocumentPages, HoldWhatTheirReaderMayReadAndNothingElse) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto team = document(*june_, "of=team&format=html");
  EXPECT_EQ(team.status, 200);
  EXPECT_THAT(header_of(team, "Content-Disposition"), HasSubstr("spring.html"));
  EXPECT_THAT(team.body, AllOf(HasSubstr("<title>Spring</title>"), HasSubstr("All of us &lt;b&gt;"), Not(HasSubstr("alone")), HasSubstr("lang=\"en\"")));
  EXPECT_THAT(document(*june_, "of=mine&format=html").body, AllOf(HasSubstr("June alone"), Not(HasSubstr("Rosa alone")), Not(HasSubstr("All of us"))));
  EXPECT_THAT(document(*june_, "of=blank&format=html").body, AllOf(HasSubstr("k-write"), Not(HasSubstr("alone")), Not(HasSubstr("All of us"))));
  june_->set_cookie("kedge_language", "es");
  EXPECT_THAT(document(*june_, "of=team&format=html&print=large").body, AllOf(HasSubstr("<html lang=\"es\" class=\"k-large\">"), HasSubstr("Palabras")));
}

TEST_P(DocumentPages, StandAlone) {
  KEDGE_NEEDS_ENGINE(GetParam());
  for (const auto* of : {"team", "mine", "blank"})
    EXPECT_THAT(document(*rosa_, std::string("format=html&of=") + of).body, AllOf(Not(HasSubstr("href=\"/")), Not(HasSubstr("src=")), Not(HasSubstr("<script")), Not(HasSubstr("csrf")), Not(HasSubstr("<form"))));
}

TEST_P(DocumentPages, ThatTakeSecondsAreFetchedByAPageThatSaysSo) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto waits = document(*rosa_, "of=mine&format=pdf&print=large");
  if (const auto program = documents::lacking(documents::Format::pdf); !program.empty()) {
    EXPECT_EQ(waits.status, 503);
    EXPECT_THAT(waits.body, HasSubstr(std::string(program)));
    return;
  }
  EXPECT_EQ(waits.status, 200);
  EXPECT_EQ(header_of(waits, "Refresh"), "0; url=" + book_ + "/document?of=mine&format=pdf&now=1&print=large");
  EXPECT_THAT(waits.body, AllOf(HasSubstr("spring.pdf"), HasSubstr(book_ + "/page?of=mine"), Not(HasSubstr("alone"))));
}

TEST_P(DocumentPages, ThatDoNotExistAreNotFound) {
  KEDGE_NEEDS_ENGINE(GetParam());
  EXPECT_EQ(document(*rosa_, "format=exe").status, 404);
  EXPECT_EQ(rosa_->get("/workbooks/" + Id::parse("018f0000-0000-7000-8000-000000000000")->text() + "/document?format=html").status, 404);
  auto stranger = house_->stranger();
  EXPECT_EQ(stranger.get(book_ + "/document?format=html").status, 404);
}

}  // namespace
}  // namespace kedge
