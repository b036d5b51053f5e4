#include "guide/workbook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "guide/exchange.hpp"
#include "guide/records.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "identity/identity.hpp"
#include "identity/members.hpp"
#include "store/testing.hpp"

namespace kedge::guide {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kGuide = R"(guide: small
version: 1
title: {en: Small, es: Breve}
introduction: {en: A small guide, es: Una breve}
source: {name: None, by: Nobody, url: "https://example.org/"}
sections:
  - id: one
    title: {en: One, es: Uno}
    lede: {en: Begin, es: Empiece}
    prompts:
      - {id: one.words, kind: reflection, label: {en: Words, es: Palabras}, limit: 40}
      - {id: one.plan, kind: reflection, label: {en: Plan, es: Plan}, voices: [personal], share: never}
      - id: one.people
        kind: list
        voices: [team]
        label: {en: People, es: Personas}
        columns:
          - {id: organization, kind: organization, label: {en: Where, es: Dónde}}
          - {id: person, kind: contact, label: {en: Who, es: Quién}}
          - {id: phone, kind: phone, label: {en: Phone, es: Teléfono}}
          - {id: by-when, kind: date, label: {en: By, es: Para}}
)";

class WorkbookTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!store::TestDatabase::available(GetParam())) return;
    crypto::start();
    database_ = std::make_unique<store::TestDatabase>(
        GetParam(), store::joined({store::kMigrations, identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, kMigrations}));
    keyring_ = store::Keyring::open(database_->folder() / "keys.db").value();
    identity::Founding founding;
    founding.library.name = "Harbor Grove";
    founding.lead_name = "Rosa";
    founding.lead_email = "rosa@example.org";
    founding.password = "lantern on the quay";
    const auto joined = db().write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found(tx, *keyring_, founding); });
    ASSERT_TRUE(joined.has_value()) << joined.error().key;
    rosa_ = {joined->session.library, joined->session.member, Roles{Role::administrator, Role::lead}};
    const auto ana = db().write(rosa_, [&](store::Tx& tx) { return identity::add_member(tx, rosa_, {"Ana"}); });
    ASSERT_TRUE(ana.has_value()) << ana.error().key;
    ana_ = {rosa_.library, *ana, Roles{Role::staff}};
    const auto guide = parse_guide(kGuide, "small.yaml");
    ASSERT_TRUE(guide.has_value()) << (guide.error().fields.empty() ? guide.error().key : guide.error().fields[0].field + guide.error().fields[0].key);
    book_ = import_of(*guide, "Spring");
  }

  Id import_of(const Guide& guide, const std::string& title) {
    const std::string json = R"({"kedge":"workbook","version":1,"title":")" + title + R"(","guide":)" + quoted(to_yaml(guide)) + R"(,"answers":[]})";
    return db().write(rosa_, [&](store::Tx& tx) { return import_workbook(tx, rosa_, json, nullptr); }).value().workbook;
  }
  static std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n') out += "\\n";
      else out += c;
    }
    return out + "\"";
  }
  store::Database& db() { return database_->db(); }
  Place words() const { return {book_, "one.words", ""}; }
  Result<Answer> team(const store::Scope& who, const Place& place, const Values& values, std::int64_t version, const ShownValues& shown = {}) {
    return db().write(who, [&](store::Tx& tx) { return save_team(tx, who, place, values, version, shown); });
  }
  Result<PrivateAnswer> alone(const store::Scope& who, const crypto::Key& key, const Place& place, const Values& values, std::int64_t version) {
    return db().write(who, [&](store::Tx& tx) { return save_private(tx, who, key, {place, values, version}); });
  }
  std::vector<Answer> all(const store::Scope& who) {
    return db().read(who, [&](store::Read& read) { return answers(read, who, book_); }).value();
  }

  std::unique_ptr<store::TestDatabase> database_;
  std::unique_ptr<store::Keyring> keyring_;
  store::Scope rosa_;
  store::Scope ana_;
  Id book_;
};
KEDGE_ON_BOTH_ENGINES(WorkbookTest);

