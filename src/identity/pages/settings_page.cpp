#include "identity/pages/settings_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/zones.hpp"
#include "identity/example.hpp"
#include "identity/pages/parts.hpp"
#include "web/meanwhile.hpp"

namespace kedge::identity::pages {
namespace {

std::vector<web::Choice> month_choices(const web::Context& context) {
  std::vector<web::Choice> choices;
  for (int month = 1; month <= 12; ++month) {
    const auto number = std::to_string(month);
    choices.push_back({number, context.words().say("identity.settings.first_of", locale::arg("month", plain(context, "identity.month." + number)))});
  }
  return choices;
}

// 0, which no setting may be, where it is not a number and nothing else.
std::int64_t number(std::string_view typed) { return text::number(typed).value_or(0); }

std::vector<std::string> cleaned(std::vector<std::string> lines) {
  for (auto& line : lines) line = text::clean_line(line);
  std::erase(lines, std::string());
  return lines;
}

std::string in_lines(const std::vector<std::string>& names) {
  std::string lines;
  for (const auto& name : names) lines += (lines.empty() ? "" : "\n") + name;
  return lines;
}

struct Setting {
  std::string_view field;
  std::string value;  // as the form holds it
  std::string words;  // as it is said
};
std::vector<Setting> settings(const web::Context& context, const Library& library, const std::vector<std::string>& branch_names) {
  const auto month = std::to_string(library.fiscal_month);
  const bool is_month = library.fiscal_month >= 1 && library.fiscal_month <= 12;
  const auto language = std::string(code(library.language));
  return {{"name", library.name, library.name},
          {"branches", in_lines(branch_names), context.words().list(branch_names)},
          {"language", language, plain(context, "web.language." + language)},
          {"time_zone", library.time_zone, library.time_zone},
          {"country", library.country, library.country},
          {"state", library.state, library.state},
          {"fiscal_month", month, is_month ? plain(context, "identity.month." + month) : month},
          {"threshold", std::to_string(library.threshold), std::to_string(library.threshold)}};
}

std::vector<std::string> names_of(const std::vector<Branch>& all) {
  std::vector<std::string> names;
  for (const auto& branch : all) names.push_back(branch.name);
  return names;
}

std::vector<std::string> values_of(const std::vector<Setting>& all) {
  std::vector<std::string> values;
  for (const auto& setting : all) values.push_back(setting.value);
  return values;
}

Library library_of(Library library, const std::vector<std::string>& values) {
  library.name = values[0];
  library.language = language_of(values[2]).value_or(library.language);
  library.time_zone = values[3];
  library.country = values[4];
  library.state = values[5];
  library.fiscal_month = number(values[6]);
  library.threshold = number(values[7]);
  return library;
}

std::vector<std::string> typed_values(const web::Request& request, const web::Context& context) {
  auto library = context.library();
  library.name = request.line("name");
  library.language = language_of_form(request, library.language);
  library.time_zone = time_zone_of_form(request);
  library.country = upper_code(request.line("country"));
  library.state = upper_code(request.line("state"));
  library.fiscal_month = number(request.line("fiscal_month"));
  library.threshold = number(request.line("threshold"));
  return values_of(settings(context, library, cleaned(lines_of(request.text("branches")))));
}

// `gone`: the branches that it let go.
Done save(store::Tx& tx, const web::Context& context, const std::vector<std::string>& typed, web::Seen& seen, std::vector<std::string>& gone) {
  TRY(const auto kept, library(tx, context.scope()));
  TRY(const auto named, branches(tx, context.scope()));
  const auto now = settings(context, kept, names_of(named));
  const auto merged = web::merge(context.request().form.first("version"), values_of(now), typed);
  if (!merged.differing.empty()) {
    seen = web::seen_now(merged, values_of(now));
    Error error{Fault::conflict, "web.form.overtaken", {}, {}, {}};
    for (const auto at : merged.differing) error.fields.push_back(web::overtaken(now[at].field, now[at].words));
    return fail(std::move(error));
  }
  const auto saved = save_library(tx, context.scope(), library_of(kept, merged.values));
  const auto branched = save_branches(tx, context.scope(), cleaned(lines_of(merged.values[1])));
  gone = branched.value_or(std::vector<std::string>());
  if (saved && branched) return {};
  if (saved || branched) return fail(saved ? branched.error() : saved.error());
  auto both = saved.error();
  both.fields.insert(both.fields.end(), branched.error().fields.begin(), branched.error().fields.end());
  return fail(std::move(both));
}

Result<web::Reply> settings_reply(web::Context& context, const Error* wrong, web::Seen seen) {
  const web::Form form(context, wrong);
  Library now;
  std::vector<Branch> named;
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(now, library(db, context.scope()));
    TRY(named, branches(db, context.scope()));
    return {};
  }));
  if (seen.version.empty()) seen.version = web::version_of(values_of(settings(context, now, names_of(named))));
  FormPage page{.title = plain(context, "identity.settings.title"),
                .lede = {plain(context, "identity.settings.lede")},
                .action = web::Url::path("/settings"),
                .button = plain(context, "identity.save"),
                .hidden = {{"version", seen.version}}};
  page.fields = {form.field(web::FieldKind::line, "name", "identity.settings.name", now.name).limited(120).needed(),
                 form.field(web::FieldKind::area, "branches", "identity.settings.branches", in_lines(names_of(named))).helped(plain(context, "identity.settings.branches.help")),
                 language_field(form, now.language).helped(plain(context, "identity.settings.language.help")),
                 time_zone_field(form, now.time_zone, now.country),
                 form.field(web::FieldKind::line, "country", "identity.settings.country", now.country).needed().helped(plain(context, "identity.settings.country.help")),
                 form.field(web::FieldKind::line, "state", "identity.settings.state", now.state).helped(plain(context, "identity.settings.state.help")),
                 form.field(web::FieldKind::select, "fiscal_month", "identity.settings.fiscal_month", std::to_string(now.fiscal_month)).of(month_choices(context)),
                 form.field(web::FieldKind::number, "threshold", "identity.settings.threshold", std::to_string(now.threshold)).needed().helped(plain(context, "identity.settings.threshold.help"))};
  web::show_taken(seen, page.fields);
  page.links = {{web::Url::path("/settings/logo"), plain(context, "identity.logo.title")},
                {web::Url::path("/themes"), plain(context, "identity.settings.themes")},
                {web::Url::path("/settings/retention"), plain(context, "retention.title")},
                {web::Url::path("/people"), plain(context, "identity.people.back")}};
  if (context.scope().roles.has(Role::administrator)) page.links.push_back({web::Url::path("/settings/export"), plain(context, "library_file.page.title")});
  if (now.example) page.links.push_back({web::Url::path("/example/erase"), plain(context, "identity.erase.title")});
  TRY(const auto open_to_all, example(context.house().db));
  if (open_to_all && !now.example) page.lede.push_back(plain(context, "identity.settings.example_open"));
  return form_reply(context, page, wrong);
}

}  // namespace

