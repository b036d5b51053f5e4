#include "guide/pages/guide_words_page.hpp"

#include "guide/pages/guide_edit_form.hpp"

namespace kedge::guide {
namespace {

using web::FieldKind;

GuideForm blank(const LibraryGuide& kept, const web::Context& context, const Error* error, locale::Message title, const web::Url& action) {
  const auto& words = context.words();
  return {std::string(words.plain(title)), std::string(words.plain("guide_edit.languages.help")), web::Form(context, error), kept.version, action,
          web::Url::path("/guides/{}", kept.id), std::string(words.plain("guide_edit.save")), {}};
}

Result<GuideForm> draw_guide(const LibraryGuide& kept, const web::Context& context, const Error* error) {
  auto view = blank(kept, context, error, "guide_edit.words.guide", web::Url::path("/guides/{}/words", kept.id));
  view.groups.push_back(text_group(view.form, error, FieldKind::line, "title", "guide_edit.title", kept.guide->title, kTypedLabel, Called::required));
  view.groups.push_back(
      text_group(view.form, error, FieldKind::area, "introduction", "guide_edit.introduction", kept.guide->introduction, kTypedIntroduction, Called::required));
  return view;
}

Result<GuideForm> draw_section(const LibraryGuide& kept, const web::Context& context, const Error* error) {
  const auto id = context.request().parameter("section");
  const auto* section = kept.guide->section(id);
  if (section == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  auto view = blank(kept, context, error, "guide_edit.words.section", web::Url::path("/guides/{}/sections/{}/words", kept.id, id));
  view.back = view.back.at(section_anchor(id));
  view.groups.push_back(text_group(view.form, error, FieldKind::line, "title", "guide_edit.section.title", section->title, kTypedLabel, Called::required));
  view.groups.push_back(text_group(view.form, error, FieldKind::area, "lede", "guide_edit.section.lede", section->lede, kTypedHelp, Called::optional));
  return view;
}

Result<GuideForm> draw_prompt(const LibraryGuide& kept, const web::Context& context, const Error* error) {
  const auto id = context.request().parameter("prompt");
  const auto* prompt = kept.guide->prompt(id);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  auto view = blank(kept, context, error, "guide_edit.words.prompt", web::Url::path("/guides/{}/prompts/{}/words", kept.id, id));
  view.back = view.back.at(prompt_anchor(id));
  const bool reading = prompt->kind == Kind::reading;
  view.groups.push_back(text_group(view.form, error, FieldKind::line, "label", reading ? locale::Message("guide_edit.heading") : locale::Message("guide_edit.label"),
                                   prompt->label, kTypedLabel, Called::required));
  view.groups.push_back(text_group(view.form, error, FieldKind::area, "help", "guide_edit.help", prompt->help, kTypedHelp, Called::optional));
  if (reading) {
    view.groups.push_back(text_group(view.form, error, FieldKind::area, "body", "guide_edit.body", prompt->body, kTypedBody, Called::required));
  }
  return view;
}

Draw drawn(web::Context& context, Result<GuideForm> (*draw)(const LibraryGuide&, const web::Context&, const Error*)) {
  return [&context, draw](const LibraryGuide& kept, const Error* error) { return draw(kept, context, error); };
}

}  // namespace

// GET /guides/{id}/words
Result<web::Reply> show_guide_words(const web::Request& request, web::Context& context) { return show_form(request, context, drawn(context, draw_guide)); }

// POST /guides/{id}/words
Result<web::Reply> save_guide_words(const web::Request& request, web::Context& context) {
  const auto change = [&](const Guide& guide, const store::Tx&) {
    return write_guide(guide, typed_text(request, "title"), typed_text(request, "introduction"), context.language());
  };
  return save_form(request, context, drawn(context, draw_guide), change, "guide_edit.saved", [](const Guide&) { return std::string("main"); });
}

// GET /guides/{id}/sections/{section}/words
Result<web::Reply> show_section_words(const web::Request& request, web::Context& context) { return show_form(request, context, drawn(context, draw_section)); }

// POST /guides/{id}/sections/{section}/words
Result<web::Reply> save_section_words(const web::Request& request, web::Context& context) {
  const auto section = request.parameter("section");
  const auto change = [&](const Guide& guide, const store::Tx&) {
    return write_section(guide, section, typed_text(request, "title"), typed_text(request, "lede"), context.language());
  };
  return save_form(request, context, drawn(context, draw_section), change, "guide_edit.saved", [&](const Guide&) { return section_anchor(section); });
}

// GET /guides/{id}/prompts/{prompt}/words
Result<web::Reply> show_prompt_words(const web::Request& request, web::Context& context) { return show_form(request, context, drawn(context, draw_prompt)); }

// POST /guides/{id}/prompts/{prompt}/words
Result<web::Reply> save_prompt_words(const web::Request& request, web::Context& context) {
  const auto prompt = request.parameter("prompt");
  const auto change = [&](const Guide& guide, const store::Tx&) {
    const PromptWords words{typed_text(request, "label"), typed_text(request, "help"), typed_text(request, "body")};
    return write_prompt(guide, prompt, words, context.language());
  };
  return save_form(request, context, drawn(context, draw_prompt), change, "guide_edit.saved", [&](const Guide&) { return prompt_anchor(prompt); });
}

}  // namespace kedge::guide
