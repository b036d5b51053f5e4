#include "guide/pages/whole_page.hpp"

#include <algorithm>

#include "guide/pages/parts.hpp"
#include "guide/pages/views/whole.hpp"
#include "guide/sheets.hpp"
#include "guide/thread.hpp"
#include "web/document.hpp"

namespace kedge::guide {
namespace {

Filling filling_of(std::string_view word) {
  if (word == "mine") return Filling::mine;
  return word == "blank" ? Filling::blank : Filling::team;
}
std::string_view word_of(Filling filling) {
  switch (filling) {
    case Filling::team: return "team";
    case Filling::mine: return "mine";
    case Filling::blank: return "blank";
  }
  return {};
}

web::Url document_url(const Id& workbook, Filling filling) { return web::Url::path("/workbooks/{}/document", workbook).with("of", word_of(filling)); }

// The material as the page is to show it: a blank page knows no answers, one's own page only these.
void leave_out(Material& all, Filling filling) {
  if (filling != Filling::mine) all.own.clear();
  if (filling == Filling::team) return;
  if (filling == Filling::blank) all.locked = false;  // nothing is opened, and what is asked of one alone is printed too
  auto without = std::make_shared<Written>(*all.written);
  without->answers.clear();
  all.written = std::move(without);
}

// The findings of this workbook; what is gone is left out on paper.
Done add_findings(store::Read& db, web::Context& context, const Workbook& book, WholeView& view) {
  TRY(const auto closed, closed_lists(db, context.scope(), book));
  TRY(auto thread, thread_of(db, context.scope(), book.id, closed));
  TRY(const auto themes, lineage::themes(db, context.scope(), context.language()));
  for (auto& finding : thread.findings) {
    if (finding.state == lineage::State::dismissed) continue;
    WholeFinding one;
    one.statement = std::move(finding.statement);
    for (const auto& theme : themes)
      if (theme.code == finding.theme) one.theme = theme.label;
    TRY(one.grounds, lineage::pages::show_all(context, db, thread.grounds[finding.id]));
    std::erase_if(one.grounds, [](const auto& line) { return line.gone; });
    view.findings.push_back(std::move(one));
  }
  return {};
}

WholeView frame_of(const web::Context& context, const Workbook& book, Filling filling) {
  const auto& guide = book.definition();
  const auto language = context.language();
  const auto page = web::Url::path("/workbooks/{}/page", book.id);
  WholeView view;
  view.workbook = book.id;
  view.title = book.title;
  view.library = context.library().name;
  view.guide_title = std::string(guide.title.in(language).words);
  view.introduction = std::string(guide.introduction.in(language).words);
  view.printed = context.words().date(context.today());
  view.filling = filling;
  view.team = page;
  view.mine = page.with("of", "mine");
  view.blank = page.with("of", "blank");
  view.along = document_url(book.id, filling);
  view.back = web::Url::path("/workbooks/{}", book.id);
  return view;
}

// Nothing but what the material holds.
enum class For : std::uint8_t { reading, sheet };
WholeView whole_view(const web::Context& context, const Material& all, Filling filling, For use = For::reading) {
  const auto language = context.language();
  auto view = frame_of(context, all.written->book, filling);
  for (const auto* section : all.written->book.definition().shown()) {
    WholeSection whole{std::string(section->title.in(language).words), std::string(section->lede.in(language).words), {}};
    for (const auto& prompt : section->prompts) {
      if (prompt.left_out() || (use == For::sheet && prompt.answerable() && !on_sheet(prompt) && prompt.kind != Kind::checklist)) continue;
      if (filling == Filling::team && prompt.share == Share::never && !prompt.asked(Voice::team)) continue;  // never the team's
      auto one = card(prompt, all, context);
      if (filling == Filling::mine) one.shared.clear();
      else one.shared.insert(one.shared.begin(), one.mine_shared.begin(), one.mine_shared.end());
      whole.cards.push_back(std::move(one));
    }
    view.sections.push_back(std::move(whole));
  }
  return view;
}

// The sheets of paper that are asked for: one by its id, or "missing", the first forty that are not typed in. Errors: not_found.
Result<std::vector<Sheet>> asked_sheets(store::Read& db, const web::Context& context, const Id& workbook, std::string_view asked) {
  if (asked == "missing") {
    TRY(auto all, sheets(db, context.scope(), workbook));
    std::erase_if(all, [](const Sheet& one) { return one.typed; });
    if (all.empty()) return fail(Fault::not_found, "web.not_found");
    if (all.size() > static_cast<std::size_t>(kMostSheetsAtOnce)) all.resize(static_cast<std::size_t>(kMostSheetsAtOnce));
    return all;
  }
  const auto id = Id::parse(asked);
  if (!id) return fail(Fault::not_found, "web.not_found");
  TRY(auto one, sheet(db, context.scope(), *id));
  if (one.workbook != workbook) return fail(Fault::not_found, "web.not_found");
  return std::vector{std::move(one)};
}

Result<WholeView> read_whole(store::Read& db, web::Context& context, const Id& id, Filling filling) {
  if (filling == Filling::mine) {
    TRY(const auto key, context.member_key());  // a page without a word would say that nothing was written
    static_cast<void>(key);
  }
  TRY(auto all, material(db, context, id));
  leave_out(all, filling);
  auto view = whole_view(context, all, filling);
  if (filling != Filling::team) return view;
  for (auto& section : view.sections)
    for (auto& one : section.cards) TRY_DONE(add_part(db, context, all, one));
  TRY_DONE(add_findings(db, context, all.written->book, view));
  return view;
}

web::DocumentPage as_document(const web::Context& context, WholeView view) {
  view.alone = true;
  return {view.title, web::SafeHtml(web::render(context.words(), views::whole_body, view))};
}

// The code at the foot of each of its pages, which may lie loose on a table, and their numbers from one.
std::string foot_of(std::string_view code) {
  const std::string name(code);
  return ".k-sheet-" + name + "{page:sheet-" + name + ";counter-reset:page 1}@page sheet-" + name + "{@bottom-right{content:\"" + name + " \\2013  \" counter(page)}}";
}

// Blank pages with the code of a sheet of paper, without what is not typed in from it, one sheet after the other.
Result<web::DocumentPage> sheets_document(store::Read& db, const web::Context& context, const Id& id, std::string_view asked) {
  TRY(const auto of, asked_sheets(db, context, id, asked));
  TRY(auto all, material(db, context, id));
  leave_out(all, Filling::blank);
  auto view = whole_view(context, all, Filling::blank, For::sheet);
  view.alone = true;
  std::vector<WholeView> papers;
  std::string style;
  for (const auto& sheet : of) {
    papers.push_back(view);
    papers.back().sheet = sheet.code;
    style += foot_of(sheet.code);
  }
  const auto title = of.size() == 1 ? view.title + " " + of.front().code : view.title;
  return web::DocumentPage{.title = title, .body = web::SafeHtml(web::render(context.words(), views::sheets_body, papers)), .style = style};
}

}  // namespace

std::vector<FieldView> says_short(const std::vector<FieldView>& fields, const std::string& heading) {
  std::vector<FieldView> all;
  for (const auto& field : fields)
    if (field.widget != Widget::area && field.widget != Widget::tick && !field.shown.empty() && field.shown != heading) all.push_back(field);
  for (const auto& field : fields)
    if (field.widget == Widget::tick && !field.value.empty()) {
      all.push_back(field);
      all.back().shown = "\xE2\x9C\x93";
    }
  return all;
}

bool says_something(const VoiceView& voice) {
  return std::ranges::any_of(voice.entries, [](const EntryView& entry) { return !entry.blank; });
}

// GET /workbooks/{id}/page?of=team|mine|blank
Result<web::Reply> show_whole(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto filling = filling_of(request.query.first("of"));
  TRY(const auto view, context.read([&](store::Read& db) { return read_whole(db, context, id, filling); }));
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::whole, view, frame));
}

