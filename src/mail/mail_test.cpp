#include "mail/mail.hpp"

#include <gmime/gmime.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "mail/postman.hpp"
#include "store/testing.hpp"

namespace kedge::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kNow = 1'790'000'000'000;
const std::string kFrom = "kedge@elm.example";

Message message(const std::string& subject = "An invitation") {
  return {.to = "ada@elm.example", .subject = subject, .text = "Hello Ada,\nhttps://elm.example/invitation/abc\n", .html = "<p>Hello</p>", .language = "es"};
}
std::string composed(const Message& one) {
  auto written = compose(one, kFrom, "letter-1", kNow);
  EXPECT_TRUE(written.has_value());
  return written.value_or("");
}

// What a reader that is not ours takes a message for.
struct Read {
  std::string to;
  std::string subject;
  std::vector<std::string> parts;
  int headers = 0;
};
Read read(const std::string& written) {
  g_mime_init();
  auto* stream = g_mime_stream_mem_new_with_buffer(written.data(), written.size());
  auto* parser = g_mime_parser_new_with_stream(stream);
  auto* made = g_mime_parser_construct_message(parser, nullptr);
  Read found;
  char* to = internet_address_list_to_string(g_mime_message_get_to(made), nullptr, FALSE);
  found.to = to;
  g_free(to);
  found.subject = g_mime_message_get_subject(made);
  found.headers = g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(made)));
  auto* both = GMIME_MULTIPART(g_mime_message_get_mime_part(made));
  for (int at = 0; at < g_mime_multipart_get_count(both); ++at) {
    char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, at)));
    found.parts.emplace_back(text);
    std::erase(found.parts.back(), '\r');  // ends of lines are CR LF on the way
    g_free(text);
  }
  g_object_unref(made);
  g_object_unref(parser);
  g_object_unref(stream);
  return found;
}

TEST(Message, IsReadAsItWasWritten) {
  auto one = message("Una invitaci\xC3\xB3n a Ni\xC3\xB1" "ez \xE2\x80\x93 y una l\xC3\xADnea tan larga que no cabe en una sola de las del encabezado");
  one.text = std::string(3000, 'x') + "\n.\n..a line of dots\nFrom the start\n\xC2\xBF" "ad\xC3\xB3nde?\n";
  one.html = "<p>" + std::string(2000, 'y') + "</p>";
  const auto written = composed(one);
  const auto found = read(written);
  EXPECT_EQ(found.to, one.to);
  EXPECT_EQ(found.subject, one.subject);
  ASSERT_EQ(found.parts.size(), 2U);
  EXPECT_EQ(found.parts[0], one.text);
  EXPECT_EQ(found.parts[1], one.html);
  std::size_t begin = 0;
  for (std::size_t end = written.find("\r\n"); end != std::string::npos; begin = end + 2, end = written.find("\r\n", begin)) {
    EXPECT_LE(end - begin, 998U);
    EXPECT_EQ(written.substr(begin, end - begin).find('\n'), std::string::npos);
  }
  for (const char c : written) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
}

TEST(Message, KeepsWhatEachFieldHoldsInside) {
  const auto plain = read(composed(message()));
  auto one = message("Hello\r\nBcc: all@elm.example\r\n\r\n<script>");
  one.off = "https://elm.example/letters/off/a>\r\nBcc: all@elm.example";
  const auto written = composed(one);
  EXPECT_THAT(written, Not(HasSubstr("\nBcc:")));
  EXPECT_THAT(written, Not(HasSubstr("List-Unsubscribe")));
  EXPECT_EQ(read(written).headers, plain.headers);
  EXPECT_EQ(read(written).subject, text::clean_line(one.subject));
}

TEST(Message, WritesAnAddressAsItIs) {
  auto one = message();
  for (const auto* to : {"ada@xn--nio-8ma.example", "a@b.xn--xample", "a-very-long-name-that-goes-on-and-on-and-on-and-on-and-on@a-domain-that-is-long-as-well-and-does-not-end-soon.example"}) {
    one.to = to;
    EXPECT_THAT(composed(one), HasSubstr("\r\nTo: " + one.to + "\r\n"));
  }
}

