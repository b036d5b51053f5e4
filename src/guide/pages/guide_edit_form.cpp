#include "guide/pages/guide_edit_form.hpp"

#include <algorithm>

#include "guide/pages/request_place.hpp"
#include "guide/pages/views/guide_form.hpp"

namespace kedge::guide {
namespace {

Result<web::Reply> page(web::Context& context, const Id& id, const Draw& draw, const Error* error) {
  TRY(const auto kept, context.read([&](store::Read& db) { return own_guide(db, context.scope(), id); }));
  TRY(const auto view, draw(kept, error));
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guide_form, view, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

std::string_view language_key(Language language) {
  switch (language) {
    case Language::en: return "web.language.en";
    case Language::es: return "web.language.es";
  }
  return "web.language.en";
}

}  // namespace

std::vector<Language> writing_order(const web::Context& context) {
  std::vector<Language> order{context.language()};
  for (const auto language : kLanguages)
    if (language != context.language()) order.push_back(language);
  return order;
}

FormGroup text_group(const web::Form& form, const Error* error, web::FieldKind kind, std::string_view name, locale::Message label, const Text& kept, std::size_t limit,
                     Called called) {
  FormGroup group;
  const bool overtaken = error != nullptr && error->fault == Fault::conflict;
  const auto& context = form.context();
  const auto& words = context.words();
  for (const auto language : writing_order(context)) {
    const auto& now = kept.words[static_cast<std::size_t>(language)];
    auto field = form.field(kind, std::string(name) + "_" + std::string(code(language)), label, now).limited(limit);
    field.label = words.say("guide_edit.in_language", locale::arg("what", field.label), locale::arg("language", words.plain(language_key(language))));
    field.required = called == Called::required && language == context.language();
    const bool differs = overtaken && !now.empty() && field.value != now;
    group.lines.push_back({std::move(field), differs ? now : std::string()});
  }
  return group;
}

Text typed_text(const web::Request& request, std::string_view name) {
  Text typed;
  for (const auto language : kLanguages) typed.say(language, request.text(std::string(name) + "_" + std::string(code(language))));
  return typed;
}

Result<LibraryGuide> own_guide(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(auto kept, guide_of(db, scope, id));
  if (kept.shipped) return fail(Fault::forbidden, "guide_edit.copy_first");
  return kept;
}

Result<web::Reply> show_form(const web::Request& request, web::Context& context, const Draw& draw) {
  TRY(const auto id, request.id("id"));
  return page(context, id, draw, nullptr);
}

Result<web::Reply> save_form(const web::Request& request, web::Context& context, const Draw& draw, const Change& change, std::string_view said,
                             const std::function<std::string(const Guide&)>& anchor) {
  TRY(const auto id, request.id("id"));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, own_guide(tx, context.scope(), id));
    TRY(const auto version, read_version(request));
    if (version != kept.version) return fail(Fault::conflict, "guide.changed");
    TRY(const auto changed, change(*kept.guide, tx));
    TRY_DONE(save_guide(tx, context.scope(), id, changed, version));
    return web::Url::path("/guides/{}", id).at(anchor(changed));
  });
  if (where) {
    context.say_next(said);
    return web::Reply::see_other(*where);
  }
  auto error = where.error();
  if (error.fault != Fault::invalid && error.fault != Fault::conflict && error.fault != Fault::too_large) return fail(std::move(error));
  if (of_file(error)) error.fields.clear();  // the guide as a whole grew too large: no field of this form
  return page(context, id, draw, &error);
}

bool of_file(const Error& error) { return !error.fields.empty() && error.fields.front().field.find(".yaml:") != std::string::npos; }

std::string section_anchor(std::string_view section) { return "section-" + std::string(section); }
std::string prompt_anchor(std::string_view prompt) { return "prompt-" + std::string(prompt); }

}  // namespace kedge::guide
