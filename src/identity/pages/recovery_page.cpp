#include "identity/pages/recovery_page.hpp"

#include "identity/asking.hpp"
#include "identity/pages/letters.hpp"
#include "identity/pages/parts.hpp"
#include "identity/pages/routes.hpp"

namespace kedge::identity::pages {
namespace {

web::Field new_password(const web::Form& form) {
  return form.field(web::FieldKind::new_password, "password", "identity.field.new_password").needed().helped(plain(form.context(), "identity.field.password.help"));
}
web::Field recovery_code(const web::Form& form) {
  auto field = form.field(web::FieldKind::one_time_code, "recovery_code", "identity.field.recovery_code");
  field.autocomplete = "off";
  return field;
}

// Says before anything is done what a reset can't open.
web::Reply reset_reply(const web::Request& request, const web::Context& context, const ResetView& view, const Error* wrong) {
  const web::Form form(context, wrong);
  const bool own_session = context.signed_in() && context.who().member.id == view.member && context.who().member_key.has_value();
  FormPage page{.title = plain(context, "identity.reset.title"),
                .lede = {context.words().say("identity.reset.lede", locale::arg("name", view.member_name), locale::arg("library", view.library.name))},
                .action = web::Url::path("/reset/{}", request.parameter("token")),
                .button = plain(context, "identity.reset.do")};
  if (view.email.empty()) page.fields.push_back(form.field(web::FieldKind::email, "email", "identity.field.email").needed());
  page.fields.push_back(new_password(form));
  if (view.has_key && !own_session) {
    page.lede.push_back(plain(context, "identity.reset.locked"));
    page.lede.push_back(plain(context, "identity.reset.other_session"));
    page.fields.push_back(recovery_code(form).helped(plain(context, "identity.reset.code.help")));
  }
  if (view.needs_second) {
    auto second = form.field(web::FieldKind::one_time_code, "second", "identity.second.code").needed().helped(plain(context, "identity.second.code.help"));
    second.autocomplete = "one-time-code";
    page.fields.push_back(std::move(second));
  }
  if (view.ends_second) page.lede.push_back(plain(context, "identity.reset.ends_second"));
  if (own_session) page.lede.push_back(plain(context, "identity.reset.kept"));
  page.notes = {plain(context, "identity.reset.ends")};
  return unreferred(form_reply(context, page, wrong));
}

web::Reply unlock_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.unlock.title"),
                .lede = {plain(context, "identity.unlock.lede"), plain(context, "identity.unlock.meanwhile")},
                .action = web::Url::path("/recover"),
                .button = plain(context, "identity.unlock.do")};
  page.fields = {form.field(web::FieldKind::password, "secret", "identity.unlock.secret").needed().helped(plain(context, "identity.unlock.secret.help"))};
  page.fields[0].autocomplete = "off";
  page.links = {{web::Url::path("/"), plain(context, "identity.unlock.later")}};
  return form_reply(context, page, wrong);
}

web::Reply recover_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.recover.title"),
                .lede = {plain(context, "identity.recover.lede"), plain(context, "identity.recover.none")},
                .action = web::Url::path("/recover"),
                .button = plain(context, "identity.reset.do")};
  page.fields = {form.field(web::FieldKind::email, "email", "identity.field.email").needed(), recovery_code(form).needed(), new_password(form)};
  page.links = {{web::Url::path("/sign-in"), plain(context, "identity.sign_in.title")}};
  if (context.house().mail.on()) page.links.insert(page.links.begin(), {web::Url::path("/recover/letter"), plain(context, "identity.recover.letter")});
  return form_reply(context, page, wrong);
}

web::Reply letter_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.recover.letter"),
                .lede = {plain(context, "identity.recover.letter_lede"), plain(context, "identity.letter.reset.private")},
                .action = web::Url::path("/recover/letter"),
                .button = plain(context, "identity.recover.letter_do")};
  page.fields = {form.field(web::FieldKind::email, "email", "identity.field.email").needed()};
  page.links = {{web::Url::path("/recover"), plain(context, "identity.recover.by_code")}, {web::Url::path("/sign-in"), plain(context, "identity.sign_in.title")}};
  return form_reply(context, page, wrong);
}