TEST(Message, EndsLettersByOneClickWhereTheyCanBeEnded) {
  auto one = message();
  one.off = "https://elm.example/letters/off/" + std::string(120, 'a');  // longer than a line that is folded
  const auto written = composed(one);
  EXPECT_THAT(written, HasSubstr("List-Unsubscribe: <" + one.off + ">\r\n"));
  EXPECT_THAT(written, HasSubstr("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

TEST(Message, GoesToOnePlainAddressOnly) {
  for (const auto* address : {"", "ada", "a@x.example, b@x.example", "a@x.example\nBcc: b@x.example", "<a@x.example>", "\"a b\"@x.example", "a@x.example;b@x.example",
                              "ni\xC3\xB1" "o@x.example", "a(b)@x.example", "a@b..example", "a@.example", "a..b@x.example", ".a@x.example", "a.@x.example", "a@x.example.", "a@[127.0.0.1]"})
    EXPECT_FALSE(is_address(address)) << address;
  for (const auto* address : {"ada@elm.example", "a.b+c@sub.elm.example", "o'brien@elm.example"}) EXPECT_TRUE(is_address(address)) << address;
}

class Outbox : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<store::TestDatabase>(GetParam(), store::joined({kMigrations}), &clock_);
    keyring_ = *store::Keyring::open((database_->folder() / "keys.db").string(), clock_);
  }
  Done posted(const Letter& letter) {
    return database_->db().write(scope_, [&](store::Tx& tx) { return post(tx, *keyring_, scope_, letter); });
  }
  Round delivered(Outcome outcome = {}) {
    auto round = deliver(database_->db(), *keyring_, kFrom, [&](const std::string& to, const std::string& written) {
      sent_.emplace_back(to, written);
      return outcome;
    });
    EXPECT_TRUE(round.has_value()) << round.error().key << round.error().detail;
    return round.value_or(Round{});
  }
  Standing standing(const Id& about) {
    const auto all = database_->db().read(scope_, [&](store::Read& db) { return standings(db, scope_, Kind::invitation); });
    return all->contains(about) ? all->at(about) : Standing{State::waiting, "none"};
  }
  std::int64_t count(const char* where) {
    const auto sql = std::string("SELECT COUNT(*) FROM letter WHERE ") + where;
    const store::Query<std::int64_t()> query("test.count", sql);
    return *database_->db().read(store::InstallationScope{}, [&](store::Read& db) { return db.one(query); });
  }

  FixedClock clock_{kNow};
  std::unique_ptr<store::TestDatabase> database_;
  std::unique_ptr<store::Keyring> keyring_;
  store::Scope scope_{Id::fresh(kNow), Id::fresh(kNow), {}};
  std::vector<std::pair<std::string, std::string>> sent_;
};
KEDGE_ON_BOTH_ENGINES(Outbox);

TEST_P(Outbox, SendsALetterOnceAndKeepsNothingOfItsWords) {
  const auto about = Id::fresh(kNow);
  ASSERT_TRUE(posted({Kind::invitation, about, message()}).has_value());
  EXPECT_EQ(standing(about).state, State::waiting);
  EXPECT_EQ(count("sealed IS NOT NULL"), 1);
  EXPECT_EQ(delivered().sent, 1);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].first, "ada@elm.example");
  EXPECT_THAT(sent_[0].second, HasSubstr("https://elm.example/invitation/abc"));
  EXPECT_EQ(standing(about).state, State::sent);
  EXPECT_EQ(count("sealed IS NOT NULL"), 0);
  EXPECT_EQ(delivered().sent, 0);
  EXPECT_EQ(sent_.size(), 1U);
}

