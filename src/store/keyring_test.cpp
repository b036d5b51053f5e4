#include "store/keyring_backup.hpp"

#include "store/erasures.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "store/testing.hpp"

namespace kedge::store {
namespace {

namespace fs = std::filesystem;

class KeyringTest : public ::testing::Test {
 protected:
  std::unique_ptr<Keyring> open() { return std::move(*Keyring::open(path())); }
  std::string path() const { return (database_.folder() / "keys.db").string(); }
  // every byte of the keyring on disk, its log included
  std::string disk() const {
    std::string all;
    for (const auto* end : {"", "-wal", "-shm"}) {
      std::ifstream file(path() + end, std::ios::binary);
      std::stringstream text;
      text << file.rdbuf();
      all += text.str();
    }
    return all;
  }
  TestDatabase database_;
  const Id library_ = Id::random();
};

TEST_F(KeyringTest, KeepsTheInstallationsKeyAndWhatWasPut) {
  auto ring = open();
  const auto key = ring->installation();
  ASSERT_TRUE(ring->put(library_, "box/1", std::string("\0secret", 7)).has_value());
  ring.reset();
  ring = open();
  EXPECT_EQ(ring->installation().bytes(), key.bytes());
  EXPECT_EQ(ring->get(library_, "box/1").value(), std::string("\0secret", 7));
  EXPECT_FALSE(ring->get(Id::random(), "box/1")->has_value());
  EXPECT_FALSE(ring->get(library_, "box/2")->has_value());
}

TEST_F(KeyringTest, IsForItsOwnerAlone) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "box/1", "secret").has_value());
  for (const auto* end : {"", "-wal", "-shm"}) {
    struct stat file {};
    ASSERT_EQ(::stat((path() + end).c_str(), &file), 0) << end;
    EXPECT_EQ(file.st_mode & 0777, 0600U) << end;
  }
}

TEST_F(KeyringTest, LeavesNoByteOfADestroyedKeyBehind) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "box/1", "first").has_value());
  // what lies on the disk is the sealed form: take it from there, to look for it afterwards
  const auto before = disk();
  const auto at = before.find(library_.text() + "box/1");
  ASSERT_NE(at, std::string::npos);
  const auto sealed = before.substr(at + library_.text().size() + 5, 24 + 5 + 16);
  ASSERT_NE(before.find(sealed), std::string::npos);

  ASSERT_TRUE(ring->destroy(library_, "box/1").has_value());
  EXPECT_EQ(disk().find(sealed), std::string::npos);
  EXPECT_FALSE(ring->get(library_, "box/1")->has_value());
  const auto erased = ring->erasures();
  ASSERT_EQ(erased->size(), 1U);
  EXPECT_EQ(erased->front().name, "box/1");
  EXPECT_EQ(erased->front().library, library_);
  EXPECT_TRUE(ring->destroy(library_, "box/1").has_value());
  EXPECT_EQ(ring->erasures()->size(), 1U);
}

TEST_F(KeyringTest, LeavesNoByteOfAReplacedKeyBehind) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "member", "first").has_value());
  const auto before = disk();
  const auto sealed = before.substr(before.find(library_.text() + "member") + library_.text().size() + 6, 45);
  ASSERT_TRUE(ring->put(library_, "member", "later").has_value());
  EXPECT_EQ(disk().find(sealed), std::string::npos);
}

TEST_F(KeyringTest, DestroysAllOfAMemberAndNothingElse) {
  const auto ring = open();
  for (const auto* name : {"member/1/password", "member/1/code", "member/10/code"}) ASSERT_TRUE(ring->put(library_, name, "x").has_value());
  ASSERT_TRUE(ring->destroy_all(library_, "member/1/").has_value());
  EXPECT_EQ(ring->names(library_, "member/").value(), std::vector<std::string>{"member/10/code"});
}

constexpr std::int64_t kDayMs = 86'400'000;
const std::string kPassphrase = "a lantern in the bell tower";

class KeyBackupTest : public KeyringTest {
 protected:
  std::string fresh() const { return (database_.folder() / "fresh.db").string(); }
  fs::path file() const { return database_.folder() / "keys.kedge"; }
  std::string content() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Result<KeyBackup> back_up(const std::string& passphrase = kPassphrase) { return back_up_keys(path(), file(), passphrase, "checklist/", clock_); }
  Result<KeyBackup> restore(const std::string& keyring, const std::string& passphrase = kPassphrase) { return restore_keys(keyring, file(), passphrase, clock_); }
  FixedClock clock_{1'800'000'000'000};
};

