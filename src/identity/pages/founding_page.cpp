#include "identity/pages/founding_page.hpp"

#include "identity/joining.hpp"
#include "identity/pages/parts.hpp"
#include "identity/pages/settings_page.hpp"

namespace kedge::identity::pages {
namespace {

web::Reply founding_reply(const web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  const Library fresh;
  FormPage page{.title = plain(context, "identity.found.title"),
                .lede = {plain(context, "identity.found.lede")},
                .notes = {plain(context, "identity.found.note")},
                .action = web::Url::path("/found"),
                .button = plain(context, "identity.found.do"),
                .more_label = plain(context, "identity.found.more")};
  page.fields = {form.field(web::FieldKind::line, "name", "identity.settings.name").needed(),
                 form.field(web::FieldKind::line, "lead_name", "identity.found.lead_name").needed(),
                 form.field(web::FieldKind::email, "lead_email", "identity.field.own_email").needed(),
                 form.field(web::FieldKind::new_password, "password", "identity.field.first_password").needed().helped(plain(context, "identity.field.password.help")),
                 form.field(web::FieldKind::one_time_code, "code", "identity.found.code").needed().helped(plain(context, "identity.found.code.help"))};
  page.fields[0].autocomplete = "organization";
  page.fields[1].autocomplete = "given-name";
  page.more = {form.field(web::FieldKind::area, "branches", "identity.settings.branches").helped(plain(context, "identity.settings.branches.help")),
               time_zone_field(form, fresh.time_zone, fresh.country),
               form.field(web::FieldKind::line, "country", "identity.settings.country", fresh.country).needed().helped(plain(context, "identity.settings.country.help")),
               form.field(web::FieldKind::line, "state", "identity.settings.state").helped(plain(context, "identity.settings.state.help"))};
  page.bare = true;
  return form_reply(context, page, wrong);
}

}  // namespace

// GET /found
Result<web::Reply> show_founding(const web::Request& /*request*/, web::Context& context) { return founding_reply(context, nullptr); }

// POST /found
Result<web::Reply> do_found(const web::Request& request, web::Context& context) {
  Founding founding;
  founding.library.name = request.line("name");
  founding.library.language = context.language();
  if (!request.line("time_zone").empty()) founding.library.time_zone = time_zone_of_form(request);
  if (!request.line("country").empty()) founding.library.country = upper_code(request.line("country"));
  founding.library.state = upper_code(request.line("state"));
  founding.branches = lines_of(request.text("branches"));
  founding.lead_name = request.line("lead_name");
  founding.lead_email = request.line("lead_email");
  founding.password = std::string(request.form.first("password"));
  const auto joined = found_by_code(context.house().db, context.house().keyring, founding, request.line("code"), request.peer,
                                    std::string(request.header("user-agent")));
  if (!joined) {
    if (at_form(joined.error())) return founding_reply(context, &joined.error());
    return fail(joined.error());
  }
  let_in(context, joined->session);
  return recovery_code_reply(context, joined->recovery_code, founding.lead_name, founding.library.name);
}

}  // namespace kedge::identity::pages
