#include "plan/pages/asked.hpp"

#include "plan/pages/rows.hpp"
#include "plan/pages/views/asked.hpp"

namespace kedge::plan::pages {
namespace {

// What a link leads to, read in its library.
struct Found {
  Asked asked;
  identity::Library library;
  Action action;
  std::string who;
  Date today;
};

Result<Found> find(const web::Request& request, const web::Context& context) {
  auto& db = context.house().db;
  const auto token = request.parameter("token");
  Found found;
  TRY(found.asked, db.read(store::InstallationScope{}, [&](store::Read& read) { return find_asked(read, token); }));
  const store::Scope scope{found.asked.library, found.asked.member, {}};
  TRY_DONE(db.read(scope, [&](store::Read& read) -> Done {
    TRY(found.action, asked_action(read, found.asked));
    TRY(found.library, identity::library(read, scope));
    found.today = Date::at(context.now_ms(), found.library.time_zone);
    TRY(const auto names, owners(read, scope, context.words(), found.today));
    const auto who = names.names.find(owner_code(found.action));
    if (who != names.names.end()) found.who = who->second;
    return {};
  }));
  return found;
}

web::Reply reply(const web::Request& request, const web::Context& context, const Found& found, const Error* wrong, std::string noted = {}) {
  const auto& words = context.words();
  const web::Form form(context, wrong);
  AskedPage page{.library = found.library.name,
                 .who = found.who,
                 .step = found.action.step,
                 .due = words.date(found.action.due),
                 .self = web::Url::path("/asked/{}", request.parameter("token")),
                 .note = form.field(web::FieldKind::area, "note", "plan.ask.note").limited(kNoteLength).helped(std::string(words.plain("plan.ask.note.help"))),
                 .form = form,
                 .noted = std::move(noted)};
  web::Frame frame{std::string(words.plain("plan.ask.title")), "", &context};
  frame.bare = true;
  return web::Reply::html(web::render(words, views::asked, page, frame), wrong == nullptr ? 200 : web::status_of_form(*wrong)).header("Referrer-Policy", "no-referrer");
}

// What colleagues read: in their library's language where nothing was typed, and from whom when nobody of them wrote it.
std::string note_of(const Found& found, Said said, std::string typed) {
  const auto& words = locale::words(found.library.language);
  if (typed.empty() && said == Said::going) typed = words.plain("plan.ask.note.going");
  if (typed.empty() && said == Said::stuck) typed = words.plain("plan.ask.note.stuck");
  if (typed.empty() || !found.asked.handed) return typed;
  return words.say("plan.ask.note.by", locale::arg("who", found.who), locale::arg("note", typed));
}

}  // namespace

Result<web::Reply> make_link(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  AskPage page{.step = {}, .who = {}, .address = {}, .back = web::Url::path("/actions/{}", id)};
  TRY(const auto token, context.write([&](store::Tx& tx) -> Result<std::string> {
    TRY(const auto kept, action(tx, context.scope(), id));
    TRY(const auto names, owners(tx, context));
    page.step = kept.step;
    const auto who = names.names.find(owner_code(kept));
    if (who != names.names.end()) page.who = who->second;
    return ask(tx, context.scope(), id, Goes::handed);
  }));
  page.address = context.house().public_url + web::Url::path("/asked/{}", token).text();
  const web::Frame frame{std::string(context.words().plain("plan.ask.link")), "actions", &context};
  return web::Reply::html(web::render(context.words(), views::ask, page, frame)).header("Referrer-Policy", "no-referrer");
}

// Looking changes nothing: mail programs open every link.
Result<web::Reply> show_asked(const web::Request& request, web::Context& context) {
  TRY(const auto found, find(request, context));
  return reply(request, context, found, nullptr);
}

Result<web::Reply> answer_by_link(const web::Request& request, web::Context& context) {
  TRY(const auto found, find(request, context));
  const auto said = from_code<Said>(request.form.first("said"));
  if (!said) {
    const Error wrong{Fault::invalid, "plan.ask.which", {}, {{"note", "plan.ask.which", {}}}, {}};
    return reply(request, context, found, &wrong);
  }
  const store::Scope scope{found.asked.library, found.asked.handed ? Id() : found.asked.member, {}};
  const auto done = context.house().db.write(scope, [&](store::Tx& tx) { return answer_asked(tx, found.asked, *said, note_of(found, *said, request.text("note")), found.today); });
  if (!done) {
    if (done.error().fault == Fault::invalid) return reply(request, context, found, &done.error());
    return fail(done.error());
  }
  return reply(request, context, found, nullptr, std::string(context.words().plain("plan.ask.noted." + std::string(code_of(*said)))));
}

}  // namespace kedge::plan::pages
