#include "archive/zip.hpp"

#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/crypto.hpp"

namespace kedge::archive {
namespace {

constexpr std::int64_t kMade_ms = 1'764'200'000'000;

class Zip : public ::testing::Test {
 protected:
  void SetUp() override { crypto::start(); }
  static std::string made(const std::vector<File>& files) { return write_zip(files, kMade_ms).value(); }
  static std::string told(std::string_view zip, const Limits& limits = {}) {
    const auto read = read_zip(zip, limits);
    return read ? "read" : read.error().key;
  }
  // A name of the same length put in the place of another, in both heads of the file.
  static std::string renamed(std::string zip, std::string_view from, std::string_view to) {
    EXPECT_EQ(from.size(), to.size());
    for (auto at = zip.find(from); at != std::string::npos; at = zip.find(from, at + 1)) zip.replace(at, from.size(), to);
    return zip;
  }
};

TEST_F(Zip, ComesBackAsItWasAndIsTheSameEachTime) {
  const std::vector<File> files{{"README.txt", "Read me"}, {"data/finding.jsonl", std::string(100'000, 'x')}, {"empty", ""}, {"a/b/\xC3\xB1.txt", std::string("\0\xFF", 2)}};
  const auto zip = made(files);
  EXPECT_EQ(zip, made(files));
  const auto read = read_zip(zip);
  ASSERT_TRUE(read.has_value()) << read.error().key;
  ASSERT_EQ(read->size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ((*read)[i].name, files[i].name);
    EXPECT_EQ((*read)[i].bytes, files[i].bytes);
  }
}

TEST_F(Zip, OfNothingIsAnEmptyOne) { EXPECT_TRUE(read_zip(made({})).value().empty()); }

TEST_F(Zip, KnowsTheSumThatOthersKnow) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
}

TEST_F(Zip, IsRefusedWhereverItIsCutOff) {
  const auto zip = made({{"one.txt", "One"}, {"two.txt", std::string(500, 'y')}});
  for (std::size_t size = 0; size < zip.size(); ++size) EXPECT_EQ(told(std::string_view(zip).substr(0, size)), "archive.broken") << size;
  EXPECT_EQ(told(zip + "x"), "archive.broken");
  EXPECT_EQ(told("x" + zip), "archive.broken");
  EXPECT_EQ(told("not a zip at all, but long enough to hold one"), "archive.broken");
}

TEST_F(Zip, IsRefusedWithEveryByteThatIsAlteredInAFile) {
  const std::string inside = "Whatever stands here is summed up";
  const auto zip = made({{"one.txt", inside}});
  const auto start = 30 + std::strlen("one.txt");
  for (std::size_t at = start; at < start + 10; ++at) {
    auto altered = zip;
    altered[at] = static_cast<char>(altered[at] ^ 0x55);
    EXPECT_NE(told(altered), "read") << at;
  }
}

TEST_F(Zip, NamesThatClimbOrAreNoneAreRefused) {
  const auto zip = made({{"data/one.txt", "One"}});
  for (const std::string_view name : {"../a/one.txt", "/etc/pass.wd", "data/../x.tt", "C:/a/one.txt", "a\\..\\one.tx", "data//ne.txt", "./ta/one.txt", "data/one.txt.",
                                      "data/one\ntxt", "data/one\xFFtxt", "data/one.t .", "con/a/b/c/.."}) {
    if (name.size() != 12) continue;
    EXPECT_EQ(told(renamed(zip, "data/one.txt", name)), "archive.name") << name;
  }
  for (const auto* name : {"", ".", "..", "a/..", "../a", "/a", "a/", "a//b", "a\\b", "C:a", "a\x7f", "a ", "a.", "\xC0\xAF"}) EXPECT_FALSE(safe_name(name)) << name;
  for (const auto* name : {"a", "a.b", "a/b", ".hidden", "..a", "a..b"}) EXPECT_TRUE(safe_name(name)) << name;
}

TEST_F(Zip, TwoFilesOfOneNameAreRefused) {
  EXPECT_EQ(told(renamed(made({{"one.txt", "1"}, {"two.txt", "2"}}), "two.txt", "one.txt")), "archive.broken");
  EXPECT_EQ(told(renamed(made({{"one.txt", "1"}, {"two.txt", "2"}}), "two.txt", "ONE.TXT")), "archive.twice") << "one file on some systems";
}

TEST_F(Zip, BombsAreRefusedBeforeTheyAreUnpacked) {
  const auto bomb = made({{"bomb", std::string(20'000'000, '0')}});
  EXPECT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(told(bomb), "archive.bomb");
  EXPECT_EQ(told(made({{"small", std::string(900'000, '0')}})), "read");
  std::vector<File> many;
  for (int i = 0; i < 50; ++i) many.push_back({"f" + std::to_string(i), std::string(1000, 'a')});
  Limits few;
  few.members = 49;
  EXPECT_EQ(told(made(many), few), "archive.too_large");
  Limits tight;
  tight.bytes = 49'999;
  EXPECT_EQ(told(made(many), tight), "archive.too_large");
  tight.bytes = 50'000;
  EXPECT_EQ(told(made(many), tight), "read");
  tight.bytes_each = 999;
  EXPECT_EQ(told(made(many), tight), "archive.bomb");
  Limits short_one;
  short_one.zip_bytes = 100;
  EXPECT_EQ(told(made(many), short_one), "archive.too_large");
}

// The sizes stand in the central head; one that says less than there is must not be believed.
TEST_F(Zip, ThatSaysLessOrMoreThanItHoldsIsRefused) {
  const auto zip = made({{"one.txt", std::string(2000, 'z')}});
  const auto central = zip.rfind("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  for (const std::uint32_t lie : {10U, 1999U, 2001U, 4'000'000'000U}) {
    auto lying = zip;
    for (const auto at : {central + 24, std::size_t{22}}) std::memcpy(lying.data() + at, &lie, sizeof lie);
    EXPECT_NE(told(lying), "read") << lie;
  }
}

TEST_F(Zip, EncryptedFilesLinksAndOtherWaysOfPackingAreRefused) {
  const auto zip = made({{"one.txt", std::string(2000, 'z')}});
  const auto central = zip.rfind("PK\x01\x02");
  auto encrypted = zip;
  encrypted[central + 8] = static_cast<char>(encrypted[central + 8] | 1);
  encrypted[6] = static_cast<char>(encrypted[6] | 1);
  EXPECT_NE(told(encrypted), "read");
  auto packed = zip;
  packed[central + 10] = packed[8] = 12;  // bzip2
  EXPECT_NE(told(packed), "read");
  auto linked = zip;
  linked[central + 41] = static_cast<char>(0xA1);  // S_IFLNK
  EXPECT_EQ(told(linked), "archive.method");
}

}  // namespace
}  // namespace kedge::archive
