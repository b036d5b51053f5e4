#include "identity/pages/account_page.hpp"

#include "identity/pages/views/account.hpp"
#include "identity/second.hpp"
#include "web/names.hpp"

namespace kedge::identity::pages {
namespace {

// Which of the page's forms came back: what is typed belongs to it alone.
enum class Part : std::uint8_t { none, profile, password };

AccountView::Session session_view(const web::Context& context, const SessionView& session) {
  const auto& words = context.words();
  const auto device = session.device.empty() ? plain(context, "identity.account.unknown_device") : session.device;
  return {device,
          words.say(session.shared_computer ? locale::Message("identity.account.session_shared") : locale::Message("identity.account.session"), locale::arg("started", session.started_on),
                    locale::arg("used", session.used_on)),
          session.id == context.who().session, web::Url::path("/account/sessions/{}/end", session.id),
          words.say("identity.account.end", locale::arg("device", device))};
}

std::string in_words(const web::Context& context, const ResetNotice& notice) {
  const auto& words = context.words();
  auto name = notice.made_by.value_or(plain(context, "identity.account.console"));
  if (name.empty()) name = web::former_colleague(words);
  if (notice.used_on.empty()) return words.say("identity.account.link_made", locale::arg("name", name), locale::arg("made", notice.made_on));
  return words.say("identity.account.link_used", locale::arg("name", name), locale::arg("made", notice.made_on), locale::arg("used", notice.used_on));
}

std::vector<web::Field> profile_fields(const web::Form& form, const Member& me) {
  std::vector<web::Field> fields{form.field(web::FieldKind::line, "name", "identity.field.name", me.name).limited(120).needed(),
                                 form.field(web::FieldKind::line, "job", "identity.field.job", me.job).limited(120).helped(plain(form.context(), "identity.field.job.help")),
                                 form.field(web::FieldKind::email, "email", "identity.field.email", me.email),
                                 language_field(form, me.language),
                                 form.field(web::FieldKind::check, "board_name", "identity.field.board_name", me.board_name ? "yes" : "").helped(plain(form.context(), "identity.field.board_name.help"))};
  fields[0].autocomplete = "name";
  fields[2].required = me.has_password;
  return fields;
}

std::vector<web::Field> password_fields(const web::Form& form, const Member& me) {
  std::vector<web::Field> fields;
  if (me.has_password) fields.push_back(form.field(web::FieldKind::password, "current", "identity.field.current_password").needed());
  else if (me.email.empty()) fields.push_back(form.field(web::FieldKind::email, "own_email", "identity.field.own_email").needed());
  fields.push_back(form.field(web::FieldKind::new_password, "password", me.has_password ? locale::Message("identity.field.new_password") : locale::Message("identity.field.first_password")).needed().helped(plain(form.context(), "identity.field.password.help")));
  return fields;
}

Result<web::Reply> account_reply(web::Context& context, Part part, const Error* wrong) {
  const auto& who = context.who();
  const web::Form fresh(context);
  const web::Form form(context, wrong);
  AccountView page;
  page.roles = roles_in_words(context, who.member.roles);
  page.leads = who.member.roles.any({Role::administrator, Role::lead});
  page.locked = who.locked;
  page.keep_first = !who.member.has_password && !who.library.example;
  page.password = password_fields(part == Part::password ? form : fresh, who.member);
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(const auto me, member(db, who.scope(), who.member.id));
    page.profile = profile_fields(part == Part::profile ? form : fresh, me);
    TRY(page.has_code, has_recovery_code(db, who.scope()));
    TRY(page.has_second, has_second(db, who.scope(), who.member.id));
    TRY(const auto all, sessions(db, who.scope()));
    for (const auto& session : all) page.sessions.push_back(session_view(context, session));
    TRY(const auto notices, reset_notices(db, who.scope()));
    for (const auto& notice : notices) page.told.push_back(in_words(context, notice));
    return {};
  }));
  return web::Reply::html(web::render(context.words(), views::account, page, form, frame_of(context, plain(context, "identity.account.title"))),
                          status_at_form(wrong));
}

Result<web::Reply> refused(web::Context& context, Part part, const Error& error) {
  if (at_form(error)) return account_reply(context, part, &error);
  return fail(error);
}

web::Reply saved(web::Context& context, std::string_view notice) {
  context.say_next(notice);
  return web::Reply::see_other(web::Url::path("/account"));
}

