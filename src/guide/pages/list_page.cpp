#include "guide/pages/list_page.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "guide/checklist.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/talk.hpp"
#include "web/document.hpp"

namespace kedge::guide {
namespace {

Result<web::Url> place_of(web::Context& context, const Place& place) {
  TRY(const auto book, context.read([&](store::Read& db) { return workbook(db, context.scope(), place.workbook); }));
  return done_at(book, place);
}

bool sent(const web::Request& request, std::string_view name, const std::string& value) {
  const auto all = request.form.every(name);
  return std::find(all.begin(), all.end(), value) != all.end();
}

// The section again, with what was typed and what is wrong at its field.
enum class At : std::uint8_t { opening, proposal, comment };
Result<web::Reply> list_with_error(const web::Request& request, web::Context& context, const Place& place, const Error& error, At at) {
  TRY(auto view, context.read([&](store::Read& db) -> Result<SectionView> {
    TRY(const auto book, workbook(db, context.scope(), place.workbook));
    const auto* section = book.definition().section_of(place.prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return section_view(db, context, place.workbook, section->id);
  }));
  for (auto& card : view.cards) {
    if (card.id != place.prompt || card.list.empty()) continue;
    auto& list = card.list.front();
    const auto words = error.fields.empty() ? context.words().say(error) : context.words().say(error.fields.front());
    switch (at) {
      case At::opening:
        list.error = words;
        list.date_typed = std::string(request.form.first("closes_on"));
        view.problems.push_back({web::Url::here("closes_on"), words});
        break;
      case At::proposal:
        list.proposal_error = words;
        list.proposal_typed = std::string(request.form.first("label"));
        view.problems.push_back({web::Url::here("proposal"), words});
        break;
      case At::comment:
        list.comment_error = words;
        list.comment = std::string(request.form.first("comment"));
        for (auto& row : list.rows) {
          row.well = sent(request, "well", row.id);
          row.better = sent(request, "better", row.id);
        }
        view.problems.push_back({web::Url::here("marks-comment"), words});
        break;
    }
  }
  return section_reply(context, view, 422);
}

std::vector<std::string> every(const web::Request& request, std::string_view name) {
  std::vector<std::string> all;
  for (const auto value : request.form.every(name)) all.emplace_back(value);
  return all;
}

}  // namespace

// POST /workbooks/{id}/prompts/{prompt}/lists: fixes who is asked, what, and until when
Result<web::Reply> open_list(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  const auto date = Date::parse(request.form.first("closes_on"));
  const auto made = open_checklist(context.house().db, context.house().keyring, context.scope(), asked.place.workbook, asked.place.prompt,
                                   date.value_or(Date()));
  if (!made) {
    if (made.error().fault != Fault::invalid && made.error().fault != Fault::conflict) return fail(made.error());
    return list_with_error(request, context, asked.place, made.error(), At::opening);
  }
  context.say_next("guide.list.opened");
  TRY(const auto where, place_of(context, asked.place));
  return web::Reply::see_other(where);
}

// POST /lists/{list}/marks: one's own marks. No idempotency key, no notice, no event: nothing that tells of it stays.
Result<web::Reply> save_list_marks(const web::Request& request, web::Context& context) {
  TRY(const auto list, request.id("list"));
  TRY(const auto key, context.member_key());
  const Marks marks{every(request, "well"), every(request, "better"), std::string(request.form.first("comment"))};
  TRY(const auto about, context.read([&](store::Read& db) { return checklist(db, context.scope(), list); }));
  const Place place{about.workbook, about.prompt, ""};
  const auto saved = save_marks(context.house().db, context.house().keyring, context.scope(), key, list, marks);
  if (!saved) {
    if (saved.error().fault == Fault::invalid && !request.wants_fragment()) return list_with_error(request, context, place, saved.error(), At::comment);
    return fail(saved.error());
  }
  if (request.wants_fragment()) return web::Reply::json(nlohmann::json{{"version", "0"}, {"saved", context.words().plain("guide.saved_now")}}.dump());
  TRY(const auto book, context.read([&](store::Read& db) { return workbook(db, context.scope(), place.workbook); }));
  return web::Reply::see_other(back_to(book, place).at("marks-saved"));  // after the sign # an address is not sent to any server
}

// POST /workbooks/{id}/prompts/{prompt}/proposals; of an undo the words stand in the address
Result<web::Reply> propose_practice(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(propose(tx, context.scope(), asked.place.workbook, asked.place.prompt, request.form.has("label") ? request.line("label") : std::string(request.query.first("label"))));
    return done_at(book, asked.place);
  });
  if (!where) {
    if (where.error().fault == Fault::invalid) return list_with_error(request, context, asked.place, where.error(), At::proposal);
    return fail(where.error());
  }
  context.say_next("guide.list.proposed");
  return web::Reply::see_other(*where);
}

// POST /workbooks/{id}/prompts/{prompt}/proposals/removal: by a lead, before a list opens
Result<web::Reply> withdraw_practice(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  const std::string label(request.form.first("label"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(withdraw(tx, context.scope(), asked.place.workbook, asked.place.prompt, label));
    return done_at(book, asked.place);
  }));
  const auto undo = web::Url::path("/workbooks/{}/prompts/{}/proposals", asked.place.workbook, asked.place.prompt).with("label", label);
  context.say_next("guide.list.withdrawn", {{"label", label}, {"undo", undo.text()}});
  return web::Reply::see_other(where);
}

namespace {

web::Url talk_file(const Place& place) { return web::Url::path("/workbooks/{}/prompts/{}/talk/document", place.workbook, place.prompt); }

Result<TalkView> talk_view(web::Context& context, const Place& place) {
  return context.read([&](store::Read& db) -> Result<TalkView> {
    TRY(const auto book, workbook(db, context.scope(), place.workbook));
    const auto* prompt = book.definition().prompt(place.prompt);
    if (prompt == nullptr || prompt->kind != Kind::checklist) return fail(Fault::not_found, "guide.prompt.unknown");
    TalkView talk{std::string(prompt->label.in(context.language()).words), context.library().name, {}, back_to(book, place), talk_file(place)};
    for (const auto& row : prompt->rows) {
      MarkRow line;
      line.label = std::string(row.label.in(context.language()).words);
      talk.rows.push_back(std::move(line));
    }
    TRY(const auto proposed, proposals(db, context.scope(), place.workbook, place.prompt));
    for (const auto& label : proposed) {
      MarkRow line;
      line.label = label;
      talk.rows.push_back(std::move(line));
    }
    return talk;
  });
}

}  // namespace

// GET /workbooks/{id}/prompts/{prompt}/talk: a sheet for a talk, in a library of fewer than five or when a list says nothing
Result<web::Reply> show_talk_sheet(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto view, talk_view(context, asked.place));
  const web::Frame frame{std::string(context.words().plain("guide.talk.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::talk, view, frame));
}

// GET .../talk/document?format=pdf|docx|html|md&print=large: as many sheets as somebody copies, all alike
Result<web::Reply> talk_document(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto kind, web::asked_document(request));
  TRY(auto view, talk_view(context, asked.place));
  view.alone = true;
  const web::DocumentPage page{std::string(context.words().plain("guide.talk.title")), web::SafeHtml(web::render(context.words(), views::talk_body, view))};
  return web::document(context, page, kind, talk_file(asked.place), web::Url::path("/workbooks/{}/prompts/{}/talk", asked.place.workbook, asked.place.prompt));
}

}  // namespace kedge::guide
