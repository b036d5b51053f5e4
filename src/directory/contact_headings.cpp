// What headings of tables mean. Compared without case, accents and signs: "E-mail 1 - Value" is "e-mail-1-value".
#include <algorithm>
#include <array>
#include <string_view>

#include "core/text.hpp"
#include "directory/contact_csv.hpp"

namespace kedge::directory {
namespace {

struct Known {
  std::string_view heading;
  Column column;
};

constexpr std::array kKnown{
    // ours, and what people write
    Known{"organization", Column::organization}, Known{"organisation", Column::organization}, Known{"organization-name", Column::organization},
    Known{"agency", Column::organization}, Known{"company", Column::organization}, Known{"company-name", Column::organization}, Known{"employer", Column::organization},
    Known{"organizacion", Column::organization}, Known{"empresa", Column::organization}, Known{"institucion", Column::organization}, Known{"compania", Column::organization},
    Known{"name", Column::name}, Known{"full-name", Column::name}, Known{"contact", Column::name}, Known{"contact-name", Column::name}, Known{"person", Column::name},
    Known{"display-name", Column::name}, Known{"nombre", Column::name}, Known{"nombre-completo", Column::name}, Known{"contacto", Column::name}, Known{"persona", Column::name},
    Known{"persona-de-contacto", Column::name}, Known{"first-name", Column::first_name}, Known{"given-name", Column::first_name}, Known{"primer-nombre", Column::first_name},
    Known{"nombre-de-pila", Column::first_name}, Known{"last-name", Column::last_name}, Known{"family-name", Column::last_name}, Known{"surname", Column::last_name},
    Known{"apellido", Column::last_name}, Known{"apellidos", Column::last_name},
    Known{"title", Column::title}, Known{"role", Column::title}, Known{"job-title", Column::title}, Known{"position", Column::title}, Known{"cargo", Column::title},
    Known{"puesto", Column::title}, Known{"titulo", Column::title}, Known{"funcion", Column::title},
    Known{"department", Column::department}, Known{"departamento", Column::department},
    Known{"phone", Column::phone}, Known{"telephone", Column::phone}, Known{"tel", Column::phone}, Known{"phone-number", Column::phone}, Known{"work-phone", Column::phone},
    Known{"business-phone", Column::phone}, Known{"business-phone-2", Column::phone}, Known{"company-main-phone", Column::phone}, Known{"primary-phone", Column::phone},
    Known{"mobile", Column::phone}, Known{"mobile-phone", Column::phone}, Known{"cell", Column::phone}, Known{"cell-phone", Column::phone},
    Known{"telefono", Column::phone}, Known{"telefono-del-trabajo", Column::phone}, Known{"movil", Column::phone}, Known{"celular", Column::phone}, Known{"telefono-movil", Column::phone},
    Known{"e-mail", Column::email}, Known{"email", Column::email}, Known{"mail", Column::email}, Known{"e-mail-address", Column::email}, Known{"email-address", Column::email},
    Known{"correo", Column::email}, Known{"correo-electronico", Column::email}, Known{"direccion-de-correo-electronico", Column::email},
    Known{"kind", Column::kind}, Known{"tipo", Column::kind}, Known{"tipo-de-organizacion", Column::kind}, Known{"clase", Column::kind},
    Known{"also-known-as", Column::alternate_name}, Known{"alternate-name", Column::alternate_name}, Known{"tambien-se-conoce-como", Column::alternate_name}, Known{"otro-nombre", Column::alternate_name},
    Known{"website", Column::website}, Known{"web-site", Column::website}, Known{"web-page", Column::website}, Known{"web", Column::website}, Known{"url", Column::website},
    Known{"sitio-web", Column::website}, Known{"pagina-web", Column::website},
    Known{"organization-e-mail", Column::organization_email}, Known{"organization-email", Column::organization_email},
    Known{"correo-de-la-organizacion", Column::organization_email}, Known{"correo-electronico-de-la-organizacion", Column::organization_email},
    Known{"description", Column::description}, Known{"about", Column::description}, Known{"about-the-organization", Column::description}, Known{"descripcion", Column::description},
    Known{"sobre-la-organizacion", Column::description},
    // Google Contacts
    Known{"organization-1-name", Column::organization}, Known{"organization-1-title", Column::title}, Known{"organization-title", Column::title},
    Known{"organization-1-department", Column::department}, Known{"organization-department", Column::department},
    Known{"e-mail-1-value", Column::email}, Known{"phone-1-value", Column::phone}, Known{"phone-2-value", Column::phone},
    // Outlook in Spanish
    Known{"telefono-del-trabajo-2", Column::phone}, Known{"organizacion-1-nombre", Column::organization},
};

// Beginnings of headings of Google Contacts and Outlook, for which there is no place here.
constexpr std::array<std::string_view, 60> kNoPlace{
    "account", "additional-name", "address", "anniversary", "assistant", "billing", "birthday", "business-address", "business-city", "business-country", "business-fax",
    "business-po-box", "business-postal", "business-state", "business-street", "callback", "car-phone", "categories", "children", "custom-field", "directory-server",
    "e-mail-1-type", "e-mail-1-label", "e-mail-2", "e-mail-3", "e-mail-display", "e-mail-type", "event", "family-name-yomi", "file-as", "gender", "given-name-yomi", "government-id",
    "group-membership", "hobby", "home", "initials", "internet-free", "isdn", "keywords", "labels", "language", "location", "manager", "middle-name", "mileage", "name-prefix",
    "name-suffix", "nickname", "notes", "office-location", "organizational-id", "other", "pager", "phone-1-type", "phone-1-label", "phonetic", "photo", "priority", "profession"};
constexpr std::array<std::string_view, 17> kNoPlaceEither{"radio-phone", "referred", "relation", "sensitivity", "short-name", "spouse", "suffix", "tty", "user", "website-1", "yomi",
                                                          "notas", "direccion-de-trabajo", "cumpleanos", "organization-1-type", "organization-1-yomi", "phone-3"};

}  // namespace

std::vector<Column> recognized(const std::vector<std::string>& headings) {
  std::vector<Column> columns;
  for (const auto& heading : headings) {
    const auto slug = text::slug(text::clean_line(unguarded(heading)));
    const auto* const found = std::ranges::find(kKnown, slug, &Known::heading);
    columns.push_back(found == kKnown.end() ? Column::none : found->column);
  }
  // "Nombre" beside "Apellidos" is the first of two parts, as in address books
  const bool parts = std::ranges::find(columns, Column::last_name) != columns.end() && std::ranges::find(columns, Column::first_name) == columns.end();
  if (const auto whole = std::ranges::find(columns, Column::name); parts && whole != columns.end()) *whole = Column::first_name;
  // where a job has a column, the title is Ms. or Dr.
  const auto job = std::ranges::find_if(headings, [](const std::string& heading) { return text::slug(heading) == "job-title"; });
  for (std::size_t at = 0; job != headings.end() && at < headings.size(); ++at)
    if (text::slug(headings[at]) == "title") columns[at] = Column::none;
  return columns;
}

bool has_no_place(std::string_view heading) {
  const auto slug = text::slug(text::clean_line(heading));
  const auto begins = [&](std::string_view start) { return slug.starts_with(start); };
  return slug.empty() || slug == "title" || std::ranges::any_of(kNoPlace, begins) || std::ranges::any_of(kNoPlaceEither, begins);
}

}  // namespace kedge::directory