TEST_P(WorkbookTest, KeepsBothTextsWhenTwoPeopleChangeOneAnswer) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(team(rosa_, words(), {{"text", "Rosa was first"}}, 0).value().version, 1);
  const auto late = team(ana_, words(), {{"text", "Ana was second"}}, 0);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().key, "guide.answer.changed");
  ASSERT_TRUE(db().write(ana_, [&](store::Tx& tx) { return keep_beside(tx, ana_, words(), {{"text", "Ana was second"}}, 0); }).has_value());
  EXPECT_EQ(all(rosa_).at(0).values.at("text"), "Rosa was first");
  const auto waiting = db().read(rosa_, [&](store::Read& read) { return besides(read, rosa_, book_); }).value();
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].values.at("text"), "Ana was second");
  EXPECT_EQ(waiting[0].member, ana_.actor);
  ASSERT_TRUE(db().write(rosa_, [&](store::Tx& tx) { return settle(tx, rosa_, waiting[0].revision); }).has_value());
  EXPECT_TRUE(db().read(rosa_, [&](store::Read& read) { return besides(read, rosa_, book_); }).value().empty());
  const auto kept = db().read(rosa_, [&](store::Read& read) { return revisions(read, rosa_, all(rosa_).at(0).id); }).value();
  EXPECT_EQ(kept.size(), 2u) << "a settled text stays among the revisions";
}

TEST_P(WorkbookTest, TakesTheSameWordsTwiceWithoutANewVersion) {
  KEDGE_NEEDS_ENGINE(GetParam());
  ASSERT_EQ(team(rosa_, words(), {{"text", "once"}}, 0).value().version, 1);
  EXPECT_EQ(team(rosa_, words(), {{"text", "once"}}, 0).value().version, 1);
}

TEST_P(WorkbookTest, OpensAPrivateAnswerForItsWriterAlone) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto key = crypto::Key::random();
  ASSERT_TRUE(alone(ana_, key, words(), {{"text", "the lighthouse keeper"}}, 0).has_value());
  EXPECT_EQ(db().read(ana_, [&](store::Read& read) { return private_answers(read, ana_, key, book_); }).value().at(0).values.at("text"),
            "the lighthouse keeper");
  EXPECT_TRUE(all(rosa_).empty());
  EXPECT_TRUE(db().read(rosa_, [&](store::Read& read) { return private_answers(read, rosa_, key, book_); }).value().empty());
  const auto with_wrong_key = db().read(ana_, [&](store::Read& read) { return private_answers(read, ana_, crypto::Key::random(), book_); });
  ASSERT_FALSE(with_wrong_key.has_value());
  EXPECT_EQ(with_wrong_key.error().fault, Fault::forbidden);
  if (GetParam() == store::Engine::sqlite) {
    std::ostringstream bytes;
    for (const auto* name : {"kedge.db", "kedge.db-wal"}) bytes << std::ifstream(database_->folder() / name, std::ios::binary).rdbuf();
    EXPECT_THAT(bytes.str(), HasSubstr("Harbor Grove")) << "else this test looks at the wrong file";
    EXPECT_THAT(bytes.str(), Not(HasSubstr("lighthouse")));
  }
}

TEST_P(WorkbookTest, SharesAClearCopyAndTakesItBackWithItsRevisions) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto key = crypto::Key::random();
  ASSERT_TRUE(alone(ana_, key, words(), {{"text", "the lighthouse keeper"}}, 0).has_value());
  ASSERT_TRUE(db().write(ana_, [&](store::Tx& tx) { return share(tx, ana_, key, words()); }).has_value());
  ASSERT_EQ(all(rosa_).size(), 1u);
  EXPECT_EQ(all(rosa_)[0].voice, Voice::personal);
  EXPECT_EQ(all(rosa_)[0].member, ana_.actor);
  const auto copy = all(rosa_)[0].id;
  ASSERT_TRUE(db().write(ana_, [&](store::Tx& tx) { return take_back(tx, ana_, words()); }).has_value());
  EXPECT_TRUE(all(rosa_).empty());
  EXPECT_TRUE(db().read(rosa_, [&](store::Read& read) { return revisions(read, rosa_, copy); }).value().empty());
  const auto never = db().write(ana_, [&](store::Tx& tx) -> Done {
    const Place plan{book_, "one.plan", ""};
    TRY_DONE(save_private(tx, ana_, key, {plan, {{"text", "mine"}}, 0}));
    return share(tx, ana_, key, plan);
  });
  ASSERT_FALSE(never.has_value());
  EXPECT_EQ(never.error().key, "guide.answer.never_shared");
}

