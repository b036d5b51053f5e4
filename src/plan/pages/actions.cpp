#include "plan/pages/actions.hpp"

#include <algorithm>
#include <set>

#include "lineage/pages/rights.hpp"
#include "plan/pages/views/actions.hpp"
#include "plan/pages/views/rows.hpp"

namespace kedge::plan::pages {
namespace {

struct Filter {
  std::string owner;   // "mine", "nobody", an owner's code, or "" for everybody
  std::string status;  // a code, "unfinished", or ""
  bool late = false;

  [[nodiscard]] bool any() const { return !owner.empty() || !status.empty() || late; }
  [[nodiscard]] web::Url url() const {
    auto url = web::Url::path("/actions");
    if (!owner.empty()) url = url.with("owner", owner);
    if (!status.empty()) url = url.with("status", status);
    return late ? url.with("late", "yes") : url;
  }
  [[nodiscard]] bool takes(const Action& action, const web::Context& context) const {
    if (late && !action.late(context.today())) return false;
    const bool finished = action.status == Status::done || action.status == Status::stopped;
    if (status == "unfinished" ? finished : !status.empty() && status != code_of(action.status)) return false;
    if (owner.empty()) return true;
    if (owner == "mine") return action.owner_member == context.scope().actor;
    return owner_code(action) == (owner == "nobody" ? "" : owner);
  }
};

Filter filter_of(const web::Request& request) {
  const auto& query = request.query;
  return {std::string(query.first("owner")), std::string(query.first("status")), !query.first("late").empty()};
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
  page.late = form.field(web::FieldKind::check, "late", "plan.filter.late", filter.late ? "yes" : "");
}

Result<ActionsPage> load(store::Read& db, const web::Context& context, const Filter& filter) {
  ActionsPage page;
  page.may_change = lineage::pages::may_change(context);
  page.filtered = filter.any();
  page.fragment = filter.url();
  TRY(auto names, owners(db, context));
  TRY(const auto all, actions(db, context.scope(), context.today()));
  for (const auto& action : *all)
    if (filter.takes(action, context)) page.rows.push_back(row(action, names, context));
  page.late_count = std::ranges::count_if(page.rows, &ActionRow::late);
  keep_those_of(*all, names);
  add_filters(context, filter, names, page);
  return page;
}

}  // namespace

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
