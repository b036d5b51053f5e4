#include "web/router.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Result<Reply> nothing(const Request& /*request*/, Context& /*context*/) { return Reply::text(""); }

constexpr std::array<Route, 5> kTable{{{"GET", "/", Access::anyone, nothing},
                                       {"GET", "/actions/{id}", Access::staff, nothing},
                                       {"POST", "/actions/{id}", Access::staff, nothing},
                                       {"GET", "/actions/new", Access::staff, nothing},
                                       {"GET", "/actions/{id}/notes/{note}", Access::staff, nothing}}};

Router made() {
  const std::array<Routes, 1> tables{kTable};
  return *Router::make(tables);
}

std::string problem(Routes table) {
  const std::array<Routes, 1> tables{table};
  const auto router = Router::make(tables);
  return router ? "" : router.error().detail;
}

TEST(Router, FindsThePatternWithItsParametersAndTheLiteralFirst) {
  const auto router = made();
  EXPECT_EQ(router.find("GET", "/").route, &kTable[0]);
  EXPECT_EQ(router.find("GET", "/actions/new").route, &kTable[3]);
  const auto note = router.find("HEAD", "/actions/7/notes/a b");
  EXPECT_EQ(note.route, &kTable[4]);
  EXPECT_THAT(note.parameters, ElementsAre(Pair("id", "7"), Pair("note", "a b")));
  EXPECT_EQ(router.find("POST", "/actions/new").route, &kTable[2]) << "another method falls back to the placeholder";
}

TEST(Router, TellsAMissingPathFromAMissingMethod) {
  const auto router = made();
  for (const std::string_view path : {"/none", "/actions", "/actions/", "/actions/1/", "/actions/1/notes", "//", ""}) {
    const auto match = router.find("GET", path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_EQ(match.methods, "") << path;
  }
  EXPECT_EQ(router.find("POST", "/").methods, "GET, HEAD");
  EXPECT_EQ(router.find("PUT", "/actions/1").methods, "GET, HEAD, POST");
}

TEST(Router, RefusesToStartWithTwoRoutesForOnePath) {
  const std::array<Route, 2> twice{{{"GET", "/a/{x}", Access::anyone, nothing}, {"GET", "/a/{y}", Access::member, nothing}}};
  EXPECT_THAT(problem(twice), HasSubstr("/a/{y}"));
  const std::array<Route, 2> crossed{{{"GET", "/a/{x}/c", Access::anyone, nothing}, {"GET", "/a/b/{y}", Access::member, nothing}}};
  EXPECT_THAT(problem(crossed), HasSubstr("/a/b/{y}"));
  const std::array<Route, 2> methods{{{"GET", "/a/{x}", Access::anyone, nothing}, {"POST", "/a/{y}", Access::member, nothing}}};
  EXPECT_EQ(problem(methods), "");
  const std::array<Route, 1> broken{{{"GET", "/a/{x", Access::anyone, nothing}}};
  EXPECT_THAT(problem(broken), HasSubstr("placeholder"));
  const std::array<Route, 1> method{{{"DELETE", "/a", Access::anyone, nothing}}};
  EXPECT_THAT(problem(method), HasSubstr("DELETE"));
}

}  // namespace
}  // namespace kedge::web
