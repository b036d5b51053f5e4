#include "guide/pages/guides_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/pages/views/guides.hpp"

namespace kedge::guide {
namespace {

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

ShelfLine line_of(const Guide& guide, const std::string& value, const web::Context& context) {
  ShelfLine line;
  line.title = in(guide.title, context);
  for (const auto* section : guide.shown()) line.sections.push_back(in(section->title, context));
  line.copy = web::Url::path("/guides").with("copy", value).at("f-title");
  return line;
}

Result<GuidesView> guides_view(store::Read& db, const web::Context& context, const Error* error) {
  GuidesView view{web::Form(context, error), {}, {}, {}};
  std::vector<web::Choice> choices;
  TRY(const auto books, workbooks(db, context.scope()));
  TRY(const auto own, guides(db, context.scope()));
  for (const auto& kept : own) {
    const auto value = "own/" + kept.id.text();
    auto line = line_of(*kept.guide, value, context);
    line.ours = !kept.shipped;
    line.page = web::Url::path("/guides/{}", kept.id);
    line.file = web::Url::path("/guides/{}/guide.yaml", kept.id);
    std::vector<std::string> names;
    for (const auto& book : books)
      if (book.guide.id == kept.id) names.push_back(book.title);
    line.used_by = context.words().list(names);
    choices.push_back({value, line.title});
    view.guides.push_back(std::move(line));
  }
  for (const auto& [slug, guide] : shipped_guides()) {
    if (std::any_of(own.begin(), own.end(), [&](const auto& one) { return one.slug == slug; })) continue;
    auto line = line_of(*guide, "shipped/" + slug, context);
    choices.push_back({"shipped/" + slug, line.title});
    view.guides.push_back(std::move(line));
  }
  const std::string chosen(context.request().query.first("copy"));
  view.source = view.form.field(web::FieldKind::select, "source", "guide_edit.copy.source", chosen).of(std::move(choices));
  view.title = view.form.field(web::FieldKind::line, "title", "guide_edit.copy.name").limited(120).needed();
  return view;
}

Result<web::Reply> page(web::Context& context, const Error* error) {
  TRY(const auto view, context.read([&](store::Read& db) { return guides_view(db, context, error); }));
  const web::Frame frame{std::string(context.words().plain("guide.guides.link")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guides, view, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

Result<Id> source_guide(store::Tx& tx, const web::Context& context, std::string_view value) {
  if (value.starts_with("shipped/")) return adopt_guide(tx, context.scope(), value.substr(8));
  const auto id = value.starts_with("own/") ? Id::parse(value.substr(4)) : std::nullopt;
  if (!id) return fail_field("source", "guide.unknown");
  return *id;
}

}  // namespace

// GET /guides?copy=own/<id>
Result<web::Reply> show_guides(const web::Request&, web::Context& context) { return page(context, nullptr); }

// POST /guides/copies
Result<web::Reply> copy_guide_page(const web::Request& request, web::Context& context) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    const auto title = request.line("title");
    if (title.empty()) return fail_field("title", "guide_edit.copy.no_name");  // before a shipped guide is taken for it
    TRY(const auto id, source_guide(tx, context, request.form.first("source")));
    TRY_DONE(copy_guide(tx, context.scope(), id, title));
    return web::Url::path("/guides");
  });
  if (!where) {
    if (where.error().fault == Fault::invalid) return page(context, &where.error());
    return fail(where.error());
  }
  context.say_next("guide_edit.copied");
  return web::Reply::see_other(*where);
}

// GET /guides/{id}/guide.yaml
Result<web::Reply> guide_file(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto kept, context.read([&](store::Read& db) { return guide_of(db, context.scope(), id); }));
  return web::Reply::file(to_yaml(*kept.guide), "application/yaml", kept.slug + ".yaml");
}

}  // namespace kedge::guide
