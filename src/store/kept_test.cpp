// Values that are kept in memory: read once, never stale, and only what is the library's own.
#include "store/kept.hpp"

#include <gtest/gtest.h>

#include "store/testing.hpp"

namespace kedge::store {
namespace {

constexpr Migration kShelves[] = {{"shelves", 1, "shelves", R"(
CREATE TABLE shelf (
  library_id $id NOT NULL,  -- class: library; retention: ever
  name $text NOT NULL,  -- class: library; retention: ever
  PRIMARY KEY (library_id, name)
) $strict;
$scoped(shelf);
CREATE TABLE lamp (
  library_id $id NOT NULL,  -- class: library; retention: ever
  name $text NOT NULL,  -- class: library; retention: ever
  PRIMARY KEY (library_id, name)
) $strict;
$scoped(lamp);
)"}};

const Query<void(Id, std::string)> kAddShelf{"test.add_shelf", "INSERT INTO shelf (library_id, name) VALUES (:library, :name)"};
const Query<void(Id, std::string)> kDropShelf{"test.drop_shelf", "DELETE FROM shelf WHERE library_id = :library AND name = :name"};
const Query<void(Id, std::string)> kAddLamp{"test.add_lamp", "INSERT INTO lamp (library_id, name) VALUES (:library, :name)"};
const Query<std::string(Id)> kShelvesOf{"test.shelves", "SELECT name FROM shelf WHERE library_id = :library ORDER BY name"};
const Query<std::string(Id)> kLamps{"test.lamps", "SELECT name FROM lamp WHERE library_id = :library ORDER BY name"};

using Names = std::vector<std::string>;

class KeptTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<TestDatabase>(GetParam(), joined({kShelves}));
    add(ours_, "poetry");
  }
  Database& db() { return database_->db(); }
  Done write(const Scope& scope, const Query<void(Id, std::string)>& query, const std::string& name, bool tell) {
    return db().write(scope, [&](Tx& tx) -> Done {
      TRY_DONE(tx.run(query, scope.library, name));
      return tell ? tx.touch("shelves") : Done{};
    });
  }
  void add(const Scope& scope, const std::string& name) { ASSERT_TRUE(write(scope, kAddShelf, name, true)); }
  Shared<Names> read(Database& from, const Scope& scope, std::string_view key = "") {
    auto names = from.read(scope, [&](Read& db) {
      return kept_.of(db, scope, key, [&](Read& inner, const Scope& library) -> Result<Names> {
        ++loads_;
        EXPECT_TRUE(library.actor.empty());
        return inner.all(kShelvesOf, library.library);
      });
    });
    EXPECT_TRUE(names.has_value()) << names.error().key << ' ' << names.error().detail;
    return names ? *names : nullptr;
  }

