#include "directory/duplicates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Organization organization(const char* name, const char* website = "") {
  Organization one;
  one.id = Id::random();
  one.name = name;
  one.website = website;
  return one;
}
Contact contact(const Id& at, const char* name, const char* phone = "", const char* email = "") {
  Contact one;
  one.id = Id::random();
  one.organization = at;
  one.name = name;
  one.phone = phone;
  one.email = email;
  return one;
}

TEST(Duplicates, CompareNamesWithoutCaseAccentsAndSigns) {
  EXPECT_EQ(bare("  CLÍNICA San-José, Inc. "), "clinica san jose inc");
  EXPECT_EQ(bare("O’Neill"), bare("O'NEILL"));
  EXPECT_EQ(bare("Опять"), "опять");
  EXPECT_TRUE(similar(bare("The Prairie Clinic"), bare("Prairie Clinic, Inc.")));
  EXPECT_TRUE(similar(bare("Harbor Grove Pantry"), bare("Harbour Grove Pantry")));
  EXPECT_TRUE(similar(bare("Lund, Ada"), bare("Ada Lund")));
  EXPECT_TRUE(similar(bare("Jon Smith"), bare("John Smith")));
  EXPECT_FALSE(similar(bare("Ann"), bare("Anna"))) << "short names differ by a letter";
  EXPECT_FALSE(similar(bare("North School"), bare("South School")));
  EXPECT_FALSE(similar("", ""));
}

TEST(Duplicates, TellPhonesByTheirDigits) {
  EXPECT_EQ(phone_key("+1 (618) 555-0142"), phone_key("618.555.0142, ask for Ada"));
  EXPECT_EQ(phone_key("618 555 0142 x12"), "6185550142");
  EXPECT_EQ(phone_key("911"), "");
  EXPECT_EQ(website_key("https://www.Clinic.example/"), "clinic.example");
  EXPECT_NE(website_key("https://social.example/clinic"), website_key("https://social.example/school"));
}

TEST(Duplicates, SayWhyOrganizationsAreAlike) {
  const std::vector all{organization("Prairie Clinic", "https://prairie.example"), organization("Grain Co-op"), organization("Prairie Clinics")};
  const KnownOrganizations known(all);
  const auto found = known.like(organization("PRAIRIE CLINIC", "http://www.prairie.example/"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, all[0].id);
  EXPECT_TRUE(found[0].sure);
  EXPECT_THAT(found[0].reasons, ElementsAre(Reason::same_name, Reason::same_website));
  EXPECT_FALSE(found[1].sure);
  EXPECT_THAT(known.like(organization("Town Hall")), IsEmpty());
  EXPECT_EQ(pairs_of(all).size(), 1U);
}

TEST(Duplicates, ASharedSwitchboardSaysNothingOfTwoNames) {
  const auto clinic = Id::random();
  const auto school = Id::random();
  const std::vector all{contact(clinic, "Ada Lund", "618-555-0142", "info@clinic.example"), contact(clinic, "Bo Reyes", "618-555-0142", "info@clinic.example"),
                        contact(school, "Ada Lund")};
  EXPECT_EQ(pairs_of(all).size(), 1U) << "Ada at two places; Ada and Bo share a desk";
  const KnownContacts known(all);
  const std::vector at{clinic};
  const auto same = known.like(contact(clinic, "ada lund"), at);
  ASSERT_EQ(same.size(), 2U);
  EXPECT_TRUE(same[0].sure);
  EXPECT_FALSE(same[1].sure);
  EXPECT_THAT(known.like(contact(clinic, "Cleo", "6185550142"), at), IsEmpty());
  const auto moved = known.like(contact(school, "Bo Reyes", "(618) 555-0142"), std::vector{school});
  ASSERT_EQ(moved.size(), 2U) << "Ada is there too, by the phone alone: a number that went to another place";
  EXPECT_EQ(moved[0].id, all[1].id);
  EXPECT_TRUE(moved[0].sure);
  EXPECT_FALSE(moved[1].sure);
}

TEST(Duplicates, ACardThatWasTakenAlongKnowsItsRecord) {
  const auto clinic = Id::random();
  const std::vector all{contact(clinic, "Ada Lund")};
  const auto found = KnownContacts(all).like(contact(clinic, "Ada Reyes"), {}, all[0].id);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].sure);
  EXPECT_EQ(found[0].reasons.front(), Reason::same_record);
}

}  // namespace
}  // namespace kedge::directory