web::Field time_zone_field(const web::Form& form, const std::string& now, std::string_view country) {
  std::vector<web::Choice> zones;
  for (const auto& zone : time_zones(country)) {
    auto label = zone;
    std::ranges::replace(label, '_', ' ');
    zones.push_back({zone, std::move(label)});
  }
  return form.field(web::FieldKind::suggest, "time_zone", "identity.settings.time_zone", now)
      .of(std::move(zones))
      .helped(plain(form.context(), "identity.settings.time_zone.help"))
      .needed();
}

std::string time_zone_of_form(const web::Request& request) {
  const auto typed = request.line("time_zone");
  return time_zone_named(typed).value_or(typed);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string upper_code(std::string text) {
  for (auto& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// GET /settings
Result<web::Reply> show_settings(const web::Request& /*request*/, web::Context& context) { return settings_reply(context, nullptr, {}); }

// POST /settings
Result<web::Reply> save_settings(const web::Request& request, web::Context& context) {
  const auto typed = typed_values(request, context);
  web::Seen seen{std::string(request.form.first("version")), {}};
  std::vector<std::string> gone;
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(save(tx, context, typed, seen, gone));
    return web::Url::path("/settings");
  });
  if (!where) {
    if (at_form(where.error())) return settings_reply(context, &where.error(), std::move(seen));
    return fail(where.error());
  }
  if (gone.empty()) {
    context.say_next("identity.settings.saved");
  } else {
    const auto undo = web::Url::path("/settings/branches").with("names", in_lines(gone));
    context.say_next("identity.settings.branches_gone", {{"names", context.words().list(gone)}, {"undo", undo.text()}});
  }
  return web::Reply::see_other(*where);
}

// POST /settings/branches?names=: branches that were just let go are back, after those that there are
Result<web::Reply> restore_branches(const web::Request& request, web::Context& context) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto now, branches(tx, context.scope()));
    auto names = names_of(now);
    for (auto& name : lines_of(request.query.first("names"))) names.push_back(std::move(name));
    TRY_DONE(save_branches(tx, context.scope(), cleaned(std::move(names))));
    return web::Url::path("/settings");
  }));
  context.say_next("identity.settings.saved");
  return web::Reply::see_other(where);
}

}  // namespace kedge::identity::pages