Result<web::Reply> do_unlock(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const auto done = unlock(house.db, house.keyring, context.who(), context.session_cookie(), request.form.first("secret"));
  if (!done) {
    if (at_form(done.error())) return unlock_reply(context, &done.error());
    return fail(done.error());
  }
  context.say_next("identity.unlock.done");
  return web::Reply::see_other(web::Url::path("/"));
}

}  // namespace

// GET /reset/{token}
Result<web::Reply> show_reset(const web::Request& request, web::Context& context) {
  TRY(const auto view, view_reset(context.house().db, request.parameter("token")));
  return reset_reply(request, context, view, nullptr);
}

// POST /reset/{token}
Result<web::Reply> do_reset(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  TRY(const auto view, view_reset(house.db, request.parameter("token")));
  Reset reset{.token = std::string(request.parameter("token")),
              .password = std::string(request.form.first("password")),
              .email = request.line("email"),
              .recovery_code = request.line("recovery_code"),
              .device = std::string(request.header("user-agent")),
              .second = request.line("second")};
  if (context.signed_in()) reset.open_session = context.who();
  const auto joined = reset_password(house.db, house.keyring, reset);
  if (!joined) {
    if (at_form(joined.error())) return reset_reply(request, context, view, &joined.error());
    return fail(joined.error());
  }
  let_in(context, joined->session);
  if (!joined->recovery_code.empty()) return recovery_code_reply(context, joined->recovery_code, view.member_name, view.library.name);
  TRY(const auto who, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return resume(db, house.keyring, joined->session.cookie); }));
  context.say_next(who.locked ? "identity.reset.done_locked" : "identity.reset.done");
  return unreferred(web::Reply::see_other(who.locked ? web::Url::path("/recover") : web::Url::path("/")));
}

// GET /recover/letter
Result<web::Reply> show_ask_letter(const web::Request& /*request*/, web::Context& context) {
  if (context.signed_in() || !context.house().mail.on()) return web::Reply::see_other(web::Url::path("/recover"));
  return letter_reply(context, nullptr);
}

// POST /recover/letter: says the same whether we know the address or not.
Result<web::Reply> do_ask_letter(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  if (context.signed_in() || !house.mail.on()) return web::Reply::see_other(web::Url::path("/recover"));
  if (const auto done = ask_reset_letter(house.db, house.keyring, request.line("email"), request.peer); !done) {
    if (at_form(done.error())) return letter_reply(context, &done.error());
    return fail(done.error());
  }
  house.wake_jobs();
  context.say_next("identity.recover.letter_sent");
  return web::Reply::see_other(web::Url::path("/sign-in"));
}

Done send_asked_resets(store::Database& db, store::Keyring& keyring, std::string_view public_url, const store::Job& job) {
  return answer_reset_asked(db, keyring, job, [&](store::Tx& tx, const Library& library, const Member& member, const std::string& token) {
    const auto link = web::whole_url(public_url, web::Url::path("/reset/{}", token));
    return mail::post(tx, keyring, tx.scope(), reset_letter(library, member, {}, link));
  });
}

// GET /recover
Result<web::Reply> show_recover(const web::Request& /*request*/, web::Context& context) {
  if (!context.signed_in()) return recover_reply(context, nullptr);
  if (!context.who().locked) return web::Reply::see_other(web::Url::path("/account"));
  return unlock_reply(context, nullptr);
}

// POST /recover: a signed-in member unlocks; anybody else sets a new password by the printed code.
Result<web::Reply> do_recover(const web::Request& request, web::Context& context) {
  if (context.signed_in()) return do_unlock(request, context);
  auto& house = context.house();
  const auto session = recover(house.db, house.keyring,
                               {request.line("email"), request.line("recovery_code"), std::string(request.form.first("password")), request.peer,
                                std::string(request.header("user-agent"))});
  if (!session) {
    if (at_form(session.error())) return recover_reply(context, &session.error());
    return fail(session.error());
  }
  let_in(context, *session);
  context.say_next("identity.reset.done");
  return web::Reply::see_other(web::Url::path("/"));
}

}  // namespace kedge::identity::pages
