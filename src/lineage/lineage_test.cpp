#include "lineage/lineage.hpp"

#include <gtest/gtest.h>

#include "lineage/testing.hpp"

namespace kedge::lineage {
namespace {

class FindingTest : public ThreadTest {
 protected:
  FindingTest() : ThreadTest({kMigrations}) {}

  Id raised(const std::string& statement, std::vector<Ref> rests_on = {}, Voice voice = Voice::team) {
    auto id = write([&](store::Tx& tx) { return raise(tx, here_, {statement, "rest", voice, rests_on}); });
    EXPECT_TRUE(id.has_value());
    clock_.advance(1000);
    return id.value_or(Id());
  }
  Finding loaded(const Id& id) {
    return read([&](store::Read& db) { return finding(db, here_, id); }).value();
  }
  std::vector<Evidence> evidence(const Id& id) {
    return read([&](store::Read& db) { return evidence_of(db, here_, id); }).value();
  }
};
KEDGE_ON_BOTH_ENGINES(FindingTest);

const Ref kAnswer{"answer", "0190b6a0-0000-7000-8000-000000000001"};

TEST_P(FindingTest, KeepsItsSentenceCleanAndKnowsWhatItRestsOn) {
  const auto id = raised("  People who work nights\nhave nowhere to sleep.  ", {kAnswer, {"band", "b/meetings"}});
  const auto kept = loaded(id);
  EXPECT_EQ(kept.statement, "People who work nights have nowhere to sleep.");
  EXPECT_EQ(kept.state, State::open);
  EXPECT_EQ(kept.by, here_.actor);
  const auto on = evidence(id);
  ASSERT_EQ(on.size(), 2U);
  EXPECT_EQ(on[0].ref, kAnswer);
  const auto back = read([&](store::Read& db) { return findings_on(db, here_, kAnswer); });
  ASSERT_EQ(back->size(), 1U);
  EXPECT_EQ(back->front().id, id);
}

TEST_P(FindingTest, IsRefusedAtItsFieldsAndNothingIsKept) {
  const auto result = write([&](store::Tx& tx) { return raise(tx, here_, {std::string(501, 'x'), "no_such", Voice::team, {}}); });
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().fault, Fault::invalid);
  EXPECT_EQ(wrong_at(result, "statement"), "lineage.statement.too_long");
  EXPECT_EQ(wrong_at(result, "theme"), "lineage.theme.unknown");
  EXPECT_EQ(wrong_at(write([&](store::Tx& tx) { return raise(tx, here_, {" \n ", "", Voice::team, {}}); }), "statement"),
            "lineage.statement.missing");
  EXPECT_FALSE(write([&](store::Tx& tx) { return raise(tx, here_, {"ok", "", Voice::team, {kAnswer, {"An Answer", "x"}}}); }).has_value());
  EXPECT_TRUE(read([&](store::Read& db) { return findings(db, here_); }).value()->empty());
}

TEST_P(FindingTest, ThatIsUnnamedHoldsNoTraceOfItsWriter) {
  const auto note = Ref{"private_note", Id::random().text()};
  const auto id = raised("It is hard to say no.", {note}, Voice::unnamed);
  EXPECT_TRUE(loaded(id).by.empty());
  ASSERT_EQ(evidence(id).size(), 1U);
  EXPECT_EQ(evidence(id)[0].ref.kind, "private_note");
  EXPECT_NE(evidence(id)[0].ref.id, note.id) << "the address of a private answer names its writer";
  const auto named = raised("I need a door that closes.", {note}, Voice::named);
  EXPECT_EQ(evidence(named)[0].ref, note);
  EXPECT_EQ(loaded(named).by, here_.actor);
}

TEST_P(FindingTest, IsRevisedByWhoReadTheLastVersionAndKeepsTheEarlierText) {
  const auto id = raised("First.");
  ASSERT_TRUE(write([&](store::Tx& tx) { return revise(tx, here_, id, "Second.", "food", 1); }).has_value());
  const auto late = write([&](store::Tx& tx) { return revise(tx, here_, id, "Mine.", "", 1); });
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().fault, Fault::conflict);
  EXPECT_EQ(late.error().key, "lineage.finding.changed");
  EXPECT_EQ(loaded(id).statement, "Second.");
  EXPECT_EQ(loaded(id).version, 2);
  ASSERT_TRUE(write([&](store::Tx& tx) { return revise(tx, here_, id, "Second.", "food", 2); }).has_value());
  EXPECT_EQ(loaded(id).version, 2) << "saving the same again is no change";
  const auto earlier = read([&](store::Read& db) { return revisions(db, here_, id); });
  ASSERT_EQ(earlier->size(), 1U);
  EXPECT_EQ(earlier->front().statement, "First.");
  EXPECT_EQ(earlier->front().theme, "rest");
}

