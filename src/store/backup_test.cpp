#include "store/backup.hpp"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "store/testing.hpp"

namespace kedge::store {
namespace {

namespace fs = std::filesystem;

constexpr Migration kTree[] = {{"tree", 1, "tree", R"(
CREATE TABLE twig (
  library_id $id NOT NULL,  -- class: library; retention: ever
  id $id NOT NULL,  -- class: library; retention: ever
  parent_id $id,  -- class: library; retention: ever
  words $text NOT NULL,  -- class: library; retention: ever
  open $bool NOT NULL,  -- class: library; retention: ever
  score $real,  -- class: library; retention: ever
  raw $bytes,  -- class: library; retention: ever
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, parent_id) REFERENCES twig (library_id, id)
) $strict;
$scoped(twig);
CREATE TABLE leaf (
  library_id $id NOT NULL,  -- class: library; retention: ever
  twig_id $id NOT NULL,  -- class: library; retention: ever
  number $int64 NOT NULL,  -- class: library; retention: ever
  FOREIGN KEY (library_id, twig_id) REFERENCES twig (library_id, id)
) $strict;
$scoped(leaf);
CREATE TABLE box (  -- backup: no
  library_id $id NOT NULL,  -- class: sealed; retention: until it closes
  raw $bytes NOT NULL  -- class: sealed; retention: until it closes
) $strict;
$scoped(box);
)"}};
constexpr Migration kTreeLater[] = {kTree[0], {"tree", 2, "later", "ALTER TABLE leaf ADD COLUMN colour $text NOT NULL DEFAULT 'green';  -- class: library; retention: ever"}};

const Query<void(Id, Id, Id, std::string, bool, std::optional<double>, std::optional<Bytes>)> kTwig{
    "test.twig", "INSERT INTO twig (library_id, id, parent_id, words, open, score, raw) VALUES (:library, :id, :parent, :words, :open, :score, :raw)"};
const Query<void(Id, Id, std::int64_t)> kLeaf{"test.leaf", "INSERT INTO leaf (library_id, twig_id, number) VALUES (:library, :twig, :number)"};
const Query<void(Id, Bytes)> kBox{"test.box", "INSERT INTO box (library_id, raw) VALUES (:library, :raw)"};
const Query<std::int64_t()> kLeaves{"test.leaves", "SELECT COUNT(*) FROM leaf"};

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}
void write_lines(const fs::path& path, const std::vector<std::string>& lines) {
  std::ofstream file(path);
  for (const auto& line : lines) file << line << "\n";
}

class Backup : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { KEDGE_NEEDS_ENGINE(GetParam()); }

  void fill(Database& db, int twigs) {
    const auto done = db.write(scope_, [&](Tx& tx) -> Done {
      std::vector<Id> ids;
      for (int i = 0; i < twigs; ++i) ids.push_back(Id::random());
      for (int i = 0; i < twigs; ++i) {  // ids at random, so that children sort before their parents too
        const auto parent = i == 0 ? Id() : ids[static_cast<std::size_t>(i / 3)];
        TRY_DONE(tx.run(kTwig, scope_.library, ids[static_cast<std::size_t>(i)], parent, "a \"word\" \xC3\xB1\n" + std::to_string(i), i % 2 == 0,
                        i % 3 == 0 ? std::nullopt : std::optional(i / 7.0), i % 4 == 0 ? std::nullopt : std::optional(Bytes{std::string("\0\xff", 2)})));
      }
      for (int i = 0; i < 3 * twigs; ++i) TRY_DONE(tx.run(kLeaf, scope_.library, ids[static_cast<std::size_t>(i % twigs)], std::int64_t{1} << (i % 60)));
      TRY_DONE(tx.run(kBox, scope_.library, Bytes{"sealed marks"}));
      TRY_DONE(tx.later({"test.job", "", 0, {}}));
      return tx.record("twig", ids[0], {"words"});
    });
    ASSERT_TRUE(done.has_value()) << done.error().detail;
  }
  static std::int64_t leaves(Database& db) {
    return db.read(InstallationScope{}, [](Read& read) { return read.one(kLeaves); }).value_or(-1);
  }

  const Scope scope_{Id::random(), Id::random(), {}};
};
KEDGE_ON_BOTH_ENGINES(Backup);

