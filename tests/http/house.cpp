#include "house.hpp"

#include <cstdio>
#include <cstdlib>

#include "core/crypto.hpp"
#include "identity/example.hpp"
#include "identity/members.hpp"
#include "web/serve.hpp"
#include "web/wire.hpp"

namespace kedge::web {
namespace {

constexpr std::int64_t kStartMs = 1'773'500'000'000;  // March 14, 2026

template <class T>
T must(Result<T> result, const char* what) {
  if (!result) {
    std::fprintf(stderr, "test house: %s: %s %s\n", what, result.error().key.c_str(), result.error().detail.c_str());
    std::abort();
  }
  return *std::move(result);
}

std::string encoded(const FormFields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out += (out.empty() ? "" : "&") + wire::encode(name) + "=" + wire::encode(value);
  return out;
}

}  // namespace

std::string version_in(const Reply& page) {
  const std::string mark = "name=\"version\" value=\"";
  const auto at = page.body.find(mark);
  return at == std::string::npos ? "" : page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
}

std::string header_of(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return {};
}

TestHouse::TestHouse(std::vector<Routes> routes, const std::vector<store::Migration>& migrations, store::Engine engine)
    : clock(kStartMs),
      database(engine, migrations, &clock),
      keyring(must(store::Keyring::open((database.folder() / "keys.db").string(), clock), "keyring")),
      house{.db = database.db(), .keyring = *keyring, .clock = clock, .public_url = "http://kedge.test", .assets = ""} {
  house.settings.requests_per_second = 0;
  router = std::make_unique<Router>(must(merged(routes), "routes"));
  live = std::make_unique<Live>(house);
  gate = std::make_unique<Gate>(house, *router, live.get());
  library_ = must(database->write(store::InstallationScope{},
                                  [](store::Tx& tx) {
                                    identity::Library library;
                                    library.name = "Harbor Grove";
                                    return identity::found_example(tx, library, {});
                                  }),
                  "example");
}

Browser TestHouse::enter(const std::string& name, Roles roles) {
  const store::Scope scope{library_, Id(), {Role::administrator, Role::lead}};
  const auto member = must(database->write(scope, [&](store::Tx& tx) { return identity::add_example_member(tx, *keyring, scope, {.name = name, .roles = roles}); }), "member");
  const auto session = must(identity::enter_example(database.db(), *keyring, member.id, "test"), "entering");
  Browser browser(*this);
  browser.member = member.id;
  browser.set_cookie("kedge_session", session.cookie);
  return browser;
}

Browser TestHouse::stranger() {
  identity::Founding founding;
  founding.library.name = "Mill Pond";
  founding.lead_name = "Mo";
  founding.lead_email = "mo@mill.example";
  founding.password = "a calm desk at the end of a hard day";
  const auto joined =
      must(database->write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found(tx, *keyring, founding); }), "founding");
  Browser browser(*this);
  browser.member = joined.session.member;
  browser.set_cookie("kedge_session", joined.session.cookie);
  return browser;
}

void Browser::set_cookie(const std::string& name, const std::string& value) {
  std::erase_if(cookies_, [&](const auto& cookie) { return cookie.first == name; });
  if (!value.empty()) cookies_.emplace_back(name, value);
}

std::string Browser::cookie(std::string_view name) const {
  for (const auto& [key, value] : cookies_)
    if (key == name) return value;
  return {};
}

Reply Browser::get(std::string_view target, Headers headers) { return send("GET", target, std::move(headers), {}); }
Reply Browser::head(std::string_view target, Headers headers) { return send("HEAD", target, std::move(headers), {}); }

Reply Browser::post(std::string_view target, FormFields fields, Headers headers) {
  const auto missing = [&](std::string_view name) {
    for (const auto& field : fields)
      if (field.first == name) return false;
    return true;
  };
  if (missing("csrf")) fields.emplace_back("csrf", csrf_);
  if (missing("once")) fields.emplace_back("once", crypto::fresh_token());
  headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  return send("POST", target, std::move(headers), encoded(fields));
}

Reply Browser::send(std::string_view method, std::string_view target, Headers headers, std::string body) {
  Request request;
  request.method = std::string(method);
  request.headers = std::move(headers);
  request.headers.emplace_back("host", "kedge.test");
  request.cookies = cookies_;
  request.body = std::move(body);
  request.peer = "192.0.2.7";
  if (!wire::read_target(target, request)) return house_->gate->refuse(request, 400);
  Reply reply = house_->gate->answer(std::move(request));
  for (const auto& [name, value] : reply.headers) {
    if (name != "Set-Cookie") continue;
    const auto equals = value.find('=');
    const auto end = value.find(';');
    set_cookie(value.substr(0, equals), value.find("Max-Age=0") == std::string::npos ? value.substr(equals + 1, end - equals - 1) : "");
  }
  const std::string_view mark = "name=\"csrf\" value=\"";
  const auto at = reply.body.find(mark);
  if (at != std::string::npos) csrf_ = reply.body.substr(at + mark.size(), reply.body.find('"', at + mark.size()) - at - mark.size());
  return reply;
}

}  // namespace kedge::web
