#include "search/index.hpp"

#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::search {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

Index made(std::string_view name, const std::vector<Document>& documents) {
  auto index = Index::of(name, documents);
  EXPECT_TRUE(index.has_value()) << index.error().detail;
  return *std::move(index);
}

std::vector<std::string> ids(const std::vector<const Index*>& indexes, std::string_view typed) {
  std::vector<std::string> all;
  const auto found = find(indexes, wanted(typed), kMostFound).value();
  for (const auto& one : found) all.push_back(one.id);
  return all;
}

std::string meant_in(const std::vector<const Index*>& indexes, std::string_view typed) {
  const auto other = meant(indexes, wanted(typed)).value();
  std::string all;
  if (other)
    for (const auto& part : other->parts)
      for (const auto& word : part.words) all += (all.empty() ? "" : " ") + word;
  return all;
}

const std::vector<Document> kDocuments{
    {"1", "Where people rest", "Spring workbook", "They sleep in libraries when shelters are full.", "/1"},
    {"2", "D\xC3\xB3nde descansa la gente", "Cuaderno", "Nuestra poblaci\xC3\xB3n necesita vivienda y organizaciones cercanas.", "/2"},
    {"3", "Food pantry", "Directory", "Open on Tuesdays; the pantry has a shower.", "/3"},
};

TEST(Index, FindsByStemsAccentsAsideInBothLanguages) {
  const auto index = made("a", kDocuments);
  EXPECT_THAT(ids({&index}, "library"), ElementsAre("1"));
  EXPECT_THAT(ids({&index}, "sleeping shelter"), ElementsAre("1"));
  EXPECT_THAT(ids({&index}, "poblacion"), ElementsAre("2"));
  EXPECT_THAT(ids({&index}, "POBLACI\xC3\x93N organizaci\xC3\xB3n"), ElementsAre("2"));
  EXPECT_THAT(ids({&index}, "viviendas"), ElementsAre("2"));
  EXPECT_THAT(ids({&index}, "pan"), ElementsAre("3")) << "the beginning of a word";
  EXPECT_THAT(ids({&index}, "pantry spring"), ElementsAre()) << "all must be there";
  EXPECT_THAT(ids({&index}, "directory"), ElementsAre("3")) << "where it stands is found too";
}

TEST(Index, FindsQuotedWordsInTheirOrderAlone) {
  const auto index = made("a", kDocuments);
  EXPECT_THAT(ids({&index}, "\"people rest\""), ElementsAre("1"));
  EXPECT_THAT(ids({&index}, "\"rest people\""), ElementsAre());
  EXPECT_THAT(ids({&index}, "\"library\""), ElementsAre()) << "a quoted word is not bent";
  EXPECT_THAT(ids({&index}, "\"rest spring\""), ElementsAre()) << "no phrase reaches from the title on";
}

TEST(Index, PutsTitlesFirst) {
  const auto index = made("a", {{"text", "Other", "", "a shower and much else that is said at length in this one", ""}, {"title", "A shower", "", "Other words", ""}});
  EXPECT_THAT(ids({&index}, "shower"), ElementsAre("title", "text"));
}

TEST(Index, SpellsByTheSearchedIndexesAlone) {
  const auto staff = made("staff", {{"1", "Confidential mediation", "", "", ""}});
  const auto board = made("board", {{"2", "Opening hours", "", "", ""}});
  EXPECT_EQ(meant_in({&staff, &board}, "mediasion"), "mediation");
  EXPECT_EQ(meant_in({&board}, "mediasion"), "");
  EXPECT_EQ(meant_in({&board}, "openimg hours"), "opening hours");
  EXPECT_EQ(meant_in({&board}, "opening"), "") << "it is there";
  EXPECT_EQ(meant_in({}, "opening"), "");
  EXPECT_THAT(ids({&board}, "mediation"), ElementsAre());
  EXPECT_THAT(ids({}, "mediation"), ElementsAre());
}

TEST(Index, TellsWhichIndexAHitIsFrom) {
  std::vector<Document> many;
  for (int i = 0; i < 5000; ++i) many.push_back({std::to_string(i), "Clinic " + std::to_string(i), "", i % 2 == 0 ? "even" : "odd", ""});
  const auto large = made("large", many);
  const auto small = made("small", {{"x", "Clinic 4999", "", "", ""}});
  const auto found = find({&small, &large}, wanted("\"clinic 4999\""), kMostFound).value();
  ASSERT_EQ(found.size(), 2U);
  for (const auto& one : found) EXPECT_EQ(one.id, one.index == 0 ? "x" : "4999");
  EXPECT_EQ(find({&small, &large}, wanted("odd"), 50).value().size(), 50U);
}

TEST(Index, ForgetsWhatIsNotAmongTheDocumentsAnyMore) {
  auto index = made("a", kDocuments);
  index = made("a", {kDocuments[0], kDocuments[1]});
  EXPECT_THAT(ids({&index}, "pantry"), ElementsAre());
  EXPECT_EQ(meant_in({&index}, "pantri"), "") << "nor from its spelling";
}

TEST(Index, LeavesNoFileBehind) {
  const auto count = [] {
    int files = 0;
    for (const auto& folder : {std::filesystem::path("/dev/shm"), std::filesystem::temp_directory_path()}) {
      std::error_code ignored;
      for (const auto& one : std::filesystem::directory_iterator(folder, ignored))
        if (one.path().filename().string().starts_with("kedge-search-")) ++files;
    }
    return files;
  };
  const auto before = count();
  const auto index = made("files", kDocuments);
  EXPECT_THAT(ids({&index}, "library"), ElementsAre("1"));
  EXPECT_EQ(count(), before);
}

TEST(Index, IsReadByManyAtOnce) {
  const auto index = made("threads", kDocuments);
  std::vector<std::thread> readers;
  for (int i = 0; i < 8; ++i)
    readers.emplace_back([&] {
      for (int n = 0; n < 50; ++n) EXPECT_THAT(ids({&index}, "vivienda"), ElementsAre("2"));
    });
  for (auto& one : readers) one.join();
}

TEST(Index, KeepsCapitalsAndBrokenTextApartFromItsOwnTerms) {
  const auto index = made("odd", {{"1", "Elibrari Sbibliotec", "", "\xFF\xC3 \"AND\" OR NOT near/3 title:x *", ""}});
  EXPECT_THAT(ids({&index}, "library"), ElementsAre());
  EXPECT_THAT(ids({&index}, "and* OR \xFF"), ElementsAre("1"));
  EXPECT_THAT(ids({&index}, "near/3"), ElementsAre("1"));
}

}  // namespace
}  // namespace kedge::search
