// What members are promised about doors: who gets in, and what stays closed to whom. On both engines.
#include "identity/identity.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "identity/departures.hpp"
#include "identity/example.hpp"
#include "identity/joining.hpp"
#include "identity/members.hpp"
#include "identity/sessions.hpp"
#include "store/keyring_backup.hpp"
#include "store/testing.hpp"

namespace kedge::identity {
namespace {

constexpr std::int64_t kDay = 86'400'000;
const std::string kPassword = "nine herons at dawn";
const std::string kOther = "slow barges carry rye";

class Doors : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<store::TestDatabase>(GetParam(), store::joined({kMigrations}), &clock);
    keyring_file_ = (database_->folder() / "keys.db").string();
    auto opened = store::Keyring::open(keyring_file_, clock);
    ASSERT_TRUE(opened) << opened.error().detail;
    keyring_ = *std::move(opened);
    auto founded = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found(tx, keyring(), founding("Harbor Grove", "rosa@grove.example")); });
    ASSERT_TRUE(founded) << founded.error().key << founded.error().detail;
    rosa = *founded;
  }

  static Founding founding(const std::string& name, const std::string& email) {
    Founding plan;
    plan.library.name = name;
    plan.library.state = "IL";
    plan.branches = {"Main Street"};
    plan.lead_name = "Rosa";
    plan.lead_email = email;
    plan.password = kPassword;
    return plan;
  }
  store::Database& db() { return database_->db(); }
  store::Keyring& keyring() { return *keyring_; }
  SignedIn who(const FreshSession& session) {
    auto found = resumed(session.cookie);
    EXPECT_TRUE(found) << found.error().key;
    return found ? *found : SignedIn{};
  }
  Result<SignedIn> resumed(const std::string& cookie) {
    return db().read(store::InstallationScope{}, [&](store::Read& read) { return resume(read, keyring(), cookie); });
  }
  Result<std::vector<Entry>> enter(const std::string& email, const std::string& password, const std::string& peer = "192.0.2.1") {
    return sign_in(db(), keyring(), {email, password, peer, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", Computer::own});
  }
  // A colleague who came by invitation, with password and printed code.
  Joined colleague(const std::string& email, Roles roles = {Role::staff}) {
    const auto scope = who(rosa.session).scope();
    const auto token = db().write(scope, [&](store::Tx& tx) { return invite(tx, scope, {roles, {}}); });
    EXPECT_TRUE(token);
    auto joined = accept_invitation(db(), keyring(), {*token, "Ben", email, kOther, {}, Language::es});
    EXPECT_TRUE(joined) << joined.error().key;
    return joined ? *joined : Joined{};
  }
  std::string reset_token(const Id& member) {
    const auto scope = who(rosa.session).scope();
    auto token = db().write(scope, [&](store::Tx& tx) { return make_reset_link(tx, scope, member); });
    EXPECT_TRUE(token);
    return token.value_or("");
  }
  Result<std::string> join_code(Role role = Role::staff) {
    const auto scope = who(rosa.session).scope();
    auto code = db().write(scope, [&](store::Tx& tx) { return make_join_code(tx, keyring(), scope, role); });
    if (!code) return fail(code.error());
    return code->code;
  }
  template <class R>
  static std::string key_of(const R& result) {
    if (result) return "nothing went wrong";
    return result.error().fields.empty() ? result.error().key : result.error().fields[0].field + ": " + result.error().fields[0].key;
  }

  FixedClock clock{1'780'000'000'000};
  std::unique_ptr<store::TestDatabase> database_;
  std::string keyring_file_;
  std::unique_ptr<store::Keyring> keyring_;
  Joined rosa;
};
KEDGE_ON_BOTH_ENGINES(Doors);

TEST_P(Doors, FoundingMakesALibraryItsBranchesAndAnAdministratorWithAKey) {
  const auto rosa_in = who(rosa.session);
  EXPECT_EQ(rosa_in.library.name, "Harbor Grove");
  EXPECT_TRUE(rosa_in.member.roles.has(Role::administrator) && rosa_in.member.roles.has(Role::lead));
  ASSERT_TRUE(rosa_in.member_key);
  EXPECT_FALSE(rosa_in.locked);
  EXPECT_EQ(rosa.recovery_code.size(), 29U);
  const auto shown = db().read(rosa_in.scope(), [&](store::Read& read) { return public_key(read, rosa_in.scope(), rosa_in.member.id); });
  EXPECT_EQ(*shown, crypto::public_key(*rosa_in.member_key));
  const auto named = db().read(rosa_in.scope(), [&](store::Read& read) { return branches(read, rosa_in.scope()); });
  EXPECT_EQ(named->at(0).name, "Main Street");
}

TEST_P(Doors, FoundingNamesEveryFieldThatIsWrong) {
  auto plan = founding("", "not an address");
  plan.password = "short";
  plan.library.time_zone = "Moon/Sea";
  const auto refused = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found(tx, keyring(), plan); });
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& field : refused.error().fields) fields.push_back(field.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"name", "time_zone", "lead_email", "password"}));
}