TEST_P(FindingTest, IsDecidedAndOpenedAgainAndListedWithTheOpenOnesFirst) {
  const auto old_open = raised("Open.");
  const auto accepted = raised("Accepted.");
  const auto dismissed = raised("Dismissed.");
  for (int twice = 0; twice < 2; ++twice)
    ASSERT_TRUE(write([&](store::Tx& tx) { return decide(tx, here_, accepted, State::accepted); }).has_value());
  ASSERT_TRUE(write([&](store::Tx& tx) { return decide(tx, here_, dismissed, State::dismissed); }).has_value());
  const auto order = [&] {
    std::vector<Id> ids;
    const auto all = *read([&](store::Read& db) { return findings(db, here_); }).value();
    for (const auto& one : all) ids.push_back(one.id);
    return ids;
  };
  EXPECT_EQ(order(), (std::vector<Id>{old_open, accepted, dismissed}));
  ASSERT_TRUE(write([&](store::Tx& tx) { return decide(tx, here_, dismissed, State::open); }).has_value());
  EXPECT_EQ(order(), (std::vector<Id>{dismissed, old_open, accepted}));
}

TEST_P(FindingTest, LosesEvidenceAndGetsItBackAndForgetsItAfterThirtyDays) {
  const auto id = raised("Open.", {kAnswer});
  const auto on = evidence(id).at(0).id;
  ASSERT_TRUE(write([&](store::Tx& tx) { return unrest(tx, here_, id, on); }).has_value());
  EXPECT_TRUE(evidence(id).empty());
  EXPECT_TRUE(read([&](store::Read& db) { return findings_on(db, here_, kAnswer); })->empty());
  ASSERT_TRUE(write([&](store::Tx& tx) { return rest_again(tx, here_, id, on); }).has_value());
  ASSERT_TRUE(write([&](store::Tx& tx) { return rest_on(tx, here_, id, kAnswer); }).has_value());
  EXPECT_EQ(evidence(id).size(), 1U) << "resting on the same twice is once";
  ASSERT_TRUE(write([&](store::Tx& tx) { return unrest(tx, here_, id, on); }).has_value());
  clock_.advance(31LL * 24 * 3600 * 1000);
  ASSERT_TRUE(write([&](store::Tx& tx) { return sweep(tx, here_); }).has_value());
  ASSERT_TRUE(write([&](store::Tx& tx) { return rest_again(tx, here_, id, on); }).has_value());
  EXPECT_TRUE(evidence(id).empty());
}

TEST_P(FindingTest, IsNothingToAnotherLibrary) {
  const auto id = raised("Ours.", {kAnswer});
  EXPECT_EQ(read(elsewhere_, [&](store::Read& db) { return finding(db, elsewhere_, id); }).error().fault, Fault::not_found);
  EXPECT_TRUE(read(elsewhere_, [&](store::Read& db) { return findings(db, elsewhere_); }).value()->empty());
  EXPECT_TRUE(read(elsewhere_, [&](store::Read& db) { return findings_on(db, elsewhere_, kAnswer); })->empty());
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return decide(tx, elsewhere_, id, State::dismissed); }).error().fault, Fault::not_found);
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return rest_on(tx, elsewhere_, id, kAnswer); }).error().fault, Fault::not_found);
  EXPECT_EQ(loaded(id).state, State::open);
}

TEST_P(FindingTest, ForgetsWhatIsGoneButStaysItself) {
  const auto note = Ref{"private_note", Id::random().text()};
  const auto id = raised("Two grounds.", {kAnswer, note}, Voice::named);
  ASSERT_TRUE(write([&](store::Tx& tx) -> Done {
    TRY_DONE(link(tx, here_, kAnswer, {"action", "a"}));
    TRY_DONE(forget(tx, here_, kAnswer));
    return forget(tx, here_, note);
  }).has_value());
  ASSERT_EQ(evidence(id).size(), 1U);
  EXPECT_EQ(evidence(id)[0].ref.kind, "private_note");
  EXPECT_NE(evidence(id)[0].ref.id, note.id);
  EXPECT_TRUE(read([&](store::Read& db) { return came_from(db, here_, {"action", "a"}); })->empty());
}

TEST_P(FindingTest, LinksAreWalkedBothWaysAndMadeOnce) {
  const Ref from{"finding", raised("From.").text()};
  const Ref to{"action", Id::random().text()};
  for (int twice = 0; twice < 2; ++twice) ASSERT_TRUE(write([&](store::Tx& tx) { return link(tx, here_, from, to); }).has_value());
  EXPECT_EQ(read([&](store::Read& db) { return came_from(db, here_, to); }).value(), std::vector<Ref>{from});
  EXPECT_EQ(read([&](store::Read& db) { return became(db, here_, from); }).value(), std::vector<Ref>{to});
  EXPECT_EQ(read([&](store::Read& db) { return links_from(db, here_, "finding"); }).value()->size(), 1U);
  EXPECT_FALSE(write([&](store::Tx& tx) { return link(tx, here_, from, from); }).has_value());
}

