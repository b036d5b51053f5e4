#include "guide/pages/list_rounds_page.hpp"

#include "guide/pages/list_view.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/rounds.hpp"

namespace kedge::guide {
namespace {

std::vector<RoundsRow> rows_of(const Prompt& prompt, const PairedItems& both, const web::Context& context) {
  const auto before = mark_rows(prompt, both.earlier, context);
  const auto after = mark_rows(prompt, both.later, context);
  std::vector<RoundsRow> rows;
  for (std::size_t i = 0; i < after.size(); ++i)
    rows.push_back({after[i].label, after[i].group, before[i].well_band, after[i].well_band, before[i].better_band, after[i].better_band});
  return rows;
}

// The earlier rounds of the same prompt, but the one that is shown.
Result<std::vector<LinkView>> others_of(store::Read& db, const web::Context& context, const Checklist& later, const Id& shown) {
  TRY(const auto lists, checklists(db, context.scope(), later.workbook, later.prompt));
  std::vector<LinkView> links;
  for (const auto& list : lists)
    if (list.has_result() && list.closes_on < later.closes_on && list.id != shown) links.push_back({context.words().date(list.closes_on), rounds_url(later.id, list.id)});
  return links;
}

Result<RoundsView> rounds_view(store::Read& db, const web::Context& context, const Id& later_id, const Id& earlier_id) {
  TRY(const auto later, checklist(db, context.scope(), later_id));
  TRY(const auto earlier, checklist(db, context.scope(), earlier_id));
  const bool two_rounds = earlier.workbook == later.workbook && earlier.prompt == later.prompt && earlier.closes_on < later.closes_on &&
                          earlier.state != ListState::open && later.state != ListState::open;
  if (!two_rounds) return fail(Fault::not_found, "guide.rounds.unknown");
  TRY(const auto book, workbook(db, context.scope(), later.workbook));
  const auto* prompt = book.definition().prompt(later.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  RoundsView view;
  view.library = context.library().name;
  view.before = context.words().date(earlier.closes_on);
  view.after = context.words().date(later.closes_on);
  view.said = rounds(earlier, later);
  if (view.said == Rounds::beside) view.rows = rows_of(*prompt, paired(earlier, later), context);
  TRY(view.others, others_of(db, context, later, earlier.id));
  view.back = back_to(book, {later.workbook, later.prompt, ""});
  view.sheet = web::Url::path("/workbooks/{}/prompts/{}/talk", later.workbook, later.prompt);
  return view;
}

}  // namespace

// GET /lists/{list}/beside/{earlier}
Result<web::Reply> show_rounds(const web::Request& request, web::Context& context) {
  TRY(const auto later, request.id("list"));
  TRY(const auto earlier, request.id("earlier"));
  TRY(const auto view, context.read([&](store::Read& db) { return rounds_view(db, context, later, earlier); }));
  const web::Frame frame{std::string(context.words().plain("guide.rounds.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::rounds, view, frame));
}

}  // namespace kedge::guide