TEST_P(Doors, SigningInOpensTheKeyAndAWrongPasswordReadsLikeAnUnknownAddress) {
  const auto entered = enter(" ROSA@grove.example ", kPassword);
  ASSERT_TRUE(entered) << entered.error().key;
  ASSERT_EQ(entered->size(), 1U);
  EXPECT_EQ(who(entered->at(0)).member_key->bytes(), who(rosa.session).member_key->bytes());
  EXPECT_EQ(key_of(enter("rosa@grove.example", kOther)), "email: identity.sign_in.wrong");
  EXPECT_EQ(key_of(enter("nobody@grove.example", kOther)), "email: identity.sign_in.wrong");
  EXPECT_EQ(resumed("x").error().fault, Fault::signed_out);
  EXPECT_EQ(resumed(std::string(44, 'A')).error().fault, Fault::signed_out);
}

TEST_P(Doors, AttemptsAreLimitedByAccountAndByAddressOfTheClient) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(enter("nobody@x.example", "wrong", "192.0.2.9").error().fault, Fault::invalid);
  EXPECT_EQ(enter("nobody@x.example", "wrong", "192.0.2.10").error().fault, Fault::too_many);
  EXPECT_TRUE(enter("rosa@grove.example", kPassword, "192.0.2.9"));
  clock.advance(16 * 60'000);
  EXPECT_EQ(enter("nobody@x.example", "wrong", "192.0.2.10").error().fault, Fault::invalid);
}

TEST_P(Doors, OneClientTriesNoMoreThanSixtyTimesWhateverTheAccount) {
  for (int i = 0; i < 60; ++i) EXPECT_EQ(enter("nobody" + std::to_string(i) + "@x.example", "wrong", "192.0.2.9").error().fault, Fault::invalid) << i;
  EXPECT_EQ(enter("rosa@grove.example", kPassword, "192.0.2.9").error().fault, Fault::too_many);
  EXPECT_TRUE(enter("rosa@grove.example", kPassword, "192.0.2.10")) << "another client is not the one that tries";
}

TEST_P(Doors, RecoveryCodesAreTriedNoMoreOftenThanPasswords) {
  const auto tried = [&](const std::string& email, const std::string& peer) {
    return recover(db(), keyring(), {email, "ABCD EFGH", "a third new phrase", peer, {}}).error().fault;
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(tried("rosa@grove.example", "192.0.2." + std::to_string(i)), Fault::invalid) << i;
  EXPECT_EQ(tried("rosa@grove.example", "192.0.2.99"), Fault::too_many) << "one account, from wherever";
  for (int i = 0; i < 60; ++i) EXPECT_NE(tried("nobody" + std::to_string(i) + "@x.example", "192.0.2.200"), Fault::too_many) << i;
  EXPECT_EQ(tried("nobody@x.example", "192.0.2.200"), Fault::too_many) << "one client, whatever the account";
}

TEST_P(Doors, OneAddressInTwoLibrariesChoosesAfterwards) {
  const auto second = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found(tx, keyring(), founding("Mill Creek", "rosa@grove.example")); });
  ASSERT_TRUE(second);
  const auto entered = enter("rosa@grove.example", kPassword);
  ASSERT_TRUE(entered);
  ASSERT_EQ(entered->size(), 2U);
  EXPECT_NE(entered->at(0).library, entered->at(1).library);
  ASSERT_TRUE(choose(db(), entered->at(1).cookie));
  clock.advance(11 * 60'000);
  EXPECT_EQ(resumed(entered->at(0).cookie).error().fault, Fault::signed_out);
  EXPECT_TRUE(who(entered->at(1)).member_key);
}

TEST_P(Doors, SessionsEndAfterThirtyDaysAndOnSharedComputersWithinTwelveHours) {
  const auto shared = sign_in(db(), keyring(), {"rosa@grove.example", kPassword, "192.0.2.1", {}, Computer::shared});
  clock.advance(kDay / 2);
  EXPECT_EQ(resumed(shared->at(0).cookie).error().fault, Fault::signed_out);
  clock.advance(29 * kDay);
  EXPECT_TRUE(resumed(rosa.session.cookie));
  clock.advance(kDay);
  EXPECT_EQ(resumed(rosa.session.cookie).error().fault, Fault::signed_out);
}

