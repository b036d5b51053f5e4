#include "plan/pages/action.hpp"

#include <algorithm>
#include <cstdlib>

#include "plan/pages/form.hpp"
#include "plan/pages/views/action.hpp"

namespace kedge::plan::pages {
namespace {

// What somebody else saved while this was typed, field by field.
std::vector<lineage::pages::Differing> differing(const web::Context& context, const Action& action, const Owners& owners) {
  const auto& request = context.request();
  const auto& words = context.words();
  std::vector<lineage::pages::Differing> all;
  const auto compare = [&](locale::Message label, const std::string& theirs, const std::string& typed) {
    if (theirs != typed) all.push_back({std::string(words.plain(label)), theirs, typed});
  };
  const auto name = [&](const std::string& code) {
    const auto found = owners.names.find(code);
    return found == owners.names.end() ? std::string() : found->second;
  };
  const auto status = from_code<Status>(request.form.first("status")).value_or(action.status);
  compare("plan.step.label", action.step, request.line("step"));
  compare("plan.owner.label", name(owner_code(action)), name(std::string(request.form.first("owner"))));
  compare("plan.due.label", action.due.text(), std::string(request.form.first("due")));
  compare("plan.look.label", action.look_on.text(), std::string(request.form.first("look_on")));
  compare("plan.status.label", status_words(words, action.status), status_words(words, status));
  compare("plan.measure.label", action.measure, request.text("measure"));
  compare("plan.resources.label", action.resources, request.text("resources"));
  compare("plan.obstacles.label", action.obstacles, request.text("obstacles"));
  compare("plan.informed.label", action.informed, request.text("informed"));
  compare("plan.outcome.label", action.outcome, request.text("outcome"));
  return all;
}

Done add_check_ins(store::Read& db, const web::Context& context, const Owners& owners, ActionPage& page) {
  TRY(const auto all, check_ins(db, context.scope(), page.action.id));
  for (const auto& one : all) {
    const auto who = owners.names.find("member:" + one.member.text());
    page.check_ins.push_back({who == owners.names.end() ? std::string() : who->second,
                              context.words().day_and_time(one.at_ms, context.library().time_zone), one.note});
  }
  return {};
}

// The fields by which a status is changed bear names of their own: two of them ask for the outcome.
struct Needed {
  Status status;
  std::string_view of_action;
  std::string_view field;
};
constexpr Needed kNeeded[] = {{Status::started, "owner", "who"}, {Status::done, "outcome", "came_of_it"}, {Status::stopped, "outcome", "why_stopped"}};

void add_standing(const web::Form& form, const Owners& owners, const Error* error, ActionPage& page) {
  auto& standing = page.standing;
  standing.who = form.field(web::FieldKind::select, "who", "plan.owner.label").of(owners.choices).needed();
  standing.came_of_it = form.field(web::FieldKind::area, "came_of_it", "plan.outcome.label", page.action.outcome).limited(kTextLength).needed();
  standing.why_stopped = form.field(web::FieldKind::area, "why_stopped", "plan.why_stopped.label", page.action.outcome).limited(kTextLength).needed();
  for (const auto& needed : kNeeded)
    if (error != nullptr && !error->fields.empty() && error->fields.front().field == needed.field) standing.tried = std::string(code_of(needed.status));
}

// `error` belongs to the fields of the action, or (at "note") to the check-in: the other form is fresh then.
Result<ActionPage> load(store::Read& db, web::Context& context, const Id& id, const Error* error) {
  const bool of_note = error != nullptr && !error->fields.empty() && (error->fields.front().field == "note" || error->fields.front().field == "look_again");
  const web::Form fresh(context);
  const web::Form refused(context, error);
  ActionPage page{.action = {}, .row = {}, .form = refused, .fields = {}, .thread = {}, .check_ins = {}, .note = {}, .look_again = {}, .standing = {}, .standing_url = web::Url::path("/actions/{}/status", id),
                  .may_change = lineage::pages::may_change(context), .self = web::Url::path("/actions/{}", id),
                  .checking_in = web::Url::path("/actions/{}/check-ins", id), .removal = web::Url::path("/actions/{}/removal", id),
                  .finding = web::Url::path("/findings/new").with("ref_kind", "action").with("ref_id", id), .differing = {}};
  TRY(page.action, action(db, context.scope(), id));
  TRY(auto names, owners(db, context));
  page.row = row(page.action, names, context);
  const auto code = owner_code(page.action);
  if (!code.empty() && names.choices.end() == std::find_if(names.choices.begin(), names.choices.end(), [&](const auto& one) { return one.value == code; }))
    names.choices.push_back({code, page.row.who});
  page.may_ask = page.may_change && !page.action.finished() && !code.empty() && page.action.owner_member != context.scope().actor && !page.row.left_behind;
  page.finished = page.action.status == Status::done || page.action.status == Status::stopped;
  if (code.empty()) page.taken_up = Status::proposed;
  add_standing(refused, names, error, page);
  page.fields = fields_of(of_note || !page.standing.tried.empty() ? fresh : refused, page.action, names);
  page.note = (of_note ? refused : fresh).field(web::FieldKind::area, "note", "plan.note.label").limited(kNoteLength).needed();
  page.look_again = (of_note ? refused : fresh).field(web::FieldKind::date, "look_again", "plan.look.label").helped(look_help(context));
  TRY(page.thread, lineage::pages::around(context, db, {"action", id.text()}));
  TRY_DONE(add_check_ins(db, context, names, page));
  if (error != nullptr && error->fault == Fault::conflict) page.differing = differing(context, page.action, names);
  return page;
}

Result<web::Reply> reply(web::Context& context, const Id& id, const Error* error) {
  TRY(const auto page, context.read([&](store::Read& db) { return load(db, context, id, error); }));
  const web::Frame frame{page.action.step, "actions", &context, "action/" + id.text()};
  return web::Reply::html(web::render(context.words(), views::action, page, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

template <class F>
Result<web::Reply> changed(web::Context& context, const Id& id, const std::string_view& said, F&& work) {
  const auto where = context.change(std::forward<F>(work));
  if (!where) {
    const auto fault = where.error().fault;
    if (fault == Fault::invalid || (fault == Fault::conflict && where.error().key == "plan.action.changed")) return reply(context, id, &where.error());
    return fail(where.error());
  }
  context.say_next(said);
  return web::Reply::see_other(*where);
}

}  // namespace

// GET /actions/{id}
Result<web::Reply> show_action(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  if (!request.wants_fragment()) return reply(context, id, nullptr);
  TRY(const auto page, context.read([&](store::Read& db) { return load(db, context, id, nullptr); }));
  return web::Reply::html(web::render(context.words(), views::action_state, page));
}

// POST /actions/{id}
Result<web::Reply> save_action(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  std::string_view said = "plan.saved";
  return changed(context, id, said, [&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, action(tx, context.scope(), id));
    TRY(auto typed, typed_action(tx, request, context, kept));
    said = typed.due == kept.due ? "plan.saved" : said_after(context, typed, "plan.saved");
    typed.version = std::atoll(std::string(request.form.first("version")).c_str());
    TRY_DONE(revise(tx, context.scope(), typed));
    return web::Url::path("/actions/{}", id);
  });
}

// POST /actions/{id}/status: started, done, stopped or taken up again, each with the one thing that it needs
Result<web::Reply> set_status(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto status = from_code<Status>(request.form.first("status"));
  if (!status) return fail_field("status", "plan.status.unknown");
  return changed(context, id, "plan.saved", [&](store::Tx& tx) -> Result<web::Url> {
    TRY(auto kept, action(tx, context.scope(), id));
    kept.status = *status;
    if (kept.look_on <= context.today()) kept.look_on = Date();
    kept.version = std::atoll(std::string(request.form.first("version")).c_str());
    if (*status == Status::done) kept.outcome = request.text("came_of_it");
    if (*status == Status::stopped) kept.outcome = request.text("why_stopped");
    if (const auto who = request.form.first("who"); *status == Status::started && !who.empty()) {
      TRY(const auto all, owners(tx, context));
      const auto owner = Id::parse(who.substr(std::min(who.size(), who.find(':') + 1)));
      if (!owner || std::ranges::find(all.choices, who, &web::Choice::value) == all.choices.end()) return fail_field("who", "plan.owner.gone");
      kept.owner_member = who.starts_with("member:") ? *owner : Id();
      kept.owner_contact = who.starts_with("contact:") ? *owner : Id();
    }
    if (auto done = revise(tx, context.scope(), kept); !done) {
      for (auto& wrong : done.error().fields)
        for (const auto& needed : kNeeded)
          if (needed.status == *status && wrong.field == needed.of_action) wrong.field = needed.field;
      return fail(std::move(done.error()));
    }
    return web::Url::path("/actions/{}", id);
  });
}

// POST /actions/{id}/check-ins
Result<web::Reply> add_check_in(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return changed(context, id, "plan.checked_in", [&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, action(tx, context.scope(), id));
    TRY(const auto typed, request.field_date("look_again"));
    auto next = look_after(kept.look_on, typed, context.today());
    if (!next) return fail_field("look_again", next.error().fields.front().key);
    TRY_DONE(check_in(tx, context.scope(), id, request.text("note"), *next));
    return web::Url::path("/actions/{}", id).at("check-ins");
  });
}

// POST /actions/{id}/removal
Result<web::Reply> remove_action(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(remove(tx, context.scope(), id));
    return web::Url::path("/actions").with("removed", id);
  }));
  return web::Reply::see_other(where);
}

// POST /actions/{id}/restoration
Result<web::Reply> restore_action(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(restore(tx, context.scope(), id));
    return web::Url::path("/actions/{}", id);
  }));
  context.say_next("plan.restored");
  return web::Reply::see_other(where);
}

}  // namespace kedge::plan::pages
