#include "web/wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/forgery.hpp"
#include "web/gate.hpp"
#include "web/pressing.hpp"
#include "web/rate.hpp"

namespace kedge::web {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

Request posted(std::string type, std::string body) {
  Request request;
  request.method = "POST";
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

TEST(Form, IsDecodedInOrderAndKeepsEveryValue) {
  const auto fields = Fields::parse("a=1&b=caf%C3%A9+au+lait&a=2&empty=&bare");
  ASSERT_TRUE(fields);
  EXPECT_THAT(fields->items(), ElementsAre(Pair("a", "1"), Pair("b", "caf\xC3\xA9 au lait"), Pair("a", "2"), Pair("empty", ""), Pair("bare", "")));
  EXPECT_THAT(fields->every("a"), ElementsAre("1", "2"));
  EXPECT_EQ(fields->first("none"), "");
}

TEST(Form, IsRefusedWithBrokenEscapesNulAndForeignBytes) {
  for (const std::string_view bad : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "%C3=1", "a=\xff"}) {
    const auto fields = Fields::parse(bad);
    ASSERT_FALSE(fields) << bad;
    EXPECT_EQ(fields.error().key, "web.form.broken") << bad;
  }
}

TEST(Form, TakesTwoThousandFieldsAndNotOneMore) {
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "a=1&";
  EXPECT_TRUE(Fields::parse(many));
  EXPECT_EQ(Fields::parse(many + "a=1").error().fault, Fault::too_large);
}

TEST(Multipart, SplitsFieldsFromFiles) {
  auto request = posted("multipart/form-data; boundary=\"x y\"",
                        "--x y\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA -- b\r\n--x y\r\n"
                        "content-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".json\"\r\nContent-Type: application/json\r\n\r\n"
                        "{\r\n\r\n--x}\r\n--x y\r\n"
                        "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n--x y--\r\n");
  ASSERT_TRUE(wire::read_body(request)) << wire::read_body(request).error().detail;
  EXPECT_THAT(request.form.items(), ElementsAre(Pair("title", "A -- b")));
  ASSERT_EQ(request.uploads.size(), 1U);
  EXPECT_EQ(request.uploads[0].field, "file");
  EXPECT_EQ(request.uploads[0].file_name, "a \"b\".json");
  EXPECT_EQ(request.uploads[0].content_type, "application/json");
  EXPECT_EQ(request.uploads[0].bytes, "{\r\n\r\n--x}");
}

TEST(Multipart, IsRefusedWhenItDoesNotEndOrNamesNothing) {
  const std::string part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1";
  for (const auto& body : {std::string(), std::string("--b"), part, part + "\r\n--b", std::string("--b\r\n\r\n1\r\n--b--"),
                           std::string("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--"), part + "\xff\r\n--b--"}) {
    auto request = posted("multipart/form-data; boundary=b", body);
    EXPECT_FALSE(wire::read_body(request)) << body;
  }
  auto request = posted("multipart/form-data", part + "\r\n--b--");
  EXPECT_FALSE(wire::read_body(request)) << "no boundary named";
}

TEST(Target, IsAPathAlsoInItsAbsoluteForm) {
  Request request;
  ASSERT_TRUE(wire::read_target("HTTP://any.host:80/a%20b/c?x=1|2&y=%7B", request));
  EXPECT_EQ(request.path, "/a b/c");
  EXPECT_THAT(request.query.items(), ElementsAre(Pair("x", "1|2"), Pair("y", "{")));
  Request bare;
  ASSERT_TRUE(wire::read_target("http://any.host?x=1", bare));
  EXPECT_EQ(bare.path, "/");
}

TEST(Target, IsRefusedWhenProxiesCouldReadItDifferently) {
  for (const std::string_view bad : {"", "a", "*", "/a%2fb", "/a%5Cb", "/a\\b", "/../etc", "/a/%2e%2e/b", "/a/./b", "/a/..", "/%00", "/%", "/a?x=%", "ftp://h/a"}) {
    Request request;
    EXPECT_FALSE(wire::read_target(bad, request)) << bad;
  }
}

TEST(Cookies, AreReadAndWhatIsNoPairIsLeftOut) {
  Request request;
  wire::read_cookies("a=1; b=\"2\";; =x; junk; a=3;c=x=y", request);
  EXPECT_THAT(request.cookies, ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("a", "3"), Pair("c", "x=y")));
  std::string flood;
  for (int i = 0; i < 5000; ++i) flood += "a=1;";
  Request flooded;
  wire::read_cookies(flood, flooded);
  EXPECT_EQ(flooded.cookies.size(), 50U);
}

