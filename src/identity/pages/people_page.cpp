#include "identity/pages/people_page.hpp"

#include "identity/joining.hpp"
#include "identity/pages/letters.hpp"
#include "identity/pages/views/people.hpp"

namespace kedge::identity::pages {
namespace {

constexpr Roles kLeads{Role::administrator, Role::lead};

web::Field role_select(const web::Form& form, std::string_view name, std::initializer_list<Role> roles) {
  std::vector<web::Choice> choices;
  for (const auto role : roles) choices.push_back({std::string(code_of(role)), as_label(role_in_words(form.context(), role))});
  return form.field(web::FieldKind::select, name, "identity.field.role", std::string(code_of(*roles.begin()))).of(std::move(choices));
}

void add_ways_in(PeopleView& page, const web::Form& form, bool administers) {
  page.code_role = role_select(form, "code_role", {Role::staff, Role::intern});
  page.invitation = {form.field(web::FieldKind::email, "email", "identity.field.their_email"),
                     administers ? role_select(form, "role", {Role::staff, Role::lead, Role::intern, Role::board, Role::trainer, Role::administrator})
                                 : role_select(form, "role", {Role::staff, Role::lead, Role::intern, Role::board, Role::trainer})};
  page.invitation[0].autocomplete = "off";
  page.roles = role_checks(web::Form(form.context()), {}, administers ? Offer::all : Offer::but_administrator);
}

PeopleView::Open open_view(const web::Context& context, const Invitation& one, const std::map<Id, mail::Standing>& letters) {
  const auto& words = context.words();
  const auto roles = roles_in_words(context, one.roles);
  const auto said = one.email.empty() ? words.say("identity.people.open_one", locale::arg("roles", roles), locale::arg("made", one.made_on))
                                      : words.say("identity.people.open_to", locale::arg("email", one.email), locale::arg("roles", roles), locale::arg("made", one.made_on));
  const auto letter = letters.find(one.id);
  return {said, web::Url::path("/people/invitations/{}/withdraw", one.id), plain(context, "identity.people.withdraw"),
          letter == letters.end() ? std::string() : in_words(words, letter->second)};
}

Result<web::Reply> people_reply(web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  PeopleView page;
  page.leads = context.scope().roles.any(kLeads);
  page.may_mail = web::may_mail(context);
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(const auto all, members(db, context.scope()));
    for (const auto& one : all)
      page.people.push_back({one.name, one.job, roles_in_words(context, one.roles), one.has_password, one.id == context.scope().actor,
                             web::Url::path("/people/{}", one.id)});
    if (!page.leads) return {};
    TRY(const auto everyone, everybody(db, context.scope()));
    for (const auto& one : *everyone)
      if (one.standing == Standing::left && !one.name.empty()) page.former.push_back({one.name, web::Url::path("/people/{}/name", one.id)});
    TRY(const auto open, invitations(db, context.scope()));
    TRY(const auto letters, mail::standings(db, context.scope(), mail::Kind::invitation));
    for (const auto& one : open) page.open.push_back(open_view(context, one, letters));
    return {};
  }));
  if (page.leads) add_ways_in(page, form, context.scope().roles.has(Role::administrator));
  return web::Reply::html(web::render(context.words(), views::people, page, form, frame_of(context, plain(context, "identity.people.title"))),
                          status_at_form(wrong));
}

Result<web::Reply> refused(web::Context& context, const Error& error) {
  if (at_form(error)) return people_reply(context, &error);
  return fail(error);
}

Result<web::Reply> invite_by_letter(web::Context& context, NewInvitation invitation) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    if (invitation.email.empty()) return fail_field("email", "identity.email.needed");
    invitation.id = tx.fresh_id();
    TRY(const auto token, invite(tx, context.scope(), invitation));
    const auto link = web::whole_url(context.house().public_url, web::Url::path("/invitation/{}", token));
    TRY_DONE(mail::post(tx, context.house().keyring, context.scope(), invitation_letter(context.library(), context.who().member.name, invitation.id, invitation.email, link)));
    return web::Url::path("/people");
  });
  if (!where) {
    if (where.error().key == "mail.address") return refused(context, fail_field("email", "mail.address").value());
    return refused(context, where.error());
  }
  context.say_next("identity.people.invited", {{"email", invitation.email}});
  return web::Reply::see_other(*where);
}

}  // namespace

// GET /people
Result<web::Reply> show_people(const web::Request& /*request*/, web::Context& context) { return people_reply(context, nullptr); }

// POST /people/join-code: shown at once and never again; another press makes another.
Result<web::Reply> show_join_code(const web::Request& request, web::Context& context) {
  const auto role = from_code<Role>(request.form.first("code_role")).value_or(Role::staff);
  const auto made = context.write([&](store::Tx& tx) { return make_join_code(tx, context.house().keyring, context.scope(), role); });
  if (!made) return refused(context, made.error());
  const auto address = whole_address(context, web::Url::path("/join/{}", plain_code(made->code)));
  const auto until = context.words().day_and_time(made->expires_ms, context.library().time_zone);
  ShownOnce page{.title = plain(context, "identity.people.code_title"),
                 .lede = {context.words().say("identity.people.code_how", locale::arg("address", whole_address(context, web::Url::path("/join"))))},
                 .whose = context.library().name + " \xC2\xB7 " + role_in_words(context, role),
                 .secret = made->code,
                 .next = {web::Url::path("/people"), plain(context, "identity.people.back")}};
  page.picture = address;
  page.picture_label = plain(context, "identity.people.code_picture");
  page.notes = {context.words().say("identity.people.code_until", locale::arg("until", until))};
  note_local_address(context, page);
  return shown_once_reply(context, page);
}

// POST /people/invitations: by=mail sends it, otherwise the link is shown.
Result<web::Reply> invite_by_link(const web::Request& request, web::Context& context) {
  NewInvitation invitation{.roles = {}, .email = request.line("email")};
  if (const auto role = from_code<Role>(request.form.first("role"))) invitation.roles.add(*role);
  if (request.form.first("by") == "mail" && web::may_mail(context)) return invite_by_letter(context, invitation);
  const auto token = context.write([&](store::Tx& tx) { return invite(tx, context.scope(), invitation); });
  if (!token) return refused(context, token.error());
  ShownOnce page{.title = plain(context, "identity.people.link_title"),
                 .lede = {plain(context, "identity.people.link_how")},
                 .whose = invitation.email,
                 .secret = whole_address(context, web::Url::path("/invitation/{}", *token)),
                 .is_address = true,
                 .next = {web::Url::path("/people"), plain(context, "identity.people.back")}};
  page.notes = {plain(context, "identity.people.link_once")};
  note_local_address(context, page);
  return shown_once_reply(context, page);
}

// POST /people/invitations/{id}/withdraw
Result<web::Reply> withdraw(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY_DONE(context.write([&](store::Tx& tx) -> Done {
    TRY_DONE(withdraw_invitation(tx, context.scope(), id));
    return mail::withdraw(tx, context.scope(), id);
  }));
  context.say_next("identity.people.withdrawn");
  return web::Reply::see_other(web::Url::path("/people"));
}

}  // namespace kedge::identity::pages