TEST_P(Doors, SessionsAreListedByTheFamilyOfTheBrowserAndTheDayAndCanBeEnded) {
  const auto second = enter("rosa@grove.example", kPassword)->at(0);
  const auto scope = who(rosa.session).scope();
  clock.advance(kDay);
  auto later = who(second);
  EXPECT_FALSE(later.used_today);
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return note_use(tx, later); }));
  EXPECT_TRUE(who(second).used_today);
  const auto listed = db().read(scope, [&](store::Read& read) { return sessions(read, scope); });
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ(listed->at(0).device, "Firefox, Windows");
  EXPECT_GT(listed->at(0).used_on, listed->at(0).started_on);
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return end_session(tx, scope, later.session); }));
  EXPECT_EQ(resumed(second.cookie).error().fault, Fault::signed_out);
  EXPECT_TRUE(resumed(rosa.session.cookie));
}

TEST_P(Doors, AnEndedSessionOfAnotherMemberStays) {
  const auto ben = colleague("ben@grove.example");
  const auto scope = who(rosa.session).scope();
  const auto of_ben = who(ben.session).session;
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return end_session(tx, scope, of_ben); }));
  EXPECT_TRUE(resumed(ben.session.cookie));
}

TEST_P(Doors, TheDatabaseHoldsNeitherCookieNorCodeNorTokenNorKey) {
  const auto ben = colleague("ben@grove.example");
  const auto token = reset_token(ben.session.member);
  const auto code = *join_code();
  if (GetParam() != store::Engine::sqlite) GTEST_SKIP() << "files are searched on SQLite";
  std::string bytes;
  for (const auto& file : {"kedge.db", "kedge.db-wal"}) {
    std::ifstream in(database_->folder() / file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    bytes += all.str();
  }
  ASSERT_NE(bytes.find("ben@grove.example"), std::string::npos);  // the search can find something
  const auto key = *who(ben.session).member_key;
  for (const std::string& secret : {ben.session.cookie, plain_code(ben.recovery_code), token, plain_code(code), kOther, std::string(key.bytes()),
                                    crypto::to_hex(key.bytes())})
    EXPECT_EQ(bytes.find(secret), std::string::npos);
}

TEST_P(Doors, AnAdministratorResetsSignsInAndFindsNoPrivateKey) {
  const auto ben = colleague("ben@grove.example");
  const auto rosa_in = who(rosa.session);
  const auto token = reset_token(ben.session.member);
  const auto view = view_reset(db(), token);
  ASSERT_TRUE(view && view->has_key);
  EXPECT_EQ(view->member_name, "Ben");
  // even with an own open session at hand
  const auto taken = reset_password(db(), keyring(), {token, "the director's choice", {}, {}, rosa_in, {}});
  ASSERT_TRUE(taken) << taken.error().key;
  auto intruder = who(taken->session);
  EXPECT_TRUE(intruder.locked);
  EXPECT_FALSE(intruder.member_key);
  EXPECT_TRUE(taken->recovery_code.empty());
  EXPECT_EQ(resumed(ben.session.cookie).error().fault, Fault::signed_out);
  // signing in again, changing the password, a new code or a second link: nothing opens it
  const auto again = enter("ben@grove.example", "the director's choice");
  ASSERT_TRUE(again);
  EXPECT_TRUE(who(again->at(0)).locked);
  ASSERT_TRUE(change_password(db(), keyring(), who(again->at(0)), "the director's choice", "yet another choice"));
  EXPECT_TRUE(who(enter("ben@grove.example", "yet another choice")->at(0)).locked);
  EXPECT_EQ(key_of(renew_recovery_code(db(), keyring(), who(again->at(0)))), "identity.locked");
  EXPECT_EQ(key_of(unlock(db(), keyring(), who(again->at(0)), again->at(0).cookie, "the director's choice")), "secret: identity.unlock.wrong");
  EXPECT_FALSE(view_reset(db(), token));
  // the member is told who made the link
  const auto notices = db().read(intruder.scope(), [&](store::Read& read) { return reset_notices(read, intruder.scope()); });
  ASSERT_EQ(notices->size(), 1U);
  EXPECT_EQ(notices->at(0).made_by, "Rosa");
  EXPECT_FALSE(notices->at(0).used_on.empty());
}

TEST_P(Doors, AfterAResetTheEarlierPasswordOpensAgainForGood) {
  const auto ben = colleague("ben@grove.example");
  const std::string key(who(ben.session).member_key->bytes());
  const auto fresh = reset_password(db(), keyring(), {reset_token(ben.session.member), "forgot it and now", {}, {}, {}, {}});
  // a second reset keeps the way back
  const auto anew = reset_password(db(), keyring(), {reset_token(ben.session.member), "a third new phrase", {}, {}, {}, {}});
  ASSERT_TRUE(fresh && anew);
  EXPECT_EQ(key_of(unlock(db(), keyring(), who(anew->session), anew->session.cookie, "forgot it and now")), "secret: identity.unlock.wrong");
  ASSERT_TRUE(unlock(db(), keyring(), who(anew->session), anew->session.cookie, kOther));
  EXPECT_EQ(who(anew->session).member_key->bytes(), key);
  EXPECT_EQ(who(enter("ben@grove.example", "a third new phrase")->at(0)).member_key->bytes(), key);
}

TEST_P(Doors, TheRecoveryCodeOpensAfterAResetAndAtTheReset) {
  const auto ben = colleague("ben@grove.example");
  const std::string key(who(ben.session).member_key->bytes());
  const auto locked = reset_password(db(), keyring(), {reset_token(ben.session.member), "forgot it and now", {}, {}, {}, {}});
  auto typed = ben.recovery_code;
  for (auto& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  ASSERT_TRUE(unlock(db(), keyring(), who(locked->session), locked->session.cookie, typed));
  EXPECT_EQ(who(locked->session).member_key->bytes(), key);
  const auto token = reset_token(ben.session.member);
  EXPECT_EQ(key_of(reset_password(db(), keyring(), {token, "a third new phrase", {}, "AAAA", {}, {}})), "recovery_code: identity.unlock.wrong");
  const auto opened = reset_password(db(), keyring(), {token, "a third new phrase", {}, ben.recovery_code, {}, {}});
  ASSERT_TRUE(opened);
  EXPECT_EQ(who(opened->session).member_key->bytes(), key);
}

TEST_P(Doors, AnOpenSessionInTheSameBrowserKeepsTheKeyAtAReset) {
  const auto ben = colleague("ben@grove.example");
  const auto open = who(ben.session);
  const auto kept = reset_password(db(), keyring(), {reset_token(open.member.id), "forgot it and now", {}, {}, open, {}});
  ASSERT_TRUE(kept);
  EXPECT_EQ(who(kept->session).member_key->bytes(), open.member_key->bytes());
}

TEST_P(Doors, ARecoveryCodeAloneSetsANewPasswordAndReadsAlikeForUnknownAddresses) {
  const auto ben = colleague("ben@grove.example");
  const auto back = recover(db(), keyring(), {"Ben@grove.example", ben.recovery_code, "a third new phrase", "192.0.2.1", {}});
  ASSERT_TRUE(back) << back.error().key;
  EXPECT_EQ(who(*back).member.name, "Ben");
  EXPECT_TRUE(who(*back).member_key);
  EXPECT_FALSE(enter("ben@grove.example", kOther));
  EXPECT_EQ(key_of(recover(db(), keyring(), {"ben@grove.example", rosa.recovery_code, "a third new phrase", "192.0.2.1", {}})), "recovery_code: identity.recover.wrong");
  EXPECT_EQ(key_of(recover(db(), keyring(), {"no@grove.example", ben.recovery_code, "a third new phrase", "192.0.2.1", {}})), "recovery_code: identity.recover.wrong");
}

TEST_P(Doors, APasswordChangeEndsTheOtherSessionsAndKeepsTheKey) {
  const auto other = enter("rosa@grove.example", kPassword)->at(0);
  const auto before = who(rosa.session);
  EXPECT_EQ(key_of(change_password(db(), keyring(), before, "wrong", kOther)), "current: identity.password.wrong");
  EXPECT_TRUE(resumed(other.cookie));
  ASSERT_TRUE(change_password(db(), keyring(), before, kPassword, kOther));
  EXPECT_EQ(resumed(other.cookie).error().fault, Fault::signed_out);
  EXPECT_TRUE(who(rosa.session).member_key);
  EXPECT_FALSE(enter("rosa@grove.example", kPassword));
  EXPECT_EQ(who(enter("rosa@grove.example", kOther)->at(0)).member_key->bytes(), before.member_key->bytes());
}

TEST_P(Doors, WhoJoinsByACodeWritesAtOnceAndKeepsTheKeyWithAPassword) {
  const auto code = *join_code(Role::intern);
  ASSERT_TRUE(view_join(db(), keyring(), code, "192.0.2.3"));
  const auto joined = join(db(), keyring(), {code, " Ana  ", "192.0.2.3", {}, Language::es});
  ASSERT_TRUE(joined) << joined.error().key;
  EXPECT_TRUE(joined->recovery_code.empty());
  const auto ana = who(joined->session);
  EXPECT_EQ(ana.member.name, "Ana");
  EXPECT_EQ(ana.member.roles, Roles{Role::intern});
  EXPECT_FALSE(ana.member.has_password);
  ASSERT_TRUE(ana.member_key);
  EXPECT_EQ(key_of(set_password(db(), keyring(), ana, "", kOther)), "email: identity.email.needed");
  EXPECT_EQ(key_of(set_password(db(), keyring(), ana, "rosa@grove.example", kOther)), "email: identity.email.taken");
  const auto recovery = set_password(db(), keyring(), ana, "ana@grove.example", kOther);
  ASSERT_TRUE(recovery);
  EXPECT_EQ(recovery->size(), 29U);
  EXPECT_EQ(who(enter("ana@grove.example", kOther)->at(0)).member_key->bytes(), ana.member_key->bytes());
  EXPECT_EQ(set_password(db(), keyring(), who(joined->session), "", kOther).error().fault, Fault::conflict);
}

TEST_P(Doors, AJoinCodeLastsADayAndANewOneEndsTheFormer) {
  const auto first = *join_code();
  const auto second = *join_code();
  EXPECT_EQ(key_of(view_join(db(), keyring(), first, "192.0.2.3")), "code: identity.join.unknown");
  EXPECT_TRUE(view_join(db(), keyring(), second, "192.0.2.3"));
  clock.advance(kDay);
  EXPECT_EQ(key_of(view_join(db(), keyring(), second, "192.0.2.3")), "code: identity.join.unknown");
}

TEST_P(Doors, GuessingJoinCodesIsLimitedAndATeamFromOneAddressIsNot) {
  const auto code = *join_code();
  for (int i = 0; i < 25; ++i) ASSERT_TRUE(join(db(), keyring(), {code, "Colleague", "192.0.2.3", {}, Language::en}));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(view_join(db(), keyring(), "ABCDEFGH", "192.0.2.4").error().fault, Fault::not_found);
  EXPECT_EQ(view_join(db(), keyring(), code, "192.0.2.4").error().fault, Fault::too_many);
}

TEST_P(Doors, AnInvitationIsUsedOnceWithinFourteenDaysAndLookingDoesNotUseIt) {
  const auto scope = who(rosa.session).scope();
  const auto make = [&] { return *db().write(scope, [&](store::Tx& tx) { return invite(tx, scope, {{Role::board}, "dale@grove.example"}); }); };
  const auto token = make();
  EXPECT_EQ(token.size(), 22U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(view_invitation(db(), token)->email, "dale@grove.example");
  EXPECT_EQ(key_of(accept_invitation(db(), keyring(), {token, "Dale", "dale@grove.example", "password123", {}, Language::en})), "password: identity.password.common");
  const auto joined = accept_invitation(db(), keyring(), {token, "Dale", "dale@grove.example", kOther, {}, Language::en});
  ASSERT_TRUE(joined);
  EXPECT_EQ(who(joined->session).member.roles, Roles{Role::board});
  EXPECT_EQ(key_of(accept_invitation(db(), keyring(), {token, "Dale", "two@grove.example", kOther, {}, Language::en})), "identity.link.used_up");
  const auto late = *db().write(scope, [&](store::Tx& tx) { return invite(tx, scope, {{Role::staff}, {}}); });
  clock.advance(14 * kDay);
  EXPECT_EQ(key_of(view_invitation(db(), late)), "identity.link.used_up");
}

TEST_P(Doors, AnAddressIsOnceInALibraryHoweverItIsWritten) {
  EXPECT_EQ(colleague("ben@grove.example").recovery_code.size(), 29U);
  const auto scope = who(rosa.session).scope();
  const auto again = db().write(scope, [&](store::Tx& tx) { return add_member(tx, scope, {.name = "Ben", .email = "BEN@Grove.example"}); });
  EXPECT_EQ(key_of(again), "email: identity.email.taken");
}

TEST_P(Doors, WhoIsAddedWithoutPasswordGetsKeyAndCodeWithTheFirstLink) {
  const store::Scope command_line{rosa.session.library, {}, {}};
  const auto id = db().write(command_line, [&](store::Tx& tx) { return add_member(tx, command_line, {.name = "Tomas", .email = "tomas@grove.example"}); });
  ASSERT_TRUE(id);
  const auto token = db().write(command_line, [&](store::Tx& tx) { return make_reset_link(tx, command_line, *id); });
  EXPECT_FALSE(view_reset(db(), *token)->has_key);
  const auto begun = reset_password(db(), keyring(), {*token, kOther, {}, {}, {}, {}});
  ASSERT_TRUE(begun) << begun.error().key;
  EXPECT_EQ(begun->recovery_code.size(), 29U);
  EXPECT_TRUE(who(begun->session).member_key);
  EXPECT_TRUE(who(enter("tomas@grove.example", kOther)->at(0)).member_key);
}

TEST_P(Doors, OnlyAnAdministratorGivesThatRoleOrAResetLinkAndTheLastOneStays) {
  const auto lead = who(colleague("lead@grove.example", {Role::lead}).session);
  const auto staff = who(colleague("staff@grove.example").session);
  const auto change = [&](const store::Scope& scope, const Id& id, Roles roles) { return db().write(scope, [&](store::Tx& tx) { return change_roles(tx, scope, id, roles); }); };
  EXPECT_TRUE(change(lead.scope(), staff.member.id, {Role::staff, Role::lead}));
  EXPECT_EQ(key_of(change(lead.scope(), lead.member.id, {Role::administrator})), "identity.roles.not_yours");
  EXPECT_EQ(key_of(change(lead.scope(), rosa.session.member, {Role::lead})), "identity.roles.not_yours");
  EXPECT_EQ(key_of(change(who(rosa.session).scope(), rosa.session.member, {Role::lead})), "identity.last_administrator");
  EXPECT_EQ(key_of(change(who(rosa.session).scope(), staff.member.id, {})), "roles: identity.roles.none");
  const auto link = db().write(lead.scope(), [&](store::Tx& tx) { return make_reset_link(tx, lead.scope(), staff.member.id); });
  EXPECT_EQ(key_of(link), "identity.roles.not_yours");
}

TEST_P(Doors, LeavingDestroysEveryWrapEndsSessionsAndLeavesTheNameOnSharedWork) {
  const auto ben = colleague("ben@grove.example");
  const auto scope = who(ben.session).scope();
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return close_member(tx, scope, scope.actor, Trace::name_stays); }));
  ASSERT_TRUE(forget_key(keyring(), scope.library, scope.actor));
  EXPECT_EQ(resumed(ben.session.cookie).error().fault, Fault::signed_out);
  EXPECT_FALSE(enter("ben@grove.example", kOther));
  EXPECT_FALSE(recover(db(), keyring(), {"ben@grove.example", ben.recovery_code, "a third new phrase", "192.0.2.1", {}}));
  EXPECT_FALSE(*keyring().get(scope.library, "member/" + scope.actor.text()));
  const auto gone = db().read(scope, [&](store::Read& read) { return member(read, scope, scope.actor); });
  EXPECT_EQ(gone->name, "Ben");
  EXPECT_EQ(gone->standing, Standing::left);
  EXPECT_TRUE(gone->email.empty() && gone->roles.empty());
  const auto left = db().read(scope, [&](store::Read& read) { return members(read, scope); });
  EXPECT_EQ(left->size(), 1U);
  const auto director = who(rosa.session).scope();
  EXPECT_EQ(key_of(db().write(director, [&](store::Tx& tx) { return close_member(tx, director, director.actor, Trace::name_stays); })), "identity.last_administrator");
}

