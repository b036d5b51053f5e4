// A whole house in memory for tests of pages: database, gate and routes, called without sockets.
//
//   TestHouse house({kRoutes}, store::joined({identity::kMigrations, web::kMigrations, guide::kMigrations}));
//   auto rosa = house.enter("Rosa", {Role::lead});
//   auto page = rosa.get("/workbooks");
//   EXPECT_EQ(page.status, 200);
//   auto saved = rosa.post("/workbooks", {{"title", "Spring"}});   // with the form's secret, as a browser sends it
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "identity/identity.hpp"
#include "store/testing.hpp"
#include "web/context.hpp"
#include "web/gate.hpp"
#include "web/live.hpp"
#include "web/router.hpp"

namespace kedge::web {

class TestHouse;
using Headers = std::vector<std::pair<std::string, std::string>>;
using FormFields = std::vector<std::pair<std::string, std::string>>;

// One browser: keeps cookies, follows nothing by itself.
class Browser {
 public:
  explicit Browser(TestHouse& house) : house_(&house) {}
  Reply get(std::string_view target, Headers headers = {});
  Reply head(std::string_view target, Headers headers = {});
  // Sends the secret of the last page that had one, and a fresh `once`, unless the fields name them.
  Reply post(std::string_view target, FormFields fields = {}, Headers headers = {});
  // As it is: no secret is added.
  Reply send(std::string_view method, std::string_view target, Headers headers, std::string body);
  void set_cookie(const std::string& name, const std::string& value);
  [[nodiscard]] std::string cookie(std::string_view name) const;
  [[nodiscard]] const std::string& csrf() const { return csrf_; }

  Id member;

 private:
  TestHouse* house_;
  std::vector<std::pair<std::string, std::string>> cookies_;
  std::string csrf_;
};

class TestHouse {
 public:
  TestHouse(std::vector<Routes> routes, const std::vector<store::Migration>& migrations, store::Engine engine = store::Engine::sqlite);
  // Somebody who is not signed in.
  Browser visitor() { return Browser(*this); }
  // A new member of the library (an example library, so that it costs no password), signed in.
  Browser enter(const std::string& name, Roles roles);
  // The administrator and lead of another library in the same installation.
  Browser stranger();
  [[nodiscard]] store::Scope scope(const Browser& browser, Roles roles) const { return {library_, browser.member, roles}; }
  [[nodiscard]] const Id& library() const { return library_; }

  FixedClock clock;
  store::TestDatabase database;
  std::unique_ptr<store::Keyring> keyring;
  House house;
  std::unique_ptr<Router> router;
  std::unique_ptr<Live> live;
  std::unique_ptr<Gate> gate;

 private:
  Id library_;
};

// The smallest PNG that holds together.
inline constexpr std::string_view kPicture{"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0crc!\0\0\0\x02IDAT\0\xFF" "crc!\0\0\0\0IENDcrc!", 8 + 25 + 14 + 12};

// The value of the first header of this name; empty when missing.
[[nodiscard]] std::string header_of(const Reply& reply, std::string_view name);
// The version that the first form of a page carries.
[[nodiscard]] std::string version_in(const Reply& page);

}  // namespace kedge::web