TEST_P(Outbox, TriesAgainForThreeDaysAndThenWipesIt) {
  const auto about = Id::fresh(kNow);
  ASSERT_TRUE(posted({Kind::invitation, about, message()}).has_value());
  EXPECT_EQ(delivered({Taken::later, "unreachable"}).later, 1);
  EXPECT_EQ(delivered({Taken::later, "unreachable"}).later, 0);  // not at once
  int tries = 1;
  std::int64_t hours = 0;
  for (; hours < 24 * 4 && standing(about).state == State::waiting; ++hours) {
    clock_.advance(3'600'000);
    const auto round = delivered({Taken::later, "unreachable"});
    tries += static_cast<int>(round.later + round.given_up);
  }
  EXPECT_GE(tries, 70);
  EXPECT_GE(hours, 72);
  EXPECT_LE(hours, 75);
  EXPECT_EQ(standing(about).state, State::given_up);
  EXPECT_EQ(standing(about).why, "unreachable");
  EXPECT_EQ(count("sealed IS NOT NULL"), 0);
}

TEST_P(Outbox, GivesUpAtOnceWhatTheServerRefusesAndGoesOnWithTheNext) {
  const auto refused = Id::fresh(kNow);
  const auto next = Id::fresh(kNow);
  ASSERT_TRUE(posted({Kind::invitation, refused, message()}).has_value());
  clock_.advance(1);
  ASSERT_TRUE(posted({Kind::invitation, next, message()}).has_value());
  int at = 0;
  const auto round = deliver(database_->db(), *keyring_, kFrom, [&](const std::string&, const std::string&) { return at++ == 0 ? Outcome{Taken::refused, "550"} : Outcome{}; });
  EXPECT_EQ(round->given_up, 1);
  EXPECT_EQ(round->sent, 1);
  EXPECT_EQ(standing(refused).why, "550");
  EXPECT_EQ(standing(next).state, State::sent);
}

TEST_P(Outbox, StopsARoundWhenTheServerIsAway) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(posted({Kind::invitation, Id::fresh(kNow), message()}).has_value());
  EXPECT_EQ(delivered({Taken::later, "unreachable"}).later, 1);
  EXPECT_EQ(sent_.size(), 1U);
}

TEST_P(Outbox, TakesOutWhatConcernsSomebodyWhoLeft) {
  const auto about = Id::fresh(kNow);
  ASSERT_TRUE(posted({Kind::reset, about, message()}).has_value());
  ASSERT_TRUE(database_->db().write(scope_, [&](store::Tx& tx) { return withdraw(tx, scope_, about); }).has_value());
  EXPECT_EQ(delivered().sent, 0);
}

TEST_P(Outbox, RefusesWhatIsNoAddressAndTooManyInADay) {
  auto letter = Letter{Kind::invitation, Id::fresh(kNow), message()};
  letter.message.to = "a@x.example, b@x.example";
  EXPECT_EQ(posted(letter).error().key, "mail.address");
  const auto many = database_->db().write(scope_, [&](store::Tx& tx) -> Done {
    for (std::int64_t i = 0; i < kMostADay; ++i) TRY_DONE(post(tx, *keyring_, scope_, {Kind::invitation, Id(), message()}));
    return {};
  });
  ASSERT_TRUE(many.has_value());
  EXPECT_EQ(posted({Kind::invitation, Id::fresh(kNow), message()}).error().key, "mail.too_many");
  for (const auto kind : {Kind::reset, Kind::digest}) EXPECT_TRUE(posted({kind, Id::fresh(kNow), message()}).has_value());
  clock_.advance(25LL * 3'600'000);
  EXPECT_TRUE(posted({Kind::invitation, Id::fresh(kNow), message()}).has_value());
}

TEST_P(Outbox, WipesALetterThatItsKeyNoLongerOpens) {
  const auto about = Id::fresh(kNow);
  ASSERT_TRUE(posted({Kind::invitation, about, message()}).has_value());
  const auto other = *store::Keyring::open((database_->folder() / "other.db").string(), clock_);
  const auto round = deliver(database_->db(), *other, kFrom, [](const std::string&, const std::string&) { return Outcome{}; });
  EXPECT_EQ(round->given_up, 1);
  EXPECT_EQ(standing(about).why, "unreadable");
}

}  // namespace
}  // namespace kedge::mail