TEST_P(Doors, ACopyOfTheDatabaseFromBeforeLeavingOpensNothingAfterwards) {
  const auto ben = colleague("ben@grove.example");  // the rows stay, as in a backup; only the keyring forgets
  ASSERT_TRUE(forget_key(keyring(), ben.session.library, ben.session.member));
  const auto still = resumed(ben.session.cookie);
  ASSERT_TRUE(still);
  EXPECT_TRUE(still->locked);
  EXPECT_FALSE(still->member_key);
  EXPECT_FALSE(enter("ben@grove.example", kOther));
}

TEST_P(Doors, WithoutTheKeyringOfBeforeTheAccountOpensAndPrivateAnswersStayLockedUntilItIsBack) {
  const auto ben = colleague("ben@grove.example");
  const std::string key(who(ben.session).member_key->bytes());
  const auto fresh = (database_->folder() / "fresh.db").string();  // a restore into a new place makes a keyring of its own
  const auto lost = store::copy_keyring(keyring_file_, clock);
  keyring_ = *store::Keyring::open(fresh, clock);
  EXPECT_EQ(members_without_part(db(), keyring(), ben.session.library)->size(), 2U);
  const auto in = enter("ben@grove.example", kOther);
  ASSERT_TRUE(in) << key_of(in);
  EXPECT_TRUE(who(in->at(0)).locked);
  EXPECT_FALSE(who(in->at(0)).member_key);
  EXPECT_TRUE(who(ben.session).locked);
  // the right secrets and wrong ones read alike, so that nobody learns which it was
  EXPECT_EQ(key_of(enter("ben@grove.example", "not this one")), "email: identity.sign_in.wrong");
  const auto recovered = [&](const std::string& code) { return key_of(recover(db(), keyring(), {"ben@grove.example", code, "a third new phrase", "192.0.2.1", {}})); };
  EXPECT_EQ(recovered(ben.recovery_code), "recovery_code: identity.recover.wrong");
  EXPECT_EQ(recovered("AAAA-BBBB"), "recovery_code: identity.recover.wrong");
  const auto unlocked = [&](const std::string& secret) { return key_of(unlock(db(), keyring(), who(in->at(0)), in->at(0).cookie, secret)); };
  EXPECT_EQ(unlocked(ben.recovery_code), "secret: identity.unlock.wrong");
  EXPECT_EQ(unlocked("AAAA-BBBB"), "secret: identity.unlock.wrong");
  ASSERT_TRUE(change_password(db(), keyring(), who(in->at(0)), kOther, "yet another choice"));
  // a link works as ever, and opens nothing either
  const auto reset = reset_password(db(), keyring(), {reset_token(ben.session.member), "forgot it and now", {}, {}, {}, {}});
  ASSERT_TRUE(reset) << key_of(reset);
  EXPECT_TRUE(who(reset->session).locked);
  // the copy of the keyring comes back: so does the key, by what opened it before
  ASSERT_TRUE(store::take_in_keys(fresh, *lost, clock));
  keyring_ = *store::Keyring::open(fresh, clock);  // as after the server's next start
  EXPECT_TRUE(members_without_part(db(), keyring(), ben.session.library)->empty());
  ASSERT_TRUE(unlock(db(), keyring(), who(reset->session), reset->session.cookie, kOther));
  EXPECT_EQ(who(reset->session).member_key->bytes(), key);
}

