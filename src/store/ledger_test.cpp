// The ledger is whole, and says so when an entry was altered, taken out or cut off at its end.
#include <filesystem>

#include <gtest/gtest.h>

#include "store/backup.hpp"
#include "store/testing.hpp"

namespace kedge::store {
namespace {

// As somebody at the database would do it, who does not know how ends are written.
const Query<void(Id)> kAlter{"test.ledger.alter", "UPDATE ledger SET fields = 'text' WHERE library_id = :library AND sequence = 2"};
const Query<void(Id, std::int64_t)> kTake{"test.ledger.take", "DELETE FROM ledger WHERE library_id = :library AND sequence = :sequence"};
const Query<void(Id, std::int64_t)> kCut{"test.ledger.cut", "DELETE FROM ledger WHERE library_id = :library AND sequence >= :sequence"};
const Query<void(Id)> kForgetEnd{"test.ledger.forget_end", "DELETE FROM ledger_head WHERE library_id = :library"};
const Query<void()> kDropEnds{"test.ledger.drop_ends", "DROP TABLE ledger_head"};
const Query<void()> kUnrecord{"test.ledger.unrecord", "DELETE FROM migration WHERE module = 'store' AND number = 3"};

class Ledger : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<TestDatabase>(GetParam());
    write(ours_, 5);
    write(theirs_, 2);
  }
  Database& db() { return database_->db(); }
  void write(const Scope& scope, int entries) {
    for (int i = 0; i < entries; ++i) ASSERT_TRUE(db().write(scope, [](Tx& tx) { return tx.record("note", Id::random(), {"text", "state"}); }).has_value());
  }
  // "whole", or where it is not.
  static std::string state(Database& db, const Scope& scope) {
    const auto done = db.read(scope, [&](Read& read) { return verify_ledger(read, scope.library); });
    return done ? "whole" : done.error().key + " " + done.error().detail;
  }
  std::string ours() { return state(db(), ours_); }
  void cut(std::int64_t from) { ASSERT_GT(db().write(ours_, [&](Tx& tx) { return tx.run(kCut, ours_.library, from); }).value(), 0); }
  // Back to before ends were written, as an installation of an earlier version has it.
  void forget_ends() {
    auto settings = database_->settings();
    if (!settings.owner_url.empty()) settings.url = settings.owner_url;
    static const SystemClock clock;
    const auto owner = std::move(*Database::open(settings, clock));
    const auto done = owner->write(InstallationScope{}, [](Tx& tx) -> Done {
      TRY_DONE(tx.run(kUnrecord));
      TRY_DONE(tx.run(kDropEnds));
      return {};
    });
    ASSERT_TRUE(done.has_value()) << done.error().key << " " << done.error().detail;
  }

  const Scope ours_{Id::random(), Id::random(), {}};
  const Scope theirs_{Id::random(), Id::random(), {}};
  std::unique_ptr<TestDatabase> database_;
};
KEDGE_ON_BOTH_ENGINES(Ledger);

TEST_P(Ledger, IsWholeAndKnowsARowThatWasAltered) {
  ASSERT_EQ(ours(), "whole");
  ASSERT_TRUE(db().write(ours_, [&](Tx& tx) { return tx.run(kAlter, ours_.library); }).has_value());
  EXPECT_EQ(ours(), "store.ledger_broken at 2");
  EXPECT_EQ(state(db(), theirs_), "whole");
}

TEST_P(Ledger, KnowsAHoleAtItsStartAndInItsMiddle) {
  for (const std::int64_t hole : {3, 1}) {
    ASSERT_EQ(db().write(ours_, [&](Tx& tx) { return tx.run(kTake, ours_.library, hole); }).value(), 1);
    EXPECT_EQ(ours(), "store.ledger_broken at " + std::to_string(hole));
  }
}

TEST_P(Ledger, KnowsThatItsNewestEntriesWereCutOff) {
  cut(5);
  EXPECT_EQ(ours(), "store.ledger_broken at 5");
  cut(2);
  EXPECT_EQ(ours(), "store.ledger_broken at 2");
  cut(1);
  EXPECT_EQ(ours(), "store.ledger_broken at 1") << "all of them";
  EXPECT_EQ(state(db(), theirs_), "whole");
}

TEST_P(Ledger, DoesNotHealWhenMoreIsWrittenAfterACut) {
  cut(4);
  write(ours_, 3);
  EXPECT_EQ(ours(), "store.ledger_broken at 4");
}

TEST_P(Ledger, KnowsThatItsEndWasForgotten) {
  ASSERT_EQ(db().write(ours_, [&](Tx& tx) { return tx.run(kForgetEnd, ours_.library); }).value(), 1);
  EXPECT_EQ(ours(), "store.ledger_broken at 6");
}

TEST_P(Ledger, OfALibraryThatDidNothingYetIsWhole) {
  const Scope fresh{Id::random(), {}, {}};
  EXPECT_EQ(state(db(), fresh), "whole");
}

TEST_P(Ledger, IsNotMovedByWorkThatWasUndone) {
  const auto undone = db().write(ours_, [](Tx& tx) -> Done {
    TRY_DONE(tx.record("note", Id::random(), {"text"}));
    return fail(Fault::conflict, "test.undone");
  });
  ASSERT_FALSE(undone.has_value());
  EXPECT_EQ(ours(), "whole");
  write(ours_, 1);
  EXPECT_EQ(ours(), "whole");
}

TEST_P(Ledger, OfAnEarlierVersionGetsItsEndFromItsEntries) {
  forget_ends();
  ASSERT_FALSE(db().migrated({}).value());
  ASSERT_TRUE(db().migrate({}).has_value());
  EXPECT_EQ(ours(), "whole");
  EXPECT_EQ(state(db(), theirs_), "whole");
  write(ours_, 1);
  EXPECT_EQ(ours(), "whole");
  cut(6);
  EXPECT_EQ(ours(), "store.ledger_broken at 6");
}

TEST_P(Ledger, ComesWithItsEndOutOfABackupOfAnEarlierVersion) {
  forget_ends();
  const auto file = database_->folder() / "backup";
  ASSERT_TRUE(backup(db(), kMigrations.first(2), file).has_value());
  Settings settings;
  settings.url = "sqlite:" + (database_->folder() / "restored.db").string();
  const SystemClock clock;
  const auto fresh = std::move(*Database::open(settings, clock));
  const auto done = restore(*fresh, kMigrations, file);
  ASSERT_TRUE(done.has_value()) << done.error().key << " " << done.error().detail;
  EXPECT_EQ(state(*fresh, ours_), "whole");
  EXPECT_EQ(state(*fresh, theirs_), "whole");
}

}  // namespace
}  // namespace kedge::store
