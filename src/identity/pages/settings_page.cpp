#include "identity/pages/settings_page.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"
#include "identity/pages/parts.hpp"

namespace kedge::identity::pages {
namespace {

// What is offered; a library elsewhere types its zone, as others are kept.
constexpr std::array<std::string_view, 22> kZones{
    "America/New_York",  "America/Chicago",    "America/Denver",      "America/Phoenix",     "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu",  "America/Puerto_Rico", "America/Halifax",     "America/St_Johns",    "America/Toronto",     "America/Winnipeg",
    "America/Edmonton",  "America/Vancouver",  "America/Mexico_City", "America/Bogota",      "America/Santiago",    "America/Argentina/Buenos_Aires",
    "Europe/London",     "Europe/Madrid",      "Europe/Berlin",       "Australia/Sydney"};

std::vector<web::Choice> month_choices(const web::Context& context) {
  std::vector<web::Choice> choices;
  for (int month = 1; month <= 12; ++month) {
    const auto number = std::to_string(month);
    choices.push_back({number, plain(context, "identity.month." + number)});
  }
  return choices;
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string in_lines(const std::vector<Branch>& branches) {
  std::string lines;
  for (const auto& branch : branches) lines += (lines.empty() ? "" : "\n") + branch.name;
  return lines;
}

Result<web::Reply> settings_reply(web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& now = context.library();
  TRY(const auto named, context.read([&](store::Read& db) { return branches(db, context.scope()); }));
  FormPage page{.title = plain(context, "identity.settings.title"),
                .lede = {plain(context, "identity.settings.lede")},
                .action = web::Url::path("/settings"),
                .button = plain(context, "identity.save")};
  page.fields = {form.field(web::FieldKind::line, "name", "identity.settings.name", now.name).limited(120).needed(),
                 form.field(web::FieldKind::area, "branches", "identity.settings.branches", in_lines(named)).helped(plain(context, "identity.settings.branches.help")),
                 language_field(form, now.language).helped(plain(context, "identity.settings.language.help")),
                 time_zone_field(form, now.time_zone),
                 form.field(web::FieldKind::line, "country", "identity.settings.country", now.country).limited(2).needed().helped(plain(context, "identity.settings.country.help")),
                 form.field(web::FieldKind::line, "state", "identity.settings.state", now.state).limited(3).helped(plain(context, "identity.settings.state.help")),
                 form.field(web::FieldKind::select, "fiscal_month", "identity.settings.fiscal_month", std::to_string(now.fiscal_month)).of(month_choices(context)),
                 form.field(web::FieldKind::number, "threshold", "identity.settings.threshold", std::to_string(now.threshold)).needed().helped(plain(context, "identity.settings.threshold.help"))};
  page.links = {{web::Url::path("/people"), plain(context, "identity.people.back")}};
  if (now.example) page.links.push_back({web::Url::path("/example/erase"), plain(context, "identity.erase.title")});
  return form_reply(context, page, wrong);
}

}  // namespace

web::Field time_zone_field(const web::Form& form, const std::string& now) {
  auto field = form.field(web::FieldKind::select, "time_zone", "identity.settings.time_zone", now);
  std::vector<web::Choice> choices;
  if (!field.value.empty() && std::find(kZones.begin(), kZones.end(), field.value) == kZones.end() && is_time_zone(field.value)) choices.push_back({field.value, field.value});
  for (const auto zone : kZones) {
    std::string label(zone);
    std::replace(label.begin(), label.end(), '_', ' ');
    choices.push_back({std::string(zone), std::move(label)});
  }
  return std::move(field).of(std::move(choices));
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
Result<web::Reply> show_settings(const web::Request& /*request*/, web::Context& context) { return settings_reply(context, nullptr); }

// POST /settings
Result<web::Reply> save_settings(const web::Request& request, web::Context& context) {
  auto library = context.library();
  library.name = request.line("name");
  library.language = language_of_form(request, library.language);
  library.time_zone = request.line("time_zone");
  library.country = upper_code(request.line("country"));
  library.state = upper_code(request.line("state"));
  library.fiscal_month = number(request.line("fiscal_month"));
  library.threshold = number(request.line("threshold"));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(save_library(tx, context.scope(), library));
    TRY_DONE(save_branches(tx, context.scope(), lines_of(request.text("branches"))));
    return web::Url::path("/settings");
  });
  if (!where) {
    if (at_form(where.error())) return settings_reply(context, &where.error());
    return fail(where.error());
  }
  context.say_next("identity.settings.saved");
  return web::Reply::see_other(*where);
}

}  // namespace kedge::identity::pages