TEST_P(Doors, AClosingThatWasCutOffIsFinishedAtStart) {
  const auto ben = colleague("ben@grove.example");
  const auto scope = who(ben.session).scope();
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return close_member(tx, scope, scope.actor, Trace::name_goes); }));
  ASSERT_TRUE(*keyring().get(scope.library, "member/" + scope.actor.text()));
  ASSERT_TRUE(forget_keys_of_the_left(db(), keyring()));
  EXPECT_FALSE(*keyring().get(scope.library, "member/" + scope.actor.text()));
  EXPECT_TRUE(who(rosa.session).member_key);
}

TEST_P(Doors, TheConsolesCodeFoundsOnce) {
  const auto code = db().write(store::InstallationScope{}, [](store::Tx& tx) { return make_founding_code(tx); });
  ASSERT_TRUE(code);
  EXPECT_EQ(key_of(found_by_code(db(), keyring(), founding("Mill Creek", "mo@mill.example"), "ABCD-EFGH-JKMN", "192.0.2.1")), "code: identity.found.wrong_code");
  EXPECT_TRUE(found_by_code(db(), keyring(), founding("Mill Creek", "mo@mill.example"), *code, "192.0.2.1"));
  EXPECT_EQ(key_of(found_by_code(db(), keyring(), founding("Mill Race", "jo@mill.example"), *code, "192.0.2.1")), "code: identity.found.wrong_code");
}

