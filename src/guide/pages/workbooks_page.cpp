#include "guide/pages/workbooks_page.hpp"

#include <algorithm>

#include "guide/pages/parts.hpp"
#include "guide/pages/views/overview.hpp"
#include "guide/pages/views/workbooks.hpp"

namespace kedge::guide {
namespace {

bool may_lead(const web::Context& context) { return context.scope().roles.any({Role::administrator, Role::lead}); }

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

Result<WorkbooksView> workbooks_view(store::Read& db, const web::Context& context) {
  WorkbooksView view;
  view.may_open = may_lead(context);
  TRY(const auto all, workbooks(db, context.scope()));
  for (const auto& book : all) {
    TRY(const auto written, answers(db, context.scope(), book.id));
    TRY(const auto in_table, steps_of(db, context.scope(), book.id, context.today()));
    const auto steps = progress(book.definition(), written, {}, in_table);
    const auto begun = std::count_if(steps.begin(), steps.end(), [](const auto& step) { return step.progress != Progress::untouched; });
    view.workbooks.push_back({book.title, in(book.definition().title, context),
                              context.words().date(Date::at(book.opened_ms, context.library().time_zone)), web::Url::path("/workbooks/{}", book.id),
                              context.words().say("guide.sections_begun", locale::arg("begun", begun), locale::arg("all", steps.size()))});
  }
  if (view.may_open) {
    TRY(const auto removed, removed_workbooks(db, context.scope()));
    for (const auto& book : removed)
      view.removed.push_back({book.title, context.words().date(Date::at(book.removed_ms, context.library().time_zone)), web::Url::path("/workbooks/{}/restoration", book.id)});
  }
  TRY(const auto own, guides(db, context.scope()));
  for (const auto& guide : own) view.guides.push_back({"own/" + guide.id.text(), in(guide.guide->title, context), false});
  for (const auto& [slug, guide] : shipped_guides()) {
    const bool adopted = std::any_of(own.begin(), own.end(), [&](const auto& one) { return one.slug == slug; });
    if (!adopted) view.guides.push_back({"shipped/" + slug, in(guide->title, context), false});
  }
  if (!view.guides.empty()) view.guides.front().chosen = true;
  return view;
}

web::Reply workbooks_reply(web::Context& context, const WorkbooksView& view, int status) {
  const web::Frame frame{std::string(context.words().plain("guide.workbooks.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::workbooks, view, frame), status);
}

// The guide that the form names: one of the library's, or a shipped one that it takes now.
Result<Id> chosen_guide(store::Tx& tx, const web::Context& context, std::string_view value) {
  if (value.starts_with("shipped/")) return adopt_guide(tx, context.scope(), value.substr(8));
  const auto id = value.starts_with("own/") ? Id::parse(value.substr(4)) : std::nullopt;
  if (!id) return fail_field("guide", "guide.unknown");
  return *id;
}

Result<OverviewView> overview(store::Read& db, const web::Context& context, const Id& id) {
  TRY(const auto all, material(db, context, id));
  const auto& guide = all.written->book.definition();
  OverviewView view;
  view.id = id;
  view.title = all.written->book.title;
  view.guide_title = in(guide.title, context);
  view.introduction = in(guide.introduction, context);
  view.source = guide.source;
  view.source_url = web::Url::outside(guide.source.url).value_or(web::Url());
  view.page = web::Url::path("/workbooks/{}/page", id);
  view.sheets = web::Url::path("/workbooks/{}/sheets", id);
  view.board = web::Url::path("/workbooks/{}/board", id);
  view.exported = web::Url::path("/workbooks/{}/export.json", id);
  view.rename = web::Url::path("/workbooks/{}/title", id);
  view.removal = web::Url::path("/workbooks/{}/removal", id);
  view.guide = web::Url::path("/guides/{}", all.written->book.guide.id);
  view.may_change = may_lead(context);
  if (all.before) {
    view.before = all.before->book.title;
    TRY(view.before_actions, actions_said(db, context, *all.before));
  }
  const auto steps = progress(guide, all.written->answers, all.own, all.steps);
  const auto shown = guide.shown();
  for (std::size_t i = 0; i < shown.size(); ++i) {
    OverviewSection section{in(shown[i]->title, context), in(shown[i]->lede, context), section_url(id, shown[i]->id), steps[i].progress, {}};
    if (steps[i].asked > 0)
      section.said = context.words().say("guide.answered_together", locale::arg("answered", steps[i].answered), locale::arg("asked", steps[i].asked));
    if (view.next.empty() && steps[i].progress != Progress::complete) {
      view.next = section.url;
      view.next_title = section.title;
    }
    view.sections.push_back(std::move(section));
  }
  return view;
}

Result<web::Reply> changed(web::Context& context, const Id& id, std::string_view notice, const web::Url& undo, Done (*work)(store::Tx&, const store::Scope&, const Id&)) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(work(tx, context.scope(), id));
    return web::Url::path("/workbooks");
  }));
  if (undo.empty()) context.say_next(notice);
  else context.say_next_with_undo(notice, undo);
  return web::Reply::see_other(where);
}

}  // namespace

// GET /workbooks
Result<web::Reply> show_workbooks(const web::Request&, web::Context& context) {
  TRY(const auto view, context.read([&](store::Read& db) { return workbooks_view(db, context); }));
  return workbooks_reply(context, view, 200);
}

// POST /workbooks
Result<web::Reply> open_workbook_page(const web::Request& request, web::Context& context) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto guide, chosen_guide(tx, context, request.form.first("guide")));
    TRY(const auto id, open_workbook(tx, context.scope(), guide, request.line("title")));
    return web::Url::path("/workbooks/{}", id);
  });
  if (where) return web::Reply::see_other(*where);
  if (where.error().fault != Fault::invalid) return fail(where.error());
  TRY(auto view, context.read([&](store::Read& db) { return workbooks_view(db, context); }));
  view.title = request.line("title");
  view.error = context.words().say(where.error());
  for (auto& guide : view.guides) guide.chosen = guide.value == request.form.first("guide");
  return workbooks_reply(context, view, 422);
}

// GET /workbooks/{id}
Result<web::Reply> show_workbook(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto view, context.read([&](store::Read& db) { return overview(db, context, id); }));
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::overview, view, frame));
}

// POST /workbooks/{id}/title
Result<web::Reply> rename_workbook_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(rename_workbook(tx, context.scope(), id, request.line("title")));
    return web::Url::path("/workbooks/{}", id);
  });
  if (where) return web::Reply::see_other(*where);
  if (where.error().fault != Fault::invalid) return fail(where.error());
  TRY(auto view, context.read([&](store::Read& db) { return overview(db, context, id); }));
  view.title = request.line("title");
  view.error = context.words().say(where.error());
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::overview, view, frame), 422);
}

// POST /workbooks/{id}/removal
Result<web::Reply> remove_workbook_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return changed(context, id, "guide.workbook.removed", web::Url::path("/workbooks/{}/restoration", id), remove_workbook);
}

// POST /workbooks/{id}/restoration
Result<web::Reply> restore_workbook_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return changed(context, id, "guide.workbook.restored", web::Url(), restore_workbook);
}

}  // namespace kedge::guide
