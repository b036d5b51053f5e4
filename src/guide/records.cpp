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

bool is_record(ColumnKind kind) { return kind == ColumnKind::organization || kind == ColumnKind::contact || kind == ColumnKind::member; }

// The contact of this name at the organization; a new one has no id yet.
Result<directory::Contact> contact_of(store::Tx& tx, const store::Scope& scope, const Id& organization, const std::string& typed) {
  if (const auto id = Id::parse(typed)) return directory::contact(tx, scope, *id);
  TRY(const auto there, directory::contacts_at(tx, scope, organization));
  for (const auto& one : there)
    if (text::fold(one.name) == text::fold(typed)) return one;
  directory::Contact fresh;
  fresh.organization = organization;
  fresh.name = typed;
  return fresh;
}

// What one field of a contact becomes. `shown` is what the writer saw there, null when nothing was seen.
Result<std::string> merged(const std::string& typed, const std::string* shown, const std::string& kept) {
  if (typed == kept || typed == (shown == nullptr ? std::string() : *shown)) return kept;  // nothing was changed
  if (kept.empty() || (shown != nullptr && kept == *shown)) return typed;
  if (shown == nullptr) return kept;  // a file of last year does not know better than the directory
  return fail(Fault::conflict, "guide.answer.changed");
}

// What a row said of its contact, held against what it had shown.
class Said {
 public:
  // `before`: the contact that the row named.
  Said(const Values& typed, std::optional<Id> before, const ShownValues& shown) : typed_(typed), shown_(shown), before_(std::move(before)) {}

  Result<std::string> field(const Column* column, const Id& contact, const std::string& kept) const {
    if (column == nullptr) return kept;
    const auto typed = at(typed_, column);
    if (!shown_) return merged(typed, nullptr, kept);
    auto shown = at(*shown_, column);
    if (before_ && *before_ != contact) {  // another person's number was shown: left as it was, it is not this one's
      if (typed == shown) return kept;
      shown.clear();
    }
    if (!before_) shown.clear();  // the row had no contact: what it showed was its own
    return merged(typed, &shown, kept);
  }

 private:
  const Values& typed_;
  const ShownValues& shown_;
  std::optional<Id> before_;
};

// Names that were left as they were shown become the ids that the row has kept.
void keep_ids(store::Read& db, const store::Scope& scope, const Prompt& prompt, const Values& kept, const Values& shown, Values& values) {
  for (const auto& column : prompt.columns) {
    const auto id = is_record(column.kind) ? Id::parse(at(kept, &column)) : std::nullopt;
    if (!id || at(values, &column).empty() || at(values, &column) != at(shown, &column)) continue;
    if (column.kind == ColumnKind::organization && !directory::organization(db, scope, *id)) continue;
    if (column.kind == ColumnKind::contact && !directory::contact(db, scope, *id)) continue;
    values[column.id] = id->text();
  }
}

// A row may say of which kind its organization is: the directory's own codes, so that both say the same.
const Column* kind_of(const Prompt& prompt) {
  const auto* column = prompt.column("kind");
  return column != nullptr && column->kind == ColumnKind::choice ? column : nullptr;
}

// What a row newly says of the kind goes to the record; from a file, only where the record says nothing.
Done keep_kind(store::Tx& tx, const store::Scope& scope, const Prompt& prompt, const Id& id, const Values& values, const Values& kept, bool seen) {
  const auto* column = kind_of(prompt);
  const auto typed = at(values, column);
  if (typed.empty() || id.empty() || std::ranges::find(directory::kOrganizationKinds, typed) == directory::kOrganizationKinds.end()) return {};
  TRY(auto organization, directory::organization(tx, scope, id));
  if (organization.kind == typed || (!organization.kind.empty() && (!seen || typed == at(kept, column)))) return {};
  organization.kind = typed;
  TRY_DONE(directory::save(tx, scope, organization));
  return {};
}