TEST_P(Doors, TheExampleIsEnteredWithoutPasswordAndErasedWholeAndNothingElseIs) {
  Library invented;
  invented.name = "Example";
  const auto id = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found_example(tx, invented, {"Main"}); });
  ASSERT_TRUE(id) << id.error().detail;
  const store::Scope scope{*id, {}, {}};
  const auto added = db().write(scope, [&](store::Tx& tx) { return add_example_member(tx, keyring(), scope, {.name = "Dale", .roles = {Role::board}}); });
  ASSERT_TRUE(added) << added.error().key;
  const auto shown = example(db());
  ASSERT_TRUE(shown && *shown);
  EXPECT_EQ((*shown)->members.at(0).name, "Dale");
  const auto entered = enter_example(db(), keyring(), added->id, {});
  ASSERT_TRUE(entered);
  EXPECT_EQ(who(*entered).member_key->bytes(), added->key.bytes());
  EXPECT_EQ(key_of(enter_example(db(), keyring(), rosa.session.member, {})), "identity.example.no");
  const auto director = who(rosa.session).scope();
  EXPECT_EQ(key_of(erase_example(db(), keyring(), director, kTables)), "identity.example.no");
  const auto trustee = who(*entered).scope();
  ASSERT_TRUE(erase_example(db(), keyring(), trustee, kTables));
  EXPECT_FALSE(resumed(entered->cookie));
  EXPECT_FALSE(*example(db()));
  EXPECT_FALSE(*keyring().get(*id, "member/" + added->id.text()));
  EXPECT_TRUE(who(rosa.session).member_key);
}