TEST_F(KeyBackupTest, BringsEveryKeyIntoAFreshKeyringAndNothingToWhoLacksThePassphrase) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "member/1", "a key of thirty-two bytes, nearly").has_value());
  const auto made = back_up();
  ASSERT_TRUE(made.has_value()) << made.error().key;
  EXPECT_EQ(made->keys, 1);
  struct stat found {};
  ASSERT_EQ(::stat(file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
  EXPECT_EQ(content().find("a key of thirty"), std::string::npos);
  EXPECT_EQ(content().find(library_.text()), std::string::npos);

  EXPECT_EQ(restore(fresh(), "another passphrase").error().key, "store.keys.wrong_passphrase");
  EXPECT_FALSE(fs::exists(fresh()));
  const auto read = restore(fresh());
  ASSERT_TRUE(read.has_value()) << read.error().key;
  EXPECT_EQ(read->keys, 1);
  EXPECT_EQ(read->made_ms, clock_.now_ms());
  EXPECT_EQ(restore(fresh())->keys, 0);  // again: harmless
  const auto other = std::move(*Keyring::open(fresh()));
  EXPECT_EQ(other->get(library_, "member/1").value(), "a key of thirty-two bytes, nearly");
  EXPECT_EQ(other->installation().bytes(), ring->installation().bytes());
}

TEST_F(KeyBackupTest, NeverBringsBackWhatWasDestroyedAndTellsWhatWas) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "member/1", "one").has_value());
  ASSERT_TRUE(ring->put(library_, "member/2", "two").has_value());
  ASSERT_TRUE(ring->put(library_, "checklist/7", "box").has_value());
  ASSERT_TRUE(back_up().has_value());
  const auto earlier = content();
  ASSERT_TRUE(ring->destroy(library_, "member/1").has_value());
  ASSERT_TRUE(note_erasure(*ring, library_, "name/1").has_value());
  EXPECT_EQ(restore(path())->keys, 0) << "the keyring knows that it was destroyed";
  EXPECT_FALSE(ring->get(library_, "member/1")->has_value());
  ASSERT_TRUE(back_up().has_value());
  EXPECT_NE(content(), earlier);
  ASSERT_TRUE(restore(fresh()).has_value());
  const auto other = std::move(*Keyring::open(fresh()));
  EXPECT_EQ(other->names(library_, "").value(), std::vector<std::string>{"member/2"});  // nor the key of a list: it starts anew
  EXPECT_TRUE(erased(*other, library_, "member/1").value());
  EXPECT_TRUE(erased(*other, library_, "name/1").value());
  EXPECT_FALSE(erased(*other, library_, "member/2").value());
}

TEST_F(KeyBackupTest, OverwritesTheBytesOfTheOneBefore) {
  const auto ring = open();
  ASSERT_TRUE(ring->put(library_, "member/1", "one").has_value());
  ASSERT_TRUE(back_up().has_value());
  fs::create_hard_link(file(), database_.folder() / "the same bytes");
  ASSERT_TRUE(back_up().has_value());
  std::ifstream in(database_.folder() / "the same bytes", std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(in), {}};
  EXPECT_FALSE(before.empty());
  EXPECT_EQ(before, std::string(before.size(), '\0'));
}

TEST_F(KeyBackupTest, SaysItsAgeAndTheKeyringWhenItWasMade) {
  const auto ring = open();
  EXPECT_FALSE(last_key_backup(*ring)->has_value());
  ASSERT_TRUE(back_up().has_value());
  EXPECT_EQ(last_key_backup(*ring)->value().made_ms, clock_.now_ms());
  const auto seen = look_at_key_backup(file());
  ASSERT_TRUE(seen.has_value());
  EXPECT_FALSE(seen->too_old(clock_.now_ms() + 30 * kDayMs));
  EXPECT_TRUE(seen->too_old(clock_.now_ms() + 30 * kDayMs + 1));
  auto text = content();  // who makes it younger makes it worthless
  text.replace(text.find("1800000000000"), 13, "1900000000000");
  std::ofstream(file(), std::ios::binary) << text;
  EXPECT_EQ(restore(fresh()).error().key, "store.keys.wrong_passphrase");
}

TEST_F(KeyBackupTest, RefusesAShortPassphraseWhatIsNoBackupAndAFolderThatIsNotThere) {
  EXPECT_EQ(back_up("elevenchars").error().key, "store.keys.short_passphrase");
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_EQ(look_at_key_backup(file()).error().fault, Fault::not_found);
  std::ofstream(file()) << "{\"kedge_backup\": 1}\n";
  EXPECT_EQ(restore(path()).error().key, "store.keys.broken");
  std::ofstream(file()) << "{\"kedge_keys\": 2}\n";
  EXPECT_EQ(restore(path()).error().fault, Fault::newer_version);
  EXPECT_EQ(back_up_keys(path(), database_.folder() / "no" / "such", kPassphrase, "checklist/", clock_).error().fault, Fault::unavailable);
}

}  // namespace
}  // namespace kedge::store
