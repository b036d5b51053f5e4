#include "directory/directory_store.hpp"

namespace kedge::directory {

const store::Query<Organization(Id)> kOrganizations{
    "directory.organizations",
    "SELECT id, name, alternate_name, description, email, website, kind, version FROM organization "
    "WHERE library_id = :library AND removed_ms IS NULL ORDER BY name, id"};
const store::Query<Organization(Id, Id)> kOrganization{
    "directory.organization",
    "SELECT id, name, alternate_name, description, email, website, kind, version FROM organization "
    "WHERE library_id = :library AND removed_ms IS NULL AND id = COALESCE((SELECT m.survivor_id FROM organization m WHERE m.library_id = :library AND m.id = :id), :id)"};
const store::Query<void(Id, Id, Text, Text, Text, Text, Text, Text, std::int64_t)> kAddOrganization{
    "directory.add_organization",
    "INSERT INTO organization (library_id, id, name, alternate_name, description, email, website, kind, changed_ms, version) "
    "VALUES (:library, :id, :name, :alternate_name, :description, :email, :website, :kind, :now, 1)"};
const store::Query<void(Id, Text, Text, Text, Text, Text, Text, std::int64_t, Id)> kChangeOrganization{
    "directory.change_organization",
    "UPDATE organization SET name = :name, alternate_name = :alternate_name, description = :description, email = :email, "
    "website = :website, kind = :kind, changed_ms = :now, version = version + 1 WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, std::int64_t, Id)> kRemoveOrganization{
    "directory.remove_organization", "UPDATE organization SET removed_ms = :now WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id)> kRestoreOrganization{
    "directory.restore_organization",
    "UPDATE organization SET removed_ms = NULL WHERE library_id = :library AND id = :id AND name <> '' AND merged_into IS NULL"};

// A contact of a merged organization is at the one that it was merged into.
#define KEDGE_CONTACT_COLUMNS                                                                                    \
  "SELECT c.id, o.id, c.name, c.title, c.department, c.email, COALESCE(p.number, ''), c.version "                \
  "FROM contact c JOIN organization own ON own.library_id = c.library_id AND own.id = c.organization_id "        \
  "JOIN organization o ON o.library_id = c.library_id AND o.id = COALESCE(own.survivor_id, own.id) AND o.removed_ms IS NULL " \
  "LEFT JOIN phone p ON p.library_id = c.library_id AND p.contact_id = c.id "                                    \
  "WHERE c.library_id = :library AND c.removed_ms IS NULL"
const store::Query<Contact(Id)> kContacts{"directory.contacts", KEDGE_CONTACT_COLUMNS " ORDER BY o.name, o.id, c.name, c.id"};
const store::Query<Contact(Id, Id)> kContactsAt{"directory.contacts_at",
                                                KEDGE_CONTACT_COLUMNS " AND o.id = :organization ORDER BY c.name, c.id"};
const store::Query<Contact(Id, Id)> kContact{"directory.contact", KEDGE_CONTACT_COLUMNS
                                              " AND c.id = COALESCE((SELECT m.survivor_id FROM contact m WHERE m.library_id = :library AND m.id = :id), :id)"};
#undef KEDGE_CONTACT_COLUMNS
const store::Query<Id(Id, Id)> kOrganizationOf{"directory.organization_of",
                                               "SELECT organization_id FROM contact WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id, Id, Text, Text, Text, Text, std::int64_t)> kAddContact{
    "directory.add_contact",
    "INSERT INTO contact (library_id, id, organization_id, name, title, department, email, changed_ms, version) "
    "VALUES (:library, :id, :organization, :name, :title, :department, :email, :now, 1)"};
const store::Query<void(Id, Text, Text, Text, Text, std::int64_t, Id)> kChangeContact{
    "directory.change_contact",
    "UPDATE contact SET name = :name, title = :title, department = :department, email = :email, changed_ms = :now, version = version + 1 "
    "WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, std::int64_t, Id)> kRemoveContact{
    "directory.remove_contact", "UPDATE contact SET removed_ms = :now WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id)> kRestoreContact{
    "directory.restore_contact", "UPDATE contact SET removed_ms = NULL WHERE library_id = :library AND id = :id AND name <> '' AND merged_into IS NULL"};
const store::Query<void(Id, Id, Id, Text)> kSavePhone{
    "directory.save_phone",
    "INSERT INTO phone (library_id, id, contact_id, number) VALUES (:library, :id, :contact, :number) "
    "ON CONFLICT (library_id, contact_id) DO UPDATE SET number = excluded.number"};
const store::Query<void(Id, Id)> kDropPhone{"directory.drop_phone", "DELETE FROM phone WHERE library_id = :library AND contact_id = :contact"};

// A merged record keeps its row and where it leads to; its own words go like those of a removed one. The contacts of a merged
// organization are the survivor's, and go with that one alone.
const store::Query<void(Id, std::int64_t)> kSweepPhones{
    "directory.sweep_phones",
    "DELETE FROM phone WHERE library_id = :library AND contact_id IN (SELECT c.id FROM contact c "
    "JOIN organization own ON own.library_id = c.library_id AND own.id = c.organization_id "
    "JOIN organization o ON o.library_id = c.library_id AND o.id = COALESCE(own.survivor_id, own.id) WHERE c.library_id = :library AND "
    "(c.removed_ms < :before OR o.removed_ms < :before))"};
const store::Query<void(Id, std::int64_t)> kSweepContacts{
    "directory.sweep_contacts",
    "UPDATE contact SET name = '', title = '', department = '', email = '' WHERE library_id = :library AND name <> '' AND "
    "(removed_ms < :before OR organization_id IN (SELECT own.id FROM organization own JOIN organization o ON o.library_id = own.library_id "
    "AND o.id = COALESCE(own.survivor_id, own.id) WHERE own.library_id = :library AND o.removed_ms < :before))"};
const store::Query<void(Id, std::int64_t)> kSweepOrganizations{
    "directory.sweep_organizations",
    "UPDATE organization SET name = '', alternate_name = '', description = '', email = '', website = '', kind = '' "
    "WHERE library_id = :library AND removed_ms < :before AND name <> ''"};

const store::Query<ChangedRow(Id)> kChangedAt{"directory.changed_at",
                                              "SELECT id, changed_ms FROM organization WHERE library_id = :library AND removed_ms IS NULL UNION ALL "
                                              "SELECT id, changed_ms FROM contact WHERE library_id = :library AND removed_ms IS NULL"};

const store::Query<SurvivorRow(Id)> kSurvivors{
    "directory.survivors",
    "SELECT id, survivor_id, merged_into FROM organization WHERE library_id = :library AND survivor_id IS NOT NULL UNION ALL "
    "SELECT id, survivor_id, merged_into FROM contact WHERE library_id = :library AND survivor_id IS NOT NULL"};
const store::Query<void(Id, Id, std::int64_t, Id)> kMergeOrganization{
    "directory.merge_organization",
    "UPDATE organization SET merged_into = :into, survivor_id = :into, removed_ms = :now WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id, std::int64_t, Id)> kMergeContact{
    "directory.merge_contact", "UPDATE contact SET merged_into = :into, survivor_id = :into, removed_ms = :now WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id, Id)> kLeadOrganization{"directory.lead_organization",
                                                       "UPDATE organization SET survivor_id = :survivor WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id, Id)> kLeadContact{"directory.lead_contact", "UPDATE contact SET survivor_id = :survivor WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id)> kUnmergeOrganization{"directory.unmerge_organization",
                                                      "UPDATE organization SET merged_into = NULL, survivor_id = NULL, removed_ms = NULL WHERE library_id = :library "
                                                      "AND id = :id AND merged_into IS NOT NULL AND name <> ''"};
const store::Query<void(Id, Id)> kUnmergeContact{"directory.unmerge_contact",
                                                 "UPDATE contact SET merged_into = NULL, survivor_id = NULL, removed_ms = NULL WHERE library_id = :library "
                                                 "AND id = :id AND merged_into IS NOT NULL AND name <> ''"};
const store::Query<Merged(Id)> kMerged{
    "directory.merged",
    "SELECT id, name, survivor_id, removed_ms FROM organization WHERE library_id = :library AND survivor_id IS NOT NULL AND name <> '' UNION ALL "
    "SELECT id, name, survivor_id, removed_ms FROM contact WHERE library_id = :library AND survivor_id IS NOT NULL AND name <> ''"};
const store::Query<ApartRow(Id)> kToldApart{"directory.told_apart", "SELECT first_id, second_id FROM told_apart WHERE library_id = :library"};
const store::Query<void(Id, Id, Id)> kTellApart{"directory.tell_apart",
                                                "INSERT INTO told_apart (library_id, first_id, second_id) VALUES (:library, :first, :second) ON CONFLICT DO NOTHING"};

}  // namespace kedge::directory
