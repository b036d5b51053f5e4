// Every route as every role, as nobody, and as somebody of another library: the status that its Access promises.
#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wiring.hpp"
#include "house.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

using web::Access;

constexpr std::array kAll{Role::administrator, Role::lead, Role::staff, Role::intern, Role::board, Role::trainer};

bool may(Access access, Role role) {
  switch (access) {
    case Access::anyone:
    case Access::member: return true;
    case Access::staff: return role != Role::board && role != Role::trainer;
    case Access::board: return role != Role::trainer;
    case Access::lead: return role == Role::lead || role == Role::administrator;
    case Access::administrator: return role == Role::administrator;
  }
  return false;
}

// An address of the pattern; what its placeholders name does not exist.
std::string address_of(std::string_view pattern) {
  std::string path;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      path += pattern[i];
      continue;
    }
    const auto end = pattern.find('}', i);
    path += pattern.substr(i + 1, end - i - 1) == "voice" ? "team" : "018f0000-0000-7000-8000-000000000000";
    i = end;
  }
  return path;
}

class Roles : public ::testing::Test {
 protected:
  Roles() {
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    open();
  }
  // A route may erase the library or end the session, so that each is asked in a house that is whole.
  void open() {
    house_.reset();
    house_ = std::make_unique<web::TestHouse>(routes(), migrations());
    wire(house_->house);
  }
  web::Reply ask(web::Browser browser, const web::Route& route) {
    const auto path = address_of(route.pattern);
    if (route.method == "GET") return browser.get(path);
    browser.get("/account");  // for the form's secret
    return browser.post(path);
  }
  static std::string named(const web::Route& route, std::string_view who) {
    return std::string(route.method) + " " + std::string(route.pattern) + " as " + std::string(who);
  }
  const std::vector<const web::Route*>& all() const { return house_->router->all(); }

  std::unique_ptr<web::TestHouse> house_;
};

// What a page answers to whom it is for, when there is nothing of that name and the form is empty.
bool is_an_answer(const web::Route& route, int status) {
  if (route.pattern == "/sign-in/choice") return status == 401;  // there is nothing to choose: one library
  // nobody keeps an account in the example, where these walks take place
  if (route.pattern == "/account/password" || route.pattern == "/account/recovery-code") return status == 403;
  if (route.pattern == "/example/enter/{member}") return status == 403;  // nobody of that name lives in the example
  return status == 200 || status == 303 || status == 400 || status == 404 || status == 409 || status == 422;
}

TEST_F(Roles, GetWhatTheAccessOfEachRoutePromises) {
  const auto count = all().size();
  ASSERT_GT(count, 60U);
  for (std::size_t i = 0; i < count; ++i) {
    if (all()[i]->method == "POST") open();
    for (const auto role : kAll) {
      const auto& route = *all()[i];
      if (route.pattern == "/live" || (route.pattern == "/example/erase" && route.method == "POST")) continue;  // below
      const auto reply = ask(house_->enter("Somebody", {role}), route);
      const bool kept = may(route.access, role) ? is_an_answer(route, reply.status) : reply.status == 403;
      EXPECT_TRUE(kept) << named(route, code_of(role)) << " answers " << reply.status;
    }
  }
}

TEST_F(Roles, LeaveNobodyInWithoutASession) {
  for (const auto* route : all()) {
    if (route->access == Access::anyone) continue;
    const auto reply = route->method == "GET" ? house_->visitor().get(address_of(route->pattern)) : ask(house_->visitor(), *route);
    if (route->method == "GET" && route->pattern != "/live") {
      EXPECT_EQ(reply.status, 303) << named(*route, "nobody");
      EXPECT_TRUE(web::header_of(reply, "Location").starts_with("/sign-in")) << named(*route, "nobody");
    } else {
      EXPECT_TRUE(reply.status == 401 || reply.status == 403) << named(*route, "nobody") << " answers " << reply.status;
    }
  }
}

TEST_F(Roles, AreChangedByNoFormWithoutItsSecret) {
  for (const auto* route : all()) {
    if (route->method == "GET") continue;
    auto browser = house_->enter("Rosa", {Role::administrator, Role::lead, Role::staff});
    const auto reply = browser.send("POST", address_of(route->pattern), {{"content-type", "application/x-www-form-urlencoded"}}, "title=x");
    EXPECT_EQ(reply.status, 403) << named(*route, "somebody with another site's form");
  }
}

TEST_F(Roles, AllMayEraseTheExampleAndFollowIt) {
  for (const auto role : kAll) {
    open();
    auto somebody = house_->enter("Somebody", {role});
    somebody.get("/account");
    EXPECT_EQ(somebody.post("/example/erase").status, 303) << code_of(role);
    EXPECT_EQ(somebody.get("/account").status, 303) << "a session of an erased library, " << code_of(role);
  }
}

TEST_F(Roles, AreKnownToEveryRouteOfTheSlices) {
  std::size_t count = 0;
  for (const auto& table : routes()) count += table.size();
  EXPECT_GE(all().size(), count);
  for (const auto* route : all()) EXPECT_TRUE(route->method == "GET" || route->method == "POST") << route->pattern;
}

}  // namespace
}  // namespace kedge::app
