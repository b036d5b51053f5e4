// What is found of actions: every word that their page shows, with what was noted on the way.
#include <array>
#include <map>

#include "plan/noted.hpp"
#include "plan/pages/routes.hpp"
#include "plan/pages/rows.hpp"
#include "search/pages/source.hpp"

namespace kedge::plan::pages {
namespace {

search::Document document_of(const Action& action, const std::vector<CheckIn>& noted, const web::Context& context) {
  std::string text;
  const auto add = [&text](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "\n") + more;
  };
  for (const auto* part : {&action.outcome, &action.measure, &action.resources, &action.obstacles, &action.informed}) add(*part);
  for (const auto& one : noted) add(one.note);
  return {action.id.text(), action.step, status_words(context.words(), action.status), std::move(text), web::Url::path("/actions/{}", action.id).text()};
}

Result<std::vector<search::Document>> all_actions(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(const auto notes, all_check_ins(db, library));
  std::map<Id, std::vector<CheckIn>> of;
  for (const auto& one : notes) of[one.action].push_back(one);
  TRY(const auto all, actions(db, library, context.today()));
  std::vector<search::Document> documents;
  for (const auto& one : *all) documents.push_back(document_of(one, of[one.id], context));
  return documents;
}

Result<search::Document> one_action(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "plan.action.gone");
  TRY(const auto one, action(db, context.scope(), *known));
  TRY(const auto noted, check_ins(db, context.scope(), *known));
  return document_of(one, noted, context);
}

search::pages::Source steps{"action", "/actions/{id}", {"action", "check_in", "contact"}, all_actions, one_action};
constexpr std::array<search::pages::Source*, 1> kOurs{&steps};

}  // namespace

const std::span<search::pages::Source* const> kSources{kOurs};

}  // namespace kedge::plan::pages
