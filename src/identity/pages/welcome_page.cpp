#include "identity/pages/welcome_page.hpp"

#include "identity/joining.hpp"
#include "identity/pages/routes.hpp"
#include "identity/pages/views/welcome.hpp"

namespace kedge::identity::pages {
namespace {

web::Banner::Door door_of(const web::Context& context, const Member& member) {
  const auto& what = member.job.empty() ? roles_in_words(context, member.roles) : member.job;
  return {context.words().say("identity.welcome.as", locale::arg("name", member.name), locale::arg("job", what)),
          web::Url::path("/example/enter/{}", member.id)};
}

Result<Welcome> welcome(const web::Context& context) {
  Welcome page;
  TRY(const auto found, example(context.house().db));
  if (!found) return page;
  page.example = found->library.name;
  for (const auto& member : found->members) page.doors.push_back(door_of(context, member));
  return page;
}

// Where a member begins: what their role is for.
web::Url first_place(Roles roles) {
  if (roles.any({Role::administrator, Role::lead, Role::staff, Role::intern})) return web::Url::path("/workbooks");
  return roles.has(Role::board) ? web::Url::path("/findings") : web::Url::path("/progress");
}

Done require_example(const web::Context& context) {
  if (!context.library().example) return fail(Fault::forbidden, "identity.example.no");
  return {};
}

}  // namespace

web::Banner example_banner(const web::Context& context) {
  web::Banner banner;
  banner.start = web::Url::path("/found");
  banner.erase = web::Url::path("/example/erase");
  if (const auto found = welcome(context)) banner.doors = found->doors;
  return banner;
}

web::Reply choose_reply(const web::Context& context, const LibraryChoices& choices) {
  return web::Reply::html(web::render(context.words(), views::choose_library, choices, frame_of(context, plain(context, "identity.choose.title"))));
}

// GET /
Result<web::Reply> show_welcome(const web::Request& /*request*/, web::Context& context) {
  if (context.signed_in()) return web::Reply::see_other(first_place(context.scope().roles));
  TRY(const auto page, welcome(context));
  TRY(const bool founded, context.house().db.read(store::InstallationScope{}, [](store::Read& db) { return has_libraries(db); }));
  if (!founded && page.example.empty()) return web::Reply::see_other(web::Url::path("/found"));  // there is nothing to sign in to
  return web::Reply::html(web::render(context.words(), views::welcome, page, frame_of(context, plain(context, "identity.welcome.title"))));
}

// POST /example/enter/{member}
Result<web::Reply> enter_example_as(const web::Request& request, web::Context& context) {
  TRY(const auto member, request.id("member"));
  TRY(const auto session, enter_example(context.house().db, context.house().keyring, member, request.header("user-agent")));
  let_in(context, session);
  return web::Reply::see_other(web::Url::path("/"));
}

// GET /example/erase
Result<web::Reply> show_erase_example(const web::Request& /*request*/, web::Context& context) {
  TRY_DONE(require_example(context));
  FormPage page{.title = plain(context, "identity.erase.title"),
                .lede = {plain(context, "identity.erase.lede")},
                .notes = {plain(context, "identity.erase.note")},
                .action = web::Url::path("/example/erase"),
                .button = plain(context, "identity.erase.do")};
  page.links = {{web::Url::path("/"), plain(context, "identity.back")}};
  page.weight = Weight::removes;
  return form_reply(context, page);
}

// POST /example/erase
Result<web::Reply> do_erase_example(const web::Request& /*request*/, web::Context& context) {
  TRY_DONE(require_example(context));
  auto tables = context.house().library_tables;
  tables.insert(tables.end(), kTables.begin(), kTables.end());
  TRY_DONE(erase_example(context.house().db, context.house().keyring, context.scope(), tables));
  context.end_session();
  context.say_next("identity.erase.done");
  return web::Reply::see_other(web::Url::path("/"));
}

}  // namespace kedge::identity::pages
