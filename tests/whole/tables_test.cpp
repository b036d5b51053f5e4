// Every query, every table, over all modules and on both engines.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wiring.hpp"
#include "identity/example.hpp"
#include "store/lint.hpp"
#include "store/testing.hpp"

namespace kedge::app {
namespace {

using ::testing::IsEmpty;

class Whole : public ::testing::TestWithParam<store::Engine> {};
KEDGE_ON_BOTH_ENGINES(Whole);

TEST_P(Whole, EveryQueryOfTheProgramFitsTheTables) {
  KEDGE_NEEDS_ENGINE(GetParam());
  store::TestDatabase database(GetParam(), migrations());
  const auto done = store::prepare_all(database.db());
  EXPECT_TRUE(done.has_value()) << done.error().detail;
}

TEST(Queries, SayNothingThatTheEnginesReadDifferently) { EXPECT_THAT(store::lint_all(migrations()), IsEmpty()); }

// Each name in the list is a decision: it reads or changes rows of more than one library, or finds out which library it is.
TEST(Queries, ThatReadAcrossLibrariesAreTheseAlone) {
  std::vector<std::string> listed;
  std::ifstream file(KEDGE_SOURCE "/tests/whole/across_libraries.txt");
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') listed.push_back(line.substr(0, line.find(' ')));
  EXPECT_EQ(store::queries_across_libraries(migrations()), listed);
}

TEST(Tables, BelongToALibraryOrAreTheseFew) {
  std::set<std::string> others;
  for (const auto& table : schema().tables)
    if (!table.scoped) others.insert(table.name);
  EXPECT_EQ(others, (std::set<std::string>{"attempt", "founding_code", "migration"}));
}

TEST(Tables, OfALibraryAreEmptiedAfterWhatRefersToThem) {
  auto order = tables_of_a_library();
  order.insert(order.end(), identity::kTables.begin(), identity::kTables.end());
  std::map<std::string_view, std::size_t> place;
  for (const auto& table : order) EXPECT_TRUE(place.emplace(table, place.size()).second) << table << " twice";
  for (const auto& table : schema().tables) {
    if (!table.scoped) continue;
    ASSERT_TRUE(place.contains(table.name)) << table.name << " would stay when a library goes";
    for (const auto& reference : table.references)
      EXPECT_TRUE(reference.table == table.name || place[table.name] < place[reference.table]) << table.name << " refers to " << reference.table;
  }
}

TEST(Tables, HoldNothingSealedThatIsNotBytes) {
  for (const auto& table : schema().tables)
    for (const auto& column : table.columns)
      EXPECT_TRUE(column.privacy != "sealed" || column.type == "bytes") << table.name << "." << column.name;
}

}  // namespace
}  // namespace kedge::app