// GET /workbooks/{id}/document?of=team|mine|blank&format=pdf|docx|html|md&print=large
Result<web::Reply> show_document(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto filling = filling_of(request.query.first("of"));
  TRY(const auto asked, web::asked_document(request));
  if (const auto sheet = request.query.first("sheet"); !sheet.empty()) {
    TRY(const auto page, context.read([&](store::Read& db) { return sheets_document(db, context, id, sheet); }));
    return web::document(context, page, asked, document_url(id, Filling::blank).with("sheet", sheet), web::Url::path("/workbooks/{}/sheets", id));
  }
  TRY(const auto page, context.read([&](store::Read& db) { return workbook_document(db, context, id, filling); }));
  return web::document(context, page, asked, document_url(id, filling), web::Url::path("/workbooks/{}/page", id).with("of", word_of(filling)));
}

Result<web::DocumentPage> workbook_document(store::Read& db, web::Context& context, const Id& id, Filling filling) {
  TRY(auto view, read_whole(db, context, id, filling));
  return as_document(context, std::move(view));
}

web::DocumentPage blank_document(const web::Context& context, const Guide& guide) {
  auto written = std::make_shared<Written>();
  written->book.guide.guide = std::make_shared<const Guide>(guide);
  written->book.title = std::string(guide.title.in(context.language()).words);
  written->records = {std::make_shared<std::vector<directory::Organization>>(), std::make_shared<std::vector<directory::Contact>>(), std::make_shared<std::vector<identity::Member>>()};
  Material all;
  all.written = std::move(written);
  return as_document(context, whole_view(context, all, Filling::blank));
}

}  // namespace kedge::guide