web::Reply leave_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  FormPage page{.title = plain(context, "identity.leave.title"),
                .lede = {plain(context, "identity.leave.lede"), plain(context, "identity.leave.stays")},
                .notes = {plain(context, "identity.leave.final")},
                .action = web::Url::path("/account/leave"),
                .button = plain(context, "identity.leave.do")};
  page.fields = {form.field(web::FieldKind::check, "name_goes", "identity.leave.name_goes").helped(plain(context, "identity.leave.name_goes.help"))};
  page.links = {{web::Url::path("/account"), plain(context, "identity.back")}};
  page.weight = Weight::removes;
  return form_reply(context, page, wrong);
}

}  // namespace

Done close_everywhere(web::Context& context, const Id& member, Trace trace) {
  auto& house = context.house();
  const auto scope = context.scope();
  TRY_DONE(context.write([&](store::Tx& tx) -> Done {
    TRY_DONE(close_member(tx, scope, member, trace));
    if (house.erase_member) TRY_DONE(house.erase_member(tx, scope, member));
    return {};
  }));
  return forget_key(house.keyring, scope.library, member);
}

// GET /account
Result<web::Reply> show_account(const web::Request& /*request*/, web::Context& context) { return account_reply(context, Part::none, nullptr); }

// POST /account/profile
Result<web::Reply> save_own_profile(const web::Request& request, web::Context& context) {
  const auto language = language_of_form(request, context.who().member.language);
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(save_profile(tx, context.scope(), {request.line("name"), request.line("job"), request.line("email"), language}));
    TRY_DONE(agree_to_board_name(tx, context.scope(), request.form.first("board_name").empty() ? BoardName::kept_back : BoardName::agreed));
    return web::Url::path("/account");
  });
  if (!where) return refused(context, Part::profile, where.error());
  context.set_cookie("kedge_language", code(language), 365LL * 24 * 3600);
  return saved(context, "identity.account.saved");
}

// POST /account/password: the first one, or another.
Result<web::Reply> save_own_password(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  const auto& who = context.who();
  const auto password = request.form.first("password");
  if (who.member.has_password) {
    const auto done = change_password(house.db, house.keyring, who, request.form.first("current"), password);
    if (!done) return refused(context, Part::password, done.error());
    return saved(context, "identity.account.password_changed");
  }
  auto recovery = set_password(house.db, house.keyring, who, request.line("own_email"), password);
  if (recovery) return recovery_code_reply(context, *recovery, who.member.name, who.library.name);
  auto error = recovery.error();
  for (auto& field : error.fields)
    if (field.field == "email") field.field = "own_email";
  return refused(context, Part::password, error);
}

// POST /account/recovery-code
Result<web::Reply> renew_own_code(const web::Request& /*request*/, web::Context& context) {
  const auto& who = context.who();
  TRY(const auto made, renew_recovery_code(context.house().db, context.house().keyring, who));
  return recovery_code_reply(context, made, who.member.name, who.library.name);
}

// POST /account/sessions/{id}/end
Result<web::Reply> end_own_session(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY_DONE(context.write([&](store::Tx& tx) { return end_session(tx, context.scope(), id); }));
  return saved(context, "identity.account.ended");
}

// POST /account/sessions/end-others
Result<web::Reply> end_own_others(const web::Request& /*request*/, web::Context& context) {
  TRY_DONE(context.write([&](store::Tx& tx) { return end_other_sessions(tx, context.scope(), context.who().session); }));
  return saved(context, "identity.account.ended");
}

// GET /account/leave
Result<web::Reply> show_leave(const web::Request& /*request*/, web::Context& context) { return leave_reply(context, nullptr); }

// POST /account/leave
Result<web::Reply> do_leave(const web::Request& request, web::Context& context) {
  const auto trace = request.form.has("name_goes") ? Trace::name_goes : Trace::name_stays;
  const auto done = close_everywhere(context, context.scope().actor, trace);
  if (!done) {
    if (at_form(done.error())) return leave_reply(context, &done.error());
    return fail(done.error());
  }
  context.end_session();
  context.say_next("identity.leave.done");
  return web::Reply::see_other(web::Url::path("/")).header("Clear-Site-Data", "\"cache\", \"storage\"");
}

}  // namespace kedge::identity::pages
