// The fields of one answer, to fill and to read, and what they say.
#include <algorithm>

#include "core/text.hpp"
#include "guide/fields.hpp"
#include "guide/pages/card.hpp"

namespace kedge::guide {
namespace {

std::string in(const Text& text, Language language) { return std::string(text.in(language).words); }

Widget widget_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text: return Widget::line;
    case ColumnKind::long_text: return Widget::area;
    case ColumnKind::choice: return Widget::choice;
    case ColumnKind::date: return Widget::date;
    case ColumnKind::phone: return Widget::phone;
    case ColumnKind::email: return Widget::email;
    case ColumnKind::organization: return Widget::organization;
    case ColumnKind::contact: return Widget::contact;
    case ColumnKind::member: return Widget::member;
  }
  return Widget::line;
}

std::string value_of(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

// Makes the fields of one answer.
class Fields {
 public:
  Fields(const Place& place, Voice voice, const Values& values, const web::Context& context)
      : prefix_(std::string(code_of(voice)) + "-" + place.prompt + (place.row.empty() ? "" : "-" + place.row)), values_(values), context_(context) {
    for (auto& c : prefix_)
      if (c == '.' || c == '/') c = '-';
  }

  FieldView& add(const std::string& name, std::string label, Widget widget, std::size_t limit, std::string help = {}) {
    FieldView field;
    field.id = prefix_ + "-" + name;
    field.name = name;
    field.label = std::move(label);
    field.help = std::move(help);
    field.widget = widget;
    field.value = value_of(values_, name);
    field.shown = field.value;
    field.limit = limit;
    if (widget == Widget::date && !field.value.empty())
      if (const auto date = Date::parse(field.value)) field.shown = context_.words().date(*date);
    made_.push_back(std::move(field));
    return made_.back();
  }
  void add_options(FieldView& field, const std::vector<Option>& options) const {
    for (const auto& option : options) {
      const bool chosen = option.id == field.value;
      field.options.push_back({option.id, in(option.label, context_.language()), chosen});
      if (chosen) field.shown = field.options.back().label;
    }
  }
  void add_column(const Column& column) {
    auto& field = add(column.id, in(column.label, context_.language()), widget_of(column.kind), column.limit, in(column.help, context_.language()));
    if (field.limit == 0) field.limit = kTextLimit;
    add_options(field, column.options);
  }
  void expect(std::size_t fields) { made_.reserve(fields); }
  std::vector<FieldView> take() { return std::move(made_); }

 private:
  std::string prefix_;
  const Values& values_;
  const web::Context& context_;
  std::vector<FieldView> made_;
};

void add_steps(Fields& form, const Prompt& prompt, const web::Context& context) {
  auto& field = form.add("value", in(prompt.label, context.language()), Widget::steps, 0);
  for (int step = 1; step <= prompt.steps; ++step) {
    auto label = std::to_string(step);
    if (step == 1) label += " " + in(prompt.low, context.language());
    if (step == prompt.steps) label += " " + in(prompt.high, context.language());
    const bool chosen = field.value == std::to_string(step);
    if (chosen) field.shown = label;
    field.options.push_back({std::to_string(step), std::move(label), chosen});
  }
}

bool ends_a_sentence(std::string_view text) { return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with("\xE2\x80\xA6"); }

}  // namespace

std::vector<FieldView> fields(const Prompt& prompt, const Place& place, Voice voice, const Values& values, const web::Context& context) {
  Fields form(place, voice, values, context);
  form.expect(std::max<std::size_t>(3, prompt.columns.size() + 1));
  const auto language = context.language();
  switch (prompt.kind) {
    case Kind::reflection: form.add("text", in(prompt.label, language), Widget::area, prompt.limit); break;
    case Kind::goals:
      form.add("text", std::string(context.words().plain("guide.goal.text")), Widget::area, prompt.limit);
      form.add("done", std::string(context.words().plain("guide.goal.done")), Widget::tick, 0);
      form.add("outcome", std::string(context.words().plain("guide.goal.outcome")), Widget::area, kReasonLimit);
      break;
    case Kind::choice:
      form.add_options(form.add("choice", in(prompt.label, language), Widget::choice, 0), prompt.options);
      if (!prompt.reason.empty()) form.add("reason", in(prompt.reason, language), Widget::area, prompt.limit);
      break;
    case Kind::scale: add_steps(form, prompt, context); break;
    case Kind::notes:
      for (const auto& row : prompt.rows) form.add(row.id, in(row.label, language), Widget::area, row.limit, in(row.help, language));
      break;
    case Kind::matrix:
      if (prompt.row(place.row) == nullptr) form.add("label", std::string(context.words().plain("guide.row.label")), Widget::line, kTextLimit);
      for (const auto& column : prompt.columns) form.add_column(column);
      break;
    case Kind::list:
      for (const auto& column : prompt.columns) form.add_column(column);
      break;
    case Kind::reading:
    case Kind::checklist:
    case Kind::actions: break;
  }
  return form.take();
}

std::string FieldView::described_by() const {
  std::string ids;
  const auto add = [&ids, this](std::string_view part) { ids += (ids.empty() ? "" : " ") + id + "-" + std::string(part); };
  if (!error.empty()) add("error");
  if (!help.empty()) add("help");
  if (widget == Widget::area && limit > 0) add("limit");
  return ids;
}

std::string said_in_full(const Prompt& prompt, const Place& place, Voice voice, const Values& named, const web::Context& context, std::size_t most) {
  std::vector<std::string> labels;
  std::vector<std::string> texts;
  if (const auto* given = prompt.row(place.row); given != nullptr && prompt.kind == Kind::matrix) {
    labels.emplace_back();
    texts.push_back(in(given->label, context.language()));
  }
  // where the prompt itself is the question, its words alone are the answer
  const bool labelled = prompt.kind == Kind::notes || prompt.kind == Kind::list || prompt.kind == Kind::matrix;
  for (const auto& field : fields(prompt, place, voice, named, context)) {
    if (field.shown.empty() || field.widget == Widget::tick) continue;
    const bool first_words = field.name == "text" || field.name == "label" || field.name == "choice" || field.name == "value" || field.name == "reason";
    labels.push_back(labelled && !first_words ? field.label : field.name == "outcome" ? field.label : std::string());
    texts.push_back(field.shown);
  }
  std::size_t taken = 0;
  for (const auto& label : labels) taken += text::length(label) + 4;
  const auto each = texts.empty() || most <= taken ? std::size_t{20} : std::max<std::size_t>(20, (most - taken) / texts.size());
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts.size() == 1 && labels[i].empty()) return text::shorten(texts[i], most);
    if (!all.empty()) all += ends_a_sentence(all) ? " " : "; ";
    all += (labels[i].empty() ? "" : labels[i] + ": ") + text::shorten(text::clean_line(texts[i]), each);
  }
  return text::shorten(all, most);
}

std::string row_title(const Prompt& prompt, const std::string& row, const Values& values, Language language) {
  if (const auto* given = prompt.row(row); given != nullptr && prompt.kind == Kind::matrix) return in(given->label, language);
  return text::shorten(said(prompt, values), 60);
}

std::vector<Stretch> words_of(const FieldView& field, const std::vector<FieldView>& others, bool older) {
  const auto same = std::ranges::find(others, field.name, &FieldView::name);
  const std::string_view other = same == others.end() ? std::string_view() : std::string_view(same->shown);
  return older ? differences(field.shown, other).one : differences(other, field.shown).other;
}

}  // namespace kedge::guide
