#include "directory/directory.hpp"

#include <gtest/gtest.h>

#include "lineage/testing.hpp"

namespace kedge::directory {
namespace {

using lineage::wrong_at;

class DirectoryTest : public lineage::ThreadTest {
 protected:
  DirectoryTest() : ThreadTest({kMigrations}) {}

  Result<Id> kept(const Organization& organization) {
    return write([&](store::Tx& tx) { return save(tx, here_, organization); });
  }
  Result<Id> kept(const Contact& contact) {
    return write([&](store::Tx& tx) { return save(tx, here_, contact); });
  }
  Id clinic() {
    Organization organization;
    organization.name = "Prairie Clinic";
    organization.kind = "health";
    return kept(organization).value();
  }
  Id nurse(const Id& organization) {
    Contact contact;
    contact.organization = organization;
    contact.name = "Ada";
    contact.phone = "555-0142";
    return kept(contact).value();
  }
  std::vector<Contact> everybody() {
    return *read([&](store::Read& db) { return contacts(db, here_); }).value();
  }
};
KEDGE_ON_BOTH_ENGINES(DirectoryTest);

TEST_P(DirectoryTest, KeepsAnOrganizationAndCompletesItsAddress) {
  Organization typed;
  typed.name = " Prairie  Clinic\n";
  typed.website = "clinic.example/help";
  typed.email = "front@clinic.example";
  typed.kind = "health";
  const auto id = kept(typed);
  ASSERT_TRUE(id.has_value());
  const auto found = read([&](store::Read& db) { return organization(db, here_, *id); });
  EXPECT_EQ(found->website, "https://clinic.example/help");
  EXPECT_EQ(found->version, 1);
}

TEST_P(DirectoryTest, RefusesAtTheFields) {
  Organization typed;
  typed.email = "not an address";
  typed.website = "javascript://alert.example";
  typed.kind = "band";
  const auto result = kept(typed);
  EXPECT_EQ(wrong_at(result, "name"), "directory.name.missing");
  EXPECT_EQ(wrong_at(result, "email"), "directory.email.broken");
  EXPECT_EQ(wrong_at(result, "website"), "directory.website.broken");
  EXPECT_EQ(wrong_at(result, "kind"), "directory.kind.unknown");
  typed = {};
  typed.name = std::string(201, 'x');
  typed.website = "javascript:alert(1)";
  EXPECT_EQ(wrong_at(kept(typed), "name"), "directory.too_long");
  EXPECT_EQ(wrong_at(kept(typed), "website"), "directory.website.broken");
  EXPECT_EQ(wrong_at(kept(Contact{}), "name"), "directory.contact.name.missing");
}

TEST_P(DirectoryTest, NoticesThatSomebodyElseChangedIt) {
  const auto id = clinic();
  auto mine = read([&](store::Read& db) { return organization(db, here_, id); }).value();
  auto theirs = mine;
  theirs.description = "Open on Saturdays";
  ASSERT_TRUE(kept(theirs).has_value());
  mine.description = "Closed on Saturdays";
  const auto result = kept(mine);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().key, "directory.changed");
  EXPECT_EQ(read([&](store::Read& db) { return organization(db, here_, id); })->description, "Open on Saturdays");
}

TEST_P(DirectoryTest, FindsAnOrganizationByItsNameHoweverItIsWritten) {
  const auto id = clinic();
  const auto again = write([&](store::Tx& tx) { return named(tx, here_, " PRAIRIE clinic "); });
  EXPECT_EQ(again.value(), id);
  const auto other = write([&](store::Tx& tx) { return named(tx, here_, "Grain Co-op"); });
  EXPECT_NE(other.value(), id);
  EXPECT_EQ(read([&](store::Read& db) { return organizations(db, here_); }).value()->size(), 2U);
  EXPECT_EQ(wrong_at(write([&](store::Tx& tx) { return named(tx, here_, "  "); }), "name"), "directory.name.missing");
}

TEST_P(DirectoryTest, KeepsOnePhoneAContactAndForgetsItWhenItIsEmptied) {
  const auto organization = clinic();
  const auto id = nurse(organization);
  auto contact = read([&](store::Read& db) { return directory::contact(db, here_, id); }).value();
  EXPECT_EQ(contact.phone, "555-0142");
  contact.phone = "555-0143";
  ASSERT_TRUE(kept(contact).has_value());
  contact = read([&](store::Read& db) { return directory::contact(db, here_, id); }).value();
  EXPECT_EQ(contact.phone, "555-0143");
  contact.phone.clear();
  ASSERT_TRUE(kept(contact).has_value());
  EXPECT_EQ(everybody().at(0).phone, "");
  EXPECT_EQ(kept(contact).error().fault, Fault::conflict);
}

TEST_P(DirectoryTest, RemovesAndBringsBackWithTheContacts) {
  const auto organization = clinic();
  const auto contact = nurse(organization);
  ASSERT_TRUE(write([&](store::Tx& tx) { return remove(tx, here_, organization); }).has_value());
  EXPECT_TRUE(everybody().empty());
  ASSERT_TRUE(write([&](store::Tx& tx) { return restore(tx, here_, organization); }).has_value());
  EXPECT_EQ(everybody().size(), 1U);
  ASSERT_TRUE(write([&](store::Tx& tx) { return remove_contact(tx, here_, contact); }).has_value());
  EXPECT_TRUE(everybody().empty());
  ASSERT_TRUE(write([&](store::Tx& tx) { return restore_contact(tx, here_, contact); }).has_value());
  EXPECT_EQ(everybody().at(0).phone, "555-0142");
}

TEST_P(DirectoryTest, EmptiesWhatWasRemovedThirtyDaysAgo) {
  const auto organization = clinic();
  nurse(organization);
  ASSERT_TRUE(write([&](store::Tx& tx) { return remove(tx, here_, organization); }).has_value());
  clock_.advance(31LL * 24 * 3600 * 1000);
  ASSERT_TRUE(write([&](store::Tx& tx) { return sweep(tx, here_); }).has_value());
  EXPECT_EQ(write([&](store::Tx& tx) { return restore(tx, here_, organization); }).error().fault, Fault::not_found);
  EXPECT_TRUE(everybody().empty());
}

TEST_P(DirectoryTest, IsNothingToAnotherLibrary) {
  const auto organization = clinic();
  EXPECT_TRUE(read(elsewhere_, [&](store::Read& db) { return organizations(db, elsewhere_); }).value()->empty());
  Contact contact;
  contact.organization = organization;
  contact.name = "Spy";
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return save(tx, elsewhere_, contact); }).error().fault, Fault::not_found);
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return remove(tx, elsewhere_, organization); }).error().fault, Fault::not_found);
  EXPECT_EQ(read([&](store::Read& db) { return organizations(db, here_); }).value()->size(), 1U);
}

TEST(Filter, WantsEveryWordSomewhere) {
  Organization organization;
  organization.id = Id::random();
  organization.name = "Clínica San José";
  Contact contact;
  contact.organization = organization.id;
  contact.name = "Ada Lund";
  EXPECT_TRUE(matches(organization, {contact}, "clínica ADA"));
  EXPECT_TRUE(matches(organization, {contact}, ""));
  EXPECT_FALSE(matches(organization, {contact}, "clínica school"));
  contact.organization = Id::random();
  EXPECT_FALSE(matches(organization, {contact}, "ada"));
}

}  // namespace
}  // namespace kedge::directory
