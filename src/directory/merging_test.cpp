#include "directory/merging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lineage/testing.hpp"

namespace kedge::directory {
namespace {

class MergingTest : public lineage::ThreadTest {
 protected:
  MergingTest() : ThreadTest({kMigrations}) {}

  Id organization_of(const std::string& name, const std::string& email = "") {
    Organization one;
    one.name = name;
    one.email = email;
    return write([&](store::Tx& tx) { return save(tx, here_, one); }).value();
  }
  Id contact_of(const Id& at, const std::string& name, const std::string& phone = "") {
    Contact one;
    one.organization = at;
    one.name = name;
    one.phone = phone;
    return write([&](store::Tx& tx) { return save(tx, here_, one); }).value();
  }
  Organization organization_now(const Id& id) { return read([&](store::Read& db) { return organization(db, here_, id); }).value(); }
  Contact contact_now(const Id& id) { return read([&](store::Read& db) { return contact(db, here_, id); }).value(); }
  Done into(const Id& kept, const Id& other, const Taken& taken = {}) {
    const auto a = organization_now(kept);
    const auto b = organization_now(other);
    return write([&](store::Tx& tx) { return merge(tx, here_, a, b, taken); });
  }
  Done apart(const Id& id) {
    return write([&](store::Tx& tx) { return take_apart(tx, here_, id); });
  }
  Doubles found() { return read([&](store::Read& db) { return doubles(db, here_); }).value(); }
  std::size_t people_at(const Id& id) {
    return read([&](store::Read& db) { return contacts_at(db, here_, id); })->size();
  }
  void sweep_now() { ASSERT_TRUE(write([&](store::Tx& tx) { return sweep(tx, here_); }).has_value()); }
};
KEDGE_ON_BOTH_ENGINES(MergingTest);

TEST_P(MergingTest, TwoOrganizationsBecomeOneWithTheirPeopleAndBothIdsLeadThere) {
  const auto clinic = organization_of("Clinic");
  const auto other = organization_of("The Clinic", "front@clinic.example");
  const auto ada = contact_of(other, "Ada");
  ASSERT_EQ(found().organizations.size(), 1U);
  ASSERT_TRUE(into(clinic, other).has_value());
  EXPECT_EQ(organization_now(other).id, clinic);
  EXPECT_EQ(organization_now(clinic).name, "Clinic");
  EXPECT_EQ(organization_now(clinic).email, "front@clinic.example");
  EXPECT_EQ(people_at(clinic), 1U);
  EXPECT_EQ(contact_now(ada).organization, clinic);
  EXPECT_EQ(contact_of(other, "Bo").text().size(), 36U) << "whoever still knows the old id adds to the new one";
  EXPECT_EQ(people_at(clinic), 2U);
  EXPECT_TRUE(found().organizations.empty());
  EXPECT_EQ(read([&](store::Read& db) { return absorbed(db, here_, clinic); })->size(), 1U);
}

TEST_P(MergingTest, IsTakenApartForThirtyDaysAndThenOnlyLeadsOn) {
  const auto clinic = organization_of("Clinic");
  const auto other = organization_of("The Clinic");
  contact_of(other, "Ada", "555-0142");
  ASSERT_TRUE(into(clinic, other).has_value());
  ASSERT_EQ(read([&](store::Read& db) { return merged(db, here_); })->size(), 1U);
  ASSERT_TRUE(apart(other).has_value());
  EXPECT_EQ(organization_now(other).name, "The Clinic");
  EXPECT_EQ(people_at(other), 1U);
  EXPECT_EQ(people_at(clinic), 0U);
  ASSERT_TRUE(into(clinic, other).has_value());
  clock_.advance(31LL * 24 * 3600 * 1000);
  sweep_now();
  EXPECT_EQ(apart(other).error().fault, Fault::not_found);
  EXPECT_EQ(organization_now(other).id, clinic);
  ASSERT_EQ(people_at(clinic), 1U) << "its people are the other one's now, and stay";
  EXPECT_EQ(read([&](store::Read& db) { return contacts_at(db, here_, clinic); })->at(0).phone, "555-0142");
}

TEST_P(MergingTest, AChainLeadsToItsEndAndComesApartLinkByLink) {
  const auto a = organization_of("Aye");
  const auto b = organization_of("Bee");
  const auto c = organization_of("Cee");
  const auto ada = contact_of(a, "Ada");
  ASSERT_TRUE(into(b, a).has_value());
  ASSERT_TRUE(into(c, b).has_value());
  EXPECT_EQ(organization_now(a).id, c);
  EXPECT_EQ(contact_now(ada).organization, c);
  ASSERT_TRUE(apart(b).has_value());
  EXPECT_EQ(organization_now(a).id, b) << "back to where it had gone";
  ASSERT_TRUE(apart(a).has_value());
  EXPECT_EQ(contact_now(ada).organization, a);
}

TEST_P(MergingTest, TwoContactsBecomeOneAsChosen) {
  const auto clinic = organization_of("Clinic");
  const auto school = organization_of("School");
  const auto ada = contact_of(clinic, "Ada Lund", "555-0142");
  const auto twin = contact_of(school, "Ada M. Lund", "555-0199");
  const auto kept = contact_now(ada);
  const auto other = contact_now(twin);
  ASSERT_TRUE(write([&](store::Tx& tx) { return merge(tx, here_, kept, other, {"phone"}); }).has_value());
  EXPECT_EQ(contact_now(twin).id, ada);
  EXPECT_EQ(contact_now(ada).name, "Ada Lund");
  EXPECT_EQ(contact_now(ada).phone, "555-0199");
  EXPECT_EQ(people_at(school), 0U);
  ASSERT_TRUE(apart(twin).has_value());
  EXPECT_EQ(contact_now(twin).phone, "555-0199");
  EXPECT_EQ(people_at(school), 1U);
}

TEST_P(MergingTest, RefusesItselfAndWhatSomebodyChangedMeanwhile) {
  const auto clinic = organization_of("Clinic");
  const auto other = organization_of("The Clinic");
  EXPECT_EQ(into(clinic, clinic).error().key, "directory.merge.itself");
  const auto a = organization_now(clinic);
  auto b = organization_now(other);
  auto changed = b;
  changed.description = "changed";
  ASSERT_TRUE(write([&](store::Tx& tx) { return save(tx, here_, changed); }).has_value());
  EXPECT_EQ(write([&](store::Tx& tx) { return merge(tx, here_, a, b, {}); }).error().key, "directory.changed");
  EXPECT_EQ(organization_now(other).id, other);
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return merge(tx, elsewhere_, a, b, {}); }).error().fault, Fault::not_found);
  EXPECT_EQ(write(elsewhere_, [&](store::Tx& tx) { return take_apart(tx, elsewhere_, other); }).error().fault, Fault::not_found);
}

