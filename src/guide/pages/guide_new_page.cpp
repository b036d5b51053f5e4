#include "guide/pages/guide_new_page.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "guide/pages/guide_edit_form.hpp"
#include "guide/pages/views/guide_kinds.hpp"

namespace kedge::guide {
namespace {

using web::FieldKind;

// In the order in which they are offered.
constexpr Kind kKinds[] = {Kind::reflection, Kind::goals, Kind::choice, Kind::scale, Kind::list, Kind::notes, Kind::matrix, Kind::reading};
constexpr ColumnKind kColumnKinds[] = {ColumnKind::text,  ColumnKind::long_text,    ColumnKind::date,    ColumnKind::phone,
                                       ColumnKind::email, ColumnKind::organization, ColumnKind::contact, ColumnKind::member};

std::string kind_key(Kind kind) { return "guide_edit.kind." + std::string(code_of(kind)); }

// A few fresh signs for an id: the random end of an id of version 7.
std::string suffix(const store::Tx& tx) {
  const auto id = tx.fresh_id().text();
  return id.substr(id.size() - 8);
}

// The form of one kind, field by field.
class NewPromptForm {
 public:
  NewPromptForm(GuideForm& view, const web::Context& context, const Error* error) : view_(view), context_(context), error_(error) {}

  void add_all(Kind kind) {
    text(FieldKind::line, "label", kind == Kind::reading ? locale::Message("guide_edit.heading") : locale::Message("guide_edit.label"), kTypedLabel, Called::required);
    text(FieldKind::area, "help", "guide_edit.help", kTypedHelp, Called::optional);
    by_kind(kind);
    if (kind != Kind::reading) answering();
  }

 private:
  void by_kind(Kind kind) {
    switch (kind) {
      case Kind::reading:
        text(FieldKind::area, "body", "guide_edit.body", kTypedBody, Called::required, "guide_edit.body.help");
        break;
      case Kind::choice:
        text(FieldKind::area, "lines", "guide_edit.options", 0, Called::required, "guide_edit.one_a_line");
        text(FieldKind::line, "reason", "guide_edit.reason", kTypedLabel, Called::optional, "guide_edit.reason.help");
        break;
      case Kind::list: columns(); break;
      case Kind::notes: text(FieldKind::area, "lines", "guide_edit.fields", 0, Called::required, "guide_edit.one_a_line"); break;
      case Kind::matrix:
        text(FieldKind::area, "lines", "guide_edit.rows", 0, Called::optional, "guide_edit.one_a_line");
        view_.groups.push_back({{}, {{view_.form.field(FieldKind::check, "own_rows", "guide_edit.own_rows", "yes"), {}}}, true});
        columns();
        break;
      case Kind::scale:
        view_.groups.push_back({{}, {{view_.form.field(FieldKind::number, "steps", "guide_edit.steps", "5").needed(), {}}}, true});
        text(FieldKind::line, "low", "guide_edit.low", kTypedLabel, Called::required);
        text(FieldKind::line, "high", "guide_edit.high", kTypedLabel, Called::required);
        break;
      case Kind::goals:
      case Kind::reflection:
      case Kind::checklist:
      case Kind::actions: break;
    }
  }

  void text(FieldKind kind, std::string_view name, locale::Message label, std::size_t limit, Called called) {
    view_.groups.push_back(text_group(view_.form, error_, kind, name, label, {}, limit, called));
  }
  void text(FieldKind kind, std::string_view name, locale::Message label, std::size_t limit, Called called, locale::Message help) {
    text(kind, name, label, limit, called);
    for (auto& line : view_.groups.back().lines) line.field.help = std::string(context_.words().plain(help));
  }

  void columns() {
    std::vector<web::Choice> kinds;
    for (const auto kind : kColumnKinds) kinds.push_back({std::string(code_of(kind)), said("guide_edit.column." + std::string(code_of(kind)))});
    for (std::size_t i = 1; i <= kTypedColumns; ++i) {
      const auto name = "column" + std::to_string(i);
      auto group = text_group(view_.form, error_, FieldKind::line, name, "guide_edit.column.label", {}, kTypedLabel, i == 1 ? Called::required : Called::optional);
      group.legend = context_.words().say("guide_edit.column.number", locale::arg("number", i));
      group.lines.push_back({view_.form.field(FieldKind::select, name + "_kind", "guide_edit.column.kind", "text").of(kinds), {}});
      group.open = i == 1 || std::any_of(group.lines.begin(), group.lines.end(), [](const FormLine& line) { return line.field.wrong() || (line.field.choices.empty() && !line.field.value.empty()); });
      group.lines.back().field.required = true;
      view_.groups.push_back(std::move(group));
    }
  }

  void answering() {
    std::vector<web::Choice> choices;
    for (const auto one : {Answering::both, Answering::team, Answering::personal, Answering::sealed})
      choices.push_back({std::string(code_of(one)), said("guide_edit.answering." + std::string(code_of(one)))});
    view_.groups.push_back({{}, {{view_.form.field(FieldKind::choice, "answering", "guide_edit.answering", "both").of(std::move(choices)), {}}}, true});
  }

  std::string said(const std::string& key) const { return std::string(context_.words().plain(key)); }

