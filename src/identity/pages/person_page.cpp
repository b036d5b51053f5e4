#include "identity/pages/account_page.hpp"
#include "identity/pages/letters.hpp"
#include "identity/pages/people_page.hpp"
#include "identity/pages/views/people.hpp"

namespace kedge::identity::pages {
namespace {

Result<Member> person(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(auto found, context.read([&](store::Read& db) { return member(db, context.scope(), id); }));
  if (found.standing == Standing::left) return fail(Fault::not_found, "identity.member.left");
  return found;
}

Result<web::Reply> person_reply(web::Context& context, const Member& one, const Error* wrong) {
  const web::Form form(context, wrong);
  const bool administers = context.scope().roles.has(Role::administrator);
  const bool of_administrator = one.roles.has(Role::administrator);
  PersonView page;
  page.name = one.name;
  page.roles = roles_in_words(context, one.roles);
  page.fields = role_checks(form, one.roles, administers ? Offer::all : Offer::but_administrator);
  page.change = web::Url::path("/people/{}/roles", one.id);
  page.reset = web::Url::path("/people/{}/reset-link", one.id);
  page.close = web::Url::path("/people/{}/close", one.id);
  page.may_reset = administers && one.id != context.scope().actor && !context.library().example;
  if (page.may_reset && web::may_mail(context)) page.letter_to = one.email;
  page.may_close = one.id != context.scope().actor && (administers || !of_administrator);
  return web::Reply::html(web::render(context.words(), views::person, page, form, frame_of(context, one.name)), status_at_form(wrong));
}

web::Reply close_reply(const web::Context& context, const Member& one, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& words = context.words();
  FormPage page{.title = words.say("identity.close.title", locale::arg("name", one.name)),
                .lede = {words.say("identity.close.lede", locale::arg("name", one.name)), plain(context, "identity.leave.stays")},
                .notes = {plain(context, "identity.leave.final")},
                .action = web::Url::path("/people/{}/close", one.id),
                .button = words.say("identity.person.close_do", locale::arg("name", one.name))};
  page.fields = {form.field(web::FieldKind::check, "name_goes", "identity.close.name_goes").helped(plain(context, "identity.leave.name_goes.help"))};
  page.links = {{web::Url::path("/people/{}", one.id), plain(context, "identity.back")}};
  page.weight = Weight::removes;
  return form_reply(context, page, wrong);
}

Result<web::Reply> send_reset(web::Context& context, const Member& one) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto token, make_reset_link(tx, context.scope(), one.id));
    const auto link = web::whole_url(context.house().public_url, web::Url::path("/reset/{}", token));
    TRY_DONE(mail::post(tx, context.house().keyring, context.scope(), reset_letter(context.library(), one, context.who().member.name, link)));
    return web::Url::path("/people/{}", one.id);
  }));
  context.say_next("identity.person.link_sent", {{"name", one.name}, {"email", one.email}});
  return web::Reply::see_other(where);
}

// Somebody who has left and is still named.
Result<Member> former(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(auto found, context.read([&](store::Read& db) { return member(db, context.scope(), id); }));
  if (found.standing == Standing::active || found.name.empty()) return fail(Fault::not_found, "identity.member.active");
  return found;
}

}  // namespace

// GET /people/{id}
Result<web::Reply> show_person(const web::Request& request, web::Context& context) {
  TRY(const auto one, person(request, context));
  return person_reply(context, one, nullptr);
}

// POST /people/{id}/roles
Result<web::Reply> save_roles(const web::Request& request, web::Context& context) {
  TRY(const auto one, person(request, context));
  auto roles = roles_of_form(request);
  // a lead's form does not offer this role: it stays as it is
  if (!context.scope().roles.has(Role::administrator) && one.roles.has(Role::administrator)) roles.add(Role::administrator);
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(change_roles(tx, context.scope(), one.id, roles));
    return web::Url::path("/people");
  });
  if (!where) {
    if (at_form(where.error())) return person_reply(context, one, &where.error());
    return fail(where.error());
  }
  context.say_next("identity.person.saved", {{"name", one.name}});
  return web::Reply::see_other(*where);
}

// POST /people/{id}/reset-link: by=mail sends it to the member's own address, otherwise the link is shown.
Result<web::Reply> make_reset(const web::Request& request, web::Context& context) {
  TRY(const auto one, person(request, context));
  if (request.form.first("by") == "mail" && web::may_mail(context)) return send_reset(context, one);
  TRY(const auto token, context.write([&](store::Tx& tx) { return make_reset_link(tx, context.scope(), one.id); }));
  ShownOnce page{.title = context.words().say("identity.person.link_title", locale::arg("name", one.name)),
                 .lede = {plain(context, "identity.person.link_how")},
                 .whose = one.name,
                 .secret = whole_address(context, web::Url::path("/reset/{}", token)),
                 .is_address = true,
                 .next = {web::Url::path("/people"), plain(context, "identity.people.back")}};
  page.notes = {plain(context, "identity.person.link_once"), plain(context, "identity.person.link_told")};
  note_local_address(context, page);
  return shown_once_reply(context, page);
}

// GET /people/{id}/close
Result<web::Reply> show_close(const web::Request& request, web::Context& context) {
  TRY(const auto one, person(request, context));
  return close_reply(context, one, nullptr);
}

// POST /people/{id}/close
Result<web::Reply> do_close(const web::Request& request, web::Context& context) {
  TRY(const auto one, person(request, context));
  const auto done = close_everywhere(context, one.id, request.form.has("name_goes") ? Trace::name_goes : Trace::name_stays);
  if (!done) {
    if (at_form(done.error())) return close_reply(context, one, &done.error());
    return fail(done.error());
  }
  context.say_next("identity.close.done", {{"name", one.name}});
  return web::Reply::see_other(web::Url::path("/people"));
}

// GET /people/{id}/name
Result<web::Reply> show_forget(const web::Request& request, web::Context& context) {
  TRY(const auto one, former(request, context));
  const auto& words = context.words();
  FormPage page{.title = words.say("identity.people.forget", locale::arg("name", one.name)),
                .lede = {plain(context, "identity.leave.name_goes.help"), plain(context, "identity.forget.lede")},
                .notes = {plain(context, "identity.leave.final")},
                .action = web::Url::path("/people/{}/name", one.id),
                .button = plain(context, "identity.forget.do")};
  page.links = {{web::Url::path("/people"), plain(context, "identity.people.back")}};
  page.weight = Weight::removes;
  return form_reply(context, page);
}

// POST /people/{id}/name: takes it off the shared work
Result<web::Reply> do_forget(const web::Request& request, web::Context& context) {
  TRY(const auto one, former(request, context));
  TRY_DONE(context.write([&](store::Tx& tx) { return forget_name(tx, context.scope(), one.id); }));
  context.say_next("identity.forget.done");
  return web::Reply::see_other(web::Url::path("/people"));
}

}  // namespace kedge::identity::pages
