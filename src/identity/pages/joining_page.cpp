#include "identity/pages/joining_page.hpp"

#include "identity/joining.hpp"
#include "identity/pages/parts.hpp"

namespace kedge::identity::pages {
namespace {

web::Reply code_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.join.title"),
                .lede = {plain(context, "identity.join.lede")},
                .action = web::Url::path("/join"),
                .button = plain(context, "identity.join.next")};
  page.fields = {form.field(web::FieldKind::one_time_code, "code", "identity.join.code").needed().helped(plain(context, "identity.join.code.help"))};
  page.links = {{web::Url::path("/sign-in"), plain(context, "identity.sign_in.title")}};
  return unreferred(form_reply(context, page, wrong));
}

// The step with the name. `code` came in the address.
web::Reply name_reply(const web::Request& request, const web::Context& context, const JoinView& view, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& words = context.words();
  FormPage page{.title = words.say("identity.join.into", locale::arg("library", view.library.name)),
                .lede = {words.say("identity.join.as", locale::arg("role", role_in_words(context, view.role)))},
                .notes = view.library.example ? std::vector{plain(context, "identity.join.example")}
                                              : std::vector{plain(context, "identity.join.note"), plain(context, "identity.join.session")},
                .action = web::Url::path("/join/{}", request.parameter("code")),
                .button = plain(context, "identity.join.do")};
  page.fields = {form.field(web::FieldKind::line, "name", "identity.field.first_name").needed()};
  page.fields[0].autocomplete = "given-name";
  return unreferred(form_reply(context, page, wrong));
}

Result<web::Reply> refused(const web::Context& context, const Error& error) {
  if (at_form(error)) return code_reply(context, &error);
  return fail(error);
}

web::Reply invitation_reply(const web::Request& request, const web::Context& context, const InvitationView& view, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& words = context.words();
  FormPage page{.title = words.say("identity.join.into", locale::arg("library", view.library.name)),
                .lede = {words.say("identity.join.as", locale::arg("role", roles_in_words(context, view.roles)))},
                .notes = {plain(context, "identity.invitation.note")},
                .action = web::Url::path("/invitation/{}", request.parameter("token")),
                .button = plain(context, "identity.join.do")};
  page.fields = {form.field(web::FieldKind::line, "name", "identity.field.name").needed(),
                 form.field(web::FieldKind::email, "email", "identity.field.own_email", view.email).needed(),
                 form.field(web::FieldKind::new_password, "password", "identity.field.first_password").needed().helped(plain(context, "identity.field.password.help")),
                 language_field(form, context.language())};
  page.fields[0].autocomplete = "name";
  return unreferred(form_reply(context, page, wrong));
}

}  // namespace

// GET /join
Result<web::Reply> show_join(const web::Request& /*request*/, web::Context& context) { return code_reply(context, nullptr); }

// POST /join: only finds the way; nothing is used up.
Result<web::Reply> find_join(const web::Request& request, web::Context& context) {
  const auto code = plain_code(request.line("code"));
  const auto found = view_join(context.house().db, context.house().keyring, code, request.peer);
  if (!found) return refused(context, found.error());
  return unreferred(web::Reply::see_other(web::Url::path("/join/{}", code)));
}

// GET /join/{code}
Result<web::Reply> show_join_by(const web::Request& request, web::Context& context) {
  const auto found = view_join(context.house().db, context.house().keyring, request.parameter("code"), request.peer);
  if (!found) return refused(context, found.error());
  return name_reply(request, context, *found, nullptr);
}

// POST /join/{code}
Result<web::Reply> do_join_by(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const Joining joining{std::string(request.parameter("code")), request.line("name"), request.peer, std::string(request.header("user-agent")),
                        context.language()};
  const auto joined = join(house.db, house.keyring, joining);
  if (joined) {
    let_in(context, joined->session);
    const store::Scope scope{joined->session.library, joined->session.member, {}};
    const auto into = house.db.read(scope, [&](store::Read& db) { return library(db, scope); });
    context.say_next(into && into->example ? "identity.join.done_example" : "identity.join.done", {{"name", joining.name}});
    return unreferred(web::Reply::see_other(web::Url::path("/")));
  }
  const auto view = view_join(house.db, house.keyring, joining.code, request.peer);
  if (!view || !at_form(joined.error())) return refused(context, joined.error());
  return name_reply(request, context, *view, &joined.error());
}

// GET /invitation/{token}
Result<web::Reply> show_invitation(const web::Request& request, web::Context& context) {
  TRY(const auto view, view_invitation(context.house().db, request.parameter("token")));
  return invitation_reply(request, context, view, nullptr);
}

// POST /invitation/{token}
Result<web::Reply> accept_invitation_by(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  TRY(const auto view, view_invitation(house.db, request.parameter("token")));
  const Acceptance acceptance{std::string(request.parameter("token")),     request.line("name"),
                              request.line("email"),                       std::string(request.form.first("password")),
                              std::string(request.header("user-agent")), language_of_form(request, context.language())};
  const auto joined = accept_invitation(house.db, house.keyring, acceptance);
  if (!joined) {
    if (at_form(joined.error())) return invitation_reply(request, context, view, &joined.error());
    return fail(joined.error());
  }
  let_in(context, joined->session);
  return recovery_code_reply(context, joined->recovery_code, acceptance.name, view.library.name);
}

}  // namespace kedge::identity::pages
