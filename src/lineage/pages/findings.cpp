#include "lineage/pages/findings.hpp"

#include <map>
#include <set>
#include <unordered_map>

#include "lineage/pages/raising.hpp"
#include "lineage/pages/rights.hpp"
#include "lineage/pages/views/findings.hpp"
#include "plan/plan.hpp"

namespace kedge::lineage::pages {
namespace {

// How much every finding rests on, and how many actions, of those that are still there, came of it.
struct Counts {
  std::unordered_map<Id, std::int64_t> grounds;
  std::unordered_map<Id, std::int64_t> actions;
};
store::Kept<Counts> kept_counts{"evidence", "link", "action", "check_in", "contact"};

std::int64_t at(const std::unordered_map<Id, std::int64_t>& counts, const Id& finding) {
  const auto found = counts.find(finding);
  return found == counts.end() ? 0 : found->second;
}

Result<Counts> count(store::Read& db, const store::Scope& scope, const Date& today) {
  Counts counts;
  TRY(const auto evidence, all_evidence(db, scope));
  for (const auto& one : *evidence) ++counts.grounds[one.finding];
  std::set<std::string> there;
  TRY(const auto actions, plan::actions(db, scope, today));
  for (const auto& action : *actions) there.insert(action.id.text());
  TRY(const auto links, links_from(db, scope, "finding"));
  for (const auto& link : *links) {
    if (link.to.kind != "action" || !there.contains(link.to.id)) continue;
    if (const auto finding = Id::parse(link.from.id)) ++counts.actions[*finding];
  }
  return counts;
}

web::Url with_filters(std::string_view theme, std::string_view state) {
  auto url = web::Url::path("/findings");
  if (!theme.empty()) url = url.with("theme", theme);
  if (!state.empty()) url = url.with("state", state);
  return url;
}

std::vector<web::Choice> state_choices(const locale::Words& words) {
  std::vector<web::Choice> choices{{"", std::string(words.plain("lineage.filter.every_state"))}};
  for (const auto code : Codes<State>::names) choices.push_back({std::string(code), std::string(words.plain("lineage.state." + std::string(code)))});
  return choices;
}

Result<FindingsPage> load(store::Read& db, web::Context& context, const std::string& theme, const std::string& state) {
  const auto& words = context.words();
  FindingsPage page;
  TRY(const auto all, findings(db, context.scope()));
  TRY(const auto names, themes(db, context.scope(), context.language()));
  const auto today = context.today();
  TRY(const auto counts, kept_counts.of(db, context.scope(), "", [&](store::Read& read, const store::Scope& library) { return count(read, library, today); }));
  std::map<std::string_view, std::string_view> label;
  for (const auto& one : names) label[one.code] = one.label;
  page.rows.reserve(all->size());
  std::set<std::string> in_use;  // a theme that is no longer offered can still be looked for
  for (const auto& one : *all) {
    in_use.insert(one.theme);
    if ((!theme.empty() && one.theme != theme) || (!state.empty() && code_of(one.state) != state)) continue;
    page.rows.push_back({one.id, web::Url::path("/findings/{}", one.id), one.statement, std::string(label[one.theme]), one.state,
                         std::string(words.plain("lineage.state." + std::string(code_of(one.state)))), at(counts->grounds, one.id), at(counts->actions, one.id)});
  }
  const web::Form form(context);
  TRY(auto choices, theme_choices(context, db, theme, in_use));
  choices.front().label = words.plain("lineage.filter.every_theme");
  page.theme = form.field(web::FieldKind::select, "theme", "lineage.theme.label", theme).needed().of(std::move(choices));
  page.state = form.field(web::FieldKind::select, "state", "lineage.filter.state", state).needed().of(state_choices(words));
  page.filtered = !theme.empty() || !state.empty();
  page.may_change = may_change(context);
  page.may_lead = may_lead(context);
  page.fragment = with_filters(theme, state);
  return page;
}

}  // namespace

// GET /findings
Result<web::Reply> list_findings(const web::Request& request, web::Context& context) {
  const std::string theme(request.query.first("theme"));
  const std::string state(request.query.first("state"));
  TRY(const auto page, context.read([&](store::Read& db) { return load(db, context, theme, state); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::finding_list, page));
  const web::Frame frame{std::string(context.words().plain("lineage.findings.title")), "findings", &context, "findings"};
  return web::Reply::html(web::render(context.words(), views::findings, page, frame));
}

}  // namespace kedge::lineage::pages
