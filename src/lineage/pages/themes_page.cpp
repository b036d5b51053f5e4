#include "lineage/pages/themes_page.hpp"

#include <algorithm>

#include "lineage/lineage.hpp"
#include "lineage/pages/views/themes.hpp"
#include "web/meanwhile.hpp"

namespace kedge::lineage::pages {
namespace {

web::Url url_of(std::string_view theme, std::string_view noun = {}) {
  return noun.empty() ? web::Url::path("/themes/{}", theme) : web::Url::path("/themes/{}/{}", theme, noun);
}

std::string field_of(Language language) { return "label_" + std::string(code(language)); }

ThemeRow row(const Theme& theme) { return {url_of(theme.code), theme.label, theme.about, theme.label == theme.shipped ? std::string() : theme.shipped, theme.hidden}; }

Result<Theme> theme_of(store::Read& db, const web::Context& context, std::string_view code, Language language) {
  TRY(const auto all, themes(db, context.scope(), language));
  const auto found = std::ranges::find(all, code, &Theme::code);
  if (found == all.end()) return fail(Fault::not_found, "lineage.theme.unknown");
  return *found;
}

// Renames it; a name that only somebody else changed meanwhile stays.
Done rename(store::Tx& tx, const web::Context& context, std::string_view code, ThemeWords typed, web::Seen& seen) {
  std::vector<std::string> kept;
  for (const auto language : kLanguages) {
    TRY(const auto theme, theme_of(tx, context, code, language));
    auto& mine = typed[static_cast<std::size_t>(language)];
    if (mine.empty()) mine = theme.shipped;
    kept.push_back(theme.label);
  }
  const auto merged = web::merge(context.request().form.first("version"), kept, {typed.begin(), typed.end()});
  if (merged.differing.empty()) {
    std::ranges::copy(merged.values, typed.begin());
    return rename_theme(tx, context.scope(), code, typed);
  }
  seen = web::seen_now(merged, kept);
  Error error{Fault::conflict, "web.form.overtaken", {}, {}, {}};
  for (const auto at : merged.differing) error.fields.push_back(web::overtaken(field_of(kLanguages[at]), kept[at]));
  return fail(std::move(error));
}

Result<web::Reply> theme_reply(web::Context& context, std::string_view code, const Error* error, web::Seen seen) {
  ThemePage page{web::Form(context, error), {}, {}, false, seen.version, url_of(code), url_of(code, "shipped"), {}};
  std::vector<std::string> now;
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(const auto read, theme_of(db, context, code, context.language()));
    page.theme = row(read);
    for (const auto language : kLanguages) {
      TRY(const auto theme, theme_of(db, context, code, language));
      page.renamed = page.renamed || theme.label != theme.shipped;
      now.push_back(theme.label);
      page.labels.push_back(page.form.field(web::FieldKind::line, field_of(language), "lineage.themes.name." + std::string(kedge::code(language)), theme.label)
                                .limited(kThemeLabelLength)
                                .helped(context.words().say("lineage.themes.ours", locale::arg("label", theme.shipped))));
    }
    return {};
  }));
  if (page.version.empty()) page.version = web::version_of(now);
  web::show_taken(seen, page.labels);
  page.offering = url_of(code, page.theme.hidden ? "offering" : "hiding");
  const web::Frame frame{page.theme.label, "findings", &context};
  return web::Reply::html(web::render(context.words(), views::theme, page, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

// A change of one theme; the list afterwards says what happened.
template <class F>
Result<web::Reply> change(const web::Request& request, web::Context& context, std::string_view said, F&& work) {
  const std::string code(request.parameter("code"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(work(tx, code));
    return url_of(code);
  }));
  context.say_next(said);
  return web::Reply::see_other(where);
}

}  // namespace

// GET /themes
Result<web::Reply> list_themes(const web::Request&, web::Context& context) {
  TRY(const auto all, context.read([&](store::Read& db) { return themes(db, context.scope(), context.language()); }));
  ThemesPage page;
  for (const auto& theme : all) page.rows.push_back(row(theme));
  const web::Frame frame{std::string(context.words().plain("lineage.themes.title")), "findings", &context};
  return web::Reply::html(web::render(context.words(), views::themes, page, frame));
}

// GET /themes/{code}
Result<web::Reply> show_theme(const web::Request& request, web::Context& context) { return theme_reply(context, request.parameter("code"), nullptr, {}); }

// POST /themes/{code}
Result<web::Reply> save_theme(const web::Request& request, web::Context& context) {
  ThemeWords labels;
  for (const auto language : kLanguages) labels[static_cast<std::size_t>(language)] = request.line(field_of(language));
  web::Seen seen{std::string(request.form.first("version")), {}};
  auto reply = change(request, context, "lineage.themes.saved", [&](store::Tx& tx, const std::string& code) { return rename(tx, context, code, labels, seen); });
  if (reply || (reply.error().fault != Fault::invalid && reply.error().fault != Fault::conflict)) return reply;
  return theme_reply(context, request.parameter("code"), &reply.error(), std::move(seen));
}

// POST /themes/{code}/shipped
Result<web::Reply> bring_label_back(const web::Request& request, web::Context& context) {
  return change(request, context, "lineage.themes.brought_back", [&](store::Tx& tx, const std::string& code) { return rename_theme(tx, context.scope(), code, {}); });
}

// POST /themes/{code}/hiding
Result<web::Reply> hide_theme(const web::Request& request, web::Context& context) {
  TRY(auto reply, change(request, context, "lineage.themes.hidden", [&](store::Tx& tx, const std::string& code) { return offer_theme(tx, context.scope(), code, Offering::hidden); }));
  context.say_next_with_undo("lineage.themes.hidden", url_of(request.parameter("code"), "offering"));
  return reply;
}

// POST /themes/{code}/offering
Result<web::Reply> offer_theme_again(const web::Request& request, web::Context& context) {
  return change(request, context, "lineage.themes.offered", [&](store::Tx& tx, const std::string& code) { return offer_theme(tx, context.scope(), code, Offering::offered); });
}

}  // namespace kedge::lineage::pages
