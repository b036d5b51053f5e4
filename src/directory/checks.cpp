#include "directory/checks.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace kedge::directory {
namespace {

constexpr std::array<std::string_view, 13> kKinds{
    "local_government", "education", "health",   "social_services", "housing",        "faith",    "civic",
    "business",         "media",     "culture",  "safety_justice",  "libraries",      "residents"};

class Check {
 public:
  void line(std::string& value, std::string_view field, std::size_t most) {
    value = text::clean_line(value);
    at_most(value, field, most);
  }
  void lines(std::string& value, std::string_view field, std::size_t most) {
    value = text::clean(value);
    at_most(value, field, most);
  }
  void refuse(std::string_view field, std::string key) { error_.fields.push_back({std::string(field), std::move(key)}); }
  [[nodiscard]] Done done() {
    if (error_.fields.empty()) return {};
    return fail(std::move(error_));
  }

 private:
  void at_most(const std::string& value, std::string_view field, std::size_t most) {
    if (text::length(value) > most) error_.fields.push_back({std::string(field), "directory.too_long", {{"most", std::to_string(most)}}});
  }
  Error error_{Fault::invalid, "directory.invalid", {}, {}, {}};
};

// "library.org/help" is typed more often than https:// and all; nothing but the web may be linked to.
std::string website_of(std::string_view typed) {
  auto site = text::clean_line(typed);
  if (site.empty() || site.starts_with("https://") || site.starts_with("http://")) return site;
  return site.find("://") == std::string::npos ? "https://" + site : std::string();
}

bool is_website(std::string_view site) {
  const auto host = site.substr(site.find("://") + 3);
  return site.find_first_of(" \"<>\\") == std::string_view::npos && host.find('.') != std::string_view::npos && !host.starts_with('.');
}

}  // namespace

const std::span<const std::string_view> kOrganizationKinds{kKinds};

Result<Organization> checked(Organization organization) {
  Check check;
  check.line(organization.name, "name", 200);
  if (organization.name.empty()) check.refuse("name", "directory.name.missing");
  check.line(organization.alternate_name, "alternate_name", 200);
  check.lines(organization.description, "description", 2000);
  check.line(organization.email, "email", 254);
  if (!organization.email.empty() && !text::is_email(organization.email)) check.refuse("email", "directory.email.broken");
  const bool typed = !text::trim(organization.website).empty();
  organization.website = website_of(organization.website);
  check.line(organization.website, "website", 400);
  if (typed && (organization.website.empty() || !is_website(organization.website))) check.refuse("website", "directory.website.broken");
  if (!organization.kind.empty() && std::ranges::find(kKinds, organization.kind) == kKinds.end())
    check.refuse("kind", "directory.kind.unknown");
  TRY_DONE(check.done());
  return organization;
}

Result<Contact> checked(Contact contact) {
  Check check;
  check.line(contact.name, "name", 200);
  if (contact.name.empty()) check.refuse("name", "directory.contact.name.missing");
  check.line(contact.title, "title", 200);
  check.line(contact.department, "department", 200);
  check.line(contact.email, "email", 254);
  if (!contact.email.empty() && !text::is_email(contact.email)) check.refuse("email", "directory.email.broken");
  check.line(contact.phone, "phone", 60);
  TRY_DONE(check.done());
  return contact;
}

}  // namespace kedge::directory
