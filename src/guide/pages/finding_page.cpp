// An answer, a row or what a closed list says becomes a finding in one step, by a person; a private one only by its writer, who sees the sentence that
// others will read (PRIVACY.md 3).
#include "guide/pages/finding_page.hpp"

#include "core/text.hpp"
#include "guide/fields.hpp"
#include "guide/pages/list_view.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/raising.hpp"
#include "lineage/lineage.hpp"

namespace kedge::guide {
namespace {

constexpr std::size_t kStatementLimit = 500;

// What a finding of this answer starts from.
struct Ground {
  Workbook book;
  Place place;
  std::string words;
  std::string theme;
  bool personal = false;
  lineage::Ref ref;
  web::Url action;
  bool shared = false;
};

std::string theme_of(const Prompt& prompt, const std::string& row) {
  if (const auto* given = prompt.row(row); given != nullptr && !given->theme.empty()) return given->theme;
  return prompt.theme;
}

// Of a place: the team's answer, or the reader's own private one.
Result<Ground> ground_at(store::Read& db, const web::Context& context, const Asked& asked) {
  TRY(const auto all, material(db, context, asked.place.workbook));
  const auto* prompt = all.written->book.definition().prompt(asked.place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  Ground ground{all.written->book, asked.place, {}, theme_of(*prompt, asked.place.row), asked.voice == Voice::personal, {}, {}};
  ground.action = place_url(asked.place, asked.voice, "finding");
  if (asked.voice == Voice::team) {
    for (const auto& answer : all.written->answers) {
      if (answer.voice != Voice::team || answer.place.prompt != asked.place.prompt || answer.place.row != asked.place.row) continue;
      ground.words = said_in_full(*prompt, asked.place, Voice::team, with_names(all.written->records, *prompt, answer.values), context, kStatementLimit);
      ground.ref = {"answer", answer.id.text()};
    }
  } else {
    if (prompt->share == Share::never) return fail(Fault::forbidden, "guide.answer.never_shared");
    for (const auto& own : all.own) {
      if (own.place.prompt != asked.place.prompt || own.place.row != asked.place.row) continue;
      ground.words = said_in_full(*prompt, asked.place, Voice::personal, own.values, context, kStatementLimit);
      ground.ref = {"private_note", own.id.text()};
    }
  }
  if (ground.ref.id.empty()) return fail(Fault::not_found, "guide.answer.unknown");
  return ground;
}

// Of an answer that a colleague shared.
Result<Ground> ground_of(store::Read& db, const web::Context& context, const web::Request& request) {
  TRY(const auto book_id, request.id("id"));
  TRY(const auto answer_id, request.id("answer"));
  TRY(auto book, workbook(db, context.scope(), book_id));
  TRY(const auto one, answer(db, context.scope(), answer_id));
  const auto* prompt = book.definition().prompt(one.place.prompt);
  if (prompt == nullptr || one.place.workbook != book_id) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto known, records(db, context.scope()));
  Ground ground{std::move(book), one.place, said_in_full(*prompt, one.place, one.voice, with_names(known, *prompt, one.values), context, kStatementLimit), theme_of(*prompt, one.place.row), false, {"answer", answer_id.text()}, {}};
  ground.action = web::Url::path("/workbooks/{}/answers/{}/finding", book_id, answer_id);
  ground.shared = one.voice == Voice::personal;
  return ground;
}

// Of what a closed list says of one practice.
Result<Ground> ground_of_band(store::Read& db, const web::Context& context, const web::Request& request) {
  TRY(const auto book_id, request.id("id"));
  TRY(const auto list_id, request.id("list"));
  const auto item = request.parameter("item");
  TRY(auto book, workbook(db, context.scope(), book_id));
  TRY(const auto list, checklist(db, context.scope(), list_id));
  if (list.workbook != book_id) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(auto said, said_of_item(list, book.definition().prompt(list.prompt), item, context));
  Ground ground{std::move(book), {book_id, list.prompt, ""}, std::move(said.sentence), std::move(said.theme), false, band_ref(list_id, item), {}};
  ground.action = web::Url::path("/workbooks/{}/lists/{}/bands/{}/finding", book_id, list_id, item);
  return ground;
}

Result<web::Reply> form_reply(web::Context& context, const Ground& ground, const web::Request* again, const Error* error) {
  RaisingView view;
  // what somebody wrote for themselves never stands ready to be published: one tired press would do it
  if (again != nullptr) view.statement = again->text("statement");
  else if (!ground.personal) view.statement = text::shorten(ground.words, kStatementLimit);
  view.quotation = ground.words;
  view.personal = ground.personal;
  view.band = ground.ref.kind == "band";
  view.shared = ground.shared;
  view.action = ground.action;
  view.back = back_to(ground.book, ground.place);
  view.named = again != nullptr && again->form.first("voice") == "named";
  view.my_name = context.who().member.name;
  const std::string chosen = again != nullptr ? again->line("theme") : ground.theme;
  TRY(const auto themes, context.read([&](store::Read& db) { return lineage::themes(db, context.scope(), context.language()); }));
  for (const auto& theme : themes)
    if (!theme.hidden || (again != nullptr && theme.code == chosen)) view.themes.push_back({theme.code, theme.label, theme.code == chosen});
  if (error != nullptr)
    for (const auto& wrong : error->fields) (wrong.field == "theme" ? view.theme_error : view.error) = context.words().say(wrong);
  const web::Frame frame{std::string(context.words().plain("guide.raise.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::raising, view, frame), error != nullptr ? 422 : 200);
}

Result<web::Reply> raise(const web::Request& request, web::Context& context, const Ground& ground) {
  lineage::NewFinding finding;
  finding.statement = request.text("statement");
  finding.theme = request.line("theme");
  finding.rests_on = {ground.ref};
  if (ground.personal) finding.voice = request.form.first("voice") == "named" ? lineage::Voice::named : lineage::Voice::unnamed;
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto id, lineage::raise(tx, context.scope(), finding));
    TRY_DONE(tx.touch("workbook/" + ground.book.id.text()));
    return web::Url::path("/findings/{}", id);
  });
  if (!where) {
    if (where.error().fault == Fault::invalid && !request.wants_fragment()) return form_reply(context, ground, &request, &where.error());
    return fail(where.error());
  }
  context.say_next("guide.raise.done");
  return web::Reply::see_other(*where);
}

}  // namespace

// GET /workbooks/{id}/prompts/{prompt}/{voice}/finding?row=
Result<web::Reply> choose_finding(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_at(db, context, asked); }));
  return form_reply(context, ground, nullptr, nullptr);
}

// POST the same
Result<web::Reply> raise_finding(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_at(db, context, asked); }));
  return raise(request, context, ground);
}

// GET /workbooks/{id}/answers/{answer}/finding
Result<web::Reply> choose_finding_of(const web::Request& request, web::Context& context) {
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_of(db, context, request); }));
  return form_reply(context, ground, nullptr, nullptr);
}

// POST the same
Result<web::Reply> raise_finding_of(const web::Request& request, web::Context& context) {
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_of(db, context, request); }));
  return raise(request, context, ground);
}

// GET /workbooks/{id}/lists/{list}/bands/{item}/finding
Result<web::Reply> choose_finding_of_band(const web::Request& request, web::Context& context) {
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_of_band(db, context, request); }));
  return form_reply(context, ground, nullptr, nullptr);
}

// POST the same
Result<web::Reply> raise_finding_of_band(const web::Request& request, web::Context& context) {
  TRY(const auto ground, context.read([&](store::Read& db) { return ground_of_band(db, context, request); }));
  return raise(request, context, ground);
}

}  // namespace kedge::guide
