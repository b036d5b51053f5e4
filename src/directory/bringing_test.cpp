#include "directory/bringing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/contact_csv.hpp"
#include "directory/taking_along.hpp"
#include "directory/vcard.hpp"
#include "lineage/testing.hpp"

namespace kedge::directory {
namespace {

class BringingTest : public lineage::ThreadTest {
 protected:
  BringingTest() : ThreadTest({kMigrations}) {}

  static std::vector<Line> lines(const std::string& rows) {
    const auto table = read_table("Organization,Name,Role,Phone,E-mail,Website\n" + rows);
    return lines_of(*table, recognized(table->rows.front().cells), [](std::string_view) { return std::string(); }).lines;
  }
  Arrivals look(const std::vector<Line>& what, std::string_view elsewhere = "") {
    return read([&](store::Read& db) { return arrivals(db, here_, what, elsewhere); }).value();
  }
  Result<Came> take(const std::vector<Line>& what, const Decisions& decisions = {}) {
    return write([&](store::Tx& tx) -> Result<Came> {
      TRY(const auto all, arrivals(tx, here_, what, ""));
      return take_in(tx, here_, all, decisions);
    });
  }
  std::vector<Contact> everybody() {
    return *read([&](store::Read& db) { return contacts(db, here_); }).value();
  }
  std::size_t organizations_here() {
    return read([&](store::Read& db) { return organizations(db, here_); }).value()->size();
  }
};
KEDGE_ON_BOTH_ENGINES(BringingTest);

TEST_P(BringingTest, MakesWhatIsNewAndTheSameFileAgainChangesNothing) {
  const auto file = lines("Clinic,Ada Lund,Nurse,555-0142,ada@clinic.example,clinic.example\nclinic,Bo,,,,\nGrain Co-op,,,,,\n");
  const auto came = take(file);
  ASSERT_TRUE(came.has_value()) << came.error().key;
  EXPECT_EQ(came->organizations, 2);
  EXPECT_EQ(came->contacts, 2);
  EXPECT_EQ(everybody().size(), 2U);
  for (const auto& one : look(file).organizations) EXPECT_EQ(one.standing, Standing::known) << one.key;
  for (const auto& one : look(file).contacts) EXPECT_EQ(one.standing, Standing::known) << one.key;
  const auto again = take(file).value();
  EXPECT_EQ(again.organizations + again.contacts + again.filled, 0);
}

TEST_P(BringingTest, WhatIsTakenAlongAndBroughtBackChangesNothing) {
  ASSERT_TRUE(take(lines("Clinic,=Ada,@nurse,+1 618 555 0142,ada@clinic.example,clinic.example\nClinic,Zoë,,'555-0142,,\nGrain Co-op,,,,,\n")).has_value());
  const auto all = read([&](store::Read& db) { return all_lines(db, here_); }).value();
  ASSERT_EQ(all.size(), 3U);
  const std::vector<std::string> headings{"Organización", "Nombre", "Cargo", "Departamento", "Teléfono", "Correo electrónico", "Tipo", "También se conoce como", "Sitio web", "Correo de la organización", "Descripción"};
  const auto table = read_table(write_csv(all, headings, [](const std::string& kind) { return kind; }));
  const auto back = lines_of(*table, recognized(table->rows.front().cells), [](std::string_view kind) { return std::string(kind); }).lines;
  const auto kept = read([&](store::Read& db) { return organizations(db, here_); }).value();
  const auto people = everybody();
  const auto cards = read_vcards(write_vcards(*kept, people, read([&](store::Read& db) { return changed_at(db, here_); }).value()));
  for (const auto& file : {back, cards->lines}) {
    const auto arrived = look(file);
    EXPECT_EQ(arrived.contacts.size(), 2U);
    for (const auto& one : arrived.organizations) EXPECT_EQ(one.standing, Standing::known) << one.key;
    for (const auto& one : arrived.contacts) EXPECT_EQ(one.standing, Standing::known) << one.key;
  }
}

TEST_P(BringingTest, KeepsWhatIsThereFillsWhatIsEmptyAndTakesWhatIsChosen) {
  ASSERT_TRUE(take(lines("Clinic,Ada Lund,Nurse,555-0142,,\n")).has_value());
  const auto file = lines("Clinic,Ada Lund,Doctor,555-0199,ada@clinic.example,\n");
  const auto arrived = look(file);
  ASSERT_EQ(arrived.contacts.size(), 1U);
  EXPECT_EQ(arrived.contacts[0].standing, Standing::fuller);
  const auto id = everybody().at(0).id;
  ASSERT_TRUE(take(file, {{"c2", {Decision::What::into, id, 1, {"phone"}}}}).has_value());
  const auto ada = everybody().at(0);
  EXPECT_EQ(ada.title, "Nurse");
  EXPECT_EQ(ada.phone, "555-0199");
  EXPECT_EQ(ada.email, "ada@clinic.example");
  EXPECT_EQ(everybody().size(), 1U);
  const auto late = take(lines("Clinic,Ada Lund,,,late@clinic.example,\n"), {{"c2", {Decision::What::into, id, 1, {"email"}}}});
  EXPECT_EQ(lineage::wrong_at(late, "c2"), "directory.bring.changed");
  EXPECT_EQ(everybody().at(0).email, "ada@clinic.example");
}

TEST_P(BringingTest, AsksAPersonWhereItIsNotSureAndKeepsNothingUntilThen) {
  ASSERT_TRUE(take(lines("Prairie Clinic,Ada Lund,,618-555-0142,,\n")).has_value());
  const auto file = lines("The Prairie Clinic,Cleo,,,,\nTown Hall,Ada Lund,,,,\n");
  const auto result = take(file);
  EXPECT_EQ(lineage::wrong_at(result, "o2"), "directory.bring.undecided");
  EXPECT_EQ(lineage::wrong_at(result, "c3"), "directory.bring.undecided");
  EXPECT_EQ(organizations_here(), 1U) << "nothing of it is kept";
  const auto clinic = read([&](store::Read& db) { return organizations(db, here_); }).value()->at(0).id;
  ASSERT_TRUE(take(file, {{"o2", {Decision::What::into, clinic, 1, {}}}, {"c3", {Decision::What::add}}}).has_value());
  EXPECT_EQ(organizations_here(), 2U);
  EXPECT_EQ(everybody().size(), 3U);
  EXPECT_EQ(read([&](store::Read& db) { return contacts_at(db, here_, clinic); })->size(), 2U);
}

TEST_P(BringingTest, LeavesOutAnOrganizationWithItsPeople) {
  ASSERT_TRUE(take(lines("Clinic,Ada,,,,\nSchool,Bo,,,,\n"), {{"o2", {Decision::What::leave}}}).has_value());
  ASSERT_EQ(everybody().size(), 1U);
  EXPECT_EQ(everybody().at(0).name, "Bo");
}

TEST_P(BringingTest, AnOrganizationThatIsThereIsLeftAsItIsAndPeopleStillComeToIt) {
  ASSERT_TRUE(take(lines("Clinic,,,,,\n")).has_value());
  const auto file = lines("Clinic,Ada,,,,clinic.example\n");
  EXPECT_EQ(look(file).organizations.at(0).standing, Standing::fuller);
  ASSERT_TRUE(take(file, {{"o2", {Decision::What::leave}}}).has_value());
  EXPECT_EQ(everybody().size(), 1U);
  EXPECT_EQ(read([&](store::Read& db) { return organizations(db, here_); }).value()->at(0).website, "");
}

TEST_P(BringingTest, SaysWhatIsWrongAtItsRowAndTakesTheRest) {
  const auto file = lines("Clinic,Ada,,,not an address,\n,Bo,,,,\nClinic,,,555-0142,,\nSchool,Cleo,,,,javascript://x.example\nClinic,Dora,,,,\nClinic,Dora,,555-1,,\nClinic,Dora,,555-2,,\n");
  const auto arrived = look(file);
  const auto wrong_of = [&](const std::string& key) {
    for (const auto& one : arrived.contacts)
      if (one.key == key && !one.wrong.empty()) return one.wrong.front().field + " " + one.wrong.front().key;
    return std::string("fine");
  };
  EXPECT_EQ(wrong_of("c2"), "email directory.email.broken");
  EXPECT_EQ(wrong_of("c3"), "organization directory.bring.no_organization");
  EXPECT_EQ(wrong_of("c4"), "name directory.contact.name.missing");
  EXPECT_EQ(wrong_of("c5"), "organization directory.bring.organization_wrong");
  EXPECT_EQ(wrong_of("c6"), "fine");
  EXPECT_EQ(wrong_of("c8"), "name directory.bring.twice");
  ASSERT_TRUE(take(file).has_value());
  ASSERT_EQ(everybody().size(), 1U);
  EXPECT_EQ(everybody().at(0).phone, "555-1") << "two lines that agree are one";
  EXPECT_TRUE(look(file, "Clinic").contacts.at(1).wrong.empty());
}

TEST_P(BringingTest, IsNothingToAnotherLibrary) {
  ASSERT_TRUE(take(lines("Clinic,Ada,,,,\n")).has_value());
  const auto file = lines("Clinic,Ada,,,,\n");
  const auto there = read(elsewhere_, [&](store::Read& db) { return arrivals(db, elsewhere_, file, ""); }).value();
  EXPECT_EQ(there.contacts.at(0).standing, Standing::fresh);
  const auto ada = everybody().at(0).id;
  const auto stolen = write(elsewhere_, [&](store::Tx& tx) { return take_in(tx, elsewhere_, there, {{"c2", {Decision::What::into, ada, 1, {}}}}); });
  EXPECT_EQ(lineage::wrong_at(stolen, "c2"), "directory.bring.changed");
}

}  // namespace
}  // namespace kedge::directory