template <class Record>
const Record* by_id(const std::vector<Record>& all, const std::string& text) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Record& one) { return one.id.text() == text; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

bool names_records(const Prompt& prompt) {
  return std::any_of(prompt.columns.begin(), prompt.columns.end(), [](const Column& column) { return is_record(column.kind); });
}

Values shown_of(const Prompt& prompt, const Values& named) {
  Values shown;
  for (const auto& column : prompt.columns) {
    const bool of_contact = column.kind == ColumnKind::phone || column.kind == ColumnKind::email;
    if (is_record(column.kind) || of_contact) shown[column.id] = at(named, &column);
  }
  return shown;
}

Result<Values> with_records(store::Tx& tx, const store::Scope& scope, const Prompt& prompt, Values values, const Values& kept, const ShownValues& shown) {
  if (shown) keep_ids(tx, scope, prompt, kept, *shown, values);
  Id organization;
  for (const auto& column : prompt.columns) {
    const auto typed = at(values, &column);
    if (column.kind != ColumnKind::organization || typed.empty()) continue;
    TRY(organization, organization_of(tx, scope, typed));
    values[column.id] = organization.text();
  }
  TRY_DONE(keep_kind(tx, scope, prompt, organization, values, kept, shown.has_value()));
  const auto* person = first_of(prompt, ColumnKind::contact);
  const auto* phone = first_of(prompt, ColumnKind::phone);
  const auto* email = first_of(prompt, ColumnKind::email);
  // a contact belongs to an organization; without one the name stays a name until it is known
  const auto typed = at(values, person);
  if (typed.empty() || organization.empty()) return values;
  TRY(auto contact, contact_of(tx, scope, organization, typed));
  auto named_before = Id::parse(at(kept, person));
  if (named_before)
    if (const auto now = directory::contact(tx, scope, *named_before)) named_before = now->id;  // it may have been merged since
  const Said said(values, std::move(named_before), shown);
  const auto before = contact;
  TRY(contact.phone, said.field(phone, contact.id, before.phone));
  TRY(contact.email, said.field(email, contact.id, before.email));
  if (contact.id.empty() || contact.phone != before.phone || contact.email != before.email) {
    TRY(contact.id, directory::save(tx, scope, contact));
  }
  values[person->id] = contact.id.text();
  if (phone != nullptr) values.erase(phone->id);
  if (email != nullptr) values.erase(email->id);
  return values;
}

Result<Records> records(store::Read& db, const store::Scope& scope, std::string_view former) {
  Records all;
  all.former = former;
  TRY(all.organizations, directory::organizations(db, scope));
  TRY(all.contacts, directory::contacts(db, scope));
  TRY(all.members, identity::everybody(db, scope));
  TRY(all.survivors, directory::survivors(db, scope));
  if (std::ranges::any_of(*all.members, [](const identity::Member& member) { return member.name.empty(); })) {
    auto named = *all.members;
    for (auto& member : named)
      if (member.name.empty()) member.name = former;
    all.members = std::make_shared<const std::vector<identity::Member>>(std::move(named));
  }
  return all;
}

std::string Records::now(const std::string& id) const {
  if (survivors == nullptr || survivors->empty()) return id;
  const auto merged = Id::parse(id);
  const auto found = merged ? survivors->find(*merged) : survivors->end();
  return found == survivors->end() ? id : found->second.text();
}

Values with_names(const Records& records, const Prompt& prompt, Values values) {
  for (const auto& column : prompt.columns) {
    auto found = values.find(column.id);
    if (found == values.end()) continue;
    if (column.kind == ColumnKind::organization) {
      const auto* organization = by_id(*records.organizations, records.now(found->second));
      if (organization == nullptr) continue;
      found->second = organization->name;
      if (const auto* kind = kind_of(prompt); kind != nullptr && !organization->kind.empty()) values[kind->id] = organization->kind;
    } else if (column.kind == ColumnKind::member) {
      if (const auto* member = by_id(*records.members, found->second)) found->second = member->name;
    } else if (column.kind == ColumnKind::contact) {
      const auto* contact = by_id(*records.contacts, records.now(found->second));
      if (contact == nullptr) continue;
      found->second = contact->name;
      if (const auto* phone = first_of(prompt, ColumnKind::phone)) values[phone->id] = contact->phone;
      if (const auto* email = first_of(prompt, ColumnKind::email)) values[email->id] = contact->email;
    }
  }
  return values;
}

}  // namespace kedge::guide