TEST_P(WorkbookTest, PullsSharedWordsUnderTheirWritersNameAndLosesNothing) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto key = crypto::Key::random();
  ASSERT_TRUE(team(rosa_, words(), {{"text", "we say"}}, 0).has_value());
  ASSERT_TRUE(alone(ana_, key, words(), {{"text", "I say"}}, 0).has_value());
  ASSERT_TRUE(db().write(ana_, [&](store::Tx& tx) { return share(tx, ana_, key, words()); }).has_value());
  Id shared;
  for (const auto& answer : all(rosa_))
    if (answer.voice == Voice::personal) shared = answer.id;
  ASSERT_TRUE(db().write(rosa_, [&](store::Tx& tx) { return pull(tx, rosa_, words(), {shared}); }).has_value());
  ASSERT_TRUE(db().write(ana_, [&](store::Tx& tx) { return take_back(tx, ana_, words()); }).has_value());
  ASSERT_EQ(all(rosa_).size(), 1u);
  EXPECT_EQ(all(rosa_)[0].values.at("text"), "we say\n\nAna: I say");
}

TEST_P(WorkbookTest, RefusesWhatDoesNotFitAndKeepsNothingOfIt) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto long_one = team(rosa_, words(), {{"text", std::string(41, 'x')}}, 0);
  ASSERT_FALSE(long_one.has_value());
  EXPECT_EQ(long_one.error().fields.at(0).field, "text");
  EXPECT_EQ(long_one.error().key, "guide.answer.too_long");
  EXPECT_TRUE(team(rosa_, words(), {{"text", std::string(40, 'x')}}, 0).has_value());
  EXPECT_EQ(team(rosa_, {book_, "one.nothing", ""}, {{"text", "x"}}, 0).error().fault, Fault::not_found);
  EXPECT_EQ(team(rosa_, {book_, "one.people", "no-id"}, {{"person", "x"}}, 0).error().fault, Fault::not_found);
  const auto row = Id::random().text();
  const auto wrong = team(rosa_, {book_, "one.people", row}, {{"by-when", "2026-02-30"}, {"organization", "Township office"}}, 0);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().fields.at(0).field, "by-when");
  EXPECT_TRUE(db().read(rosa_, [&](store::Read& read) { return directory::organizations(read, rosa_); }).value()->empty());
}

TEST_P(WorkbookTest, MakesOneOrganizationAndContactOfTheNamesInItsRows) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const Place first{book_, "one.people", Id::random().text()};
  const Place second{book_, "one.people", Id::random().text()};
  ASSERT_TRUE(team(rosa_, first, {{"organization", "Township office"}, {"person", "Marge"}, {"phone", "618-555-0101"}}, 0).has_value());
  ASSERT_TRUE(team(rosa_, second, {{"organization", "township OFFICE"}, {"person", "marge"}}, 0).has_value());
  const Values seen{{"organization", "Township office"}, {"person", "Marge"}, {"phone", "618-555-0101"}};
  ASSERT_TRUE(team(rosa_, second, {{"organization", "Township office"}, {"person", "Marge"}, {"phone", "618-555-0102"}}, 1, seen).has_value());
  const auto known = db().read(rosa_, [&](store::Read& read) { return records(read, rosa_); }).value();
  ASSERT_EQ(known.organizations->size(), 1u);
  ASSERT_EQ(known.contacts->size(), 1u);
  EXPECT_EQ(known.contacts->at(0).phone, "618-555-0102");
  const auto book = db().read(rosa_, [&](store::Read& read) { return workbook(read, rosa_, book_); }).value();
  for (const auto& answer : all(rosa_)) {
    const auto named = with_names(known, *book.definition().prompt("one.people"), answer.values);
    EXPECT_EQ(named.at("organization"), "Township office");
    EXPECT_EQ(named.at("person"), "Marge");
    EXPECT_EQ(named.at("phone"), "618-555-0102") << "the contact's number, in every row";
  }
}

