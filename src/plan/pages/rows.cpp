#include "plan/pages/rows.hpp"

#include "directory/directory.hpp"
#include "lineage/pages/rights.hpp"
#include "web/names.hpp"

namespace kedge::plan::pages {

// Who reads alone, the board and a trainer, owns no action.
constexpr Roles kActs{Role::administrator, Role::lead, Role::staff, Role::intern};

Result<Owners> owners(store::Read& db, const web::Context& context) { return owners(db, context.scope(), context.words(), context.today()); }

Result<Owners> owners(store::Read& db, const store::Scope& scope, const locale::Words& words, const Date& today) {
  Owners all;
  all.today = today;
  all.choices.push_back({"", std::string(words.plain("plan.owner.nobody"))});
  TRY(const auto everybody, identity::everybody(db, scope));
  for (const auto& member : *everybody) {
    const auto code = "member:" + member.id.text();
    all.names[code] = web::name_of(words, member);
    if (member.standing == identity::Standing::left) all.left.insert(code);
    if (member.standing == identity::Standing::active && member.roles.any(kActs)) all.choices.push_back({code, member.name});
  }
  TRY(const auto organizations, directory::organizations(db, scope));
  std::map<Id, std::string> at;
  for (const auto& organization : *organizations) at[organization.id] = organization.name;
  TRY(const auto contacts, directory::contacts(db, scope));
  for (const auto& contact : *contacts) {
    const auto code = "contact:" + contact.id.text();
    all.names[code] = contact.name + " (" + at[contact.organization] + ")";
    all.choices.push_back({code, all.names[code]});
  }
  return all;
}

std::string owner_code(const Action& action) {
  if (!action.owner_member.empty()) return "member:" + action.owner_member.text();
  if (!action.owner_contact.empty()) return "contact:" + action.owner_contact.text();
  return {};
}

std::string status_words(const locale::Words& words, Status status) {
  return std::string(words.plain("plan.status." + std::string(code_of(status))));
}

ActionRow row(const Action& action, const Owners& owners, const web::Context& context) {
  const auto& words = context.words();
  ActionRow row;
  row.id = action.id;
  row.url = web::Url::path("/actions/{}", action.id);
  row.step = action.step;
  const auto who = owners.names.find(owner_code(action));
  if (who != owners.names.end()) row.who = who->second;
  else if (!owner_code(action).empty()) row.who = words.plain("plan.owner.former");
  if (!action.due.empty()) row.due = words.short_date(action.due);
  row.status = action.status;
  row.status_words = status_words(words, action.status);
  row.late = action.late(owners.today);
  row.quiet = action.quiet(owners.today);
  row.look = !row.quiet && action.to_look_at(owners.today);
  row.left_behind = !action.finished() && owners.left.contains(owner_code(action));
  return row;
}

Result<ActionTable> table_of(store::Read& db, const web::Context& context, const Id& workbook) {
  ActionTable table;
  table.self = web::Url::path("/actions/table").with("workbook", workbook);
  if (lineage::pages::may_change(context)) table.add = web::Url::path("/actions/new").with("workbook", workbook);
  TRY(const auto names, owners(db, context));
  TRY(const auto all, actions_of(db, context.scope(), workbook));
  for (const auto& action : all) table.rows.push_back(row(action, names, context));
  return table;
}

}  // namespace kedge::plan::pages
