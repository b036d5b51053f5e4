#include "guide/pages/board_page.hpp"

#include <algorithm>
#include <charconv>

#include "guide/pages/print.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/board.hpp"
#include "web/document.hpp"

namespace kedge::guide {
namespace {

constexpr Roles kLeads{Role::administrator, Role::lead};
constexpr Roles kStaff{Role::administrator, Role::lead, Role::staff, Role::intern};

web::Url page_url(const Id& workbook) { return web::Url::path("/workbooks/{}/board", workbook); }
web::Url file_url(const Id& workbook) { return web::Url::path("/workbooks/{}/board/document", workbook); }
std::string finding_key(const Id& id) { return "finding/" + id.text(); }
std::string action_key(const Id& id) { return "action/" + id.text(); }

// Who does it as a board reads it: what somebody does here, not who it is, unless they agreed. A partner by its organization.
std::string who_of(const plan::Action& action, const Records& records, const web::Context& context) {
  const auto said = [&](locale::Message message) { return std::string(context.words().plain(message)); };
  for (const auto& member : *records.members) {
    if (member.id != action.owner_member) continue;
    if (member.standing != identity::Standing::active) return said("guide.board.who.left");
    if (member.board_name) return member.name;
    if (!member.job.empty()) return member.job;
    if (member.roles.any(kLeads)) return said("guide.board.who.lead");
    return member.roles.has(Role::intern) ? said("guide.board.who.intern") : said("guide.board.who.staff");
  }
  for (const auto& contact : *records.contacts) {
    if (contact.id != action.owner_contact) continue;
    for (const auto& organization : *records.organizations)
      if (organization.id == contact.organization) return organization.name;
    return said("guide.board.who.partner");
  }
  return said("guide.actions.nobody");
}

std::string theme_label(const std::vector<lineage::Theme>& themes, const std::string& code) {
  for (const auto& theme : themes)
    if (theme.code == code) return theme.label;
  return {};
}

// Lines of print that a text takes where so many characters stand in one.
int lines(const std::string& words, int characters) { return static_cast<int>((words.size() + static_cast<std::size_t>(characters) - 1) / static_cast<std::size_t>(characters)); }

// How many sides the page takes at 12 points, told from its words: a side holds about 38 lines, and it is rather said too early.
int sides_of(const BoardView& view) {
  constexpr double kHeading = 2.6;
  constexpr double kRow = 0.55;   // the borders of a row
  constexpr int kLinesOfASide = 37;
  double total = 4 + 1.5;  // title, and what stands at the end
  if (!view.words.empty()) total += lines(view.words, 92) + 1;
  if (!view.asks.empty()) total += kHeading + 1 + kRow;
  for (const auto& ask : view.asks) total += std::max({1, lines(ask.decision + ask.answer, 38), lines(ask.cost, 17), lines(ask.by, 17)}) + kRow;
  if (!view.findings.empty()) total += kHeading;
  for (const auto& finding : view.findings) total += lines(finding.statement + finding.theme, 86) + 0.3;
  if (!view.steps.empty()) total += kHeading + 1 + kRow;
  for (const auto& step : view.steps) total += std::max({1, lines(step.step, 46) + lines(step.outcome, 48), lines(step.who, 15), lines(step.due, 15), lines(step.status, 15)}) + kRow;
  return static_cast<int>((total + kLinesOfASide - 1) / kLinesOfASide);
}

Result<BoardView> board_view(store::Read& db, const web::Context& context, const Id& id) {
  const auto& scope = context.scope();
  const auto& words = context.words();
  TRY(const auto book, workbook(db, scope, id));
  TRY(const auto page, board_page(db, scope, id));
  TRY(const auto matter, board_matter(db, scope, book));
  TRY(const auto known, records(db, scope));
  TRY(const auto themes, lineage::themes(db, scope, context.language()));
  BoardView view;
  view.title = book.title;
  view.library = context.library().name;
  view.printed = words.date(context.today());
  view.guide_title = std::string(book.definition().title.in(context.language()).words);
  view.words = page.words;
  view.shown = page.shown;
  view.along = file_url(id);
  if (scope.roles.any(kLeads)) view.edit = web::Url::path("/workbooks/{}/board/edit", id);
  for (const auto& ask : page.asks) view.asks.push_back({ask.decision, ask.cost, words.short_date(ask.by), ask.answer});
  for (const auto& finding : matter.findings)
    if (!page.left_out.contains(finding_key(finding.id))) view.findings.push_back({finding.statement, theme_label(themes, finding.theme)});
  for (const auto& [action, step_alone] : matter.actions) {
    if (page.left_out.contains(action_key(action.id))) continue;
    view.steps.push_back({action.step, who_of(action, known, context), words.short_date(action.due),
                          std::string(words.plain(std::string("plan.status.") + std::string(code_of(action.status)))), step_alone ? std::string() : action.outcome});
  }
  view.sides = sides_of(view);
  return view;
}

// The same for who asks by a browser: the board reads it when it is to.
Result<BoardView> board_for(web::Context& context, const Id& id) {
  TRY(auto view, context.read([&](store::Read& db) { return board_view(db, context, id); }));
  if (!view.shown && !context.scope().roles.any(kStaff)) return fail(Fault::not_found, "web.not_found");
  return view;
}

web::DocumentPage as_document(const web::Context& context, BoardView view) {
  view.alone = true;
  return {std::string(context.words().plain("guide.board.title")) + ": " + view.title, web::SafeHtml(web::render(context.words(), views::board_body, view))};
}

// What is to choose from, and what is written so far.
struct Draft {
  Workbook book;
  BoardPage page;
  BoardMatter matter;
  std::vector<lineage::Theme> themes;
};
Result<Draft> read_draft(store::Read& db, const web::Context& context, const Id& id) {
  Draft draft;
  TRY(draft.book, workbook(db, context.scope(), id));
  TRY(draft.page, board_page(db, context.scope(), id));
  TRY(draft.matter, board_matter(db, context.scope(), draft.book));
  TRY(draft.themes, lineage::themes(db, context.scope(), context.language()));
  return draft;
}

std::vector<std::vector<web::Field>> ask_fields(const web::Form& form, const std::vector<BoardAsk>& asks) {
  std::vector<std::vector<web::Field>> all;
  for (std::size_t at = 0; at < kMostAsks; ++at) {
    const auto ask = at < asks.size() ? asks[at] : BoardAsk();
    const auto number = std::to_string(at + 1);
    all.push_back({form.field(web::FieldKind::area, "decision_" + number, "guide.board.decision", ask.decision).limited(kAskDecision),
                   form.field(web::FieldKind::line, "cost_" + number, "guide.board.cost", ask.cost).limited(kAskCost),
                   form.field(web::FieldKind::date, "by_" + number, "guide.board.by", ask.by.text()),
                   form.field(web::FieldKind::area, "answer_" + number, "guide.board.answer", ask.answer).limited(kAskAnswer)});
  }
  return all;
}

web::Reply form_reply(web::Context& context, const Id& id, const Draft& draft, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& words = context.words();
  BoardForm view;
  view.page = page_url(id);
  view.version = draft.page.version;
  view.words = form.field(web::FieldKind::area, "words", "guide.board.words", draft.page.words).limited(kBoardWords).helped(std::string(words.plain("guide.board.words_help")));
  view.asks = ask_fields(form, draft.page.asks);
  const auto& sent = context.request().form;
  const auto stands = [&](const std::string& key) {
    if (!form.refused()) return !draft.page.left_out.contains(key);
    const auto ticked = sent.every("stands");
    return std::ranges::find(ticked, key) != ticked.end();
  };
  for (const auto& finding : draft.matter.findings)
    view.findings.push_back({finding_key(finding.id), finding.statement, theme_label(draft.themes, finding.theme), stands(finding_key(finding.id))});
  for (const auto& [action, step_alone] : draft.matter.actions)
    view.steps.push_back({action_key(action.id), action.step, step_alone ? std::string(words.plain("guide.board.step_alone")) : std::string(), stands(action_key(action.id))});
  view.shown = form.field(web::FieldKind::check, "shown", "guide.board.shown", draft.page.shown ? "yes" : "").helped(std::string(words.plain("guide.board.shown_help")));
  const web::Frame frame{std::string(words.plain("guide.board.prepare")), "workbook", &context};
  return web::Reply::html(web::render(words, views::board_form, view, form, frame), wrong != nullptr ? (wrong->fault == Fault::conflict ? 409 : 422) : 200);
}

// As typed; what can't stand on the page can't be chosen either. Errors: invalid at "by_1" ...
Result<BoardPage> typed_page(const web::Request& request, const Draft& draft) {
  BoardPage page;
  TRY(page.version, read_version(request));
  page.words = std::string(request.form.first("words"));
  page.shown = !request.form.first("shown").empty();
  Error error{Fault::invalid, "guide.board.invalid", {}, {}, {}};
  for (std::size_t at = 1; at <= kMostAsks; ++at) {
    const auto number = std::to_string(at);
    const auto typed = [&](const char* name) { return std::string(request.form.first(name + number)); };
    const auto by = request.line("by_" + number);
    const auto day = Date::parse(by);
    if (!by.empty() && !day) error.fields.push_back({"by_" + number, "web.field.date", {}});
    page.asks.push_back({typed("decision_"), typed("cost_"), day.value_or(Date()), typed("answer_")});
  }
  if (!error.fields.empty()) return fail(std::move(error));
  const auto ticked = request.form.every("stands");
  const auto leave_out = [&](const std::string& key) {
    if (std::ranges::find(ticked, key) == ticked.end()) page.left_out.insert(key);
  };
  for (const auto& finding : draft.matter.findings) leave_out(finding_key(finding.id));
  for (const auto& one : draft.matter.actions) leave_out(action_key(one.action.id));
  return page;
}

}  // namespace

// GET /board: what the board may read; staff find all of them, to prepare them.
Result<web::Reply> list_board_pages(const web::Request&, web::Context& context) {
  TRY(const auto view, context.read([&](store::Read& db) -> Result<BoardListView> {
    BoardListView all;
    TRY(const auto books, workbooks(db, context.scope()));
    for (const auto& book : books) {
      TRY(const auto page, board_page(db, context.scope(), book.id));
      if (page.shown || context.scope().roles.any(kStaff)) all.pages.push_back({book.title, page_url(book.id)});
    }
    return all;
  }));
  const web::Frame frame{std::string(context.words().plain("guide.board.title")), "board", &context};
  return web::Reply::html(web::render(context.words(), views::board_list, view, frame));
}

// GET /workbooks/{id}/board
Result<web::Reply> show_board_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto view, board_for(context, id));
  const web::Frame frame{std::string(context.words().plain("guide.board.title")) + ": " + view.title, context.scope().roles.any(kStaff) ? "workbook" : "board", &context};
  return web::Reply::html(web::render(context.words(), views::board, view, frame));
}

