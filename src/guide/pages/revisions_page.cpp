// Earlier texts of an answer, and texts that came too late.
#include "guide/pages/revisions_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/fields.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/revisions.hpp"

namespace kedge::guide {
namespace {

RevisionView shown(const Prompt& prompt, const Place& place, Voice voice, const Values& values, const web::Context& context) {
  RevisionView view;
  for (auto& field : fields(prompt, place, voice, values, context))
    if (!field.shown.empty()) view.fields.push_back(std::move(field));
  return view;
}

Done add_team(store::Read& db, const web::Context& context, const Prompt& prompt, const Asked& asked, RevisionsView& view) {
  TRY(const auto all, material(db, context, asked.place.workbook));
  for (const auto& answer : all.written->answers) {
    if (answer.voice != Voice::team || answer.place.prompt != asked.place.prompt || answer.place.row != asked.place.row) continue;
    view.version = answer.version;
    TRY(const auto kept, revisions(db, context.scope(), answer.id));
    for (const auto& revision : kept) {
      auto one = shown(prompt, asked.place, asked.voice, with_names(all.written->records, prompt, revision.values), context);
      one.who = all.name_of(revision.member);
      one.when = context.words().day_and_time(revision.at_ms, context.library().time_zone);
      one.beside = revision.beside;
      one.current = !revision.beside && revision.version == answer.version;
      for (const auto& [name, value] : revision.values) one.values.emplace_back(name, value);
      view.revisions.push_back(std::move(one));
    }
  }
  return {};
}

Done add_own(store::Read& db, const web::Context& context, const Prompt& prompt, const Asked& asked, RevisionsView& view) {
  TRY(const auto key, context.member_key());
  TRY(const auto kept, private_revisions(db, context.scope(), key, asked.place));
  for (const auto& revision : kept) view.version = std::max(view.version, revision.version);
  for (const auto& revision : kept) {
    auto one = shown(prompt, asked.place, asked.voice, revision.values, context);
    one.when = context.words().date(revision.changed_on);
    one.beside = revision.beside;
    one.current = !revision.beside && revision.version == view.version;
    for (const auto& [name, value] : revision.values) one.values.emplace_back(name, value);
    view.revisions.push_back(std::move(one));
  }
  return {};
}

// The text that came too late, with the place of its answer.
struct Late {
  Beside beside;
  Answer answer;
  Workbook book;
};

Result<Late> late_text(store::Read& db, const web::Context& context, const web::Request& request) {
  TRY(const auto book, request.id("id"));
  TRY(const auto revision, request.id("revision"));
  TRY(const auto waiting, besides(db, context.scope(), book));
  for (const auto& one : waiting) {
    if (one.revision != revision) continue;
    TRY(auto found, answer(db, context.scope(), one.answer));
    TRY(auto whole, workbook(db, context.scope(), book));
    return Late{one, std::move(found), std::move(whole)};
  }
  return fail(Fault::not_found, "guide.answer.unknown");
}

// The late text as a save of it: what it does not say of the contact stays, what it says was chosen by who saw both.
Values with_contact(const Prompt& prompt, const Values& shown, Values values) {
  for (const auto& [name, value] : shown) {
    const auto* column = prompt.column(name);
    if (column->kind == ColumnKind::phone || column->kind == ColumnKind::email) values.try_emplace(name, value);
  }
  return values;
}

// Both texts, one after the other, field by field; what is the same stands once.
Values joined(const Prompt& prompt, const Values& now, const Values& late) {
  Values both = now;
  for (const auto& [name, value] : late) {
    auto& here = both[name];
    const auto* column = prompt.column(name);
    const bool words = column == nullptr ? name != "choice" && name != "done" && name != "value"
                                         : column->kind == ColumnKind::text || column->kind == ColumnKind::long_text;
    const bool listed = column != nullptr && column->kind == ColumnKind::phone;
    if (listed && !here.empty() && here != value) here += ", " + value;
    else if (column != nullptr && column->kind == ColumnKind::email && !here.empty()) continue;
    else if (here.empty() || !words) here = value;
    else if (here != value) here += "\n\n" + value;
  }
  return both;
}

enum class Settling : std::uint8_t { leave, take, join };

Result<web::Reply> settle_late(const web::Request& request, web::Context& context, Settling how) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto late, late_text(tx, context, request));
    const auto* prompt = late.book.definition().prompt(late.answer.place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    TRY(const auto known, records(tx, context.scope()));
    const auto now = with_names(known, *prompt, late.answer.values);
    const auto shown = shown_of(*prompt, now);
    if (how != Settling::leave) {
      const auto values = how == Settling::take ? with_contact(*prompt, shown, late.beside.values) : joined(*prompt, now, late.beside.values);
      TRY_DONE(save_team(tx, context.scope(), late.answer.place, values, late.answer.version, shown));
    }
    TRY_DONE(settle(tx, context.scope(), late.beside.revision));
    return done_at(late.book, late.answer.place);
  }));
  return web::Reply::see_other(where);
}

