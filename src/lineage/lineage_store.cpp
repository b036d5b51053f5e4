#include "lineage/lineage_store.hpp"

namespace kedge::lineage {

const store::Query<WordRow(Id, std::string)> kWords{
    "lineage.words", "SELECT code, label FROM theme_word WHERE library_id = :library AND language = :language"};
const store::Query<void(Id, std::string, std::string, std::string)> kSaveWord{
    "lineage.save_word",
    "INSERT INTO theme_word (library_id, code, language, label) VALUES (:library, :code, :language, :label) "
    "ON CONFLICT (library_id, code, language) DO UPDATE SET label = excluded.label"};
const store::Query<void(Id, std::string, std::string)> kDropWord{
    "lineage.drop_word", "DELETE FROM theme_word WHERE library_id = :library AND code = :code AND language = :language"};
const store::Query<std::string(Id)> kHidden{"lineage.hidden", "SELECT code FROM theme_hidden WHERE library_id = :library ORDER BY code"};
const store::Query<void(Id, std::string)> kHide{
    "lineage.hide", "INSERT INTO theme_hidden (library_id, code) VALUES (:library, :code) ON CONFLICT DO NOTHING"};
const store::Query<void(Id, std::string)> kOffer{"lineage.offer", "DELETE FROM theme_hidden WHERE library_id = :library AND code = :code"};

// Open first, then accepted, then dismissed: the codes happen not to sort that way.
const store::Query<Finding(Id)> kFindings{
    "lineage.findings",
    "SELECT id, theme, statement, state, voice, by_member, opened_ms, version FROM finding WHERE library_id = :library "
    "ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END, opened_ms DESC, id DESC"};
const store::Query<Finding(Id, Id)> kFinding{
    "lineage.finding",
    "SELECT id, theme, statement, state, voice, by_member, opened_ms, version FROM finding WHERE library_id = :library AND id = :id"};
const store::Query<Finding(Id, std::string, std::string)> kFindingsOn{
    "lineage.findings_on",
    "SELECT f.id, f.theme, f.statement, f.state, f.voice, f.by_member, f.opened_ms, f.version "
    "FROM evidence e JOIN finding f ON f.library_id = e.library_id AND f.id = e.finding_id "
    "WHERE e.library_id = :library AND e.kind = :kind AND e.ref = :ref AND e.removed_ms IS NULL ORDER BY f.opened_ms DESC, f.id DESC"};
const store::Query<void(Id, Id, std::string, std::string, State, Voice, Id, std::int64_t)> kAddFinding{
    "lineage.add_finding",
    "INSERT INTO finding (library_id, id, theme, statement, state, voice, by_member, opened_ms, version) "
    "VALUES (:library, :id, :theme, :statement, :state, :voice, :by, :opened, 1)"};
const store::Query<void(Id, std::string, std::string, Id, std::int64_t)> kReviseFinding{
    "lineage.revise_finding",
    "UPDATE finding SET theme = :theme, statement = :statement, version = version + 1 "
    "WHERE library_id = :library AND id = :id AND version = :version"};
const store::Query<void(Id, std::int64_t, Id)> kKeepRevision{
    "lineage.keep_revision",
    "INSERT INTO finding_revision (library_id, finding_id, version, theme, statement, until_ms) "
    "SELECT library_id, id, version, theme, statement, :now FROM finding WHERE library_id = :library AND id = :id"};
const store::Query<Revision(Id, Id)> kRevisions{
    "lineage.revisions",
    "SELECT version, theme, statement, until_ms FROM finding_revision WHERE library_id = :library AND finding_id = :finding "
    "ORDER BY version DESC"};
const store::Query<void(Id, State, std::int64_t, Id)> kDecide{
    "lineage.decide",
    "UPDATE finding SET state = :state, decided_ms = :now WHERE library_id = :library AND id = :id AND state <> :state"};

const store::Query<EvidenceRow(Id)> kAllEvidence{
    "lineage.all_evidence", "SELECT id, finding_id, kind, ref FROM evidence WHERE library_id = :library AND removed_ms IS NULL ORDER BY finding_id, position, id"};
const store::Query<EvidenceRow(Id, Id)> kEvidence{
    "lineage.evidence",
    "SELECT id, finding_id, kind, ref FROM evidence WHERE library_id = :library AND finding_id = :finding AND removed_ms IS NULL "
    "ORDER BY position, id"};
const store::Query<void(Id, Id, Id, std::string, std::string, std::int64_t)> kAddEvidence{
    "lineage.add_evidence",
    "INSERT INTO evidence (library_id, id, finding_id, kind, ref, added_ms, position) VALUES (:library, :id, :finding, :kind, :ref, :now, "
    "(SELECT COUNT(*) FROM evidence WHERE library_id = :library AND finding_id = :finding)) "
    "ON CONFLICT (library_id, finding_id, kind, ref) DO UPDATE SET removed_ms = NULL"};
const store::Query<void(Id, std::int64_t, Id, Id)> kRemoveEvidence{
    "lineage.remove_evidence",
    "UPDATE evidence SET removed_ms = :now WHERE library_id = :library AND finding_id = :finding AND id = :id AND removed_ms IS NULL"};
const store::Query<void(Id, Id, Id)> kRestoreEvidence{
    "lineage.restore_evidence",
    "UPDATE evidence SET removed_ms = NULL WHERE library_id = :library AND finding_id = :finding AND id = :id"};
const store::Query<void(Id, std::string)> kLoosenNotes{
    "lineage.loosen_notes", "UPDATE evidence SET ref = id WHERE library_id = :library AND kind = 'private_note' AND ref = :ref"};
const store::Query<void(Id, std::string, std::string)> kLoosen{
    "lineage.loosen", "UPDATE evidence SET ref = id WHERE library_id = :library AND kind = :kind AND ref = :ref"};
const store::Query<std::string(Id, std::string)> kNamed{
    "lineage.named",
    "SELECT ref FROM evidence WHERE library_id = :library AND kind = :kind AND ref <> id UNION "
    "SELECT from_ref FROM link WHERE library_id = :library AND from_kind = :kind UNION "
    "SELECT to_ref FROM link WHERE library_id = :library AND to_kind = :kind ORDER BY 1"};
const store::Query<void(Id, std::string, std::string)> kDropEvidence{
    "lineage.drop_evidence", "DELETE FROM evidence WHERE library_id = :library AND kind = :kind AND ref = :ref"};
const store::Query<void(Id, std::int64_t)> kSweepEvidence{
    "lineage.sweep_evidence", "DELETE FROM evidence WHERE library_id = :library AND removed_ms < :before"};

const store::Query<void(Id, std::string, std::string, std::string, std::string, std::int64_t)> kAddLink{
    "lineage.add_link",
    "INSERT INTO link (library_id, from_kind, from_ref, to_kind, to_ref, linked_ms) "
    "VALUES (:library, :from_kind, :from_ref, :to_kind, :to_ref, :now) ON CONFLICT DO NOTHING"};
const store::Query<LinkRow(Id, std::string, std::string)> kCameFrom{
    "lineage.came_from",
    "SELECT from_kind, from_ref, to_kind, to_ref FROM link WHERE library_id = :library AND to_kind = :kind AND to_ref = :ref "
    "ORDER BY linked_ms, from_kind, from_ref"};
const store::Query<LinkRow(Id, std::string, std::string)> kBecame{
    "lineage.became",
    "SELECT from_kind, from_ref, to_kind, to_ref FROM link WHERE library_id = :library AND from_kind = :kind AND from_ref = :ref "
    "ORDER BY linked_ms, to_kind, to_ref"};
const store::Query<LinkRow(Id, std::string)> kLinksFrom{
    "lineage.links_from",
    "SELECT from_kind, from_ref, to_kind, to_ref FROM link WHERE library_id = :library AND from_kind = :kind "
    "ORDER BY from_ref, linked_ms, to_kind, to_ref"};
const store::Query<void(Id, std::string, std::string)> kDropLinks{
    "lineage.drop_links",
    "DELETE FROM link WHERE library_id = :library AND ((from_kind = :kind AND from_ref = :ref) OR (to_kind = :kind AND to_ref = :ref))"};

}  // namespace kedge::lineage
