#include "identity/second.hpp"

#include <gtest/gtest.h>
#include <liboath/oath.h>

#include "identity/asking.hpp"
#include "identity/members.hpp"
#include "identity/sessions.hpp"
#include "store/testing.hpp"

namespace kedge::identity {
namespace {

constexpr std::string_view kPassword = "seven kettles sing aloud";
constexpr std::string_view kEmail = "rosa@grove.example";

class Second : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<store::TestDatabase>(GetParam(), store::joined({kMigrations}), &clock_);
    keyring_ = *store::Keyring::open((database_->folder() / "keys.db").string(), clock_);
    Founding founding;
    founding.library.name = "Harbor Grove";
    founding.lead_name = "Rosa";
    founding.lead_email = kEmail;
    founding.password = kPassword;
    const auto joined = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return found(tx, *keyring_, founding); });
    ASSERT_TRUE(joined.has_value()) << joined.error().key;
    paper_ = joined->recovery_code;
    who_ = who(joined->session.cookie);
  }
  store::Database& db() { return database_->db(); }
  SignedIn who(std::string_view cookie) { return *db().read(store::InstallationScope{}, [&](store::Read& read) { return resume(read, *keyring_, cookie); }); }
  bool opens(std::string_view cookie) { return db().read(store::InstallationScope{}, [&](store::Read& read) { return resume(read, *keyring_, cookie); }).has_value(); }
  Entry entered() {
    auto entries = sign_in(db(), *keyring_, {std::string(kEmail), std::string(kPassword), "192.0.2.1", "", Computer::own});
    return entries->front();
  }
  // What the member's device shows, `steps` half minutes from now.
  std::string digits(std::int64_t steps = 0) {
    char out[7] = {};
    EXPECT_EQ(oath_totp_generate(secret_.data(), secret_.size(), static_cast<time_t>(clock_.now_ms() / 1000 + steps * 30), 30, 0, 6, out), OATH_OK);
    return out;
  }
  void start() {
    const auto started = db().write(who_.scope(), [&](store::Tx& tx) { return start_second(tx, *keyring_, who_); });
    ASSERT_TRUE(started.has_value()) << started.error().key;
    char* bytes = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(oath_base32_decode(started->secret.data(), started->secret.size(), &bytes, &size), OATH_OK);
    secret_.assign(bytes, size);
    std::free(bytes);
    EXPECT_EQ(secret_.size(), 20U);
    EXPECT_TRUE(started->address.starts_with("otpauth://totp/Kedge%2C%20Harbor%20Grove:rosa%40grove.example?secret=")) << started->address;
    EXPECT_TRUE(started->address.ends_with("&issuer=Kedge%2C%20Harbor%20Grove")) << started->address;
  }
  void turn_on() {
    start();
    const auto done = confirm_second(db(), *keyring_, who_, digits());
    ASSERT_TRUE(done.has_value()) << done.error().key;
    clock_.advance(30'000);
  }
  Done passed(const Entry& entry, std::string_view typed) { return pass_second(db(), *keyring_, entry.cookie, typed); }

  FixedClock clock_{1'790'000'000'000};
  std::unique_ptr<store::TestDatabase> database_;
  std::unique_ptr<store::Keyring> keyring_;
  std::string paper_;
  std::string secret_;
  SignedIn who_;
};
KEDGE_ON_BOTH_ENGINES(Second);

TEST_P(Second, IsNotAskedForBeforeItIsConfirmed) {
  start();
  EXPECT_FALSE(entered().awaits_second);
  EXPECT_EQ(confirm_second(db(), *keyring_, who_, "12 34").error().fields.front().field, "code");
  EXPECT_EQ(confirm_second(db(), *keyring_, who_, digits(9)).error().key, "identity.second.wrong");
  EXPECT_TRUE(confirm_second(db(), *keyring_, who_, digits()).has_value());
  EXPECT_TRUE(entered().awaits_second);
  EXPECT_EQ(db().write(who_.scope(), [&](store::Tx& tx) { return start_second(tx, *keyring_, who_); }).error().key, "identity.second.there");
}

TEST_P(Second, ThePasswordAloneOpensNothing) {
  turn_on();
  const auto entry = entered();
  EXPECT_FALSE(opens(entry.cookie));
  EXPECT_FALSE(choose(db(), entry.cookie).has_value());
  EXPECT_EQ(passed(entry, "000000").error().key, "identity.second.wrong");
  EXPECT_FALSE(opens(entry.cookie));
  ASSERT_TRUE(passed(entry, digits()).has_value());
  EXPECT_TRUE(who(entry.cookie).member_key.has_value());
  EXPECT_EQ(passed(entry, digits(1)).error().fault, Fault::signed_out);  // it waits no more
}