// One's own answer and the text beside it. Errors: not_found.
Done settle_own(store::Tx& tx, const web::Context& context, const Prompt& prompt, const Place& place, std::int64_t number, Settling how) {
  const auto& scope = context.scope();
  TRY(const auto key, context.member_key());
  TRY(const auto own, private_answers(tx, scope, key, place.workbook));
  TRY(const auto waiting, private_besides(tx, scope, key, own, place.workbook));
  for (const auto& answer : own) {
    if (answer.place.prompt != place.prompt || answer.place.row != place.row) continue;
    for (const auto& late : waiting) {
      if (late.answer != answer.id || late.number != number) continue;
      if (how != Settling::leave) {
        const auto values = how == Settling::take ? late.values : joined(prompt, answer.values, late.values);
        TRY_DONE(save_private(tx, scope, key, {place, values, answer.version}));
      }
      return settle_private(tx, scope, answer.id, number);
    }
  }
  return fail(Fault::not_found, "guide.answer.unknown");
}

Result<web::Reply> settle_own_late(const web::Request& request, web::Context& context, Settling how) {
  TRY(const auto asked, guide::asked(request));
  const auto number = text::number(request.parameter("number"));
  if (!number) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    const auto* prompt = book.definition().prompt(asked.place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    TRY_DONE(settle_own(tx, context, *prompt, asked.place, *number, how));
    return done_at(book, asked.place);
  }));
  return web::Reply::see_other(where);
}

}  // namespace

// GET /workbooks/{id}/prompts/{prompt}/{voice}/revisions?row=
Result<web::Reply> show_revisions(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto view, context.read([&](store::Read& db) -> Result<RevisionsView> {
    TRY(const auto book, workbook(db, context.scope(), asked.place.workbook));
    const auto* prompt = book.definition().prompt(asked.place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    RevisionsView all;
    all.label = std::string(prompt->label.in(context.language()).words);
    all.personal = asked.voice == Voice::personal;
    all.back = back_to(book, asked.place);
    all.restore = place_url(asked.place, asked.voice, "");
    if (asked.voice == Voice::team) {
      TRY_DONE(add_team(db, context, *prompt, asked, all));
    } else {
      TRY_DONE(add_own(db, context, *prompt, asked, all));
    }
    return all;
  }));
  const web::Frame frame{std::string(context.words().plain("guide.revisions.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::revisions, view, frame));
}

// POST /workbooks/{id}/besides/{revision}/taking: the late text becomes the answer
Result<web::Reply> take_late(const web::Request& request, web::Context& context) { return settle_late(request, context, Settling::take); }
// POST .../joining: both, one after the other
Result<web::Reply> join_late(const web::Request& request, web::Context& context) { return settle_late(request, context, Settling::join); }
// POST .../settling: the answer stays as it is
Result<web::Reply> leave_late(const web::Request& request, web::Context& context) { return settle_late(request, context, Settling::leave); }
// POST /workbooks/{id}/prompts/{prompt}/personal/besides/{number}/taking, joining, settling: the same for one's own, seen by nobody else
Result<web::Reply> take_own_late(const web::Request& request, web::Context& context) { return settle_own_late(request, context, Settling::take); }
Result<web::Reply> join_own_late(const web::Request& request, web::Context& context) { return settle_own_late(request, context, Settling::join); }
Result<web::Reply> leave_own_late(const web::Request& request, web::Context& context) { return settle_own_late(request, context, Settling::leave); }

}  // namespace kedge::guide