TEST_P(MergingTest, ThatTwoAreTwoIsRemembered) {
  const auto clinic = organization_of("Clinic");
  const auto other = organization_of("The Clinic");
  ASSERT_EQ(found().organizations.size(), 1U);
  for (int twice = 0; twice < 2; ++twice) ASSERT_TRUE(write([&](store::Tx& tx) { return tell_apart(tx, here_, other, clinic); }).has_value());
  EXPECT_TRUE(found().organizations.empty());
}

TEST_P(MergingTest, ARemovedSurvivorTakesTheMergedOnesPeopleWithIt) {
  const auto clinic = organization_of("Clinic");
  const auto other = organization_of("The Clinic");
  contact_of(other, "Ada");
  ASSERT_TRUE(into(clinic, other).has_value());
  ASSERT_TRUE(write([&](store::Tx& tx) { return remove(tx, here_, other); }).has_value()) << "by either id";
  EXPECT_EQ(read([&](store::Read& db) { return organization(db, here_, clinic); }).error().fault, Fault::not_found);
  EXPECT_EQ(write([&](store::Tx& tx) { return restore(tx, here_, other); }).error().fault, Fault::not_found) << "a merged one is taken apart, not brought back";
  ASSERT_TRUE(write([&](store::Tx& tx) { return restore(tx, here_, clinic); }).has_value());
  EXPECT_EQ(people_at(clinic), 1U);
}

}  // namespace
}  // namespace kedge::directory
