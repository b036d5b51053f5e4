#include "identity/tables.hpp"

#include "core/text.hpp"
#include "identity/joining.hpp"

namespace kedge::identity {
namespace {

using store::Bytes;
using store::Query;
using tables::Raw;
using Text = std::string;
using Number = std::int64_t;

#define LIBRARY_COLUMNS \
  "l.id, l.name, l.language, l.time_zone, l.country, l.state, l.fiscal_month, l.threshold, l.example, g.id, COALESCE(g.alternative, '')"
#define LOGO_OF_LIBRARY "LEFT JOIN logo g ON g.library_id = l.library_id AND g.removed_ms IS NULL "
const Query<Library()> kLibraries{"identity.libraries", "SELECT " LIBRARY_COLUMNS " FROM library l " LOGO_OF_LIBRARY "ORDER BY l.name, l.id"};
const Query<Library(Id)> kLibrary{"identity.library", "SELECT " LIBRARY_COLUMNS " FROM library l " LOGO_OF_LIBRARY "WHERE l.library_id = :library"};
const Query<void(Id, Text, Language, Text, Text, Text, Number, Number, bool, Number)> kAddLibrary{
    "identity.add_library",
    "INSERT INTO library (library_id, id, name, language, time_zone, country, state, fiscal_month, threshold, example, founded_ms) "
    "VALUES (:library, :library, :name, :language, :time_zone, :country, :state, :fiscal_month, :threshold, :example, :now)"};
const Query<void(Id, Text, Language, Text, Text, Text, Number, Number)> kSaveLibrary{
    "identity.save_library",
    "UPDATE library SET name = :name, language = :language, time_zone = :time_zone, country = :country, state = :state, "
    "fiscal_month = :fiscal_month, threshold = :threshold WHERE library_id = :library"};
const Query<Branch(Id)> kBranches{"identity.branches", "SELECT id, name, position FROM branch WHERE library_id = :library ORDER BY position, id"};
const Query<void(Id, Id, Text, Number)> kAddBranch{
    "identity.add_branch", "INSERT INTO branch (library_id, id, name, position) VALUES (:library, :id, :name, :position)"};
const Query<void(Id, Text, Number, Id)> kSaveBranch{
    "identity.save_branch", "UPDATE branch SET name = :name, position = :position WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id)> kDropBranch{"identity.drop_branch", "DELETE FROM branch WHERE library_id = :library AND id = :id"};
const Query<tables::LogoFileRow(Id, Id)> kLogoFile{
    "identity.logo_file", "SELECT kind, image FROM logo WHERE library_id = :library AND id = :id AND removed_ms IS NULL"};
const Query<void(Id, Id, ImageKind, Number, Number, Text, Bytes)> kAddLogo{
    "identity.add_logo",
    "INSERT INTO logo (library_id, id, kind, width, height, alternative, image) VALUES (:library, :id, :kind, :width, :height, :alternative, :image)"};
const Query<void(Id, Text)> kDescribeLogo{
    "identity.describe_logo", "UPDATE logo SET alternative = :alternative WHERE library_id = :library AND removed_ms IS NULL"};
const Query<void(Id, Number)> kRemoveLogo{"identity.remove_logo", "UPDATE logo SET removed_ms = :now WHERE library_id = :library AND removed_ms IS NULL"};
const Query<void(Id, Id)> kRestoreLogo{"identity.restore_logo", "UPDATE logo SET removed_ms = NULL WHERE library_id = :library AND id = :id"};
const Query<Number(Id, Id)> kCountLogo{"identity.count_logo", "SELECT COUNT(*) FROM logo WHERE library_id = :library AND id = :id"};
const Query<void(Id, Number)> kSweepLogos{"identity.sweep_logos", "DELETE FROM logo WHERE library_id = :library AND removed_ms < :before"};
const Query<std::optional<Id>()> kExample{"identity.example", "SELECT id FROM library WHERE example ORDER BY founded_ms, id"};
const Query<Number()> kCountLibraries{"identity.count_libraries", "SELECT COUNT(*) FROM library WHERE NOT example"};

struct MemberRow {
  Id id;
  Text name;
  Text email;
  Number roles = 0;
  Language language = Language::en;
  bool has_password = false;
  Standing standing = Standing::active;
  Text job;
  bool board_name = false;
};
#define MEMBER_COLUMNS "id, name, email, roles, language, password_verifier IS NOT NULL, standing, job, board_name_on IS NOT NULL"
const Query<MemberRow(Id)> kMembers{
    "identity.members", "SELECT " MEMBER_COLUMNS " FROM member WHERE library_id = :library AND standing = 'active' ORDER BY name, id"};
const Query<MemberRow(Id)> kEverybody{"identity.everybody", "SELECT " MEMBER_COLUMNS " FROM member WHERE library_id = :library ORDER BY name, id"};
store::Kept<std::vector<Member>> kept_everybody{"member"};
const Query<MemberRow(Id, Id)> kMember{"identity.member", "SELECT " MEMBER_COLUMNS " FROM member WHERE library_id = :library AND id = :id"};
const Query<Raw(Id, Id)> kPublicKey{
    "identity.public_key", "SELECT public_key FROM member WHERE library_id = :library AND id = :id AND standing = 'active'"};
const Query<void(Id, Id, Text, Text, Text, std::optional<Text>, Number, Language, Raw, Raw, Raw, Raw, Date)> kAddMember{
    "identity.add_member",
    "INSERT INTO member (library_id, id, name, job, email, email_folded, roles, language, standing, password_salt, password_verifier, password_public, "
    "public_key, joined_on) VALUES (:library, :id, :name, :job, :email, :folded, :roles, :language, 'active', :salt, :verifier, :sealing_key, "
    ":public_key, :today)"};
const Query<Number(Id, Text, Text)> kEmailTaken{
    "identity.email_taken", "SELECT COUNT(*) FROM member WHERE library_id = :library AND email_folded = :folded AND id <> :but"};
const Query<Number(Id)> kAdministrators{
    "identity.count_administrators",
    "SELECT COUNT(*) FROM member WHERE library_id = :library AND standing = 'active' AND roles % 2 = 1"};  // bit 0: Role::administrator
const Query<void(Id, Text, Text, Text, std::optional<Text>, Language, Id)> kSetProfile{
    "identity.set_profile",
    "UPDATE member SET name = :name, job = :job, email = :email, email_folded = :folded, language = :language WHERE library_id = :library AND id = :id"};
const Query<void(Id, std::optional<Date>, Id)> kSetBoardName{
    "identity.set_board_name", "UPDATE member SET board_name_on = :since WHERE library_id = :library AND id = :id"};
const Query<void(Id, Number, Id)> kSetRoles{"identity.set_roles", "UPDATE member SET roles = :roles WHERE library_id = :library AND id = :id"};
const Query<tables::CredentialRow(Id, Id)> kCredential{
    "identity.credential",
    "SELECT id, password_salt, password_verifier, password_public FROM member WHERE library_id = :library AND id = :id AND standing = 'active'"};
const Query<void(Id, Bytes, Bytes, Bytes, Id)> kSetCredential{
    "identity.set_credential",
    "UPDATE member SET password_salt = :salt, password_verifier = :verifier, password_public = :sealing_key WHERE library_id = :library AND id = :id"};
const Query<void(Id, Bytes, Id)> kSetPublicKey{
    "identity.set_public_key", "UPDATE member SET public_key = :public_key WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id)> kClose{
    "identity.close_member",
    "UPDATE member SET standing = 'left', job = '', board_name_on = NULL, language = 'en', email = '', email_folded = NULL, password_salt = NULL, password_verifier = NULL, "
    "password_public = NULL, public_key = NULL, roles = 0 WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id)> kEraseName{"identity.erase_name", "UPDATE member SET name = '' WHERE library_id = :library AND id = :id"};
const Query<tables::MemberOf()> kLeft{"identity.members_who_left", "SELECT library_id, id FROM member WHERE standing = 'left' ORDER BY library_id, id"};
const Query<Id(Id)> kWithKey{
    "identity.members_with_key", "SELECT id FROM member WHERE library_id = :library AND standing = 'active' AND public_key IS NOT NULL ORDER BY id"};
const Query<Id(Id)> kMemberIds{"identity.member_ids", "SELECT id FROM member WHERE library_id = :library ORDER BY id"};
const Query<tables::AccountRow(Text)> kAccounts{
    "identity.accounts",
    "SELECT library_id, id, password_salt, password_verifier FROM member WHERE email_folded = :folded AND standing = 'active' "
    "AND password_verifier IS NOT NULL ORDER BY library_id, id"};
const Query<tables::AccountRow(Text)> kAccountsWithCode{
    "identity.accounts_with_code",
    "SELECT m.library_id, m.id, m.password_salt, m.password_verifier FROM member m JOIN member_wrap w ON w.library_id = m.library_id AND "
    "w.member_id = m.id AND w.kind = 'recovery' WHERE m.email_folded = :folded AND m.standing = 'active' ORDER BY m.library_id, m.id"};

const Query<void(Id, Id, Wrap, Raw, Bytes)> kPutWrap{
    "identity.put_wrap",
    "INSERT INTO member_wrap (library_id, member_id, kind, salt, wrapped) VALUES (:library, :member, :kind, :salt, :wrapped) "
    "ON CONFLICT (library_id, member_id, kind) DO UPDATE SET salt = excluded.salt, wrapped = excluded.wrapped"};
const Query<void(Id, Id, Wrap)> kDropWrap{
    "identity.drop_wrap", "DELETE FROM member_wrap WHERE library_id = :library AND member_id = :member AND kind = :kind"};
const Query<void(Id, Id)> kDropWraps{"identity.drop_wraps", "DELETE FROM member_wrap WHERE library_id = :library AND member_id = :member"};
const Query<tables::WrapRow(Id, Id)> kWraps{
    "identity.wraps", "SELECT kind, salt, wrapped FROM member_wrap WHERE library_id = :library AND member_id = :member ORDER BY kind"};

const Query<Id(Id, Wrap)> kWithWrap{
    "identity.members_with_wrap", "SELECT member_id FROM member_wrap WHERE library_id = :library AND kind = :kind ORDER BY member_id"};

const Query<void(Id, Id, Id, Bytes, Raw, Text, bool, Date, Number, bool)> kAddSession{
    "identity.add_session",
    "INSERT INTO session (library_id, id, member_id, cookie_hash, wrapped, device, shared_computer, started_on, used_on, expires_ms, awaits_second) "
    "VALUES (:library, :id, :member, :cookie_hash, :wrapped, :device, :shared, :today, :today, :expires, :awaits)"};
const Query<tables::ResumeRow(Bytes, Number)> kResume{
    "identity.resume",
    "SELECT s.id, s.wrapped, s.shared_computer, s.used_on, s.expires_ms, m.id, m.name, m.job, m.email, m.roles, m.language, "
    "m.password_verifier IS NOT NULL, m.public_key IS NOT NULL, l.id, l.name, l.language, l.time_zone, l.country, l.state, l.fiscal_month, "
    "l.threshold, l.example, g.id, COALESCE(g.alternative, '') FROM session s JOIN member m ON m.library_id = s.library_id AND m.id = s.member_id "
    "JOIN library l ON l.library_id = s.library_id " LOGO_OF_LIBRARY "WHERE s.cookie_hash = :cookie_hash AND s.expires_ms > :now AND m.standing = 'active' AND NOT s.awaits_second"};
const Query<tables::WaitingRow(Bytes, Number)> kWaiting{
    "identity.waiting_session",
    "SELECT s.library_id, s.id, s.member_id, s.shared_computer, s.awaits_second FROM session s JOIN member m ON m.library_id = s.library_id AND m.id = s.member_id "
    "WHERE s.cookie_hash = :cookie_hash AND s.expires_ms > :now AND m.standing = 'active'"};
const Query<void(Id, Number, Id)> kOpenSession{
    "identity.open_session", "UPDATE session SET awaits_second = FALSE, expires_ms = :expires WHERE library_id = :library AND id = :id"};
const Query<tables::SecondRow(Id, Id)> kSecond{
    "identity.second", "SELECT sealed, last_step, confirmed_on FROM second_step WHERE library_id = :library AND member_id = :member"};
const Query<void(Id, Id, Bytes)> kPutSecond{
    "identity.put_second",
    "INSERT INTO second_step (library_id, member_id, sealed, last_step) VALUES (:library, :member, :sealed, 0) "
    "ON CONFLICT (library_id, member_id) DO UPDATE SET sealed = excluded.sealed, last_step = 0, confirmed_on = NULL"};
const Query<void(Id, Number, Id)> kUseSecond{"identity.use_second", "UPDATE second_step SET last_step = :step WHERE library_id = :library AND member_id = :member"};
const Query<void(Id, Date, Id)> kConfirmSecond{
    "identity.confirm_second", "UPDATE second_step SET confirmed_on = :today WHERE library_id = :library AND member_id = :member"};
const Query<void(Id, Id)> kDropSecond{"identity.drop_second", "DELETE FROM second_step WHERE library_id = :library AND member_id = :member"};
const Query<void(Id, Bytes, Id)> kSessionWrap{
    "identity.set_session_wrap", "UPDATE session SET wrapped = :wrapped WHERE library_id = :library AND id = :id"};
const Query<void(Id, Number, Id)> kSessionTerm{
    "identity.set_session_term", "UPDATE session SET expires_ms = :expires WHERE library_id = :library AND id = :id"};
const Query<void(Id, Date, Id)> kNoteUse{"identity.note_use", "UPDATE session SET used_on = :today WHERE library_id = :library AND id = :id"};
const Query<void(Id, Id, Id)> kEndSession{
    "identity.end_session", "DELETE FROM session WHERE library_id = :library AND member_id = :member AND id = :id"};
const Query<void(Id, Id, Text)> kEndSessions{
    "identity.end_sessions", "DELETE FROM session WHERE library_id = :library AND member_id = :member AND id <> :kept"};
const Query<SessionView(Id, Id, Number)> kSessions{
    "identity.sessions",
    "SELECT id, device, shared_computer, started_on, used_on FROM session WHERE library_id = :library AND member_id = :member "
    "AND expires_ms > :now ORDER BY used_on DESC, started_on DESC, id"};

const Query<void(Id, Id, Id, Bytes, Id, Date, Number)> kAddReset{
    "identity.add_reset_link",
    "INSERT INTO sign_in_link (library_id, id, member_id, token_hash, made_by, made_on, expires_ms) "
    "VALUES (:library, :id, :member, :token_hash, :made_by, :today, :expires)"};
const Query<tables::LinkRow(Bytes, Number)> kReset{
    "identity.reset_link",
    "SELECT library_id, id, member_id, COALESCE(made_by = member_id, FALSE) FROM sign_in_link WHERE token_hash = :token_hash AND expires_ms > :now AND used_on IS NULL"};
const Query<void(Id, Date, Id)> kUseReset{
    "identity.use_reset_link", "UPDATE sign_in_link SET used_on = :today WHERE library_id = :library AND id = :id AND used_on IS NULL"};
const Query<void(Id, Id)> kDropResets{"identity.drop_reset_links", "DELETE FROM sign_in_link WHERE library_id = :library AND member_id = :member"};
const Query<tables::NoticeRow(Id, Id, Date)> kNotices{
    "identity.reset_notices",
    "SELECT m.name, k.made_on, k.used_on FROM sign_in_link k LEFT JOIN member m ON m.library_id = k.library_id AND m.id = k.made_by "
    "WHERE k.library_id = :library AND k.member_id = :member AND k.made_on >= :since AND (k.made_by IS NULL OR k.made_by <> k.member_id) ORDER BY k.made_on DESC, k.id DESC"};
const Query<void(Id, Id, Bytes, Number, Text, Id, Date, Number)> kAddInvitation{
    "identity.add_invitation",
    "INSERT INTO invitation (library_id, id, token_hash, roles, email, made_by, made_on, expires_ms) "
    "VALUES (:library, :id, :token_hash, :roles, :email, :made_by, :today, :expires)"};
const Query<tables::InvitationRow(Bytes, Number)> kInvitation{
    "identity.invitation", "SELECT library_id, id, roles, email FROM invitation WHERE token_hash = :token_hash AND expires_ms > :now"};
const Query<void(Id, Id)> kUseInvitation{"identity.use_invitation", "DELETE FROM invitation WHERE library_id = :library AND id = :id"};
const Query<tables::OpenInvitationRow(Id, Number)> kInvitations{
    "identity.invitations",
    "SELECT id, roles, email, made_on FROM invitation WHERE library_id = :library AND expires_ms > :now ORDER BY made_on DESC, id DESC"};
const Query<void(Id, Role)> kEndJoinCodes{"identity.end_join_codes", "DELETE FROM join_code WHERE library_id = :library AND role = :role"};
const Query<void(Id, Id, Bytes, Role, Id, Number)> kAddJoinCode{
    "identity.add_join_code",
    "INSERT INTO join_code (library_id, id, code_hash, role, made_by, expires_ms) VALUES (:library, :id, :code_hash, :role, :made_by, :expires)"};
const Query<tables::JoinRow(Bytes, Number)> kJoinCode{
    "identity.join_code", "SELECT library_id, role FROM join_code WHERE code_hash = :code_hash AND expires_ms > :now"};
const Query<void(Id, Id)> kDropCodesBy{"identity.drop_join_codes_by", "DELETE FROM join_code WHERE library_id = :library AND made_by = :member"};
const Query<void(Id, Id)> kDropInvitationsBy{
    "identity.drop_invitations_by", "DELETE FROM invitation WHERE library_id = :library AND made_by = :member"};
const Query<void()> kDropFoundingCodes{"identity.drop_founding_codes", "DELETE FROM founding_code"};
const Query<void(Bytes, Number)> kAddFoundingCode{
    "identity.add_founding_code", "INSERT INTO founding_code (code_hash, expires_ms) VALUES (:code_hash, :expires)"};
const Query<void(Bytes, Number)> kUseFoundingCode{
    "identity.use_founding_code", "DELETE FROM founding_code WHERE code_hash = :code_hash AND expires_ms > :now"};

const Query<void(Number)> kTidySessions{"identity.tidy_sessions", "DELETE FROM session WHERE expires_ms <= :now"};
const Query<void(Number)> kTidyInvitations{"identity.tidy_invitations", "DELETE FROM invitation WHERE expires_ms <= :now"};
const Query<void(Number)> kTidyJoinCodes{"identity.tidy_join_codes", "DELETE FROM join_code WHERE expires_ms <= :now"};
const Query<void(Number)> kTidyFounding{"identity.tidy_founding_codes", "DELETE FROM founding_code WHERE expires_ms <= :now"};
const Query<void(Date)> kTidyLinks{"identity.tidy_reset_links", "DELETE FROM sign_in_link WHERE made_on < :before"};

Member member_of(MemberRow row) {
  return {std::move(row.id), std::move(row.name), std::move(row.email), Roles::from_bits(row.roles), row.language, row.has_password, row.standing, std::move(row.job), row.board_name};
}
Result<std::vector<Member>> members_of(std::vector<MemberRow> rows) {
  std::vector<Member> members;
  members.reserve(rows.size());
  for (auto& row : rows) members.push_back(member_of(std::move(row)));
  return members;
}
std::optional<Text> folded_or_none(const Text& email) { return email.empty() ? std::nullopt : std::optional<Text>(text::fold(email)); }
Done ran(Result<Number> count) {
  if (!count) return fail(std::move(count).error());
  return {};
}

}  // namespace

Result<std::vector<Library>> libraries(store::Read& db) { return db.all(kLibraries); }
Result<Library> library(store::Read& db, const store::Scope& scope) { return db.one(kLibrary, scope.library); }
Result<std::vector<Branch>> branches(store::Read& db, const store::Scope& scope) { return db.all(kBranches, scope.library); }
Result<std::vector<Member>> members(store::Read& db, const store::Scope& scope) {
  TRY(auto rows, db.all(kMembers, scope.library));
  return members_of(std::move(rows));
}
Result<store::Shared<std::vector<Member>>> everybody(store::Read& db, const store::Scope& scope) {
  return kept_everybody.of(db, scope, "", [](store::Read& read, const store::Scope& library) -> Result<std::vector<Member>> {
    TRY(auto rows, read.all(kEverybody, library.library));
    return members_of(std::move(rows));
  });
}
Result<Member> member(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(auto row, db.one(kMember, scope.library, id));
  return member_of(std::move(row));
}
Result<std::string> public_key(store::Read& db, const store::Scope& scope, const Id& member) {
  TRY(const auto key, db.one(kPublicKey, scope.library, member));
  return key ? key->raw : std::string();
}
Result<std::vector<SessionView>> sessions(store::Read& db, const store::Scope& scope) {
  return db.all(kSessions, scope.library, scope.actor, db.now_ms());
}

namespace tables {

Date day_of(const store::Read& db) { return Date::at(db.now_ms(), "UTC"); }

Done add_library(store::Tx& tx, const Library& l) {
  return ran(tx.run(kAddLibrary, l.id, l.name, l.language, l.time_zone, l.country, l.state, l.fiscal_month, l.threshold, l.example, tx.now_ms()));
}
Done save_library(store::Tx& tx, const Library& l) {
  return ran(tx.run(kSaveLibrary, l.id, l.name, l.language, l.time_zone, l.country, l.state, l.fiscal_month, l.threshold));
}
Done add_branch(store::Tx& tx, const Id& library, const Branch& branch) {
  return ran(tx.run(kAddBranch, library, branch.id, branch.name, branch.position));
}
Done add_branches(store::Tx& tx, const Id& library, const std::vector<std::string>& names) {
  Number position = 0;
  for (const auto& name : names) TRY_DONE(add_branch(tx, library, {tx.fresh_id(), name, ++position}));
  return {};
}
Done save_branch(store::Tx& tx, const Id& library, const Branch& branch) {
  return ran(tx.run(kSaveBranch, library, branch.name, branch.position, branch.id));
}
Done drop_branch(store::Tx& tx, const Id& library, const Id& id) { return ran(tx.run(kDropBranch, library, id)); }
Result<LogoFileRow> logo_file(store::Read& db, const Id& library, const Id& id) { return db.one(kLogoFile, library, id); }
Done add_logo(store::Tx& tx, const Id& library, const LogoRow& row) {
  return ran(tx.run(kAddLogo, library, row.id, row.kind, row.width, row.height, row.alternative, row.image));
}
Done describe_logo(store::Tx& tx, const Id& library, const Text& alternative) { return ran(tx.run(kDescribeLogo, library, alternative)); }
Done remove_logo(store::Tx& tx, const Id& library) { return ran(tx.run(kRemoveLogo, library, tx.now_ms())); }
Done restore_logo(store::Tx& tx, const Id& library, const Id& id) { return ran(tx.run(kRestoreLogo, library, id)); }
Result<bool> has_logo(store::Read& db, const Id& library, const Id& id) {
  TRY(const auto count, db.one(kCountLogo, library, id));
  return count > 0;
}
Result<std::optional<Id>> example_library(store::Read& db) {
  TRY(auto found, db.maybe(kExample));
  return found ? *found : std::nullopt;
}
Result<Number> count_libraries(store::Read& db) { return db.one(kCountLibraries); }

Done add_member(store::Tx& tx, const Id& library, const NewMemberRow& row) {
  const auto part = [&](const std::string Credential::*field) { return row.credential ? Raw(Bytes{(*row.credential).*field}) : Raw(); };
  return ran(tx.run(kAddMember, library, row.id, row.name, row.job, row.email, folded_or_none(row.email), Number{row.roles.bits()}, row.language,
                    part(&Credential::salt), part(&Credential::verifier), part(&Credential::sealing_key), row.public_key, day_of(tx)));
}
Result<bool> email_taken(store::Read& db, const Id& library, const std::string& folded, const Id& but) {
  TRY(const auto count, db.one(kEmailTaken, library, folded, but.text()));
  return count > 0;
}
Result<Number> count_administrators(store::Read& db, const Id& library) { return db.one(kAdministrators, library); }
Done set_profile(store::Tx& tx, const store::Scope& scope, const Profile& p) {
  return ran(tx.run(kSetProfile, scope.library, p.name, p.job, p.email, folded_or_none(p.email), p.language, scope.actor));
}
Done set_board_name(store::Tx& tx, const store::Scope& scope, bool agreed) {
  return ran(tx.run(kSetBoardName, scope.library, agreed ? std::optional(day_of(tx)) : std::nullopt, scope.actor));
}
Done set_roles(store::Tx& tx, const Id& library, const Id& member, Roles roles) {
  return ran(tx.run(kSetRoles, library, Number{roles.bits()}, member));
}
Result<CredentialRow> credential(store::Read& db, const Id& library, const Id& member) { return db.one(kCredential, library, member); }
Done set_credential(store::Tx& tx, const Id& library, const Id& member, const Credential& c) {
  TRY_DONE(tx.run(kSetCredential, library, Bytes{c.salt}, Bytes{c.verifier}, Bytes{c.sealing_key}, member));
  return tx.touch("people");
}
Done set_public_key(store::Tx& tx, const Id& library, const Id& member, const std::string& key) {
  TRY_DONE(tx.run(kSetPublicKey, library, Bytes{key}, member));
  return tx.touch("people");
}
Done close_member(store::Tx& tx, const Id& library, const Id& member) { return ran(tx.run(kClose, library, member)); }
Done erase_name(store::Tx& tx, const Id& library, const Id& member) { return ran(tx.run(kEraseName, library, member)); }
Result<std::vector<MemberOf>> members_who_left(store::Read& db) { return db.all(kLeft); }
Result<std::vector<Id>> members_with_key(store::Read& db, const Id& library) { return db.all(kWithKey, library); }
Result<std::vector<Id>> member_ids(store::Read& db, const Id& library) { return db.all(kMemberIds, library); }
Result<std::vector<AccountRow>> accounts(store::Read& db, const std::string& folded) { return db.all(kAccounts, folded); }
Result<std::vector<AccountRow>> accounts_with_code(store::Read& db, const std::string& folded) { return db.all(kAccountsWithCode, folded); }

Done put_wrap(store::Tx& tx, const Id& library, const Id& member, const WrapRow& wrap) {
  return ran(tx.run(kPutWrap, library, member, wrap.kind, wrap.salt, wrap.wrapped));
}
Done drop_wrap(store::Tx& tx, const Id& library, const Id& member, Wrap kind) { return ran(tx.run(kDropWrap, library, member, kind)); }
Done drop_wraps(store::Tx& tx, const Id& library, const Id& member) { return ran(tx.run(kDropWraps, library, member)); }
Done keep_earlier(store::Tx& tx, const Id& library, const Id& member) {
  TRY(const auto all, wraps(tx, library, member));
  for (auto wrap : all) {
    if (wrap.kind != Wrap::password) continue;
    wrap.kind = Wrap::earlier_password;
    TRY_DONE(put_wrap(tx, library, member, wrap));
    TRY_DONE(drop_wrap(tx, library, member, Wrap::password));
  }
  return {};
}
Result<std::vector<WrapRow>> wraps(store::Read& db, const Id& library, const Id& member) { return db.all(kWraps, library, member); }
Result<std::vector<Id>> members_with_wrap(store::Read& db, const Id& library, Wrap kind) { return db.all(kWithWrap, library, kind); }

Done add_session(store::Tx& tx, const Id& library, const SessionRow& row) {
  return ran(tx.run(kAddSession, library, row.id, row.member, Bytes{row.cookie_hash}, row.wrapped, row.device, row.shared_computer, row.day,
                    row.expires_ms, row.awaits_second));
}
Result<std::optional<ResumeRow>> resume(store::Read& db, const std::string& cookie_hash) {
  return db.maybe(kResume, Bytes{cookie_hash}, db.now_ms());
}
Result<std::optional<WaitingRow>> waiting_session(store::Read& db, const std::string& cookie_hash) { return db.maybe(kWaiting, Bytes{cookie_hash}, db.now_ms()); }
Done open_session(store::Tx& tx, const Id& library, const Id& session, std::int64_t expires_ms) { return ran(tx.run(kOpenSession, library, expires_ms, session)); }
Result<std::optional<SecondRow>> second(store::Read& db, const Id& library, const Id& member) { return db.maybe(kSecond, library, member); }
Done put_second(store::Tx& tx, const Id& library, const Id& member, const Bytes& sealed) { return ran(tx.run(kPutSecond, library, member, sealed)); }
Done use_second(store::Tx& tx, const Id& library, const Id& member, std::int64_t step) { return ran(tx.run(kUseSecond, library, step, member)); }
Done confirm_second(store::Tx& tx, const Id& library, const Id& member, const Date& today) { return ran(tx.run(kConfirmSecond, library, today, member)); }
Done drop_second(store::Tx& tx, const Id& library, const Id& member) { return ran(tx.run(kDropSecond, library, member)); }
Done set_session_wrap(store::Tx& tx, const Id& library, const Id& session, const std::string& wrapped) {
  return ran(tx.run(kSessionWrap, library, Bytes{wrapped}, session));
}
Done set_session_term(store::Tx& tx, const Id& library, const Id& session, std::int64_t expires_ms) {
  return ran(tx.run(kSessionTerm, library, expires_ms, session));
}
Done note_use(store::Tx& tx, const Id& library, const Id& session, const Date& day) { return ran(tx.run(kNoteUse, library, day, session)); }
Done end_session(store::Tx& tx, const Id& library, const Id& member, const Id& session) {
  return ran(tx.run(kEndSession, library, member, session));
}
Done end_sessions(store::Tx& tx, const Id& library, const Id& member, const Id& kept) {
  return ran(tx.run(kEndSessions, library, member, kept.text()));
}

Done add_reset_link(store::Tx& tx, const store::Scope& scope, const Id& member, const std::string& token_hash, std::int64_t expires_ms) {
  return ran(tx.run(kAddReset, scope.library, tx.fresh_id(), member, Bytes{token_hash}, scope.actor, day_of(tx), expires_ms));
}
Result<std::optional<LinkRow>> reset_link(store::Read& db, const std::string& token_hash) {
  return db.maybe(kReset, Bytes{token_hash}, db.now_ms());
}
Result<bool> use_reset_link(store::Tx& tx, const LinkRow& link) {
  TRY(const auto used, tx.run(kUseReset, link.library, day_of(tx), link.id));
  return used == 1;
}
Done drop_reset_links(store::Tx& tx, const Id& library, const Id& member) { return ran(tx.run(kDropResets, library, member)); }
Result<std::vector<NoticeRow>> reset_notices(store::Read& db, const store::Scope& scope, const Date& since) {
  return db.all(kNotices, scope.library, scope.actor, since);
}
Done add_invitation(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& token_hash, Roles roles, const std::string& email,
                    std::int64_t expires_ms) {
  return ran(tx.run(kAddInvitation, scope.library, id, Bytes{token_hash}, Number{roles.bits()}, email, scope.actor, day_of(tx),
                    expires_ms));
}
Result<std::optional<InvitationRow>> invitation(store::Read& db, const std::string& token_hash) {
  return db.maybe(kInvitation, Bytes{token_hash}, db.now_ms());
}
Result<bool> use_invitation(store::Tx& tx, const Id& library, const Id& invitation) {
  TRY(const auto used, tx.run(kUseInvitation, library, invitation));
  return used == 1;
}
Result<std::vector<OpenInvitationRow>> invitations(store::Read& db, const store::Scope& scope) {
  return db.all(kInvitations, scope.library, db.now_ms());
}
Done set_join_code(store::Tx& tx, const store::Scope& scope, const std::string& code_hash, Role role, std::int64_t expires_ms) {
  TRY_DONE(tx.run(kEndJoinCodes, scope.library, role));
  return ran(tx.run(kAddJoinCode, scope.library, tx.fresh_id(), Bytes{code_hash}, role, scope.actor, expires_ms));
}
Done drop_ways_in_by(store::Tx& tx, const Id& library, const Id& member) {
  TRY_DONE(tx.run(kDropCodesBy, library, member));
  return ran(tx.run(kDropInvitationsBy, library, member));
}
Result<std::optional<JoinRow>> join_code(store::Read& db, const std::string& code_hash) {
  return db.maybe(kJoinCode, Bytes{code_hash}, db.now_ms());
}
Done set_founding_code(store::Tx& tx, const std::string& code_hash, std::int64_t expires_ms) {
  TRY_DONE(tx.run(kDropFoundingCodes));
  return ran(tx.run(kAddFoundingCode, Bytes{code_hash}, expires_ms));
}
Result<bool> use_founding_code(store::Tx& tx, const std::string& code_hash) {
  TRY(const auto used, tx.run(kUseFoundingCode, Bytes{code_hash}, tx.now_ms()));
  return used == 1;
}
Result<Number> sweep_logos(store::Tx& tx, const Id& library, Number before_ms) { return tx.run(kSweepLogos, library, before_ms); }
Done tidy(store::Tx& tx, const Date& links_before) {
  TRY_DONE(tx.run(kTidySessions, tx.now_ms()));
  TRY_DONE(tx.run(kTidyInvitations, tx.now_ms()));
  TRY_DONE(tx.run(kTidyJoinCodes, tx.now_ms()));
  TRY_DONE(tx.run(kTidyFounding, tx.now_ms()));
  return ran(tx.run(kTidyLinks, links_before));
}

}  // namespace tables
}  // namespace kedge::identity
