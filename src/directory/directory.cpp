#include "directory/directory.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "directory/checks.hpp"
#include "directory/directory_store.hpp"

namespace kedge::directory {
namespace {

constexpr std::int64_t kUndoMs = 30LL * 24 * 60 * 60 * 1000;

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
    organization.id = kept.id;  // a merged one leads to the other
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
    TRY(const auto at, organization(tx, scope, contact.organization));
    contact.organization = at.id;  // where a merged one leads to
    contact.id = tx.fresh_id();
    TRY_DONE(tx.run(kAddContact, scope.library, contact.id, contact.organization, contact.name, contact.title, contact.department,
                    contact.email, tx.now_ms()));
  } else {
    TRY(const auto kept, directory::contact(tx, scope, contact.id));
    if (kept.version != contact.version) return fail(Fault::conflict, "directory.changed");
    contact.id = kept.id;
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
  TRY(const auto kept, organization(tx, scope, id));
  TRY_DONE(tx.run(kRemoveOrganization, scope.library, tx.now_ms(), kept.id));
  TRY_DONE(tx.record("organization", kept.id, {"removed"}));
  return tell(tx, kept.id);
}

Done restore(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto changed, tx.run(kRestoreOrganization, scope.library, id));
  if (changed == 0) return fail(Fault::not_found, "directory.gone");
  TRY_DONE(tx.record("organization", id, {"removed"}));
  return tell(tx, id);
}

Done remove_contact(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto kept, contact(tx, scope, id));
  TRY_DONE(tx.run(kRemoveContact, scope.library, tx.now_ms(), kept.id));
  TRY_DONE(tx.record("contact", kept.id, {"removed"}));
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