TEST_P(WorkbookTest, WritesOfAContactOnlyWhatWasChangedAgainstWhatWasShown) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const Place place{book_, "one.people", Id::random().text()};
  const Values blank{{"organization", ""}, {"person", ""}, {"phone", ""}};
  const Values row{{"organization", "Pantry"}, {"person", "Celia"}};
  const auto with = [&](Values values, const char* name, const char* value) { values[name] = value; return values; };
  const auto celia = [&] { return db().read(rosa_, [&](store::Read& read) { return records(read, rosa_); }).value().contacts->at(0); };
  const auto call = [&](const char* phone) {  // in the directory
    auto contact = celia();
    contact.phone = phone;
    ASSERT_TRUE(db().write(rosa_, [&](store::Tx& tx) { return directory::save(tx, rosa_, contact); }).has_value());
  };
  ASSERT_TRUE(team(ana_, place, row, 0, blank).has_value());
  call("618-555-0138");
  const auto seen_without = with(row, "phone", "");
  EXPECT_TRUE(team(ana_, place, with(row, "by-when", "2026-04-01"), 1, seen_without).has_value());
  EXPECT_EQ(celia().phone, "618-555-0138") << "a blank over a number that was never seen";
  EXPECT_TRUE(team(ana_, place, row, 2).has_value());
  EXPECT_TRUE(team(ana_, place, with(row, "phone", "618-555-0199"), 3).has_value());
  EXPECT_EQ(celia().phone, "618-555-0138") << "what did not see the contact does not know better";
  const auto late = team(ana_, place, with(row, "phone", "618-555-0199"), 3, seen_without);
  ASSERT_FALSE(late.has_value()) << "two numbers: somebody has to choose";
  EXPECT_EQ(late.error().key, "guide.answer.changed");
  const auto seen = with(row, "phone", "618-555-0138");
  EXPECT_TRUE(team(ana_, place, with(row, "phone", "618-555-0199"), 3, seen).has_value());
  EXPECT_EQ(celia().phone, "618-555-0199");
  EXPECT_TRUE(team(ana_, place, row, 3, with(row, "phone", "618-555-0199")).has_value());
  EXPECT_EQ(celia().phone, "") << "what was seen may be taken out";
}

TEST_P(WorkbookTest, KeepsTheRecordOfANameThatWasLeftAsItWasShown) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const Place place{book_, "one.people", Id::random().text()};
  const Values row{{"organization", "Pantry"}, {"person", "Celia"}, {"phone", "618-555-0138"}};
  const auto saved = team(ana_, place, row, 0, Values{});
  ASSERT_TRUE(saved.has_value());
  const auto known = [&] { return db().read(rosa_, [&](store::Read& read) { return records(read, rosa_); }).value(); };
  auto renamed = known().contacts->at(0);
  renamed.name = "Celia Ortega";
  ASSERT_TRUE(db().write(rosa_, [&](store::Tx& tx) { return directory::save(tx, rosa_, renamed); }).has_value());
  auto later = row;
  later["by-when"] = "2026-04-01";
  ASSERT_TRUE(team(ana_, place, later, 1, row).has_value());
  ASSERT_EQ(known().contacts->size(), 1u) << "a second Celia";
  // somebody else in the same row: the number that was shown is not hers
  later["person"] = "Marge";
  ASSERT_TRUE(team(ana_, place, later, 2, row).has_value());
  ASSERT_EQ(known().contacts->size(), 2u);
  const auto both = known();
  for (const auto& one : *both.contacts) EXPECT_EQ(one.phone, one.name == "Marge" ? "" : "618-555-0138");
}

TEST_P(WorkbookTest, ARowThatNamesAMergedContactShowsTheOneItLeadsToAndSoDoesItsFile) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const Place place{book_, "one.people", Id::random().text()};
  const Values row{{"organization", "Pantry"}, {"person", "Celia"}, {"phone", "618-555-0138"}};
  ASSERT_TRUE(team(ana_, place, row, 0, Values{}).has_value());
  const auto known = [&] { return db().read(rosa_, [&](store::Read& read) { return records(read, rosa_); }).value(); };
  const auto celia = known().contacts->at(0);
  const auto merged_into = [&](store::Tx& tx) -> Done {
    directory::Contact other;
    TRY(other.organization, directory::named(tx, rosa_, "Food pantry"));
    other.name = "Celia Ortega";
    other.phone = "618-555-0100";
    TRY(other.id, directory::save(tx, rosa_, other));
    TRY(const auto kept, directory::contact(tx, rosa_, other.id));
    TRY_DONE(directory::merge(tx, rosa_, kept, celia, {}));
    TRY(const auto pantry, directory::organization(tx, rosa_, celia.organization));
    TRY(const auto food, directory::organization(tx, rosa_, kept.organization));
    return directory::merge(tx, rosa_, food, pantry, {});
  };
  ASSERT_TRUE(db().write(rosa_, merged_into).has_value());
  const auto book = db().read(rosa_, [&](store::Read& read) { return workbook(read, rosa_, book_); }).value();
  const auto shown = [&] { return with_names(known(), *book.definition().prompt("one.people"), all(rosa_).at(0).values); };
  EXPECT_EQ(shown().at("organization"), "Food pantry");
  EXPECT_EQ(shown().at("person"), "Celia Ortega");
  EXPECT_EQ(shown().at("phone"), "618-555-0100");
  const auto file = db().read(rosa_, [&](store::Read& read) { return export_workbook(read, rosa_, book_, nullptr); }).value();
  EXPECT_NE(file.find("Celia Ortega"), std::string::npos);
  EXPECT_EQ(file.find("618-555-0138"), std::string::npos);
  auto later = shown();
  later["phone"] = "618-555-0101";
  ASSERT_TRUE(team(ana_, place, later, 1, shown()).has_value()) << "what was shown is the other one's, and may be changed";
  EXPECT_EQ(shown().at("phone"), "618-555-0101");
  EXPECT_EQ(known().contacts->size(), 1u);
}

