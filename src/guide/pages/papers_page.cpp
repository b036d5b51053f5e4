#include "guide/pages/papers_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/pages/list_view.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/papers.hpp"
#include "web/document.hpp"

namespace kedge::guide {
namespace {

web::Url papers_url(const Place& place) { return web::Url::path("/workbooks/{}/prompts/{}/papers", place.workbook, place.prompt); }
web::Url slip_url(const Place& place) { return web::Url::path("/workbooks/{}/prompts/{}/papers/document", place.workbook, place.prompt); }

// The practices of the next list as they are called here.
struct Practices {
  std::string title;
  std::vector<ListItem> items;
  std::vector<MarkRow> rows;
  web::Url back;
};
Result<Practices> practices(store::Read& db, const web::Context& context, const Place& place) {
  TRY(const auto book, workbook(db, context.scope(), place.workbook));
  Practices all;
  TRY(all.items, next_items(db, context.scope(), place.workbook, place.prompt));
  const auto* prompt = book.definition().prompt(place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  all.title = std::string(prompt->label.in(context.language()).words);
  all.rows = mark_rows(*prompt, all.items, context);
  all.back = back_to(book, place);
  return all;
}

Result<web::Reply> papers_reply(web::Context& context, const Place& place, const Error* wrong) {
  TRY(const auto view, context.read([&](store::Read& db) -> Result<PapersView> {
    TRY(auto all, practices(db, context, place));
    const web::Form form(context, wrong);
    const auto least = std::max(context.library().threshold, disclosure::kSmallestGroup);
    PapersView made{.title = all.title, .least = least, .back = all.back, .save = papers_url(place), .slip = slip_url(place).with("format", "pdf"), .form = form};
    TRY(made.state, papers(db, context.scope()));
    made.sheets = form.field(web::FieldKind::number, "sheets", "guide.papers.how_many").needed();
    made.comments = form.field(web::FieldKind::area, "comments", "guide.papers.comments").helped(std::string(context.words().plain("guide.papers.comments_help")));
    for (std::size_t i = 0; i < all.items.size(); ++i) {
      const auto number = std::to_string(i);
      const auto& item = all.items[i];
      made.rows.push_back({std::move(all.rows[i]), item.label.empty() ? item.id : item.label, form.field(web::FieldKind::number, "well-" + number, "guide.mark.well"),
                           form.field(web::FieldKind::number, "better-" + number, "guide.mark.better")});
    }
    return made;
  }));
  const web::Frame frame{std::string(context.words().plain("guide.papers.title")), "workbook", &context};
  const int status = wrong == nullptr ? 200 : wrong->fault == Fault::conflict ? 409 : 422;
  return web::Reply::html(web::render(context.words(), views::papers, view, frame), status);
}

// A tally that was left empty counts none; what is no number is none that fits.
std::int64_t tally(const web::Request& request, const std::string& field) {
  const auto typed = request.line(field);
  return typed.empty() ? 0 : text::number(typed).value_or(-1);
}

PaperBatch typed_batch(const web::Request& request) {
  PaperBatch batch;
  batch.sheets = text::number(request.line("sheets")).value_or(0);
  for (const auto item : request.form.every("practice")) {
    const auto number = std::to_string(batch.tallies.size());
    batch.tallies.push_back({std::string(item), tally(request, "well-" + number), tally(request, "better-" + number)});
  }
  const auto comments = request.text("comments");
  for (std::size_t at = 0; at <= comments.size();) {
    const auto end = std::min(comments.find('\n', at), comments.size());
    if (auto line = text::clean_line(comments.substr(at, end - at)); !line.empty()) batch.comments.push_back(std::move(line));
    at = end + 1;
  }
  return batch;
}

}  // namespace

// GET /workbooks/{id}/prompts/{prompt}/papers
Result<web::Reply> show_papers(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  return papers_reply(context, asked.place, nullptr);
}

// POST /workbooks/{id}/prompts/{prompt}/papers: all sheets at once, or nothing
Result<web::Reply> type_papers(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  const auto batch = typed_batch(request);
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(type_in_papers(tx, context.scope(), asked.place.workbook, asked.place.prompt, batch));
    return done_at(book, asked.place);
  });
  if (!where) return where.error().fault == Fault::invalid || where.error().fault == Fault::conflict ? papers_reply(context, asked.place, &where.error()) : fail(where.error());
  context.say_next("guide.papers.saved");
  return web::Reply::see_other(*where);
}

// GET /workbooks/{id}/prompts/{prompt}/papers/document?format=pdf|docx|html|md&print=large: one sheet, to copy as often as needed
Result<web::Reply> slip_document(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto kind, web::asked_document(request));
  TRY(const auto slip, context.read([&](store::Read& db) -> Result<SlipView> {
    TRY(auto all, practices(db, context, asked.place));
    return SlipView{std::move(all.title), std::move(all.rows)};
  }));
  const web::DocumentPage page{.title = slip.title, .body = web::SafeHtml(web::render(context.words(), views::slip, slip))};
  return web::document(context, page, kind, slip_url(asked.place), web::Url::path("/workbooks/{}/prompts/{}/talk", asked.place.workbook, asked.place.prompt));
}

}  // namespace kedge::guide
