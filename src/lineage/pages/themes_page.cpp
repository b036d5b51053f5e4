#include "lineage/pages/themes_page.hpp"

#include "lineage/lineage.hpp"
#include "lineage/pages/views/themes.hpp"

namespace kedge::lineage::pages {
namespace {

Result<web::Reply> page(web::Context& context, const Error* error) {
  ThemesPage page{web::Form(context, error), {}};
  TRY(const auto all, context.read([&](store::Read& db) { return themes(db, context.scope(), context.language()); }));
  for (const auto& theme : all) {
    page.rows.push_back({theme.label, theme.about,
                         page.form.field(web::FieldKind::line, "name_" + theme.code, "lineage.themes.name", theme.label).limited(60),
                         page.form.field(web::FieldKind::check, "hidden_" + theme.code, "lineage.themes.hide", theme.hidden ? "yes" : "")});
  }
  const web::Frame frame{std::string(context.words().plain("lineage.themes.title")), "findings", &context};
  return web::Reply::html(web::render(context.words(), views::themes, page, frame), error == nullptr ? 200 : web::status_of(error->fault));
}

// Only what differs from what stands: a label that was not touched stays the shipped one, in every language.
Done save_one(store::Tx& tx, const store::Scope& scope, const web::Request& request, const Theme& theme, Error& wrong) {
  if (!request.form.has("name_" + theme.code)) return {};
  const auto name = request.line("name_" + theme.code);
  const bool hidden = !request.form.first("hidden_" + theme.code).empty();
  if (name == theme.label && hidden == theme.hidden) return {};
  auto done = rename_theme(tx, scope, theme.code, name, hidden);
  if (done || done.error().fault != Fault::invalid) return done;
  for (auto field : done.error().fields) {
    field.field = "name_" + theme.code;
    wrong.fields.push_back(std::move(field));
  }
  return {};
}

}  // namespace

// GET /themes
Result<web::Reply> list_themes(const web::Request&, web::Context& context) { return page(context, nullptr); }

// POST /themes
Result<web::Reply> save_themes(const web::Request& request, web::Context& context) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto all, themes(tx, context.scope(), context.language()));
    Error wrong{Fault::invalid, "lineage.themes.invalid", {}, {}, {}};
    for (const auto& theme : all) TRY_DONE(save_one(tx, context.scope(), request, theme, wrong));
    if (!wrong.fields.empty()) return fail(std::move(wrong));
    return web::Url::path("/themes");
  });
  if (!where) {
    if (where.error().fault == Fault::invalid) return page(context, &where.error());
    return fail(where.error());
  }
  context.say_next("lineage.saved");
  return web::Reply::see_other(*where);
}

}  // namespace kedge::lineage::pages