TEST_P(Doors, SettingsAreCheckedAndARenamedBranchKeepsItsId) {
  const auto scope = who(rosa.session).scope();
  auto settings = who(rosa.session).library;
  settings.threshold = 4;
  EXPECT_EQ(key_of(db().write(scope, [&](store::Tx& tx) { return save_library(tx, scope, settings); })), "threshold: identity.library.threshold");
  settings.threshold = 10;
  settings.name = "Harbor Grove Public Library";
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return save_library(tx, scope, settings); }));
  EXPECT_EQ(who(rosa.session).library.name, "Harbor Grove Public Library");
  const auto list = [&] { return *db().read(scope, [&](store::Read& read) { return branches(read, scope); }); };
  const auto before = list();
  ASSERT_TRUE(db().write(scope, [&](store::Tx& tx) { return save_branches(tx, scope, {"Main", " ", "Bookmobile"}); }));
  EXPECT_EQ(list().at(0).id, before.at(0).id);
  EXPECT_EQ(list().at(1).name, "Bookmobile");
}

TEST_P(Doors, AnotherLibrarysMembersAreNotReadNorChanged) {
  const auto second = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found(tx, keyring(), founding("Mill Creek", "mo@mill.example")); });
  const auto scope = who(rosa.session).scope();
  EXPECT_EQ(db().read(scope, [&](store::Read& read) { return member(read, scope, second->session.member); }).error().fault, Fault::not_found);
  EXPECT_EQ(db().write(scope, [&](store::Tx& tx) { return close_member(tx, scope, second->session.member, Trace::name_goes); }).error().fault, Fault::not_found);
  EXPECT_EQ(db().write(scope, [&](store::Tx& tx) { return make_reset_link(tx, scope, second->session.member); }).error().fault, Fault::not_found);
}

