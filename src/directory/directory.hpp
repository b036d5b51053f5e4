// directory: organizations, contacts and their phones, as Open Referral's HSDS 3.1 names them.
// Owns the tables organization, contact and phone. Services, places and verification come with the directory itself.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "store/kept.hpp"

namespace kedge::directory {

extern const std::span<const store::Migration> kMigrations;

// HSDS organization: name and description are required there; what we know grows.
struct Organization {
  Id id;
  std::string name;            // at most 200 characters
  std::string alternate_name;
  std::string description;
  std::string email;
  std::string website;
  std::string kind;            // the library's own grouping: a code of kOrganizationKinds, or empty
  std::int64_t version = 1;
};

// HSDS contact of an organization, with the one phone that a small library writes down (HSDS phone).
struct Contact {
  Id id;
  Id organization;
  std::string name;
  std::string title;
  std::string department;
  std::string email;
  std::string phone;           // as typed; HSDS phone.number
  std::int64_t version = 1;
};

// Kinds of partners after practice.md 1.8; labels are in the catalogues as "directory.kind.<code>".
extern const std::span<const std::string_view> kOrganizationKinds;

// Words for a filter in memory: whether every word of `query` stands in the name, other name, description, or a contact's name.
[[nodiscard]] bool matches(const Organization& organization, const std::vector<Contact>& contacts, std::string_view query);

[[nodiscard]] Result<store::Shared<std::vector<Organization>>> organizations(store::Read& db, const store::Scope& scope);  // by name
[[nodiscard]] Result<Organization> organization(store::Read& db, const store::Scope& scope, const Id& id);
[[nodiscard]] Result<store::Shared<std::vector<Contact>>> contacts(store::Read& db, const store::Scope& scope);            // by organization, name
[[nodiscard]] Result<std::vector<Contact>> contacts_at(store::Read& db, const store::Scope& scope, const Id& organization);
[[nodiscard]] Result<Contact> contact(store::Read& db, const store::Scope& scope, const Id& id);
// An empty id makes a new record; otherwise errors: conflict "directory.changed" when the version is not the one kept.
// Errors: invalid at "name", "email", "website", "kind".
[[nodiscard]] Result<Id> save(store::Tx& tx, const store::Scope& scope, const Organization& organization);
[[nodiscard]] Result<Id> save(store::Tx& tx, const store::Scope& scope, const Contact& contact);
// The organization of this name (folded; the other name counts too), or a new one: what a list in the workbook does when a name is typed.
[[nodiscard]] Result<Id> named(store::Tx& tx, const store::Scope& scope, std::string_view name);
// Both can be brought back for 30 days. The contacts of a removed organization are hidden with it and come back with it.
Done remove(store::Tx& tx, const store::Scope& scope, const Id& organization);
Done restore(store::Tx& tx, const store::Scope& scope, const Id& organization);
Done remove_contact(store::Tx& tx, const store::Scope& scope, const Id& contact);
Done restore_contact(store::Tx& tx, const store::Scope& scope, const Id& contact);
// Retention: empties what was removed more than 30 days ago; what still names it keeps an empty place. Daily.
Done sweep(store::Tx& tx, const store::Scope& scope);

}  // namespace kedge::directory
