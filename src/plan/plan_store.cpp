#include "plan/plan_store.hpp"

namespace kedge::plan {

// A contact that was merged into another is the other.
#define KEDGE_ACTION_COLUMNS                                                                                                     \
  "SELECT id, workbook_id, step, owner_member, COALESCE((SELECT o.survivor_id FROM contact o WHERE o.library_id = action.library_id AND o.id = action.owner_contact), owner_contact), due, status, resources, obstacles, informed, measure, outcome, " \
  "opened_ms, COALESCE(closed_ms, 0), version, COALESCE(looked_ms, (SELECT MAX(c.at_ms) FROM check_in c WHERE c.library_id = action.library_id AND c.action_id = action.id), opened_ms), look_on " \
  "FROM action WHERE library_id = :library AND removed_ms IS NULL"
const store::Query<Action(Id)> kActions{"plan.actions", KEDGE_ACTION_COLUMNS " ORDER BY opened_ms, id"};
const store::Query<Action(Id, Id)> kActionsOf{"plan.actions_of", KEDGE_ACTION_COLUMNS " AND workbook_id = :workbook ORDER BY opened_ms, id"};
const store::Query<Action(Id, Id)> kAction{"plan.action", KEDGE_ACTION_COLUMNS " AND id = :id"};
#undef KEDGE_ACTION_COLUMNS

const store::Query<void(Id, Id, Id, Text, Id, Id, Date, Status, Text, Text, Text, Text, Text, std::int64_t, std::optional<std::int64_t>, Date)>
    kAddAction{"plan.add_action",
               "INSERT INTO action (library_id, id, workbook_id, step, owner_member, owner_contact, due, status, resources, obstacles, "
               "informed, measure, outcome, opened_ms, closed_ms, look_on, version) VALUES (:library, :id, :workbook, :step, :owner_member, "
               ":owner_contact, :due, :status, :resources, :obstacles, :informed, :measure, :outcome, :opened, :closed, :look_on, 1)"};
const store::Query<void(Id, Text, Id, Id, Date, Status, Text, Text, Text, Text, Text, std::optional<std::int64_t>, std::int64_t, Date, Id)> kChangeAction{
    "plan.change_action",
    "UPDATE action SET step = :step, owner_member = :owner_member, owner_contact = :owner_contact, due = :due, status = :status, "
    "resources = :resources, obstacles = :obstacles, informed = :informed, measure = :measure, outcome = :outcome, "
    "closed_ms = :closed, looked_ms = :now, look_on = :look_on, version = version + 1 WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, std::int64_t, Id)> kRemoveAction{
    "plan.remove_action", "UPDATE action SET removed_ms = :now WHERE library_id = :library AND id = :id AND removed_ms IS NULL"};
const store::Query<void(Id, Id)> kRestoreAction{"plan.restore_action",
                                                "UPDATE action SET removed_ms = NULL WHERE library_id = :library AND id = :id"};
const store::Query<Id(Id, std::int64_t)> kOutlived{"plan.outlived",
                                                   "SELECT id FROM action WHERE library_id = :library AND removed_ms < :before ORDER BY id"};
const store::Query<void(Id, Id)> kDropCheckIns{"plan.drop_check_ins", "DELETE FROM check_in WHERE library_id = :library AND action_id = :id"};
const store::Query<void(Id, Id)> kDropAction{"plan.drop_action", "DELETE FROM action WHERE library_id = :library AND id = :id"};

const store::Query<void(Id, Id, Id, Id, Text, std::int64_t)> kAddCheckIn{
    "plan.add_check_in",
    "INSERT INTO check_in (library_id, id, action_id, member_id, note, at_ms) VALUES (:library, :id, :action, :member, :note, :now)"};
const store::Query<void(Id, std::int64_t, Date, Id)> kLookAt{"plan.look_at", "UPDATE action SET looked_ms = :now, look_on = :look_on WHERE library_id = :library AND id = :id"};
const store::Query<CheckIn(Id, Id)> kCheckIns{
    "plan.check_ins",
    "SELECT id, action_id, member_id, note, at_ms FROM check_in WHERE library_id = :library AND action_id = :action "
    "ORDER BY at_ms DESC, id DESC"};
const store::Query<CheckIn(Id)> kAllCheckIns{"plan.all_check_ins",
                                             "SELECT id, action_id, member_id, note, at_ms FROM check_in WHERE library_id = :library ORDER BY at_ms DESC, id DESC"};

const store::Query<Feed(Id, Id)> kFeed{"plan.feed", "SELECT holds, made_on FROM calendar_feed WHERE library_id = :library AND member_id = :member"};
const store::Query<void(Id, Id, store::Bytes, Holds, Date)> kAddFeed{
    "plan.add_feed", "INSERT INTO calendar_feed (library_id, member_id, token_hash, holds, made_on) VALUES (:library, :member, :token_hash, :holds, :today)"};
const store::Query<void(Id, Id)> kRemoveFeed{"plan.remove_feed", "DELETE FROM calendar_feed WHERE library_id = :library AND member_id = :member"};
// across libraries: whoever asks has nothing but the token
const store::Query<FoundFeed(store::Bytes)> kFindFeed{"plan.find_feed", "SELECT library_id, member_id, holds FROM calendar_feed WHERE token_hash = :token_hash"};

const store::Query<void(Id, Id, store::Bytes, Id, Id, Id, bool, std::int64_t)> kAddAsked{
    "plan.add_asked",
    "INSERT INTO action_link (library_id, id, token_hash, action_id, member_id, contact_id, handed, expires_ms) VALUES (:library, :id, :token_hash, :action, "
    ":member, :contact, :handed, :expires)"};
// across libraries: whoever asks has nothing but the token. A contact that was merged into another is the other.
const store::Query<Asked(store::Bytes, std::int64_t)> kFindAsked{
    "plan.find_asked",
    "SELECT library_id, id, action_id, member_id, COALESCE((SELECT o.survivor_id FROM contact o WHERE o.library_id = action_link.library_id AND o.id = action_link.contact_id), contact_id), handed "
    "FROM action_link WHERE token_hash = :token_hash AND expires_ms > :now"};
const store::Query<void(Id, Id)> kUseAsked{"plan.use_asked", "DELETE FROM action_link WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, Id)> kDropAsked{"plan.drop_asked", "DELETE FROM action_link WHERE library_id = :library AND action_id = :action"};
const store::Query<void(Id, Id)> kDropAskedOfMember{"plan.drop_asked_of_member", "DELETE FROM action_link WHERE library_id = :library AND member_id = :member"};
const store::Query<void(Id, std::int64_t)> kTidyAsked{"plan.tidy_asked", "DELETE FROM action_link WHERE library_id = :library AND expires_ms <= :now"};

const store::Query<DigestRow(Id)> kDigests{"plan.digests", "SELECT member_id, wanted, sent_on FROM digest WHERE library_id = :library ORDER BY member_id"};
const store::Query<DigestRow(Id, Id)> kDigest{"plan.digest", "SELECT member_id, wanted, sent_on FROM digest WHERE library_id = :library AND member_id = :member"};
const store::Query<void(Id, Id, bool, Date)> kAddDigest{
    "plan.add_digest", "INSERT INTO digest (library_id, member_id, wanted, sent_on) VALUES (:library, :member, :wanted, :sent_on)"};
const store::Query<void(Id, bool, Id)> kChooseDigest{"plan.choose_digest", "UPDATE digest SET wanted = :wanted WHERE library_id = :library AND member_id = :member"};
const store::Query<void(Id, Date, Id)> kDigestSent{"plan.digest_sent", "UPDATE digest SET sent_on = :monday WHERE library_id = :library AND member_id = :member"};
const store::Query<void(Id, Id)> kForgetDigest{"plan.forget_digest", "DELETE FROM digest WHERE library_id = :library AND member_id = :member"};

}  // namespace kedge::plan
