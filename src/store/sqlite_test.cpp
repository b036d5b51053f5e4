// What only SQLite can show: its file.
#include <sys/stat.h>

#include <fstream>
#include <atomic>
#include <cstdlib>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "store/testing.hpp"

namespace kedge::store {
namespace {

namespace fs = std::filesystem;

constexpr Migration kThings[] = {{"things", 1, "things", R"(
CREATE TABLE thing (
  id $id NOT NULL PRIMARY KEY,  -- class: library; retention: ever
  body $text NOT NULL,  -- class: library; retention: ever
  parent_id $id REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED  -- class: library; retention: ever
) $strict;
)"}};
constexpr Migration kNewer[] = {kThings[0], {"things", 2, "newer", "ALTER TABLE thing ADD COLUMN newer $text;"}};

const Query<void(Id, std::string, Id)> kAdd{"test.sqlite.add", "INSERT INTO thing (id, body, parent_id) VALUES (:id, :body, :parent)"};
const Query<std::int64_t()> kCount{"test.sqlite.count", "SELECT COUNT(*) FROM thing"};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Sqlite : public ::testing::Test {
 protected:
  Done add(const std::string& body, const Id& parent = {}) {
    return database_->write(ours_, [&](Tx& tx) -> Done {
      TRY_DONE(tx.run(kAdd, Id::random(), body, parent));
      return {};
    });
  }
  std::int64_t count() { return database_->read(ours_, [](Read& read) { return read.one(kCount); }).value_or(-1); }
  fs::path file() const { return database_.folder() / "kedge.db"; }

  TestDatabase database_{Engine::sqlite, joined({kThings})};
  const Scope ours_{Id::random(), {}, {}};
};

TEST_F(Sqlite, KeepsItsFilesForItsOwnerAlone) {
  Settings settings;
  settings.url = "sqlite:" + (database_.folder() / "fresh.db").string();
  const SystemClock clock;
  const auto fresh = std::move(*Database::open(settings, clock));
  ASSERT_TRUE(fresh->migrate(kThings).has_value());
  for (const auto* end : {"", "-wal", "-shm"}) {
    struct stat found {};
    ASSERT_EQ(::stat((database_.folder() / (std::string("fresh.db") + end)).c_str(), &found), 0) << end;
    EXPECT_EQ(found.st_mode & 0777, 0600U) << end;
  }
}

// A second database object on the same file must not drop the locks of the first: another process would believe that it is
// the last one and take the log away under it.
TEST_F(Sqlite, KeepsItsLocksWhenTheFileIsOpenedOnceMoreInThisProcess) {
  ASSERT_TRUE(add("before").has_value());
  { const auto second = database_.another(); }
  const auto elsewhere = "sqlite3 '" + file().string() + "' \"INSERT INTO thing (id, body) VALUES ('x', 'elsewhere')\"";
  ASSERT_EQ(std::system(elsewhere.c_str()), 0);
  EXPECT_TRUE(fs::exists(file().string() + "-wal"));
  ASSERT_TRUE(add("after").has_value());
  EXPECT_EQ(count(), 3);
}

TEST_F(Sqlite, SeesTheTablesThatAnotherProcessMadeSinceTheFirstLook) {
  Settings settings;
  settings.url = "sqlite:" + (database_.folder() / "twins.db").string();
  const SystemClock clock;
  const auto one = std::move(*Database::open(settings, clock));
  const auto other = std::move(*Database::open(settings, clock));
  ASSERT_FALSE(one->migrated(kThings).value()) << "it has looked, and there was nothing";
  ASSERT_TRUE(other->migrate(kThings).has_value());
  const auto done = one->migrate(kThings);
  EXPECT_TRUE(done.has_value()) << done.error().detail;
  EXPECT_TRUE(one->migrated(kThings).value());
}

TEST_F(Sqlite, LeavesADatabaseOfANewerVersionUntouchedByteForByte) {
  ASSERT_TRUE(database_->migrate(kNewer).has_value());
  ASSERT_TRUE(database_->forget_log().has_value());
  const auto copy = database_.folder() / "newer.db";
  fs::copy_file(file(), copy);
  const auto before = bytes_of(copy);
  const auto time = fs::last_write_time(copy);
  {
    Settings settings;
    settings.url = "sqlite:" + copy.string();
    const SystemClock clock;
    const auto older = std::move(*Database::open(settings, clock));
    EXPECT_EQ(older->migrate(kThings).error().fault, Fault::newer_version);
    EXPECT_EQ(older->migrated(kThings).error().key, "store.newer_version");
  }
  EXPECT_EQ(bytes_of(copy), before);
  EXPECT_EQ(fs::last_write_time(copy), time);
}

TEST_F(Sqlite, RefusesAFileThatIsNotItsOwnAndLeavesItAsItIs) {
  const SystemClock clock;
  const auto open = [&](const std::string& bytes) {
    const auto path = database_.folder() / "foreign.db";
    std::ofstream(path, std::ios::binary) << bytes;
    Settings settings;
    settings.url = "sqlite:" + path.string();
    auto opened = Database::open(settings, clock);
    EXPECT_EQ(bytes_of(path), bytes);
    return opened ? std::string("taken") : opened.error().key;
  };
  EXPECT_EQ(open("a letter, not a database"), "store.not_a_database");
  auto other = bytes_of(file());
  other[68] = 0;  // another program's application id
  EXPECT_EQ(open(other), "store.not_a_database");
  auto newer = bytes_of(file());
  newer[63] = 99;  // user version
  EXPECT_EQ(open(newer), "store.newer_version");
}

TEST_F(Sqlite, SaysThatTheDiskIsFullKeepsWhatWasThereAndRecovers) {
  static const Query<void()> kFull{"test.sqlite.full", "PRAGMA max_page_count = 30"};
  static const Query<void()> kRoom{"test.sqlite.room", "PRAGMA max_page_count = 1000000"};
  ASSERT_TRUE(add("before").has_value());
  ASSERT_TRUE(database_->write(ours_, [](Tx& tx) { return tx.run(kFull); }).has_value());
  const auto full = add(std::string(500'000, 'x'));
  ASSERT_FALSE(full.has_value());
  EXPECT_EQ(full.error().fault, Fault::unavailable);
  EXPECT_EQ(full.error().key, "store.disk_full");
  EXPECT_EQ(count(), 1);
  ASSERT_TRUE(database_->write(ours_, [](Tx& tx) { return tx.run(kRoom); }).has_value());
  EXPECT_TRUE(add(std::string(500'000, 'x')).has_value());
  EXPECT_EQ(count(), 2);
}

TEST_F(Sqlite, BlamesADeferredReferenceOnTheWorkThatLeftItOpen) {
  std::vector<std::thread> threads;
  std::atomic<int> kept = 0;
  std::atomic<int> refused = 0;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const auto done = add("x", t % 4 == 0 ? Id::random() : Id());
        if (!done) {
          EXPECT_EQ(done.error().key, "store.referenced");
        }
        ++(done ? kept : refused);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(kept, 120);
  EXPECT_EQ(refused, 40);
  EXPECT_EQ(count(), 120);
}

TEST_F(Sqlite, SaysThatAWriteInsideAWriteCannotBe) {
  const auto done = database_->write(ours_, [&](Tx&) { return add("inner"); });
  EXPECT_EQ(done.error().fault, Fault::internal);
  EXPECT_EQ(count(), 0);
}

TEST_F(Sqlite, WritesASealedBoxAlone) {
  const auto done = database_->write_alone(ours_, [&](Tx& tx) -> Done {
    TRY_DONE(tx.run(kAdd, Id::random(), "box", Id()));
    return {};
  });
  EXPECT_TRUE(done.has_value());
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, CutsItsLogToNothing) {
  ASSERT_TRUE(add("before").has_value());
  EXPECT_GT(fs::file_size(file().string() + "-wal"), 0U);
  ASSERT_TRUE(database_->forget_log().has_value());
  EXPECT_EQ(fs::file_size(file().string() + "-wal"), 0U);
}

TEST_F(Sqlite, OverwritesWhatWasRemoved) {
  static const Query<void()> kRemove{"test.sqlite.remove", "DELETE FROM thing"};
  ASSERT_TRUE(add("a word that must go").has_value());
  ASSERT_TRUE(database_->forget_log().has_value());
  ASSERT_NE(bytes_of(file()).find("a word that must go"), std::string::npos);
  ASSERT_TRUE(database_->write(ours_, [](Tx& tx) { return tx.run(kRemove); }).has_value());
  ASSERT_TRUE(database_->forget_log().has_value());
  EXPECT_EQ(bytes_of(file()).find("a word that must go"), std::string::npos);
}

}  // namespace
}  // namespace kedge::store