  GuideForm& view_;
  const web::Context& context_;
  const Error* error_;
};

Result<GuideForm> draw_section(const LibraryGuide& kept, const web::Context& context, const Error* error) {
  const auto& words = context.words();
  GuideForm view{std::string(words.plain("guide_edit.new_section")), std::string(words.plain("guide_edit.languages.help")), web::Form(context, error), kept.version,
                 web::Url::path("/guides/{}/new-section", kept.id), web::Url::path("/guides/{}", kept.id), std::string(words.plain("guide_edit.new_section.do")), {}};
  view.groups.push_back(text_group(view.form, error, FieldKind::line, "title", "guide_edit.section.title", {}, kTypedLabel, Called::required));
  view.groups.push_back(text_group(view.form, error, FieldKind::area, "lede", "guide_edit.section.lede", {}, kTypedHelp, Called::optional));
  return view;
}

Result<GuideForm> draw_prompt(const LibraryGuide& kept, const web::Context& context, Kind kind, const Error* error) {
  const auto section = context.request().parameter("section");
  if (kept.guide->section(section) == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  const auto& words = context.words();
  GuideForm view{std::string(words.plain(kind_key(kind))), std::string(words.plain("guide_edit.languages.help")), web::Form(context, error), kept.version,
                 web::Url::path("/guides/{}/sections/{}/new-prompt", kept.id, section).with("kind", code_of(kind)),
                 web::Url::path("/guides/{}", kept.id).at(section_anchor(section)), std::string(words.plain("guide_edit.new_prompt.do")), {}};
  NewPromptForm(view, context, error).add_all(kind);
  return view;
}

Result<web::Reply> choose_kind(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto kept, context.read([&](store::Read& db) { return own_guide(db, context.scope(), id); }));
  const auto* section = kept.guide->section(request.parameter("section"));
  if (section == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  KindsView view{std::string(section->title.in(context.language()).words), web::Url::path("/guides/{}", id).at(section_anchor(section->id)), {}};
  for (const auto kind : kKinds)
    view.kinds.push_back({std::string(context.words().plain(kind_key(kind))), std::string(context.words().plain(kind_key(kind) + ".help")),
                          web::Url::path("/guides/{}/sections/{}/new-prompt", id, section->id).with("kind", code_of(kind))});
  const web::Frame frame{std::string(context.words().plain("guide_edit.new_prompt")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guide_kinds, view, frame));
}

int number_in(std::string_view typed) {
  const auto number = text::number(text::trim(typed)).value_or(0);
  return std::in_range<int>(number) ? static_cast<int>(number) : 0;
}

Result<NewPrompt> new_prompt(const web::Request& request, const web::Context& context, Kind kind) {
  NewPrompt typed;
  typed.kind = kind;
  typed.writer = context.language();
  typed.words = {typed_text(request, "label"), typed_text(request, "help"), typed_text(request, "body")};
  typed.lines = typed_text(request, "lines");
  typed.reason = typed_text(request, "reason");
  typed.own_rows = request.form.has("own_rows");
  typed.steps = number_in(request.form.first("steps"));
  typed.low = typed_text(request, "low");
  typed.high = typed_text(request, "high");
  if (kind != Kind::reading) {
    const auto answering = from_code<Answering>(request.form.first("answering"));
    if (!answering) return fail_field("answering", "guide_edit.no_answering");
    typed.answering = *answering;
  }
  if (kind == Kind::list || kind == Kind::matrix) {
    for (std::size_t i = 1; i <= kTypedColumns; ++i) {
      const auto name = "column" + std::to_string(i);
      const auto column = from_code<ColumnKind>(request.form.first(name + "_kind"));
      if (!column) return fail_field(name + "_kind", "guide_edit.no_column_kind");
      typed.columns.push_back({typed_text(request, name), *column});
    }
  }
  return typed;
}

std::optional<Kind> kind_asked(const web::Request& request) {
  const auto kind = from_code<Kind>(request.query.first("kind"));
  return kind && can_add(*kind) ? kind : std::nullopt;
}

}  // namespace

// GET /guides/{id}/new-section
Result<web::Reply> show_new_section(const web::Request& request, web::Context& context) {
  return show_form(request, context, [&](const LibraryGuide& kept, const Error* error) { return draw_section(kept, context, error); });
}

// POST /guides/{id}/new-section
Result<web::Reply> add_guide_section(const web::Request& request, web::Context& context) {
  const auto draw = [&](const LibraryGuide& kept, const Error* error) { return draw_section(kept, context, error); };
  const auto change = [&](const Guide& guide, const store::Tx& tx) {
    return add_section(guide, {typed_text(request, "title"), typed_text(request, "lede"), context.language()}, suffix(tx));
  };
  return save_form(request, context, draw, change, "guide_edit.section_added", [](const Guide& guide) { return section_anchor(guide.sections.back().id); });
}

// GET /guides/{id}/sections/{section}/new-prompt?kind=
Result<web::Reply> show_new_prompt(const web::Request& request, web::Context& context) {
  const auto kind = kind_asked(request);
  if (!kind) return choose_kind(request, context);
  return show_form(request, context, [&](const LibraryGuide& kept, const Error* error) { return draw_prompt(kept, context, *kind, error); });
}

// POST /guides/{id}/sections/{section}/new-prompt?kind=
Result<web::Reply> add_guide_prompt(const web::Request& request, web::Context& context) {
  const auto kind = kind_asked(request);
  if (!kind) return fail(Fault::not_found, "guide_edit.no_kind");
  const auto section = request.parameter("section");
  const auto draw = [&](const LibraryGuide& kept, const Error* error) { return draw_prompt(kept, context, *kind, error); };
  const auto change = [&](const Guide& guide, const store::Tx& tx) -> Result<Guide> {
    TRY(const auto typed, new_prompt(request, context, *kind));
    return add_prompt(guide, section, typed, suffix(tx));
  };
  return save_form(request, context, draw, change, "guide_edit.prompt_added",
                   [&](const Guide& guide) { return prompt_anchor(guide.section(section)->prompts.back().id); });
}

}  // namespace kedge::guide
