#include "guide/pages/request_place.hpp"

#include "core/text.hpp"
#include "guide/pages/card.hpp"

namespace kedge::guide {

Result<Asked> asked(const web::Request& request) {
  Asked asked;
  TRY(asked.place.workbook, request.id("id"));
  asked.place.prompt = std::string(request.parameter("prompt"));
  asked.place.row = std::string(request.query.first("row"));
  if (const auto voice = request.parameter("voice"); !voice.empty()) {
    const auto known = from_code<Voice>(voice);
    if (!known) return fail(Fault::not_found, "web.not_found");
    asked.voice = *known;
  }
  return asked;
}

Values typed(const web::Request& request) {
  Values values;
  for (const auto& [name, value] : request.form.items())
    if (name != "csrf" && name != "once" && name != "version" && name != "shown") values[name] = value;
  return values;
}

void fill_in(std::vector<FieldView>& fields, const Values& typed, const Error& error, const web::Context& context) {
  for (auto& field : fields) {
    if (const auto found = typed.find(field.name); found != typed.end()) field.value = found->second;
    else if (field.widget == Widget::tick) field.value.clear();
    for (auto& option : field.options) option.chosen = option.id == field.value;
    for (const auto& wrong : error.fields)
      if (wrong.field == field.name) field.error = context.words().say(wrong);
  }
}

Result<std::int64_t> read_version(const web::Request& request) {
  const auto version = text::number(request.form.first("version"));
  if (!version || *version < 0) return fail_field("version", "web.form.broken");
  return *version;
}

Result<ShownValues> shown(const web::Request& request) {
  const auto text = request.form.first("shown");
  if (text.empty()) return ShownValues();
  auto values = values_from(text);
  if (!values) return fail(Fault::invalid, "web.form.broken", "shown");
  return ShownValues(*std::move(values));
}

web::Url back_to(const Workbook& book, const Place& place) {
  const auto* section = book.definition().section_of(place.prompt);
  if (section == nullptr) return web::Url::path("/workbooks/{}", book.id);
  return section_url(book.id, section->id).at("card-" + place.prompt);
}

web::Url done_at(const Workbook& book, const Place& place) {
  const auto* section = book.definition().section_of(place.prompt);
  if (section == nullptr) return web::Url::path("/workbooks/{}", book.id);
  return section_url(book.id, section->id).with("at", place.prompt).at("card-" + place.prompt);
}

}  // namespace kedge::guide
