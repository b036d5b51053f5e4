#include "documents/sandbox.hpp"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::documents {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
    if (!installed("bwrap")) GTEST_SKIP() << "bubblewrap is not installed";
  }
  static Result<std::string> shell(const std::string& words, Work work = {}) {
    work.command = {"sh", "-c", words};
    return run(work);
  }
};

TEST_F(Sandbox, GivesWhatTheProgramWritesOfWhatItWasHanded) {
  const std::string large(3'000'000, 'x');
  const auto both = shell("cat one two", {.command = {}, .files = {{"one", "first "}, {"two", large}}});
  ASSERT_TRUE(both.has_value()) << both.error().detail;
  EXPECT_TRUE(*both == "first " + large);
}

TEST_F(Sandbox, ShowsNoNetworkNoFileOfTheMachineAndNoVariable) {
  ::setenv("KEDGE_SECRET", "planted", 1);
  const auto seen = shell("tail -n +3 /proc/net/dev; ls -A / /tmp /etc; env; echo open $(ls /proc/self/fd); cat /etc/passwd || echo no passwd; touch /usr/x || echo sealed");
  ::unsetenv("KEDGE_SECRET");
  ASSERT_TRUE(seen.has_value()) << seen.error().detail;
  EXPECT_THAT(*seen, testing::StartsWith("    lo:")) << *seen;
  EXPECT_THAT(*seen, AllOf(HasSubstr("no passwd"), HasSubstr("sealed"), HasSubstr("LANG=C.UTF-8"), HasSubstr("open 0 1 2 3\n")));
  for (const auto* hidden : {"eth", "home\n", "root\n", "srv\n", "KEDGE", "planted"}) EXPECT_THAT(*seen, Not(HasSubstr(hidden))) << *seen;
}

TEST_F(Sandbox, EndsWhatTakesTooLongAndAllUnderIt) {
  const auto slow = shell("sleep 600 & sleep 600", {.command = {}, .most_time = milliseconds(300)});
  ASSERT_FALSE(slow.has_value());
  EXPECT_EQ(slow.error().key, "documents.too_slow");
  const auto silent = shell("exec >&-; sleep 600", {.command = {}, .most_time = milliseconds(300)});
  ASSERT_FALSE(silent.has_value());
  EXPECT_EQ(silent.error().key, "documents.too_slow") << "it has closed its output and stays";
}

TEST_F(Sandbox, EndsWhatTakesTooMuchMemoryOrWritesTooMuch) {
  const auto hungry = shell("tail /dev/zero", {.command = {}, .most_memory_bytes = 64U << 20U});
  ASSERT_FALSE(hungry.has_value());
  EXPECT_EQ(hungry.error().key, "documents.too_large");
  const auto talkative = shell("cat /dev/zero", {.command = {}, .most_bytes = 1U << 20U});
  ASSERT_FALSE(talkative.has_value());
  EXPECT_EQ(talkative.error().key, "documents.too_large");
}

TEST_F(Sandbox, SaysHowItEndedBadly) {
  const auto bad = shell("echo half; exit 7");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().key, "documents.failed");
  EXPECT_EQ(bad.error().detail, "sh ended with 7");
  const auto missing = run({.command = {"no-such-program"}});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().key, "documents.failed");
}

}  // namespace
}  // namespace kedge::documents