TEST_P(FindingTest, ThemesAreNamedByTheLibraryAndGetTheirNameBack) {
  const auto label = [&](const store::Scope& scope, Language language = Language::en) {
    const auto all = read(scope, [&](store::Read& db) { return themes(db, scope, language); }).value();
    for (const auto& theme : all)
      if (theme.code == "rest") return theme.label + (theme.hidden ? " (hidden)" : "");
    return std::string();
  };
  const auto rename = [&](const std::string& code, const ThemeWords& words) { return write([&](store::Tx& tx) { return rename_theme(tx, here_, code, words); }); };
  const auto offer = [&](const std::string& code, Offering offering) { return write([&](store::Tx& tx) { return offer_theme(tx, here_, code, offering); }); };
  const auto shipped = label(here_);
  ASSERT_FALSE(shipped.empty());
  const auto spanish = label(here_, Language::es);
  ASSERT_TRUE(rename("rest", {" A quiet chair ", ""}).has_value());
  EXPECT_EQ(label(here_), "A quiet chair");
  EXPECT_EQ(label(here_, Language::es), spanish);
  EXPECT_EQ(label(elsewhere_), shipped);
  ASSERT_TRUE(rename("rest", {"A quiet chair", "Una silla tranquila"}).has_value());
  EXPECT_EQ(label(here_, Language::es), "Una silla tranquila");
  ASSERT_TRUE(rename("rest", {shipped, ""}).has_value());
  EXPECT_EQ(label(here_), shipped);
  EXPECT_EQ(label(here_, Language::es), spanish);
  ASSERT_TRUE(offer("rest", Offering::hidden).has_value());
  ASSERT_TRUE(offer("rest", Offering::hidden).has_value());
  EXPECT_EQ(label(here_), shipped + " (hidden)");
  EXPECT_EQ(label(elsewhere_), shipped);
  ASSERT_TRUE(offer("rest", Offering::offered).has_value());
  EXPECT_EQ(label(here_), shipped);
}

TEST_P(FindingTest, ThemesAreRefusedANameThatIsTooLongOrTakenAndNothingIsKept) {
  const auto rename = [&](const std::string& code, const ThemeWords& words) { return write([&](store::Tx& tx) { return rename_theme(tx, here_, code, words); }); };
  EXPECT_EQ(rename("nothing", {"x", "x"}).error().fault, Fault::not_found);
  EXPECT_EQ(write([&](store::Tx& tx) { return offer_theme(tx, here_, "nothing", Offering::hidden); }).error().fault, Fault::not_found);
  const auto twice = rename("rest", {" FOOD ", std::string(61, 'x')});
  EXPECT_EQ(wrong_at(twice, "label_en"), "lineage.theme.label_taken");
  EXPECT_EQ(wrong_at(twice, "label_es"), "lineage.theme.label_too_long");
  EXPECT_FALSE(rename("rest", {"A quiet chair", std::string(61, 'x')}).has_value());
  const auto all = read([&](store::Read& db) { return themes(db, here_, Language::en); }).value();
  for (const auto& theme : all) EXPECT_EQ(theme.label, theme.shipped);
}

class OlderThemes : public ::testing::TestWithParam<store::Engine> {};
KEDGE_ON_BOTH_ENGINES(OlderThemes);

TEST_P(OlderThemes, KeepTheirNamesWhenTheyGetOneByLanguage) {
  KEDGE_NEEDS_ENGINE(GetParam());
  setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
  const std::span<const store::Migration> stand_in(kStandIn);
  store::TestDatabase database(GetParam(), store::joined({stand_in, kMigrations.first(1)}));
  const store::Scope here{Id::random(), Id(), {Role::lead}};
  const std::string sql = "INSERT INTO theme_label (library_id, code, label, hidden) VALUES (:library, :code, :label, :hidden)";
  const store::Query<void(Id, std::string, std::string, bool)> label("test.theme_label", sql);
  ASSERT_TRUE(database->write(here, [&](store::Tx& tx) -> Done {
    TRY_DONE(tx.run(kSeedLibrary, here.library));
    TRY_DONE(tx.run(label, here.library, std::string("rest"), std::string("A quiet chair"), false));
    TRY_DONE(tx.run(label, here.library, std::string("veterans"), std::string(), true));
    return {};
  }).has_value());
  const auto all = store::joined({stand_in, kMigrations});
  ASSERT_TRUE(database->migrate(all).has_value());
  for (const auto language : kLanguages) {
    const auto read = database->read(here, [&](store::Read& db) { return themes(db, here, language); });
    ASSERT_TRUE(read.has_value());
    for (const auto& theme : *read) {
      EXPECT_EQ(theme.label, theme.code == "rest" ? "A quiet chair" : theme.shipped);
      EXPECT_EQ(theme.hidden, theme.code == "veterans") << theme.code;
    }
  }
}

}  // namespace
}  // namespace kedge::lineage
