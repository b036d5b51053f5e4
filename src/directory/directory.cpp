#include "directory/directory.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "directory/directory_store.hpp"

namespace kedge::directory {
namespace {

constexpr std::int64_t kUndoMs = 30LL * 24 * 60 * 60 * 1000;

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

Done tell(store::Tx& tx, const Id& organization) {
  TRY_DONE(tx.touch("directory"));
  return tx.touch("organization/" + organization.text());
}

Done keep_phone(store::Tx& tx, const store::Scope& scope, const Contact& contact) {
  if (contact.phone.empty()) {
    TRY_DONE(tx.run(kDropPhone, scope.library, contact.id));
    return {};
  }
  TRY_DONE(tx.run(kSavePhone, scope.library, tx.fresh_id(), contact.id, contact.phone));
  return {};
}

Result<Id> organization_of(store::Tx& tx, const store::Scope& scope, const Id& contact) {
  return tx.one(kOrganizationOf, scope.library, contact);
}

}  // namespace

const std::span<const std::string_view> kOrganizationKinds{kKinds};

bool matches(const Organization& organization, const std::vector<Contact>& contacts, std::string_view query) {
  std::string hay = organization.name + "\n" + organization.alternate_name + "\n" + organization.description;
  for (const auto& contact : contacts)
    if (contact.organization == organization.id) hay += "\n" + contact.name + "\n" + contact.title;
  hay = text::fold(hay);
  const auto words = text::fold(text::clean_line(query));
  for (std::size_t start = 0; start < words.size();) {
    const auto end = std::min(words.find(' ', start), words.size());
    if (end > start && hay.find(words.substr(start, end - start)) == std::string::npos) return false;
    start = end + 1;
  }
  return true;
}

namespace {

store::Kept<std::vector<Organization>> kept_organizations{"organization"};
store::Kept<std::vector<Contact>> kept_contacts{"contact", "organization", "phone"};

Result<std::vector<Organization>> sorted_organizations(store::Read& db, const store::Scope& scope) {
  TRY(auto all, db.all(kOrganizations, scope.library));
  // by name as people sort it, not by bytes: the engines need not know a collation
  std::vector<std::pair<std::string, Organization>> keyed;
  for (auto& one : all) keyed.emplace_back(text::fold(one.name), std::move(one));
  std::ranges::stable_sort(keyed, {}, &std::pair<std::string, Organization>::first);
  all.clear();
  for (auto& [key, one] : keyed) all.push_back(std::move(one));
  return all;
}

}  // namespace

Result<store::Shared<std::vector<Organization>>> organizations(store::Read& db, const store::Scope& scope) {
  return kept_organizations.of(db, scope, "", sorted_organizations);
}

Result<Organization> organization(store::Read& db, const store::Scope& scope, const Id& id) {
  return db.one(kOrganization, scope.library, id);
}
Result<store::Shared<std::vector<Contact>>> contacts(store::Read& db, const store::Scope& scope) {
  return kept_contacts.of(db, scope, "", [](store::Read& read, const store::Scope& library) { return read.all(kContacts, library.library); });
}
Result<std::vector<Contact>> contacts_at(store::Read& db, const store::Scope& scope, const Id& organization) {
  return db.all(kContactsAt, scope.library, organization);
}
Result<Contact> contact(store::Read& db, const store::Scope& scope, const Id& id) { return db.one(kContact, scope.library, id); }

Result<Id> save(store::Tx& tx, const store::Scope& scope, const Organization& typed) {
  TRY(auto organization, checked(typed));
  if (organization.id.empty()) {
    organization.id = tx.fresh_id();
    TRY_DONE(tx.run(kAddOrganization, scope.library, organization.id, organization.name, organization.alternate_name,
                    organization.description, organization.email, organization.website, organization.kind, tx.now_ms()));
  } else {
    TRY(const auto kept, directory::organization(tx, scope, organization.id));
    if (kept.version != organization.version) return fail(Fault::conflict, "directory.changed");
    TRY_DONE(tx.run(kChangeOrganization, scope.library, organization.name, organization.alternate_name, organization.description,
                    organization.email, organization.website, organization.kind, tx.now_ms(), organization.id));
  }
  TRY_DONE(tx.record("organization", organization.id, {"name", "alternate_name", "description", "email", "website", "kind"}));
  TRY_DONE(tell(tx, organization.id));
  return organization.id;
}

Result<Id> save(store::Tx& tx, const store::Scope& scope, const Contact& typed) {
  TRY(auto contact, checked(typed));
  if (contact.id.empty()) {
    TRY_DONE(organization(tx, scope, contact.organization));
    contact.id = tx.fresh_id();
    TRY_DONE(tx.run(kAddContact, scope.library, contact.id, contact.organization, contact.name, contact.title, contact.department,
                    contact.email, tx.now_ms()));
  } else {
    TRY(const auto kept, directory::contact(tx, scope, contact.id));
    if (kept.version != contact.version) return fail(Fault::conflict, "directory.changed");
    contact.organization = kept.organization;
    TRY_DONE(tx.run(kChangeContact, scope.library, contact.name, contact.title, contact.department, contact.email, tx.now_ms(), contact.id));
  }
  TRY_DONE(keep_phone(tx, scope, contact));
  TRY_DONE(tx.record("contact", contact.id, {"name", "title", "department", "email", "phone"}));
  TRY_DONE(tell(tx, contact.organization));
  return contact.id;
}

Result<Id> named(store::Tx& tx, const store::Scope& scope, std::string_view name) {
  const auto wanted = text::fold(text::clean_line(name));
  TRY(const auto all, organizations(tx, scope));
  for (const auto& one : *all)
    if (text::fold(one.name) == wanted) return one.id;
  for (const auto& one : *all)
    if (!one.alternate_name.empty() && text::fold(one.alternate_name) == wanted) return one.id;
  Organization fresh;
  fresh.name = std::string(name);
  return save(tx, scope, fresh);
}

Done remove(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(organization(tx, scope, id));
  TRY_DONE(tx.run(kRemoveOrganization, scope.library, tx.now_ms(), id));
  TRY_DONE(tx.record("organization", id, {"removed"}));
  return tell(tx, id);
}

Done restore(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto changed, tx.run(kRestoreOrganization, scope.library, id));
  if (changed == 0) return fail(Fault::not_found, "directory.gone");
  TRY_DONE(tx.record("organization", id, {"removed"}));
  return tell(tx, id);
}

Done remove_contact(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto kept, contact(tx, scope, id));
  TRY_DONE(tx.run(kRemoveContact, scope.library, tx.now_ms(), id));
  TRY_DONE(tx.record("contact", id, {"removed"}));
  return tell(tx, kept.organization);
}

Done restore_contact(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto changed, tx.run(kRestoreContact, scope.library, id));
  if (changed == 0) return fail(Fault::not_found, "directory.gone");
  TRY(const auto organization, organization_of(tx, scope, id));
  TRY_DONE(tx.record("contact", id, {"removed"}));
  return tell(tx, organization);
}

// The rows stay, empty: an action of years ago may still name its contact, and its foreign key holds.
Done sweep(store::Tx& tx, const store::Scope& scope) {
  const auto before = tx.now_ms() - kUndoMs;
  TRY(const auto phones, tx.run(kSweepPhones, scope.library, before));
  TRY(const auto contacts, tx.run(kSweepContacts, scope.library, before));
  TRY(const auto organizations, tx.run(kSweepOrganizations, scope.library, before));
  return phones + contacts + organizations > 0 ? tx.touch("directory") : Done{};
}

}  // namespace kedge::directory