// GET /workbooks/{id}/board/document?format=pdf|docx|html|md&print=large
Result<web::Reply> board_document(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto asked, web::asked_document(request));
  TRY(auto view, board_for(context, id));
  return web::document(context, as_document(context, std::move(view)), asked, file_url(id), page_url(id));
}

Result<web::DocumentPage> board_document(store::Read& db, const web::Context& context, const Id& id) {
  TRY(auto view, board_view(db, context, id));
  return as_document(context, std::move(view));
}

// GET /workbooks/{id}/board/edit
Result<web::Reply> edit_board_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto draft, context.read([&](store::Read& db) { return read_draft(db, context, id); }));
  return form_reply(context, id, draft, nullptr);
}

// POST /workbooks/{id}/board
Result<web::Reply> save_board(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto draft, read_draft(tx, context, id));
    TRY(const auto page, typed_page(request, draft));
    TRY_DONE(save_board_page(tx, context.scope(), id, page));
    return page_url(id);
  });
  if (where) {
    context.say_next("guide.board.saved");
    return web::Reply::see_other(*where);
  }
  const auto& error = where.error();
  if (error.key != "guide.board.changed" && (error.fault != Fault::invalid || error.fields.empty())) return fail(error);
  TRY(const auto draft, context.read([&](store::Read& db) { return read_draft(db, context, id); }));
  return form_reply(context, id, draft, &error);
}

}  // namespace kedge::guide