TEST_P(WorkbookTest, ComesBackTheSameFromItsFile) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto key = crypto::Key::random();
  ASSERT_TRUE(team(rosa_, words(), {{"text", "se\xC3\xB1or \"quoted\"\nline"}}, 0).has_value());
  ASSERT_TRUE(team(rosa_, {book_, "one.people", Id::random().text()}, {{"organization", "Clinic"}}, 0).has_value());
  ASSERT_TRUE(alone(rosa_, key, words(), {{"text", "mine"}}, 0).has_value());
  const auto file = db().read(rosa_, [&](store::Read& read) { return export_workbook(read, rosa_, book_, &key); }).value();
  const auto copy = db().write(rosa_, [&](store::Tx& tx) { return import_workbook(tx, rosa_, file, &key); });
  ASSERT_TRUE(copy.has_value()) << copy.error().key;
  auto again = db().read(rosa_, [&](store::Read& read) { return export_workbook(read, rosa_, copy->workbook, &key); }).value();
  // ids of rows that somebody added are new; everything else is the same
  const auto without_rows = [](std::string text) {
    for (auto at = text.find("\"row\": \""); at != std::string::npos; at = text.find("\"row\": \"", at + 1)) text.erase(at, text.find('\n', at) - at);
    return text;
  };
  EXPECT_EQ(without_rows(file), without_rows(again));
}

TEST_P(WorkbookTest, RefusesABrokenFileWholeAndSaysWhere) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto file = db().read(rosa_, [&](store::Read& read) { return export_workbook(read, rosa_, book_, nullptr); }).value();
  const auto import = [&](const std::string& json) { return db().write(rosa_, [&](store::Tx& tx) { return import_workbook(tx, rosa_, json, nullptr); }); };
  const auto count = [&] { return db().read(rosa_, [&](store::Read& read) { return workbooks(read, rosa_); }).value().size(); };
  const auto before = count();
  EXPECT_EQ(import("{").error().key, "guide.import.not_ours");
  EXPECT_EQ(import(R"({"kedge":"workbook","version":2})").error().key, "guide.import.newer");
  EXPECT_EQ(import(R"({"kedge":"workbook","version":0})").error().key, "guide.import.older");
  auto bad = file;
  bad.replace(bad.find("\"answers\": []"), 13, R"("answers": [{"prompt":"one.words","row":"","values":{"text":7}}])");
  const auto refused = import(bad);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fields.at(0).field, "answers/0/values/text");
  EXPECT_EQ(count(), before);
}

TEST_P(WorkbookTest, HidesWhatIsOfAnotherLibrary) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const store::Scope other{Id::random(), rosa_.actor, rosa_.roles};
  EXPECT_EQ(db().read(other, [&](store::Read& read) { return workbook(read, other, book_); }).error().fault, Fault::not_found);
  EXPECT_EQ(team(other, words(), {{"text", "x"}}, 0).error().fault, Fault::not_found);
}

TEST_P(WorkbookTest, ForgetsThePrivateAnswersOfWhoLeaves) {
  KEDGE_NEEDS_ENGINE(GetParam());
  const auto key = crypto::Key::random();
  ASSERT_TRUE(alone(ana_, key, words(), {{"text", "mine"}}, 0).has_value());
  ASSERT_TRUE(alone(ana_, key, words(), {{"text", "mine, later"}}, 1).has_value());
  ASSERT_TRUE(team(ana_, words(), {{"text", "ours"}}, 0).has_value());
  ASSERT_TRUE(db().write(rosa_, [&](store::Tx& tx) { return erase_private(tx, rosa_, ana_.actor); }).has_value());
  EXPECT_TRUE(db().read(ana_, [&](store::Read& read) { return private_answers(read, ana_, key, book_); }).value().empty());
  EXPECT_EQ(all(rosa_).at(0).values.at("text"), "ours");
}

}  // namespace
}  // namespace kedge::guide
