#include "plan/pages/form.hpp"

#include <algorithm>
#include <utility>

namespace kedge::plan::pages {

bool ActionFields::more() const {
  const auto says = [](const web::Field& field) { return !field.value.empty() || field.wrong(); };
  return says(measure) || says(resources) || says(obstacles) || says(informed) || says(outcome) || status.wrong();
}

std::string_view said_after(const web::Context& context, const Action& action, std::string_view otherwise) {
  return action.late(context.today()) ? "plan.saved.late" : otherwise;
}

std::string look_help(const web::Context& context) { return context.words().say("plan.look.help", locale::arg("days", kQuietDays)); }

ActionFields fields_of(const web::Form& form, const Action& action, const Owners& owners) {
  using web::FieldKind;
  const auto& words = form.context().words();
  const auto help = [&](locale::Message key) { return std::string(words.plain(key)); };
  std::vector<web::Choice> statuses;
  for (const auto status : {Status::proposed, Status::started, Status::done, Status::stopped})
    statuses.push_back({std::string(code_of(status)), status_words(words, status)});
  const auto long_text = [&](std::string_view name, locale::Message label, const std::string& value) {
    return form.field(FieldKind::area, name, label, value).limited(kTextLength);
  };
  ActionFields fields;
  fields.step = form.field(FieldKind::line, "step", "plan.step.label", action.step).limited(kStepLength).needed().helped(help("plan.step.help"));
  fields.owner = form.field(FieldKind::select, "owner", "plan.owner.label", owner_code(action)).helped(help("plan.owner.help")).of(owners.choices);
  fields.due = form.field(FieldKind::date, "due", "plan.due.label", action.due.text());
  fields.look_on = form.field(FieldKind::date, "look_on", "plan.look.label", action.look_on.text()).helped(look_help(form.context()));
  fields.status = form.field(FieldKind::choice, "status", "plan.status.label", std::string(code_of(action.status)))
                      .helped(help("plan.status.help")).of(std::move(statuses));
  fields.measure = long_text("measure", "plan.measure.label", action.measure);
  fields.resources = long_text("resources", "plan.resources.label", action.resources);
  fields.obstacles = long_text("obstacles", "plan.obstacles.label", action.obstacles);
  fields.informed = long_text("informed", "plan.informed.label", action.informed);
  fields.outcome = long_text("outcome", "plan.outcome.label", action.outcome).helped(help("plan.outcome.help"));
  return fields;
}

Result<Action> typed_action(store::Read& db, const web::Request& request, const web::Context& context, Action kept) {
  Error wrong{Fault::invalid, "plan.action.invalid", {}, {}, {}};
  kept.step = request.line("step");
  kept.measure = request.text("measure");
  kept.resources = request.text("resources");
  kept.obstacles = request.text("obstacles");
  kept.informed = request.text("informed");
  if (request.form.has("outcome")) kept.outcome = request.text("outcome");
  if (const auto due = request.field_date("due"); due) kept.due = *due;
  else wrong.fields.insert(wrong.fields.end(), due.error().fields.begin(), due.error().fields.end());
  const auto look_on = request.field_date("look_on");
  if (const auto next = look_on ? look_after(kept.look_on, *look_on, context.today()) : look_on; next) kept.look_on = *next;
  else wrong.fields.insert(wrong.fields.end(), next.error().fields.begin(), next.error().fields.end());
  if (request.form.has("status")) {
    const auto status = from_code<Status>(request.form.first("status"));
    if (status) kept.status = *status;
    else wrong.fields.push_back({"status", "plan.status.unknown"});
  }
  const std::string owner(request.form.first("owner"));
  if (owner != owner_code(kept)) {  // who owns it already may have left meanwhile, and stays
    TRY(const auto all, owners(db, context));
    if (std::ranges::find(all.choices, owner, &web::Choice::value) == all.choices.end()) wrong.fields.push_back({"owner", "plan.owner.gone"});
    const auto id = Id::parse(owner.substr(std::min(owner.size(), owner.find(':') + 1))).value_or(Id());
    kept.owner_member = owner.starts_with("member:") ? id : Id();
    kept.owner_contact = owner.starts_with("contact:") ? id : Id();
  }
  if (!wrong.fields.empty()) return fail(std::move(wrong));
  return kept;
}

}  // namespace kedge::plan::pages
