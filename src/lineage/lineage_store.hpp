// The SQL of lineage. Inside lineage only.
#pragma once

#include "lineage/lineage.hpp"
#include "store/query.hpp"

namespace kedge::lineage {

struct WordRow {
  std::string code;
  std::string label;
};
struct EvidenceRow {
  Id id;
  Id finding;
  std::string kind;
  std::string ref;
};
struct LinkRow {
  std::string from_kind;
  std::string from_ref;
  std::string to_kind;
  std::string to_ref;
};

extern const store::Query<WordRow(Id, std::string)> kWords;
extern const store::Query<void(Id, std::string, std::string, std::string)> kSaveWord;
extern const store::Query<void(Id, std::string, std::string)> kDropWord;
extern const store::Query<std::string(Id)> kHidden;
extern const store::Query<void(Id, std::string)> kHide;
extern const store::Query<void(Id, std::string)> kOffer;

extern const store::Query<Finding(Id)> kFindings;
extern const store::Query<Finding(Id, Id)> kFinding;
extern const store::Query<Finding(Id, std::string, std::string)> kFindingsOn;
extern const store::Query<void(Id, Id, std::string, std::string, State, Voice, Id, std::int64_t)> kAddFinding;
extern const store::Query<void(Id, std::string, std::string, Id, std::int64_t)> kReviseFinding;
extern const store::Query<void(Id, std::int64_t, Id)> kKeepRevision;
extern const store::Query<Revision(Id, Id)> kRevisions;
extern const store::Query<void(Id, State, std::int64_t, Id)> kDecide;

extern const store::Query<EvidenceRow(Id)> kAllEvidence;
extern const store::Query<EvidenceRow(Id, Id)> kEvidence;
extern const store::Query<void(Id, Id, Id, std::string, std::string, std::int64_t)> kAddEvidence;
extern const store::Query<void(Id, std::int64_t, Id, Id)> kRemoveEvidence;
extern const store::Query<void(Id, Id, Id)> kRestoreEvidence;
extern const store::Query<void(Id, std::string)> kLoosenNotes;
extern const store::Query<void(Id, std::string, std::string)> kDropEvidence;
extern const store::Query<void(Id, std::string, std::string)> kLoosen;
extern const store::Query<std::string(Id, std::string)> kNamed;
extern const store::Query<void(Id, std::int64_t)> kSweepEvidence;

extern const store::Query<void(Id, std::string, std::string, std::string, std::string, std::int64_t)> kAddLink;
extern const store::Query<LinkRow(Id, std::string, std::string)> kCameFrom;
extern const store::Query<LinkRow(Id, std::string, std::string)> kBecame;
extern const store::Query<LinkRow(Id, std::string)> kLinksFrom;
extern const store::Query<void(Id, std::string, std::string)> kDropLinks;

}  // namespace kedge::lineage
