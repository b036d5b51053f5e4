#include "guide/pages/parts.hpp"

#include "guide/pages/list_view.hpp"
#include "plan/plan.hpp"

namespace kedge::guide {

Result<std::vector<ActionView>> actions_said(store::Read& db, const web::Context& context, const Written& written) {
  std::vector<ActionView> all;
  TRY(const auto actions, plan::actions(db, context.scope(), context.today()));
  for (const auto& action : *actions) {
    if (action.workbook != written.book.id) continue;
    ActionView view;
    view.step = action.step;
    view.url = web::Url::path("/actions/{}", action.id);
    if (!action.owner_member.empty()) view.who = written.name_of(action.owner_member);
    for (const auto& contact : *written.records.contacts)
      if (contact.id == action.owner_contact) view.who = contact.name;
    view.due = action.due.empty() ? std::string() : context.words().short_date(action.due);
    view.status = std::string(context.words().plain(std::string("plan.status.") + std::string(code_of(action.status))));
    view.late = action.late(context.today());
    view.resources = action.resources;
    view.obstacles = action.obstacles;
    view.informed = action.informed;
    view.measure = action.measure;
    view.outcome = action.outcome;
    all.push_back(std::move(view));
  }
  return all;
}

Done add_part(store::Read& db, const web::Context& context, const Material& material, CardView& card) {
  if (card.kind == Kind::actions) {
    TRY(card.actions, actions_said(db, context, *material.written));
    card.new_action = web::Url::path("/actions/new").with("workbook", material.written->book.id);
    return {};
  }
  if (card.kind == Kind::checklist) return add_list(db, context, material, card);
  return {};
}

}  // namespace kedge::guide