TEST_P(Doors, EveryQueryIsPreparedOnThisEngine) {
  const auto prepared = store::prepare_all(db());
  EXPECT_TRUE(prepared) << prepared.error().detail;
}

TEST(Passwords, AreLongEnoughNotCommonAndNotTheOwnName) {
  const auto check = [](std::string_view password) {
    const auto done = check_password(password, "Rosa Delgado", "rosa.delgado@grove.example");
    return done ? std::string("fine") : done.error().key;
  };
  EXPECT_EQ(check("nine char"), "identity.password.short");
  EXPECT_EQ(check("niño niñoñ"), "fine");  // ten characters, not bytes
  for (const auto* common : {"password123", "Password-2026!", "librarylibrary", "1234567890", "aaaaaaaaaaaa", "qwertyuiop", "P@ssw0rd2026", "Bienvenida2026"})
    EXPECT_EQ(check(common), "identity.password.common") << common;
  for (const auto* own : {"Rosa Delgado 1", "rosa.delgado@grove.example", "rosadelgado99", "delgado2026"}) EXPECT_EQ(check(own), "identity.password.yours") << own;
  EXPECT_EQ(check("nine herons at dawn"), "fine");
  EXPECT_EQ(check(std::string(201, 'x') + "y"), "identity.password.long");
}

TEST(Devices, AreNamedByFamiliesAlone) {
  EXPECT_EQ(device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1"), "Safari, iPhone");
  EXPECT_EQ(device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"), "Edge, Windows");
  EXPECT_EQ(device_of("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36"), "Chrome, Chromebook");
  EXPECT_EQ(device_of("curl/8"), "");
}

}  // namespace
}  // namespace kedge::identity