TEST(Fields, OfADateThatDoesNotExistNameTheField) {
  Request request;
  request.form = Fields({{"by", "2026-02-30"}, {"late", ""}, {"who", "x"}});
  const auto date = request.field_date("by");
  ASSERT_FALSE(date);
  ASSERT_EQ(date.error().fields.size(), 1U);
  EXPECT_EQ(date.error().fields[0].field, "by");
  EXPECT_TRUE(request.field_date("late")->empty());
  EXPECT_FALSE(request.field_id("who"));
}

TEST(FormSecret, IsMaskedFreshEachTimeAndFitsOnlyItself) {
  const auto one = forgery::mask("secret of a session");
  const auto two = forgery::mask("secret of a session");
  EXPECT_NE(one, two);
  EXPECT_TRUE(forgery::fits(one, "secret of a session"));
  EXPECT_TRUE(forgery::fits(two, "secret of a session"));
  EXPECT_FALSE(forgery::fits(one, "secret of another"));
  EXPECT_FALSE(forgery::fits(one, ""));
  EXPECT_FALSE(forgery::fits("", "secret of a session"));
  EXPECT_FALSE(forgery::fits(one.substr(1), "secret of a session"));
}

TEST(OwnSite, IsWhatTheBrowserSays) {
  const auto from = [](std::vector<std::pair<std::string, std::string>> headers) {
    Request request;
    request.headers = std::move(headers);
    return forgery::from_own_site(request, "https://k.example");
  };
  EXPECT_TRUE(from({}));
  EXPECT_TRUE(from({{"sec-fetch-site", "same-origin"}, {"origin", "null"}}));
  EXPECT_TRUE(from({{"origin", "https://k.example"}}));
  EXPECT_TRUE(from({{"origin", "http://127.0.0.1:8080"}, {"host", "127.0.0.1:8080"}}));
  EXPECT_FALSE(from({{"sec-fetch-site", "cross-site"}}));
  EXPECT_FALSE(from({{"sec-fetch-site", "same-site"}, {"origin", "https://k.example"}}));
  EXPECT_FALSE(from({{"origin", "https://evil.example"}, {"host", "k.example"}}));
}

TEST(Language, IsTheOneTheBrowserLikesBest) {
  EXPECT_EQ(accepted_language("es-MX,es;q=0.9,en;q=0.8"), Language::es);
  EXPECT_EQ(accepted_language("fr, es;q=0.3, en;q=0.5"), Language::en);
  EXPECT_EQ(accepted_language("fr"), std::nullopt);
  EXPECT_EQ(accepted_language("es;q=0"), std::nullopt);
  EXPECT_EQ(accepted_language(",,;q=,-;q=9"), std::nullopt);
}

TEST(Compression, IsAcceptedOnlyWhenNamedWithAWeight) {
  EXPECT_TRUE(pressing::accepts("gzip, deflate, br", "br"));
  EXPECT_TRUE(pressing::accepts("gzip;q=0.5", "gzip"));
  EXPECT_FALSE(pressing::accepts("br;q=0, gzip", "br"));
  EXPECT_FALSE(pressing::accepts("br;q=0.000", "br"));
  EXPECT_FALSE(pressing::accepts("", "br"));
}

TEST(Rate, GivesABurstThenWhatFlowsBackAndCountsANetworkOfIpv6AsOne) {
  Rate rate(1, 3);
  const auto now = std::chrono::steady_clock::now();
  EXPECT_TRUE(rate.allows("2001:db8:1:2:3::1", now));
  EXPECT_TRUE(rate.allows("2001:db8:1:2:4::1", now));
  EXPECT_TRUE(rate.allows("2001:db8:1:2:5::1", now));
  EXPECT_FALSE(rate.allows("2001:db8:1:2:6::1", now));
  EXPECT_TRUE(rate.allows("192.0.2.1", now));
  EXPECT_TRUE(rate.allows("2001:db8:1:2:6::1", now + std::chrono::milliseconds(1100)));
}

}  // namespace
}  // namespace kedge::web
