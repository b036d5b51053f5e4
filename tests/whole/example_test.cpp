// The example library as it is founded: what its file promises stands in the tables.
#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/example.hpp"
#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "core/crypto.hpp"
#include "directory/directory.hpp"
#include "identity/identity.hpp"

namespace kedge::app {
namespace {

using ::testing::EndsWith;
using ::testing::MatchesRegex;

class FoundedExample : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    crypto::start();
    std::string folder = (std::filesystem::temp_directory_path() / "kedge-example.XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    program_.settings().data = folder;
    auto opened = open_installation(program_, Make::yes);
    ASSERT_TRUE(opened.has_value()) << opened.error().key;
    opened_ = *std::move(opened);
    ASSERT_TRUE(opened_.db->migrate(migrations()).has_value());
    const auto founded = found_example(program_);
    ASSERT_TRUE(founded.has_value()) << founded.error().detail;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Program program_{locale::words(Language::en)};
  Installation opened_;
  std::filesystem::path folder_;
};

TEST_F(FoundedExample, HasElevenContactsWithTheirNumbersAndAddresses) {
  const auto library = find_library(*opened_.db, "");
  ASSERT_TRUE(library.has_value());
  const auto scope = console_scope(library->id);
  const auto contacts = opened_.db->read(scope, [&](store::Read& db) { return directory::contacts(db, scope); });
  ASSERT_TRUE(contacts.has_value());
  EXPECT_EQ((*contacts)->size(), 11u);
  for (const auto& one : **contacts) {
    EXPECT_THAT(one.phone, MatchesRegex("618-555-01[0-9][0-9]")) << one.name;
    EXPECT_THAT(one.email, EndsWith("@example.org")) << one.name;
  }
}

}  // namespace
}  // namespace kedge::app