TEST_P(Second, DigitsWorkOnceAndAroundNowAlone) {
  turn_on();
  const auto now = digits();
  ASSERT_TRUE(passed(entered(), now).has_value());
  const auto next = entered();
  EXPECT_FALSE(passed(next, now).has_value());
  EXPECT_FALSE(passed(next, digits(-1)).has_value());
  EXPECT_FALSE(passed(next, digits(3)).has_value());
  EXPECT_TRUE(passed(next, digits(1)).has_value());
}

TEST_P(Second, ThePrintedCodeTakesItsPlace) {
  turn_on();
  const auto entry = entered();
  EXPECT_FALSE(passed(entry, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").has_value());
  EXPECT_TRUE(passed(entry, paper_).has_value());
  EXPECT_TRUE(opens(entry.cookie));
}

TEST_P(Second, WaitsTenMinutesAndIsTriedTenTimes) {
  turn_on();
  const auto entry = entered();
  for (int i = 0; i < 10; ++i) static_cast<void>(passed(entry, "000000"));
  EXPECT_EQ(passed(entry, digits()).error().fault, Fault::too_many);
  const auto late = entered();
  clock_.advance(11 * 60'000);
  EXPECT_EQ(passed(late, digits()).error().fault, Fault::signed_out);
}

TEST_P(Second, ALinkThatOneAskedForNeedsItAndAnAdministratorsEndsIt) {
  turn_on();
  const auto asked = ask_reset_letter(db(), *keyring_, kEmail, "192.0.2.1");
  ASSERT_TRUE(asked.has_value());
  const auto job = *db().take_job(std::chrono::seconds(60));
  ASSERT_TRUE(job.has_value());
  std::string token;
  const auto written = answer_reset_asked(db(), *keyring_, *job, [&](store::Tx&, const Library&, const Member&, const std::string& made) -> Done {
    token = made;
    return {};
  });
  ASSERT_TRUE(written.has_value()) << written.error().key;
  EXPECT_TRUE(view_reset(db(), token)->needs_second);
  Reset reset{.token = token, .password = "nine kettles sing aloud"};
  EXPECT_EQ(reset_password(db(), *keyring_, reset).error().fields.front().field, "second");
  reset.second = digits();
  EXPECT_TRUE(reset_password(db(), *keyring_, reset).has_value());
  EXPECT_TRUE(*db().read(who_.scope(), [&](store::Read& read) { return has_second(read, who_.scope(), who_.member.id); }));
  EXPECT_TRUE(db().read(who_.scope(), [&](store::Read& read) { return reset_notices(read, who_.scope()); })->empty());
  const store::Scope console{who_.library.id, Id(), {Role::administrator}};
  const auto made = *db().write(console, [&](store::Tx& tx) { return make_reset_link(tx, console, who_.member.id); });
  EXPECT_TRUE(view_reset(db(), made)->ends_second);
  EXPECT_TRUE(reset_password(db(), *keyring_, {.token = made, .password = "ten kettles sing aloud"}).has_value());
  EXPECT_FALSE(*db().read(who_.scope(), [&](store::Read& read) { return has_second(read, who_.scope(), who_.member.id); }));
}

TEST_P(Second, AskingTellsNobodyWhetherAnAddressIsKnown) {
  for (const auto* address : {"nobody@grove.example", "rosa@grove.example"}) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask_reset_letter(db(), *keyring_, address, "192.0.2.1").has_value()) << address;
    EXPECT_EQ(ask_reset_letter(db(), *keyring_, address, "192.0.2.1").error().fault, Fault::too_many) << address;
  }
  EXPECT_EQ(ask_reset_letter(db(), *keyring_, "no address", "192.0.2.1").error().fields.front().field, "email");
}

TEST_P(Second, ThePasswordEndsIt) {
  turn_on();
  EXPECT_EQ(end_second(db(), *keyring_, who_, "wrong").error().key, "identity.password.wrong");
  EXPECT_TRUE(end_second(db(), *keyring_, who_, kPassword).has_value());
  EXPECT_FALSE(entered().awaits_second);
}

}  // namespace
}  // namespace kedge::identity
