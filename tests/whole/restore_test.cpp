// What a restore brings back, and what it may never bring back: who left since, what was taken back since (PRIVACY.md 2).
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guide/workbook.hpp"
#include "whole_house.hpp"
#include "identity/example.hpp"
#include "identity/members.hpp"
#include "plan/feed.hpp"
#include "store/backup.hpp"

namespace kedge::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Restore : public WholeHouse {
 protected:
  store::Database& db() { return house_->database.db(); }
  store::Scope scope(const web::Browser& who) const { return house_->scope(who, {Role::staff}); }
  template <class F>
  auto write(const store::Scope& scope, F&& work) {
    auto done = db().write(scope, std::forward<F>(work));
    EXPECT_TRUE(done.has_value()) << done.error().key << done.error().detail;
    if constexpr (!std::is_same_v<decltype(done), Done>) return *std::move(done);
  }
  void SetUp() override {
    WholeHouse::SetUp();
    if (IsSkipped()) return;
    book_ = write(scope(*rosa_), [&](store::Tx& tx) -> Result<Id> {
      TRY(const auto guide, guide::adopt_guide(tx, tx.scope(), "social-work-approaches"));
      return guide::open_workbook(tx, tx.scope(), guide, "Spring");
    });
  }

  web::Browser colleague(const std::string& name, const std::string& email) {
    auto browser = house_->enter(name, {Role::staff});
    write(scope(browser), [&](store::Tx& tx) { return identity::save_profile(tx, tx.scope(), {name, "reference", email, Language::en}); });
    return browser;
  }
  // Written alone, and shared with the team.
  void share(web::Browser& who, const std::string& words) {
    const auto in = db().read(store::InstallationScope{}, [&](store::Read& read) { return identity::resume(read, *house_->keyring, who.cookie("kedge_session")); });
    ASSERT_TRUE(in.has_value() && in->member_key);
    write(scope(who), [&](store::Tx& tx) -> Done {
      TRY_DONE(guide::save_private(tx, tx.scope(), *in->member_key, {place_of(), {{"text", words}}, 0}));
      return guide::share(tx, tx.scope(), *in->member_key, place_of());
    });
  }
  [[nodiscard]] guide::Place place_of() const { return {book_, "anchor.serve", ""}; }
  static std::string text_of(store::Database& database, const std::filesystem::path& file) {
    EXPECT_TRUE(store::backup(database, migrations(), file).has_value());
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  [[nodiscard]] std::filesystem::path file() const { return house_->database.folder() / "backup.kedge"; }
  // What the server does beside the pages.
  void run_jobs() {
    Hands hands{db(), *house_->keyring, house_->clock};
    for (auto job = db().take_job(std::chrono::seconds(60)); job && *job; job = db().take_job(std::chrono::seconds(60))) {
      for (const auto& slice : slices())
        for (const auto& kind : slice.jobs)
          if (kind.kind == (*job)->kind) { EXPECT_TRUE(kind.run(hands, **job).has_value()); }
      EXPECT_TRUE(db().job_done(**job).has_value());
    }
  }
  // Into another place, with the keyring of today.
  std::unique_ptr<store::TestDatabase> restored() {
    auto fresh = std::make_unique<store::TestDatabase>(GetParam(), migrations(), &house_->clock);
    const auto read = store::restore(fresh->db(), migrations(), file());
    EXPECT_TRUE(read.has_value()) << read.error().key << read.error().detail;
    return fresh;
  }
  Done replay(store::TestDatabase& fresh) {
    Hands hands{fresh.db(), *house_->keyring, house_->clock};
    return after_restore(hands);
  }

  Id book_;
};
KEDGE_ON_BOTH_ENGINES(Restore);

TEST_P(Restore, BringsBackNothingOfWhoLeftNorWhatWasTakenBackSince) {
  auto cleo = colleague("Cleo Quist", "cleo@grove.example");
  auto finn = colleague("Finn Marsh", "finn@grove.example");
  auto gale = colleague("Gale Ames", "gale@grove.example");
  auto dale = colleague("Dale Ortiz", "dale@grove.example");
  share(cleo, "Cleo shared this.");
  share(dale, "Dale shared this and thought better of it.");
  const auto before = text_of(db(), file());
  for (const auto* words : {"Cleo Quist", "cleo@grove.example", "finn@grove.example", "thought better of it"}) ASSERT_THAT(before, HasSubstr(words));

  cleo.get("/account/leave");
  ASSERT_EQ(cleo.post("/account/leave", {{"name_goes", "on"}}).status, 303);
  finn.get("/account/leave");
  ASSERT_EQ(finn.post("/account/leave").status, 303);
  gale.get("/account/leave");
  ASSERT_EQ(gale.post("/account/leave").status, 303);
  const auto forgetting = "/people/" + gale.member.text() + "/name";  // asked for later, and done by who leads
  rosa_->get(forgetting);
  ASSERT_EQ(rosa_->post(forgetting).status, 303);
  write(scope(dale), [&](store::Tx& tx) { return guide::take_back(tx, tx.scope(), place_of()); });
  run_jobs();

  const auto fresh = restored();
  const auto other = house_->database.folder() / "other.kedge";
  ASSERT_THAT(text_of(fresh->db(), other), HasSubstr("Cleo Quist"));  // what is replayed can be seen to be
  const auto done = replay(*fresh);
  ASSERT_TRUE(done.has_value()) << done.error().key << done.error().detail;
  const auto after = text_of(fresh->db(), other);
  for (const auto* words : {"Cleo Quist", "Gale Ames", "cleo@grove.example", "finn@grove.example", "thought better of it"}) EXPECT_THAT(after, Not(HasSubstr(words)));
  EXPECT_THAT(after, HasSubstr("Finn Marsh"));  // who did not ask for the name to go
  EXPECT_THAT(after, HasSubstr("dale@grove.example"));
  EXPECT_THAT(after, HasSubstr("Cleo shared this."));  // shared work stays, nameless

  const auto& library = house_->library();
  const auto all = fresh->db().read(scope(*rosa_), [&](store::Read& read) { return identity::everybody(read, scope(*rosa_)); });
  ASSERT_TRUE(all.has_value());
  for (const auto& one : **all) EXPECT_EQ(one.standing, one.id == cleo.member || one.id == finn.member || one.id == gale.member ? identity::Standing::left : identity::Standing::active) << one.name;
  EXPECT_TRUE(fresh->db().read(scope(*rosa_), [&](store::Read& read) { return store::verify_ledger(read, library); }).has_value());
  const auto in = fresh->db().read(store::InstallationScope{}, [&](store::Read& read) { return identity::resume(read, *house_->keyring, dale.cookie("kedge_session")); });
  EXPECT_EQ(in.error().fault, Fault::signed_out);  // sessions have ended
  EXPECT_TRUE(replay(*fresh).has_value());  // again: harmless
}

TEST_P(Restore, BringsBackNoAddressOfACalendarThatWasEndedSince) {
  const auto make = [&] { return house_->database->write(scope(*rosa_), [&](store::Tx& tx) { return plan::make_feed(tx, tx.scope(), plan::Holds::all, *Date::parse("2026-03-01")); }).value(); };
  const auto old = make();
  text_of(db(), file());
  const auto renewed = make();
  const auto whose = [](store::Database& at, const std::string& token) { return at.read(store::InstallationScope{}, [&](store::Read& read) { return plan::find_feed(read, token); }); };
  ASSERT_TRUE(whose(db(), renewed).has_value());
  ASSERT_FALSE(whose(db(), old).has_value());
  const auto fresh = restored();
  ASSERT_TRUE(replay(*fresh).has_value());
  for (const auto& token : {old, renewed}) EXPECT_FALSE(whose(fresh->db(), token).has_value());
}

TEST_P(Restore, DoesNotBringBackAnExampleThatWasErased) {
  ASSERT_THAT(text_of(db(), file()), HasSubstr("Rosa"));
  rosa_->get("/account");
  ASSERT_EQ(rosa_->post("/example/erase").status, 303);
  const auto fresh = restored();
  ASSERT_TRUE(replay(*fresh).has_value());
  EXPECT_THAT(text_of(fresh->db(), house_->database.folder() / "other.kedge"), Not(HasSubstr("Rosa")));
}

}  // namespace
}  // namespace kedge::app
