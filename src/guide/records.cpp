#include "guide/records.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace kedge::guide {
namespace {

const Column* first_of(const Prompt& prompt, ColumnKind kind) {
  const auto found = std::find_if(prompt.columns.begin(), prompt.columns.end(), [&](const Column& column) { return column.kind == kind; });
  return found == prompt.columns.end() ? nullptr : &*found;
}

std::string at(const Values& values, const Column* column) {
  if (column == nullptr) return {};
  const auto found = values.find(column->id);
  return found == values.end() ? std::string() : found->second;
}

Result<Id> organization_of(store::Tx& tx, const store::Scope& scope, const std::string& typed) {
  if (const auto id = Id::parse(typed)) {
    TRY_DONE(directory::organization(tx, scope, *id));
    return *id;
  }
  return directory::named(tx, scope, typed);
}

// The contact of this name at the organization, with what was typed of phone and e-mail.
Result<Id> contact_of(store::Tx& tx, const store::Scope& scope, const Id& organization, const std::string& typed, const std::string& phone,
                      const std::string& email) {
  directory::Contact contact;
  if (const auto id = Id::parse(typed)) {
    TRY(contact, directory::contact(tx, scope, *id));
  } else if (!organization.empty()) {
    TRY(const auto there, directory::contacts_at(tx, scope, organization));
    for (const auto& one : there)
      if (text::fold(one.name) == text::fold(typed)) contact = one;
  }
  const bool known = !contact.id.empty();
  if (known && contact.phone == phone && contact.email == email) return contact.id;
  if (!known) {
    contact.organization = organization;
    contact.name = typed;
  }
  contact.phone = phone;
  contact.email = email;
  return directory::save(tx, scope, contact);
}

template <class Record>
const Record* by_id(const std::vector<Record>& all, const std::string& text) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Record& one) { return one.id.text() == text; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Result<Values> with_records(store::Tx& tx, const store::Scope& scope, const Prompt& prompt, Values values) {
  Id organization;
  for (const auto& column : prompt.columns) {
    const auto typed = at(values, &column);
    if (column.kind != ColumnKind::organization || typed.empty()) continue;
    TRY(organization, organization_of(tx, scope, typed));
    values[column.id] = organization.text();
  }
  const auto* person = first_of(prompt, ColumnKind::contact);
  const auto* phone = first_of(prompt, ColumnKind::phone);
  const auto* email = first_of(prompt, ColumnKind::email);
  // a contact belongs to an organization; without one the name stays a name until it is known
  if (const auto typed = at(values, person); !typed.empty() && !organization.empty()) {
    TRY(const auto contact, contact_of(tx, scope, organization, typed, at(values, phone), at(values, email)));
    values[person->id] = contact.text();
    if (phone != nullptr) values.erase(phone->id);
    if (email != nullptr) values.erase(email->id);
  }
  return values;
}

Result<Records> records(store::Read& db, const store::Scope& scope) {
  Records all;
  TRY(all.organizations, directory::organizations(db, scope));
  TRY(all.contacts, directory::contacts(db, scope));
  TRY(all.members, identity::everybody(db, scope));
  return all;
}

Values with_names(const Records& records, const Prompt& prompt, Values values) {
  for (const auto& column : prompt.columns) {
    auto found = values.find(column.id);
    if (found == values.end()) continue;
    if (column.kind == ColumnKind::organization) {
      if (const auto* organization = by_id(*records.organizations, found->second)) found->second = organization->name;
    } else if (column.kind == ColumnKind::member) {
      if (const auto* member = by_id(*records.members, found->second)) found->second = member->name;
    } else if (column.kind == ColumnKind::contact) {
      const auto* contact = by_id(*records.contacts, found->second);
      if (contact == nullptr) continue;
      found->second = contact->name;
      if (const auto* phone = first_of(prompt, ColumnKind::phone)) values[phone->id] = contact->phone;
      if (const auto* email = first_of(prompt, ColumnKind::email)) values[email->id] = contact->email;
    }
  }
  return values;
}

}  // namespace kedge::guide
