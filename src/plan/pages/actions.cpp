#include "plan/pages/actions.hpp"

#include <algorithm>
#include <set>

#include "lineage/pages/rights.hpp"
#include "plan/pages/views/actions.hpp"
#include "plan/pages/views/document.hpp"
#include "plan/pages/views/rows.hpp"

namespace kedge::plan::pages {
namespace {

struct Filter {
  std::string owner;   // "mine", "nobody", an owner's code, or "" for everybody
  std::string status;  // a code, "unfinished", or ""
  std::string need;    // "late", "quiet", "left" (its owner has), or ""
  Shape shape = Shape::list;
  std::string month;   // "2026-03", or "" for this one

  [[nodiscard]] bool any() const { return !owner.empty() || !status.empty() || !need.empty(); }
  [[nodiscard]] web::Url url(web::Url url = web::Url::path("/actions")) const {
    if (shape != Shape::list) url = url.with("view", code_of(shape));
    if (shape == Shape::calendar && !month.empty()) url = url.with("month", month);
    if (!owner.empty()) url = url.with("owner", owner);
    if (!status.empty()) url = url.with("status", status);
    return need.empty() ? url : url.with("need", need);
  }
  // The same actions in another shape, or another month.
  [[nodiscard]] web::Url as(Shape other, const std::string& other_month) const {
    auto filter = *this;
    filter.shape = other;
    filter.month = other_month;
    return filter.url();
  }
  [[nodiscard]] bool takes(const Action& action, const ActionRow& shown, const web::Context& context) const {
    if ((need == "late" && !shown.late) || (need == "quiet" && !shown.quiet && !shown.look) || (need == "left" && !shown.left_behind)) return false;
    if (status == "unfinished" ? action.finished() : !status.empty() && status != code_of(action.status)) return false;
    if (owner.empty()) return true;
    if (owner == "mine") return action.owner_member == context.scope().actor;
    return owner_code(action) == (owner == "nobody" ? "" : owner);
  }
};

Filter filter_of(const web::Request& request) {
  const auto& query = request.query;
  return {std::string(query.first("owner")), std::string(query.first("status")), std::string(query.first("need")), from_code<Shape>(query.first("view")).value_or(Shape::list),
          std::string(query.first("month"))};
}

// Who owns none is nothing to choose, and no list of everybody for whoever only reads.
void keep_those_of(const std::vector<Action>& actions, Owners& owners) {
  std::set<Id> owning;
  for (const auto& action : actions) owning.insert(action.owner_member.empty() ? action.owner_contact : action.owner_member);
  std::erase_if(owners.choices, [&](const web::Choice& one) {
    const auto id = Id::parse(std::string_view(one.value).substr(one.value.find(':') + 1));  // "member:ID", "contact:ID"
    return id && !owning.contains(*id);
  });
}

void add_filters(const web::Context& context, const Filter& filter, Owners& owners, ActionsPage& page) {
  const auto& words = context.words();
  const web::Form form(context);
  owners.choices.front() = {"nobody", std::string(words.plain("plan.owner.nobody"))};
  owners.choices.insert(owners.choices.begin(), {{"", std::string(words.plain("plan.filter.everybody"))}, {"mine", std::string(words.plain("plan.filter.mine"))}});
  page.owner = form.field(web::FieldKind::select, "owner", "plan.owner.label", filter.owner).needed().of(std::move(owners.choices));
  std::vector<web::Choice> statuses{{"", std::string(words.plain("plan.filter.every_status"))}, {"unfinished", std::string(words.plain("plan.filter.unfinished"))}};
  for (const auto status : {Status::proposed, Status::started, Status::done, Status::stopped})
    statuses.push_back({std::string(code_of(status)), status_words(words, status)});
  page.status = form.field(web::FieldKind::select, "status", "plan.status.label", filter.status).needed().of(std::move(statuses));
  page.need = form.field(web::FieldKind::select, "need", "plan.filter.need", filter.need)
                  .needed()
                  .of({{"", std::string(words.plain("plan.filter.every_need"))}, {"late", std::string(words.plain("plan.late"))},
                       {"quiet", std::string(words.plain("plan.filter.look"))}, {"left", std::string(words.plain("plan.filter.left"))}});
}

// What the shape shows beside the rows.
void add_shape(const web::Context& context, const Filter& filter, const std::vector<std::pair<Action, ActionRow>>& shown, ActionsPage& page) {
  const auto& words = context.words();
  for (const auto shape : {Shape::list, Shape::board, Shape::calendar})
    page.shapes.push_back({std::string(words.plain("plan.view." + std::string(code_of(shape)))), filter.as(shape, filter.month), shape == filter.shape});
  page.shape = filter.shape;
  page.month_asked = filter.month;
  if (filter.shape == Shape::board)
    for (const auto status : {Status::proposed, Status::started, Status::done, Status::stopped}) {
      BoardColumn column{std::string(code_of(status)), status_words(words, status), {}};
      std::ranges::copy_if(page.rows, std::back_inserter(column.rows), [&](const ActionRow& row) { return row.status == status; });
      page.columns.push_back(std::move(column));
    }
  if (filter.shape != Shape::calendar) return;
  page.month = month(month_of(filter.month, context.today()), shown, context);
  page.month_before = filter.as(Shape::calendar, page.month.before);
  page.month_after = filter.as(Shape::calendar, page.month.after);
}

Result<ActionsPage> load(store::Read& db, const web::Context& context, const Filter& filter) {
  ActionsPage page;
  page.may_change = lineage::pages::may_change(context);
  page.filtered = filter.any();
  page.fragment = filter.url();
  page.along = filter.url(web::Url::path("/actions/document"));
  TRY(auto names, owners(db, context));
  TRY(const auto all, actions(db, context.scope(), context.today()));
  std::vector<std::pair<Action, ActionRow>> in_month;
  for (const auto& action : *all) {
    auto shown = row(action, names, context);
    if (!filter.takes(action, shown, context)) continue;
    if (filter.shape == Shape::calendar) in_month.emplace_back(action, shown);
    page.rows.push_back(std::move(shown));
  }
  // whose owner has left waits for somebody, and asks until it has one
  if (std::ranges::any_of(page.rows, &ActionRow::left_behind)) std::ranges::stable_partition(page.rows, &ActionRow::left_behind);
  page.late_count = std::ranges::count_if(page.rows, &ActionRow::late);
  page.quiet_count = std::ranges::count_if(page.rows, &ActionRow::quiet);
  page.left_count = std::ranges::count_if(page.rows, &ActionRow::left_behind);
  add_shape(context, filter, in_month, page);
  keep_those_of(*all, names);
  add_filters(context, filter, names, page);
  return page;
}

// An action with all that it says.
Result<PlannedAction> planned(store::Read& db, web::Context& context, const Action& action, const Owners& names) {
  const auto& words = context.words();
  PlannedAction one{row(action, names, context), {}, {}};
  const auto add = [&](locale::Message label, const std::string& said) {
    if (!said.empty()) one.facts.push_back({std::string(words.plain(label)), said});
  };
  add("plan.resources.label", action.resources);
  add("plan.obstacles.label", action.obstacles);
  add("plan.informed.label", action.informed);
  add("plan.measure.label", action.measure);
  add("plan.outcome.label", action.outcome);
  TRY(auto around, lineage::pages::around(context, db, {"action", action.id.text()}));
  std::erase_if(around.before, [](const auto& line) { return line.gone; });
  one.before = std::move(around.before);
  return one;
}

Result<PlanDocument> load_document(store::Read& db, web::Context& context, const Filter& filter) {
  PlanDocument page{context.library().name, context.words().date(context.today()), {}};
  TRY(const auto names, owners(db, context));
  TRY(const auto all, actions(db, context.scope(), context.today()));
  for (const auto& action : *all) {
    if (!filter.takes(action, row(action, names, context), context)) continue;
    TRY(auto one, planned(db, context, action, names));
    page.actions.push_back(std::move(one));
  }
  return page;
}

}  // namespace

// GET /actions/document?owner=&status=&need=&format=&print=
Result<web::Reply> document_of_actions(const web::Request& request, web::Context& context) {
  const auto filter = filter_of(request);
  TRY(const auto asked, web::asked_document(request));
  TRY(const auto page, context.read([&](store::Read& db) { return load_document(db, context, filter); }));
  const web::DocumentPage document{std::string(context.words().plain("plan.table.title")), web::SafeHtml(web::render(context.words(), views::plan_document, page)), "actions"};
  return web::document(context, document, asked, filter.url(web::Url::path("/actions/document")), filter.url());
}

// GET /actions
Result<web::Reply> list_actions(const web::Request& request, web::Context& context) {
  const auto filter = filter_of(request);
  TRY(auto page, context.read([&](store::Read& db) { return load(db, context, filter); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::action_list, page));
  if (const auto removed = Id::parse(request.query.first("removed")); removed && page.may_change)
    page.restoration = web::Url::path("/actions/{}/restoration", *removed);
  const web::Frame frame{std::string(context.words().plain("plan.actions.title")), "actions", &context, "actions"};
  return web::Reply::html(web::render(context.words(), views::actions, page, frame));
}

// GET /actions/table?workbook=
Result<web::Reply> table_fragment(const web::Request& request, web::Context& context) {
  const auto workbook = Id::parse(request.query.first("workbook"));
  if (!workbook) return fail(Fault::not_found, "plan.action.gone");
  TRY(const auto table, context.read([&](store::Read& db) { return table_of(db, context, *workbook); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::action_table, table));
  const web::Frame frame{std::string(context.words().plain("plan.table.title")), "actions", &context, "actions"};
  return web::Reply::html(web::render(context.words(), views::table_page, table, frame));
}

}  // namespace kedge::plan::pages
