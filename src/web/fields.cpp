#include "web/fields.hpp"

namespace kedge::web {

std::string Field::described_by() const {
  std::string ids;
  const auto add = [&ids](const std::string& part) { ids += (ids.empty() ? "" : " ") + part; };
  if (!error.empty()) add(error_id());
  if (!help.empty()) add(help_id());
  if (limit > 0) add(limit_id());
  return ids;
}

bool Field::optional() const {
  if (kind == FieldKind::select) return !required && !choices.empty() && choices.front().value.empty();
  return !required;
}

std::string_view Field::type() const {
  switch (kind) {
    // a day that does not exist would vanish from a date input: what was typed stays in sight
    case FieldKind::date: return value.empty() || Date::parse(value) ? "date" : "text";
    case FieldKind::email: return "email";
    case FieldKind::phone: return "tel";
    case FieldKind::password:
    case FieldKind::new_password: return "password";
    case FieldKind::check: return "checkbox";
    case FieldKind::choice: return "radio";
    case FieldKind::line:
    case FieldKind::area:
    case FieldKind::select:
    case FieldKind::suggest:
    case FieldKind::number:  // plain text with digits: a number input changes by scrolling
    case FieldKind::one_time_code: break;
  }
  return "text";
}

std::string_view Field::completes() const {
  if (!autocomplete.empty()) return autocomplete;
  switch (kind) {
    case FieldKind::email: return "email";
    case FieldKind::password: return "current-password";
    case FieldKind::new_password: return "new-password";
    case FieldKind::one_time_code: return "one-time-code";
    case FieldKind::line:
    case FieldKind::area:
    case FieldKind::date:
    case FieldKind::phone:
    case FieldKind::number:
    case FieldKind::choice:
    case FieldKind::select:
    case FieldKind::suggest:
    case FieldKind::check: break;
  }
  return "off";
}

Field Field::of(std::vector<Choice> all) && {
  for (auto& choice : all) choice.chosen = choice.value == value;
  choices = std::move(all);
  return std::move(*this);
}

Form::Form(const Context& context, const Error* error) : context_(&context) {
  if (error != nullptr) error_ = *error;
}

Field Form::field(FieldKind kind, std::string_view name, locale::Message label, std::string value) const {
  Field field{kind, std::string(name), std::string(context_->words().plain(label)), std::move(value)};
  if (!error_) return field;
  const bool secret = kind == FieldKind::password || kind == FieldKind::new_password;
  field.value = secret ? std::string() : std::string(context_->request().form.first(name));
  for (const auto& problem : error_->fields)
    if (problem.field == name) field.error = context_->words().say(problem);
  return field;
}

std::vector<Form::Problem> Form::problems() const {
  std::vector<Problem> all;
  if (!error_) return all;
  for (const auto& problem : error_->fields) all.push_back({Url::here("f-" + problem.field), context_->words().say(problem)});
  if (all.empty()) all.push_back({Url(), context_->words().say(*error_)});
  return all;
}

}  // namespace kedge::web
