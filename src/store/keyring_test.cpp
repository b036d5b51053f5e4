#include "store/keyring.hpp"

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

}  // namespace
}  // namespace kedge::store
