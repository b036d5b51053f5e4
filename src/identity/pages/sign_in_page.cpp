#include "identity/pages/sign_in_page.hpp"

#include "identity/pages/second_page.hpp"
#include "identity/pages/welcome_page.hpp"
#include "identity/second.hpp"

namespace kedge::identity::pages {
namespace {

constexpr std::int64_t kToldDays = 30;

web::Reply sign_in_reply(const web::Request& request, const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.sign_in.title"), .action = web::Url::path("/sign-in"), .button = plain(context, "identity.sign_in.do")};
  page.fields = {form.field(web::FieldKind::email, "email", "identity.field.email").needed(),
                 form.field(web::FieldKind::password, "password", "identity.field.password").needed(),
                 form.field(web::FieldKind::check, "shared", "identity.field.shared").helped(plain(context, "identity.field.shared.help"))};
  page.fields[0].autocomplete = "username";
  const auto next = wrong != nullptr ? request.form.first("next") : request.query.first("next");
  page.hidden = {{"next", std::string(next)}};
  page.links = {{web::Url::path("/recover"), plain(context, "identity.recover.link")}, {web::Url::path("/join"), plain(context, "identity.join.link")}};
  return form_reply(context, page, wrong);
}

web::Url next_of(const web::Request& request) {
  const auto next = request.form.first("next");
  return web::Url::from_stored(next);
}

// Into the library: who was reset by somebody else in the last days is told, and who is locked is brought to the way out.
Result<web::Reply> enter(const web::Request& request, web::Context& context, const FreshSession& session, Computer computer) {
  let_in(context, session, computer);
  auto& house = context.house();
  TRY(const auto who, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return resume(db, house.keyring, session.cookie); }));
  TRY(const auto notices, house.db.read(who.scope(), [&](store::Read& db) { return reset_notices(db, who.scope()); }));
  const auto since = Date::from_days(context.today().days() - kToldDays);
  if (!notices.empty() && notices[0].made_on >= since) {
    context.say_next("identity.reset.told");
    return web::Reply::see_other(web::Url::path("/account"));
  }
  if (who.locked) return web::Reply::see_other(web::Url::path("/recover"));
  return web::Reply::see_other(next_of(request));
}

}  // namespace

// GET /sign-in
Result<web::Reply> show_sign_in(const web::Request& request, web::Context& context) {
  if (context.signed_in()) return web::Reply::see_other(web::Url::path("/"));
  return sign_in_reply(request, context, nullptr);
}

// POST /sign-in
Result<web::Reply> do_sign_in(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const auto computer = request.form.has("shared") ? Computer::shared : Computer::own;
  const auto sessions = sign_in(house.db, house.keyring,
                                {request.line("email"), std::string(request.form.first("password")), request.peer,
                                 std::string(request.header("user-agent")), computer});
  if (!sessions) {
    if (at_form(sessions.error())) return sign_in_reply(request, context, &sessions.error());
    return fail(sessions.error());
  }
  if (sessions->size() == 1 && sessions->front().awaits_second) return second_reply(context, sessions->front().cookie, next_of(request).text());
  if (sessions->size() == 1) return enter(request, context, sessions->front(), computer);
  LibraryChoices choices;
  choices.next = next_of(request).text();
  for (const auto& session : *sessions) {
    const store::Scope scope{session.library, session.member, {}};
    TRY(const auto of, house.db.read(scope, [&](store::Read& db) { return library(db, scope); }));
    choices.choices.push_back({of.name, session.cookie});
  }
  return choose_reply(context, choices);
}

// POST /sign-in/choice
Result<web::Reply> choose_library_of(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const auto cookie = request.form.first("session");
  TRY(const bool awaits, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return awaits_second(db, cookie); }));
  if (awaits) return second_reply(context, std::string(cookie), next_of(request).text());
  TRY(const auto who, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return resume(db, cookie); }));
  TRY(const auto session, choose(house.db, cookie));
  return enter(request, context, session, who.shared_computer ? Computer::shared : Computer::own);
}

// POST /sign-in/second
Result<web::Reply> do_second_step(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const std::string cookie(request.form.first("session"));
  if (const auto done = pass_second(house.db, house.keyring, cookie, request.line("code")); !done) {
    if (at_form(done.error())) return second_reply(context, cookie, next_of(request).text(), &done.error());
    return fail(done.error());
  }
  TRY(const auto who, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return resume(db, cookie); }));
  return enter(request, context, {cookie, who.library.id, who.member.id}, who.shared_computer ? Computer::shared : Computer::own);
}

// GET /sign-out
Result<web::Reply> show_sign_out(const web::Request& /*request*/, web::Context& context) {
  FormPage page{.title = plain(context, "identity.sign_out"), .action = web::Url::path("/sign-out"), .button = plain(context, "identity.sign_out")};
  if (!context.who().member.has_password && !context.library().example) page.lede = {plain(context, "identity.sign_out.no_password")};
  page.links = {{web::Url::path("/"), plain(context, "identity.back")}};
  if (!context.who().member.has_password && !context.library().example)
    page.links.push_back({web::Url::path("/account").at("password"), plain(context, "identity.account.keep")});
  return form_reply(context, page);
}

// POST /sign-out: who has no password would lock the own answers for good, so that asks once more.
Result<web::Reply> do_sign_out(const web::Request& request, web::Context& context) {
  const bool loses = !context.who().member.has_password && !context.library().example;
  if (loses && request.form.first("sure").empty()) {
    FormPage page{.title = plain(context, "identity.sign_out"),
                  .lede = {plain(context, "identity.sign_out.no_password")},
                  .action = web::Url::path("/sign-out"),
                  .button = plain(context, "identity.sign_out.anyway")};
    page.hidden = {{"sure", "yes"}};
    page.links = {{web::Url::path("/account").at("password"), plain(context, "identity.account.keep")}};
    page.weight = Weight::removes;
    return form_reply(context, page);
  }
  TRY_DONE(context.write([&](store::Tx& tx) { return end_session(tx, context.scope(), context.who().session); }));
  context.end_session();
  context.say_next("identity.sign_out.done");
  return web::Reply::see_other(web::Url::path("/")).header("Clear-Site-Data", "\"cache\", \"storage\"");
}

}  // namespace kedge::identity::pages
