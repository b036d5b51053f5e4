// The SQL of directory. Inside directory only.
#pragma once

#include "directory/directory.hpp"
#include "directory/merging.hpp"
#include "store/query.hpp"

namespace kedge::directory {

using Text = std::string;

extern const store::Query<Organization(Id)> kOrganizations;
extern const store::Query<Organization(Id, Id)> kOrganization;
extern const store::Query<void(Id, Id, Text, Text, Text, Text, Text, Text, std::int64_t)> kAddOrganization;
extern const store::Query<void(Id, Text, Text, Text, Text, Text, Text, std::int64_t, Id)> kChangeOrganization;
extern const store::Query<void(Id, std::int64_t, Id)> kRemoveOrganization;
extern const store::Query<void(Id, Id)> kRestoreOrganization;

extern const store::Query<Contact(Id)> kContacts;
extern const store::Query<Contact(Id, Id)> kContactsAt;
extern const store::Query<Contact(Id, Id)> kContact;
extern const store::Query<Id(Id, Id)> kOrganizationOf;
extern const store::Query<void(Id, Id, Id, Text, Text, Text, Text, std::int64_t)> kAddContact;
extern const store::Query<void(Id, Text, Text, Text, Text, std::int64_t, Id)> kChangeContact;
extern const store::Query<void(Id, std::int64_t, Id)> kRemoveContact;
extern const store::Query<void(Id, Id)> kRestoreContact;
extern const store::Query<void(Id, Id, Id, Text)> kSavePhone;
extern const store::Query<void(Id, Id)> kDropPhone;

extern const store::Query<void(Id, std::int64_t)> kSweepPhones;
extern const store::Query<void(Id, std::int64_t)> kSweepContacts;
extern const store::Query<void(Id, std::int64_t)> kSweepOrganizations;

struct ChangedRow {
  Id id;
  std::int64_t changed_ms = 0;
};
extern const store::Query<ChangedRow(Id)> kChangedAt;  // organizations and contacts

struct SurvivorRow {
  Id id;
  Id survivor;
  Id into;
};
struct ApartRow {
  Id first;
  Id second;
};
extern const store::Query<SurvivorRow(Id)> kSurvivors;
extern const store::Query<void(Id, Id, std::int64_t, Id)> kMergeOrganization;
extern const store::Query<void(Id, Id, std::int64_t, Id)> kMergeContact;
extern const store::Query<void(Id, Id, Id)> kLeadOrganization;
extern const store::Query<void(Id, Id, Id)> kLeadContact;
extern const store::Query<void(Id, Id)> kUnmergeOrganization;
extern const store::Query<void(Id, Id)> kUnmergeContact;
extern const store::Query<Merged(Id)> kMerged;
extern const store::Query<ApartRow(Id)> kToldApart;
extern const store::Query<void(Id, Id, Id)> kTellApart;

}  // namespace kedge::directory
