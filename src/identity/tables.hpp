// identity: the only place with SQL. Plain reads and writes; rules stand in the files that call them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/identity.hpp"
#include "identity/image.hpp"
#include "identity/members.hpp"
#include "identity/sessions.hpp"

namespace kedge::identity {

enum class Wrap : std::uint8_t { password, earlier_password, recovery, example };

}  // namespace kedge::identity

template <>
struct kedge::Codes<kedge::identity::Standing> {
  static constexpr std::array<std::string_view, 2> names{"active", "left"};
};
template <>
struct kedge::Codes<kedge::identity::Wrap> {
  static constexpr std::array<std::string_view, 4> names{"password", "earlier_password", "recovery", "example"};
};

namespace kedge::identity::tables {

using store::Bytes;
using Raw = std::optional<Bytes>;

struct NewMemberRow {
  Id id;
  std::string name;
  std::string job = {};
  std::string email;
  Roles roles;
  Language language = Language::en;
  std::optional<Credential> credential;
  Raw public_key;
};
struct CredentialRow {
  Id member;
  Raw salt;
  Raw verifier;
  Raw sealing_key;
};
struct AccountRow {  // one candidate of a sign-in
  Id library;
  Id member;
  Raw salt;
  Raw verifier;
};
struct WrapRow {
  Wrap kind = Wrap::password;
  Raw salt;
  Bytes wrapped;
};
struct SessionRow {
  Id id;
  Id member;
  std::string cookie_hash;
  Raw wrapped;
  std::string device;
  bool shared_computer = false;
  Date day;
  std::int64_t expires_ms = 0;
  bool awaits_second = false;
};
// A session with its member and library, all of it in one query.
struct ResumeRow {
  Id session;
  Raw wrapped;
  bool shared_computer = false;
  Date used_on;
  std::int64_t expires_ms = 0;
  Id member;
  std::string member_name;
  std::string job;
  std::string email;
  std::int64_t roles = 0;
  Language language = Language::en;
  bool has_password = false;
  bool has_key = false;
  Id library;
  std::string library_name;
  Language library_language = Language::en;
  std::string time_zone;
  std::string country;
  std::string state;
  std::int64_t fiscal_month = 7;
  std::int64_t threshold = 5;
  bool example = false;
  Id logo;
  std::string logo_alternative;
};
struct LinkRow {
  Id library;
  Id id;
  Id member;
  bool own = false;  // the member asked for it
};
struct WaitingRow {
  Id library;
  Id session;
  Id member;
  bool shared = false;
  bool awaits = false;
};
struct SecondRow {
  store::Bytes sealed;
  std::int64_t last_step = 0;
  Date confirmed_on;  // empty: being set up
};
struct InvitationRow {
  Id library;
  Id id;
  std::int64_t roles = 0;
  std::string email;
};
struct JoinRow {
  Id library;
  Role role = Role::staff;
};
struct NoticeRow {
  std::optional<std::string> made_by;
  Date made_on;
  Date used_on;
};
struct OpenInvitationRow {
  Id id;
  std::int64_t roles = 0;
  std::string email;
  Date made_on;
};
struct LogoRow {
  Id id;
  ImageKind kind = ImageKind::png;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::string alternative;
  Bytes image;
};
struct LogoFileRow {
  ImageKind kind = ImageKind::png;
  Bytes image;
};
struct MemberOf {
  Id library;
  Id member;
};

// The day in UTC.
[[nodiscard]] Date day_of(const store::Read& db);

// libraries
Done add_library(store::Tx& tx, const Library& library);
Done save_library(store::Tx& tx, const Library& library);
Done add_branch(store::Tx& tx, const Id& library, const Branch& branch);
Done save_branch(store::Tx& tx, const Id& library, const Branch& branch);
Done drop_branch(store::Tx& tx, const Id& library, const Id& id);
Done add_branches(store::Tx& tx, const Id& library, const std::vector<std::string>& names);
[[nodiscard]] Result<LogoFileRow> logo_file(store::Read& db, const Id& library, const Id& id);  // the one that stands
Done add_logo(store::Tx& tx, const Id& library, const LogoRow& row);
Done describe_logo(store::Tx& tx, const Id& library, const std::string& alternative);
Done remove_logo(store::Tx& tx, const Id& library);
Done restore_logo(store::Tx& tx, const Id& library, const Id& id);
[[nodiscard]] Result<bool> has_logo(store::Read& db, const Id& library, const Id& id);  // also a removed one
[[nodiscard]] Result<std::optional<Id>> example_library(store::Read& db);
[[nodiscard]] Result<std::int64_t> count_libraries(store::Read& db);

// members
Done add_member(store::Tx& tx, const Id& library, const NewMemberRow& row);
[[nodiscard]] Result<bool> email_taken(store::Read& db, const Id& library, const std::string& folded, const Id& but);
[[nodiscard]] Result<std::int64_t> count_administrators(store::Read& db, const Id& library);
Done set_profile(store::Tx& tx, const store::Scope& scope, const Profile& profile);
Done set_board_name(store::Tx& tx, const store::Scope& scope, bool agreed);  // the actor's own
Done set_roles(store::Tx& tx, const Id& library, const Id& member, Roles roles);
[[nodiscard]] Result<CredentialRow> credential(store::Read& db, const Id& library, const Id& member);
Done set_credential(store::Tx& tx, const Id& library, const Id& member, const Credential& credential);
Done set_public_key(store::Tx& tx, const Id& library, const Id& member, const std::string& key);
Done close_member(store::Tx& tx, const Id& library, const Id& member);
Done erase_name(store::Tx& tx, const Id& library, const Id& member);
[[nodiscard]] Result<std::vector<MemberOf>> members_who_left(store::Read& db);
[[nodiscard]] Result<std::vector<Id>> members_with_key(store::Read& db, const Id& library);  // active ones
[[nodiscard]] Result<std::vector<Id>> member_ids(store::Read& db, const Id& library);
// Active members with a password under this address, in any library.
[[nodiscard]] Result<std::vector<AccountRow>> accounts(store::Read& db, const std::string& folded);
// The same, with or without password, who have a printed code.
[[nodiscard]] Result<std::vector<AccountRow>> accounts_with_code(store::Read& db, const std::string& folded);

// wraps
Done put_wrap(store::Tx& tx, const Id& library, const Id& member, const WrapRow& wrap);
Done drop_wrap(store::Tx& tx, const Id& library, const Id& member, Wrap kind);
Done drop_wraps(store::Tx& tx, const Id& library, const Id& member);
// The present password's wrap becomes the earlier one's, in the place of any older.
Done keep_earlier(store::Tx& tx, const Id& library, const Id& member);
[[nodiscard]] Result<std::vector<WrapRow>> wraps(store::Read& db, const Id& library, const Id& member);
[[nodiscard]] Result<std::vector<Id>> members_with_wrap(store::Read& db, const Id& library, Wrap kind);

// sessions
// A session by its cookie, whether or not it waits for the second step.
[[nodiscard]] Result<std::optional<WaitingRow>> waiting_session(store::Read& db, const std::string& cookie_hash);
Done open_session(store::Tx& tx, const Id& library, const Id& session, std::int64_t expires_ms);
[[nodiscard]] Result<std::optional<SecondRow>> second(store::Read& db, const Id& library, const Id& member);
Done put_second(store::Tx& tx, const Id& library, const Id& member, const store::Bytes& sealed);
Done use_second(store::Tx& tx, const Id& library, const Id& member, std::int64_t step);
Done confirm_second(store::Tx& tx, const Id& library, const Id& member, const Date& today);
Done drop_second(store::Tx& tx, const Id& library, const Id& member);
Done add_session(store::Tx& tx, const Id& library, const SessionRow& row);
[[nodiscard]] Result<std::optional<ResumeRow>> resume(store::Read& db, const std::string& cookie_hash);
Done set_session_wrap(store::Tx& tx, const Id& library, const Id& session, const std::string& wrapped);
Done set_session_term(store::Tx& tx, const Id& library, const Id& session, std::int64_t expires_ms);
Done note_use(store::Tx& tx, const Id& library, const Id& session, const Date& day);
Done end_session(store::Tx& tx, const Id& library, const Id& member, const Id& session);
// All sessions of a member but one; an empty `kept` keeps none.
Done end_sessions(store::Tx& tx, const Id& library, const Id& member, const Id& kept);

// links and codes
Done add_reset_link(store::Tx& tx, const store::Scope& scope, const Id& member, const std::string& token_hash, std::int64_t expires_ms);
[[nodiscard]] Result<std::optional<LinkRow>> reset_link(store::Read& db, const std::string& token_hash);
// Whether it was this call that used it.
[[nodiscard]] Result<bool> use_reset_link(store::Tx& tx, const LinkRow& link);
Done drop_reset_links(store::Tx& tx, const Id& library, const Id& member);
[[nodiscard]] Result<std::vector<NoticeRow>> reset_notices(store::Read& db, const store::Scope& scope, const Date& since);
Done add_invitation(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& token_hash, Roles roles, const std::string& email,
                    std::int64_t expires_ms);
[[nodiscard]] Result<std::optional<InvitationRow>> invitation(store::Read& db, const std::string& token_hash);
[[nodiscard]] Result<bool> use_invitation(store::Tx& tx, const Id& library, const Id& invitation);
[[nodiscard]] Result<std::vector<OpenInvitationRow>> invitations(store::Read& db, const store::Scope& scope);
Done set_join_code(store::Tx& tx, const store::Scope& scope, const std::string& code_hash, Role role, std::int64_t expires_ms);
Done drop_ways_in_by(store::Tx& tx, const Id& library, const Id& member);
[[nodiscard]] Result<std::optional<JoinRow>> join_code(store::Read& db, const std::string& code_hash);
Done set_founding_code(store::Tx& tx, const std::string& code_hash, std::int64_t expires_ms);
[[nodiscard]] Result<bool> use_founding_code(store::Tx& tx, const std::string& code_hash);
Done tidy(store::Tx& tx, const Date& links_before);
Result<std::int64_t> sweep_logos(store::Tx& tx, const Id& library, std::int64_t before_ms);

}  // namespace kedge::identity::tables
