#include "guide/fields.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace kedge::guide {
namespace {

// Collects the checked fields of one answer and everything that is wrong with them.
class Form {
 public:
  explicit Form(const Values& typed) : typed_(typed) {}

  void take_text(const std::string& name, std::size_t limit) {
    auto value = text::clean(typed(name));
    if (text::length(value) > limit) {
      wrong(name, "guide.answer.too_long", {{"limit", std::to_string(limit)}, {"length", std::to_string(text::length(value))}});
    }
    put(name, std::move(value));
  }
  void take_line(const std::string& name, std::size_t limit) {
    if (typed_.contains(name)) line_ = text::clean_line(typed(name));
    else line_.clear();
    if (text::length(line_) > limit) {
      wrong(name, "guide.answer.too_long", {{"limit", std::to_string(limit)}, {"length", std::to_string(text::length(line_))}});
    }
    put(name, line_);
  }
  void take_option(const std::string& name, const std::vector<Option>& options) {
    const std::string value(typed(name));
    bool known = value.empty();
    for (const auto& option : options) known = known || option.id == value;
    if (!known) wrong(name, "guide.answer.no_option");
    put(name, value);
  }
  void take_date(const std::string& name) {
    const std::string value(text::trim(typed(name)));
    if (!value.empty() && !Date::parse(value)) wrong(name, "web.field.date");
    put(name, value);
  }
  void take_email(const std::string& name) {
    take_line(name, 254);
    if (!line_.empty() && !text::is_email(line_)) wrong(name, "web.field.email");
  }
  void take_steps(const std::string& name, int steps) {
    const std::string value(text::trim(typed(name)));
    bool known = value.empty();
    for (int step = 1; step <= steps; ++step) known = known || value == std::to_string(step);
    if (!known) wrong(name, "guide.answer.no_option");
    put(name, value);
  }
  void take_yes(const std::string& name) { put(name, typed(name).empty() ? "" : "yes"); }

  void take_column(const Column& column) {
    switch (column.kind) {
      case ColumnKind::text: take_line(column.id, column.limit); break;
      case ColumnKind::long_text: take_text(column.id, column.limit); break;
      case ColumnKind::choice: take_option(column.id, column.options); break;
      case ColumnKind::date: take_date(column.id); break;
      case ColumnKind::email: take_email(column.id); break;
      case ColumnKind::phone: take_line(column.id, 60); break;
      case ColumnKind::organization:
      case ColumnKind::contact:
      case ColumnKind::member: take_line(column.id, kTextLimit); break;
    }
  }

  Result<Values> finish() {
    if (problems_.empty()) return std::move(values_);
    Error error{Fault::invalid, problems_.front().key, {}, problems_, problems_.front().arguments};
    return fail(std::move(error));
  }

 private:
  [[nodiscard]] std::string_view typed(const std::string& name) const {
    const auto found = typed_.find(name);
    return found == typed_.end() ? std::string_view() : std::string_view(found->second);
  }
  void put(const std::string& name, std::string value) {
    if (!value.empty()) values_[name] = std::move(value);
  }
  void wrong(const std::string& name, std::string key, std::vector<std::pair<std::string, std::string>> arguments = {}) {
    problems_.push_back({name, std::move(key), std::move(arguments)});
  }

  const Values& typed_;
  Values values_;
  std::string line_;
  std::vector<FieldError> problems_;
};

bool row_fits(const Prompt& prompt, const std::string& row) {
  if (!has_rows(prompt)) return row.empty();
  if (row.empty()) return false;
  if (prompt.kind != Kind::matrix) return Id::parse(row).has_value();
  return prompt.row(row) != nullptr || (prompt.own_rows && Id::parse(row).has_value());
}

// Also what was hidden meanwhile: somebody who is still writing there loses no word, and a file with such answers comes back.
bool takes(const Prompt& prompt, Voice voice) {
  return prompt.answerable() && std::find(prompt.voices.begin(), prompt.voices.end(), voice) != prompt.voices.end();
}

}  // namespace

bool has_rows(const Prompt& prompt) {
  switch (prompt.kind) {
    case Kind::goals:
    case Kind::list:
    case Kind::matrix: return true;
    case Kind::reading:
    case Kind::reflection:
    case Kind::choice:
    case Kind::checklist:
    case Kind::actions:
    case Kind::scale:
    case Kind::notes: return false;
  }
  return false;
}

Result<Values> checked(const Guide& guide, const Place& place, Voice voice, const Values& typed) {
  const auto* prompt = guide.prompt(place.prompt);
  if (prompt == nullptr || !takes(*prompt, voice) || !row_fits(*prompt, place.row)) return fail(Fault::not_found, "guide.prompt.unknown");
  Form form(typed);
  switch (prompt->kind) {
    case Kind::reflection: form.take_text("text", prompt->limit); break;
    case Kind::goals:
      form.take_text("text", prompt->limit);
      form.take_yes("done");
      form.take_text("outcome", kReasonLimit);
      break;
    case Kind::choice:
      form.take_option("choice", prompt->options);
      form.take_text("reason", prompt->limit);
      break;
    case Kind::scale: form.take_steps("value", prompt->steps); break;
    case Kind::notes:
      for (const auto& field : prompt->rows) form.take_text(field.id, field.limit);
      break;
    case Kind::matrix:
      if (prompt->row(place.row) == nullptr) form.take_line("label", kTextLimit);
      for (const auto& column : prompt->columns) form.take_column(column);
      break;
    case Kind::list:
      for (const auto& column : prompt->columns) form.take_column(column);
      break;
    case Kind::reading:
    case Kind::checklist:
    case Kind::actions: return fail(Fault::not_found, "guide.prompt.unknown");
  }
  return form.finish();
}

std::string said(const Prompt& prompt, const Values& values) {
  for (const auto* name : {"text", "reason", "label"}) {
    if (const auto found = values.find(name); found != values.end() && !found->second.empty()) return found->second;
  }
  for (const auto& column : prompt.columns) {
    if (const auto found = values.find(column.id); found != values.end() && !found->second.empty()) return found->second;
  }
  return values.empty() ? std::string() : values.begin()->second;
}

}  // namespace kedge::guide