  std::unique_ptr<TestDatabase> database_;
  Kept<Names> kept_{"shelf"};
  int loads_ = 0;
  const Scope ours_{Id::fresh(0), Id::fresh(0), {}};
  const Scope theirs_{Id::fresh(0), Id::fresh(0), {}};
};
KEDGE_ON_BOTH_ENGINES(KeptTest);

TEST_P(KeptTest, IsReadOnceUntilTheFeedMovesOn) {
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  const auto again = read(db(), ours_);
  EXPECT_EQ(loads_, 1);
  add(ours_, "travel");
  EXPECT_EQ(*read(db(), ours_), (Names{"poetry", "travel"}));
  EXPECT_EQ(loads_, 2);
  EXPECT_EQ(*again, Names{"poetry"}) << "who holds an earlier value keeps it whole";
}

TEST_P(KeptTest, OfOneLibraryIsNothingToAnother) {
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  EXPECT_TRUE(read(db(), theirs_)->empty());
  add(theirs_, "maps");
  EXPECT_EQ(*read(db(), theirs_), Names{"maps"});
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  EXPECT_EQ(loads_, 3) << "ours stayed kept while theirs changed";
  (void)read(db(), ours_, "another key");
  EXPECT_EQ(loads_, 4);
}

TEST_P(KeptTest, KeepsNothingOfALibraryThatTheSnapshotIsNotOf) {
  const auto across = db().read(theirs_, [&](Read& db) {
    return kept_.of(db, ours_, "", [](Read& inner, const Scope& library) { return inner.all(kShelvesOf, library.library); });
  });
  ASSERT_TRUE(across.has_value());  // on PostgreSQL the rows of another library can't be seen
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  EXPECT_EQ(loads_, 1);
}

TEST_P(KeptTest, SeesWhatAnotherProcessChanged) {
  const auto other = database_->another();
  EXPECT_EQ(*read(*other, ours_), Names{"poetry"});
  add(ours_, "travel");
  EXPECT_EQ(*read(*other, ours_), (Names{"poetry", "travel"}));
}

TEST_P(KeptTest, IsNotAskedInsideOfAChange) {
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  const auto seen = db().write(ours_, [&](Tx& tx) -> Result<Names> {
    TRY_DONE(tx.run(kAddShelf, ours_.library, "travel"));
    TRY_DONE(tx.touch("shelves"));
    TRY(const auto names, kept_.of(tx, ours_, "", [](Read& inner, const Scope& library) { return inner.all(kShelvesOf, library.library); }));
    return *names;
  });
  EXPECT_EQ(*seen, (Names{"poetry", "travel"}));
}

TEST_P(KeptTest, FailsAChangeThatTheFeedDoesNotTell) {
  const auto untold = write(ours_, kAddShelf, "travel", false);
  ASSERT_FALSE(untold);
  EXPECT_EQ(untold.error().key, "store.untold");
  EXPECT_EQ(untold.error().detail, "test.add_shelf");
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"}) << "it was undone";
  EXPECT_TRUE(write(ours_, kDropShelf, "no such shelf", false)) << "nothing was changed";
  EXPECT_TRUE(write(ours_, kAddLamp, "desk", false)) << "no kept value reads lamps";
}

TEST_P(KeptTest, RefusesAReadingOfMoreThanItNamed) {
  const auto more = db().read(ours_, [&](Read& db) {
    return kept_.of(db, ours_, "lamps", [](Read& inner, const Scope& library) { return inner.all(kLamps, library.library); });
  });
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().key, "store.kept_reads_more");
  EXPECT_EQ(more.error().detail, "test.lamps reads lamp");
}

// An emptied feed would begin at nothing again, and an old value would pass for the new one.
TEST_P(KeptTest, OutlivesTheTidyingOfTheFeed) {
  EXPECT_EQ(*read(db(), ours_), Names{"poetry"});
  const FixedClock later(SystemClock().now_ms() + 10LL * 86'400'000);
  Settings settings = database_->settings();
  const auto tidied = Database::open(settings, later);
  ASSERT_TRUE(tidied);
  add(ours_, "travel");
  ASSERT_TRUE(tidy(**tidied));
  const auto left = db().read(ours_, [&](Read& db) {
    static const Query<std::int64_t(Id)> kLeft{"test.changes_left", "SELECT COUNT(*) FROM change WHERE library_id = :library"};
    return db.one(kLeft, ours_.library);
  });
  EXPECT_EQ(*left, 1);
  EXPECT_EQ(*read(db(), ours_), (Names{"poetry", "travel"}));
}

TEST(KeptTables, AreReadFromTheText) {
  EXPECT_EQ(changed_table("INSERT INTO shelf (a) SELECT a FROM lamp"), "shelf");
  EXPECT_EQ(changed_table("UPDATE shelf SET a = 1"), "shelf");
  EXPECT_EQ(changed_table("DELETE FROM shelf WHERE a = 1"), "shelf");
  EXPECT_EQ(changed_table("SELECT a FROM shelf"), "");
  const std::vector<std::string_view> expected{"shelf", "lamp", "desk"};
  EXPECT_EQ(read_tables("SELECT a, ' FROM nothing' FROM shelf s JOIN lamp l ON l.a = s.a WHERE EXISTS (SELECT 1 FROM (SELECT b FROM desk) d)"), expected);
}

}  // namespace
}  // namespace kedge::store
