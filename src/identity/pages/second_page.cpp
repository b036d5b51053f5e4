#include "identity/pages/second_page.hpp"

#include "identity/pages/views/second.hpp"

namespace kedge::identity::pages {
namespace {

web::Field code_field(const web::Form& form) {
  auto field = form.field(web::FieldKind::one_time_code, "code", "identity.second.code").needed();
  field.autocomplete = "one-time-code";
  return field;
}

Result<web::Reply> reply(web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  SecondView page;
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(page.confirmed, has_second(db, context.scope(), context.scope().actor));
    if (page.confirmed) return {};
    auto started = second_started(db, context.house().keyring, context.who());
    if (started) page.start = *std::move(started);
    return {};
  }));
  page.code = code_field(form);
  page.current = form.field(web::FieldKind::password, "current", "identity.field.current_password").needed();
  return unreferred(web::Reply::html(web::render(context.words(), views::second, page, form, frame_of(context, plain(context, "identity.second.title"))), status_at_form(wrong)));
}

Result<web::Reply> refused(web::Context& context, const Error& error) {
  if (at_form(error)) return reply(context, &error);
  return fail(error);
}

}  // namespace

web::Reply second_reply(const web::Context& context, const std::string& cookie, const std::string& next, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.second.title"), .lede = {plain(context, "identity.second.ask")}, .action = web::Url::path("/sign-in/second"), .button = plain(context, "identity.sign_in.do")};
  page.fields = {code_field(form).helped(plain(context, "identity.second.code.help"))};
  page.hidden = {{"session", cookie}, {"next", next}};
  page.notes = {plain(context, "identity.second.lost")};
  page.links = {{web::Url::path("/sign-in"), plain(context, "identity.sign_in.title")}};
  return unreferred(form_reply(context, page, wrong));
}

// GET /account/second
Result<web::Reply> show_second(const web::Request& /*request*/, web::Context& context) { return reply(context, nullptr); }

// POST /account/second
Result<web::Reply> begin_second(const web::Request& /*request*/, web::Context& context) {
  const auto started = context.write([&](store::Tx& tx) { return start_second(tx, context.house().keyring, context.who()); });
  if (!started) return refused(context, started.error());
  return web::Reply::see_other(web::Url::path("/account/second"));
}

// POST /account/second/confirmation
Result<web::Reply> confirm_own_second(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  if (const auto done = confirm_second(house.db, house.keyring, context.who(), request.form.first("code")); !done) return refused(context, done.error());
  context.say_next("identity.second.on");
  return web::Reply::see_other(web::Url::path("/account"));
}

// POST /account/second/removal
Result<web::Reply> end_own_second(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  if (const auto done = end_second(house.db, house.keyring, context.who(), request.form.first("current")); !done) return refused(context, done.error());
  context.say_next("identity.second.off");
  return web::Reply::see_other(web::Url::path("/account"));
}

}  // namespace kedge::identity::pages
