#include "lineage/pages/finding.hpp"

#include <algorithm>

#include "lineage/pages/raising.hpp"
#include "lineage/pages/views/finding.hpp"
#include "web/names.hpp"

namespace kedge::lineage::pages {
namespace {

// "On March 14, 2026, by Rosa"; an unnamed one by "a team member".
Result<std::string> raised_words(store::Read& db, const web::Context& context, const Finding& finding) {
  const auto& words = context.words();
  std::string who(finding.voice == Voice::unnamed ? words.plain("lineage.by.unnamed") : words.plain("lineage.by.team"));
  if (!finding.by.empty()) {
    TRY(const auto member, identity::member(db, context.scope(), finding.by));
    who = web::name_of(words, member);
  }
  const auto day = Date::at(finding.opened_ms, context.library().time_zone);
  return words.say("lineage.finding.raised", locale::arg("date", day), locale::arg("who", who));
}

std::string label_in(const std::vector<Theme>& themes, const std::string& code) {
  const auto found = std::ranges::find(themes, code, &Theme::code);
  return found == themes.end() ? std::string() : found->label;
}

Done add_thread(store::Read& db, web::Context& context, FindingPage& page) {
  const auto id = page.finding.id;
  TRY(const auto evidence, evidence_of(db, context.scope(), id));
  for (const auto& one : evidence) {
    TRY(auto line, show(context, db, one.ref));
    page.grounds.push_back({std::move(line), web::Url::path("/findings/{}/evidence/{}/removal", id, one.id)});
  }
  TRY(auto both, around(context, db, {"finding", id.text()}));
  page.became = std::move(both.after);
  for (auto& line : both.before) page.grounds.push_back({std::move(line), {}});
  return {};
}

Done add_revisions(store::Read& db, const web::Context& context, FindingPage& page) {
  TRY(page.earlier, revisions(db, context.scope(), page.finding.id));
  for (const auto& one : page.earlier)
    page.earlier_until.push_back(context.words().day_and_time(one.until_ms, context.library().time_zone));
  return {};
}

// What somebody else saved while this was typed.
void add_conflict(const web::Context& context, const std::vector<Theme>& themes, FindingPage& page) {
  const auto& request = context.request();
  const auto& words = context.words();
  if (const auto typed = request.text("statement"); typed != page.finding.statement)
    page.differing.push_back({std::string(words.plain("lineage.statement.label")), page.finding.statement, typed});
  if (const auto typed = request.line("theme"); typed != page.finding.theme)
    page.differing.push_back({std::string(words.plain("lineage.theme.label")), page.theme, label_in(themes, typed)});
}

Result<FindingPage> load(store::Read& db, web::Context& context, const Id& id, const Error* error) {
  const auto& words = context.words();
  FindingPage page{.finding = {}, .theme = {}, .state_words = {}, .raised = {}, .grounds = {}, .became = {}, .earlier = {}, .earlier_until = {},
                   .may_change = may_change(context), .self = web::Url::path("/findings/{}", id),
                   .acceptance = web::Url::path("/findings/{}/acceptance", id), .dismissal = web::Url::path("/findings/{}/dismissal", id),
                   .reopening = web::Url::path("/findings/{}/reopening", id),
                   .make_action = web::Url::path("/actions/new").with("from_kind", "finding").with("from_id", id), .restoration = {},
                   .form = web::Form(context, error), .statement = {}, .theme_field = {}, .differing = {}};
  TRY(page.finding, finding(db, context.scope(), id));
  TRY(const auto names, themes(db, context.scope(), context.language()));
  page.theme = label_in(names, page.finding.theme);
  page.state_words = words.plain("lineage.state." + std::string(code_of(page.finding.state)));
  TRY(page.raised, raised_words(db, context, page.finding));
  TRY_DONE(add_thread(db, context, page));
  TRY_DONE(add_revisions(db, context, page));
  page.statement = page.form.field(web::FieldKind::area, "statement", "lineage.statement.label", page.finding.statement)
                       .limited(kStatementLength).needed();
  TRY(auto choices, theme_choices(context, db, page.finding.theme));
  page.theme_field = page.form.field(web::FieldKind::select, "theme", "lineage.theme.label", page.finding.theme).of(std::move(choices));
  if (error != nullptr && error->fault == Fault::conflict) add_conflict(context, names, page);
  return page;
}

Result<web::Reply> reply(web::Context& context, const Id& id, const Error* error) {
  TRY(auto page, context.read([&](store::Read& db) { return load(db, context, id, error); }));
  if (const auto removed = Id::parse(context.request().query.first("removed")); removed && page.may_change)
    page.restoration = web::Url::path("/findings/{}/evidence/{}/restoration", id, *removed);
  const web::Frame frame{page.finding.statement, "findings", &context, "finding/" + id.text()};
  const int status = error == nullptr ? 200 : web::status_of_form(*error);
  return web::Reply::html(web::render(context.words(), views::finding, page, frame), status);
}

Result<web::Reply> decide_to(const web::Request& request, web::Context& context, State state, std::string_view said) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(decide(tx, context.scope(), id, state));
    return web::Url::path("/findings/{}", id);
  }));
  context.say_next(said);
  return web::Reply::see_other(where);
}

}  // namespace

// GET /findings/{id}
Result<web::Reply> show_finding_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  if (!request.wants_fragment()) return reply(context, id, nullptr);
  TRY(const auto page, context.read([&](store::Read& db) { return load(db, context, id, nullptr); }));
  return web::Reply::html(web::render(context.words(), views::finding_thread, page, context));
}

// POST /findings/{id}
Result<web::Reply> revise_finding(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto version = std::atoll(std::string(request.form.first("version")).c_str());
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(revise(tx, context.scope(), id, request.text("statement"), request.line("theme"), version));
    return web::Url::path("/findings/{}", id);
  });
  if (!where) {
    const auto fault = where.error().fault;
    if (fault == Fault::invalid || fault == Fault::conflict) return reply(context, id, &where.error());
    return fail(where.error());
  }
  context.say_next("lineage.saved");
  return web::Reply::see_other(*where);
}

Result<web::Reply> accept_finding(const web::Request& request, web::Context& context) {
  return decide_to(request, context, State::accepted, "lineage.accepted");
}
Result<web::Reply> dismiss_finding(const web::Request& request, web::Context& context) {
  return decide_to(request, context, State::dismissed, "lineage.dismissed");
}
Result<web::Reply> reopen_finding(const web::Request& request, web::Context& context) {
  return decide_to(request, context, State::open, "lineage.reopened");
}

// POST /findings/{id}/evidence/{evidence}/removal
Result<web::Reply> remove_evidence(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto evidence, request.id("evidence"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(unrest(tx, context.scope(), id, evidence));
    return web::Url::path("/findings/{}", id).with("removed", evidence);
  }));
  return web::Reply::see_other(where);
}

// POST /findings/{id}/evidence/{evidence}/restoration
Result<web::Reply> restore_evidence(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto evidence, request.id("evidence"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(rest_again(tx, context.scope(), id, evidence));
    return web::Url::path("/findings/{}", id);
  }));
  context.say_next("lineage.restored");
  return web::Reply::see_other(where);
}

}  // namespace kedge::lineage::pages