TEST_P(Backup, GoesToTheOtherEngineAndBackWithoutADifference) {
  KEDGE_NEEDS_ENGINE(Engine::postgresql);
  const auto other = GetParam() == Engine::sqlite ? Engine::postgresql : Engine::sqlite;
  const FixedClock clock(1'800'000'000'000);
  TestDatabase here(GetParam(), joined({kTree}), &clock);
  TestDatabase there(other, joined({kTree}), &clock);
  TestDatabase again(GetParam(), joined({kTree}), &clock);
  fill(here.db(), 150);
  const auto first = here.folder() / "first";
  const auto second = here.folder() / "second";
  const auto third = here.folder() / "third";
  const auto written = backup(here.db(), kTree, first);
  ASSERT_TRUE(written.has_value()) << written.error().detail;
  EXPECT_EQ(written->rows, 150 + 450 + 1 + 1) << "an entry of the ledger, and where it ends";
  const auto read = restore(there.db(), kTree, first);
  ASSERT_TRUE(read.has_value()) << read.error().detail;
  EXPECT_EQ(read->rows, written->rows);
  ASSERT_TRUE(backup(there.db(), kTree, second).has_value());
  ASSERT_TRUE(restore(again.db(), kTree, second).has_value());
  ASSERT_TRUE(backup(again.db(), kTree, third).has_value());
  EXPECT_EQ(lines_of(first), lines_of(second));
  EXPECT_EQ(lines_of(first), lines_of(third));
  EXPECT_TRUE(again->read(scope_, [&](Read& db) { return verify_ledger(db, scope_.library); }).has_value());
}

TEST_P(Backup, LeavesOutBoxesAndJobsAndIsForItsOwnerAlone) {
  TestDatabase database(GetParam(), joined({kTree}));
  fill(database.db(), 3);
  const auto file = database.folder() / "backup";
  ASSERT_TRUE(backup(database.db(), kTree, file).has_value());
  for (const auto& line : lines_of(file)) {
    EXPECT_EQ(line.find("box"), std::string::npos) << line;
    EXPECT_EQ(line.find(crypto::to_base64url("sealed marks")), std::string::npos);
    EXPECT_EQ(line.find("test.job"), std::string::npos);
  }
  struct stat found {};
  ASSERT_EQ(::stat(file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
}

TEST_P(Backup, IsOneSnapshotWhileWritingGoesOn) {
  TestDatabase database(GetParam(), joined({kTree}));
  fill(database.db(), 30);
  std::atomic<bool> stop = false;
  std::thread writer([&] { while (!stop) fill(database.db(), 5); });
  for (int i = 0; i < 5; ++i) {
    const auto file = database.folder() / "backup";
    const auto written = backup(database.db(), kTree, file);
    ASSERT_TRUE(written.has_value()) << written.error().detail;
    TestDatabase fresh(Engine::sqlite, joined({kTree}));
    const auto read = restore(fresh.db(), kTree, file);  // every reference holds
    EXPECT_TRUE(read.has_value()) << read.error().detail;
  }
  stop = true;
  writer.join();
}

TEST_P(Backup, IsTakenWholeOrNotAtAll) {
  TestDatabase database(GetParam(), joined({kTree}));
  fill(database.db(), 3);
  const auto file = database.folder() / "backup";
  ASSERT_TRUE(backup(database.db(), kTree, file).has_value());
  const auto good = lines_of(file);
  const auto bad = database.folder() / "bad";
  TestDatabase fresh(GetParam(), joined({kTree}));
  const auto refused = [&](std::vector<std::string> lines, const char* key) {
    write_lines(bad, lines);
    const auto done = restore(fresh.db(), kTree, bad);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().key, key) << done.error().detail;
    EXPECT_EQ(leaves(fresh.db()), 0);
  };
  auto cut = good;
  cut.pop_back();
  refused(cut, "store.backup_broken");
  auto missing = good;
  missing.erase(missing.end() - 2);
  refused(missing, "store.backup_broken");
  auto altered = good;
  for (auto& line : altered) if (const auto at = line.find("a \\\"word"); at != std::string::npos) line[at] = 'b';
  refused(altered, "store.backup_broken");
  refused({"{\"no\": \"backup\"}"}, "store.backup_broken");
  refused({"PK\x03\x04"}, "store.backup_broken");
  auto newer = good;
  newer[0].replace(newer[0].find("\"tree\""), 6, "\"moon\"");
  refused(newer, "store.newer_version");
  EXPECT_TRUE(restore(fresh.db(), kTree, file).has_value());
  EXPECT_EQ(restore(fresh.db(), kTree, file).error().key, "store.not_empty");
}

TEST_P(Backup, OfAnEarlierVersionIsLoadedAsItWasAndThenMigrated) {
  TestDatabase database(GetParam(), joined({kTree}));
  fill(database.db(), 3);
  const auto file = database.folder() / "backup";
  ASSERT_TRUE(backup(database.db(), kTree, file).has_value());
  TestDatabase later(GetParam(), joined({kTreeLater}));
  EXPECT_EQ(restore(later.db(), kTreeLater, file).error().key, "store.backup_older");
  // a database that was never migrated
  TestDatabase store_only(GetParam());
  const auto done = restore(store_only.db(), kTreeLater, file);
  ASSERT_TRUE(done.has_value()) << done.error().detail;
  EXPECT_EQ(leaves(store_only.db()), 9);
  EXPECT_TRUE(store_only->migrated(kTreeLater).value());
}

}  // namespace
}  // namespace kedge::store
