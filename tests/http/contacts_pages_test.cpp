// Contacts from files and into files, and two records that are one, as a browser without scripts walks them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "directory/pages/routes.hpp"
#include "house.hpp"
#include "identity/members.hpp"
#include "lineage/lineage.hpp"
#include "lineage/pages/routes.hpp"
#include "plan/pages/routes.hpp"
#include "plan/plan.hpp"
#include "web/serve.hpp"

namespace kedge {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using web::Browser;
using web::FormFields;
using web::header_of;
using web::Reply;

class ContactsPages : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    plan::pages::wire();
    directory::pages::wire();
    house_ = std::make_unique<web::TestHouse>(
        std::vector<web::Routes>{lineage::pages::kRoutes, directory::pages::kRoutes, plan::pages::kRoutes},
        store::joined({identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, web::kMigrations}), GetParam());
  }
  web::TestHouse& house() { return *house_; }
  // A file is chosen, as a browser sends it.
  static Reply choose(Browser& browser, const std::string& name, const std::string& bytes, const std::string& elsewhere = "") {
    browser.get("/directory/bring");
    const auto part = [](const std::string& field, const std::string& value) { return "--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n"; };
    const auto body = part("csrf", browser.csrf()) + part("once", "") + part("text", "") + part("elsewhere", elsewhere) +
                      "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n--edge--\r\n";
    return browser.send("POST", "/directory/bring", {{"content-type", "multipart/form-data; boundary=edge"}}, body);
  }
  // The hidden field in which the lines travel.
  static std::string lines_in(const Reply& page) {
    constexpr std::string_view kField = "name=\"lines\" value=\"";
    const auto start = page.body.find(kField);
    if (start == std::string::npos) return {};
    auto value = page.body.substr(start + kField.size(), page.body.find('"', start + kField.size()) - start - kField.size());
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"&quot;", "\""}, {"&#39;", "'"}, {"&#34;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
      for (auto at = value.find(from); at != std::string::npos; at = value.find(from, at + to.size())) value.replace(at, from.size(), to);
    return value;
  }
  static Reply bring(Browser& browser, const Reply& page, FormFields fields = {}) {
    fields.emplace_back("lines", lines_in(page));
    return browser.post("/directory/bring/lines", std::move(fields));
  }
  static std::string made(const Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    return header_of(reply, "Location");
  }
  std::string organization(Browser& rosa, const std::string& name, const std::string& website = "") {
    house().clock.advance(1000);  // the older one has the smaller id
    rosa.get("/directory/organizations/new");
    return made(rosa.post("/directory/organizations", {{"name", name}, {"website", website}}));
  }
  static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
  // The address of the first pair on the page of duplicates.
  static std::string first_pair(Browser& rosa) {
    const auto page = rosa.get("/directory/duplicates").body;
    const auto start = page.find("/directory/duplicates/");
    return start == std::string::npos ? "" : page.substr(start, page.find('"', start) - start);
  }

 private:
  std::unique_ptr<web::TestHouse> house_;
};
KEDGE_ON_BOTH_ENGINES(ContactsPages);

TEST_P(ContactsPages, AFileIsLookedAtFirstAndStoredByTheSecondStepAlone) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto page = choose(rosa, "people.csv", "Organization,Name,Phone\r\nPrairie <Clinic>,Ada Lund,555-0142\r\n");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Ada Lund, Prairie &lt;Clinic&gt;"), HasSubstr("2 are new"), Not(HasSubstr("<Clinic>"))));
  EXPECT_THAT(rosa.get("/directory").body, Not(HasSubstr("Ada Lund"))) << "looking stores nothing";
  EXPECT_EQ(made(bring(rosa, page)), "/directory");
  EXPECT_THAT(rosa.get("/directory").body, AllOf(HasSubstr("Ada Lund"), HasSubstr("1 new organization, 1 new contact, nothing changed.")));
  const auto again = choose(rosa, "people.csv", "Organization,Name,Phone\r\nPrairie <Clinic>,Ada Lund,555-0142\r\n");
  EXPECT_THAT(again.body, AllOf(HasSubstr("There is nothing to bring in"), HasSubstr("2 are here already"), Not(HasSubstr("Bring them in"))));
}

TEST_P(ContactsPages, WhatIsLeftOutStaysOutAndWhatIsWrongIsSaidAtItsRow) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto page = choose(rosa, "people.csv", "Organization,Name,E-mail\nClinic,Ada,ada\nClinic,Bo,bo@clinic.example\nClinic,Cleo,\n,Dora,\n");
  EXPECT_THAT(page.body, AllOf(HasSubstr("Row 2:"), HasSubstr("E-mail: An e-mail address looks like"), HasSubstr("no organization is named"), HasSubstr("2 can’t be brought in")));
  const auto elsewhere = rosa.post("/directory/bring", {{"lines", lines_in(page)}, {"elsewhere", "School"}});
  EXPECT_THAT(elsewhere.body, AllOf(HasSubstr("Dora, School"), HasSubstr("1 can’t be brought in")));
  EXPECT_EQ(made(bring(rosa, page, {{"out", "c4"}})), "/directory");
  EXPECT_THAT(rosa.get("/directory").body, AllOf(HasSubstr("Bo"), Not(HasSubstr("Cleo")), Not(HasSubstr(">Ada<")), Not(HasSubstr("Dora"))));
}

TEST_P(ContactsPages, APersonSaysWhetherItIsTheSame) {
  auto rosa = house().enter("Rosa", {Role::staff});
  made(bring(rosa, choose(rosa, "a.csv", "Organization,Name,Role,Phone\nPrairie Clinic,Ada Lund,Nurse,\n")));
  const auto page = choose(rosa, "b.csv", "Organization,Name,Role,Phone\nPrairie Clinic,Ada Lund,Doctor,618-555-0142\nPrarie Clinic,Bo,,\n");
  EXPECT_THAT(page.body, AllOf(HasSubstr("2 look like ones that you have"), HasSubstr("the same name"), HasSubstr("a similar name"), HasSubstr("fills what is empty"), HasSubstr("Use this one")));
  const auto undecided = bring(rosa, page);
  EXPECT_EQ(undecided.status, 422);
  EXPECT_THAT(undecided.body, AllOf(HasSubstr("href=\"#f-o3\""), HasSubstr("Row 3, Prarie Clinic: say whether it is the same.")));
  const auto value_after = [&](const std::string& key) {
    const auto field = "name=\"do-" + key + "\" value=\"";
    const auto start = page.body.find(field) + field.size();
    return page.body.substr(start, page.body.find('"', start) - start);
  };
  const auto ada = value_after("c2");
  made(bring(rosa, undecided, {{"do-c2", ada}, {"take-c2", ada.substr(0, ada.find(':')) + ":title"}, {"do-o3", value_after("o3")}}));
  const auto list = rosa.get("/directory").body;
  EXPECT_THAT(list, AllOf(HasSubstr("Doctor"), HasSubstr("618-555-0142"), Not(HasSubstr("Nurse")), Not(HasSubstr("Prarie"))));
  const auto stale = bring(rosa, page, {{"do-c2", ada}, {"do-o3", "add"}, {"do-c3", "leave"}});
  EXPECT_EQ(stale.status, 409) << "it was changed since that page";
  EXPECT_THAT(rosa.get("/directory").body, Not(HasSubstr("Prarie"))) << "and nothing of the rest is kept";
}

TEST_P(ContactsPages, UnknownHeadingsAreAskedFor) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto page = choose(rosa, "odd.csv", "Agency;Who;Shoe size\nClinic;Ada;38\n");
  EXPECT_THAT(page.body, AllOf(HasSubstr("What is in the columns?"), HasSubstr("For example: Ada"), HasSubstr("value=\"organization\" selected")));
  const FormFields text{{"text", "Agency;Who;Shoe size\nClinic;Ada;38\n"}, {"columns", "said"}, {"column-1", "name"}, {"column-2", "none"}};
  auto fields = text;
  fields.emplace_back("column-0", "organization");
  const auto look = rosa.post("/directory/bring", fields);
  EXPECT_THAT(look.body, AllOf(HasSubstr("Ada, Clinic"), HasSubstr("Left aside, as there is no place for it here: Shoe size.")));
  const auto nobody = rosa.post("/directory/bring", {{"text", "Agency;Who\nClinic;Ada\n"}, {"columns", "said"}, {"column-0", "none"}, {"column-1", "none"}});
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(nobody.body, HasSubstr("Say which column holds the names"));
}

TEST_P(ContactsPages, BrokenFilesAreRefusedInWordsThatSayWhere) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto refused = [&](const std::string& bytes) {
    const auto page = choose(rosa, "x\r\nSet-Cookie: a=b\"; x=\".csv", bytes);
    EXPECT_EQ(page.status, 422) << bytes.substr(0, 40);
    return page.body;
  };
  EXPECT_THAT(refused("Organization,Name\nClinic,\"Ada\n"), HasSubstr("Row 2, column 2: a quotation mark has no partner."));
  EXPECT_THAT(refused(std::string("PK\x03\x04\0\0", 6)), HasSubstr("choose “Save as” and CSV"));
  EXPECT_THAT(refused("BEGIN:VCARD\nVERSION:2.1\nN:Lund;Ada\nEND:VCARD\n"), HasSubstr("Card 1 is vCard 2.1."));
  EXPECT_THAT(refused("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\n"), HasSubstr("Line 1: the card that begins here has no end."));
  EXPECT_THAT(refused("Organization,Name\n"), HasSubstr("Choose a file with contacts"));
  std::string many = "Organization,Name\n";
  for (int i = 0; i < 10'001; ++i) many += "Clinic,Ada " + std::to_string(i) + "\n";
  EXPECT_THAT(refused(many), HasSubstr("This file has 10,001 lines of contacts. At most 500"));
  EXPECT_EQ(rosa.post("/directory/bring/lines", {{"lines", "torn"}}).status, 400);
}

TEST_P(ContactsPages, CardsOfAPhoneAndOldLettersAreRead) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto cards = choose(rosa, "a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lund;Ada;;;\r\nORG:Clinic\r\nTEL:555-0142\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n");
  EXPECT_THAT(cards.body, AllOf(HasSubstr("Ada Lund, Clinic"), HasSubstr("Left aside, as there is no place for it here: PHOTO.")));
  const auto old = choose(rosa, "a.csv", "Organization,Name\nClinic,Zo\xEB\n");
  EXPECT_THAT(old.body, AllOf(HasSubstr("Zoë, Clinic"), HasSubstr("Windows-1252")));
}

TEST_P(ContactsPages, FilesToTakeAlongReadTheSameHereInBothLanguages) {
  auto rosa = house().enter("Rosa", {Role::staff});
  made(bring(rosa, choose(rosa, "a.csv", "Organization,Kind,Name,Phone\nClinic,Health or mental health,=Ada,+1 618 555 0142\nGrain Co-op,,,\n")));
  for (const auto* language : {"en", "es"}) {
    const auto csv = rosa.get("/directory/contacts.csv", {{"accept-language", language}});
    EXPECT_THAT(header_of(csv, "Content-Disposition"), AllOf(HasSubstr("attachment"), HasSubstr(".csv")));
    EXPECT_THAT(csv.body, AllOf(StartsWith("\xEF\xBB\xBF"), HasSubstr("'=Ada"), HasSubstr("'+1 618 555 0142")));
    EXPECT_THAT(choose(rosa, "back.csv", csv.body).body, AllOf(HasSubstr("There is nothing to bring in"), HasSubstr("3 are here already"))) << language;
  }
  const auto vcf = rosa.get("/directory/contacts.vcf");
  EXPECT_THAT(vcf.content_type, StartsWith("text/vcard"));
  EXPECT_THAT(choose(rosa, "back.vcf", vcf.body).body, HasSubstr("There is nothing to bring in"));
}

TEST_P(ContactsPages, TwoOrganizationsBecomeOneAndEverythingLeadsThereUntilTheyComeApart) {
  auto rosa = house().enter("Rosa", {Role::staff});
  const auto clinic = organization(rosa, "Prairie Clinic", "clinic.example");
  const auto other = organization(rosa, "The Prairie Clinic", "prairie.example");
  const auto ada = made(rosa.post(other + "/contacts", {{"name", "Ada Lund"}}));
  const auto list = rosa.get("/directory").body;
  const auto contact = list.substr(list.find("/directory/contacts/0"), std::string("/directory/contacts/").size() + 36);
  rosa.get("/actions/new");
  const auto action = made(rosa.post("/actions", {{"step", "Lockers"}, {"status", "started"}, {"owner", "contact:" + id_of(contact)}, {"from_kind", "organization"}, {"from_id", id_of(other)}, {"workbook", ""}, {"due", ""}}));
  const auto pair = first_pair(rosa);
  const auto page = rosa.get(pair);
  EXPECT_THAT(page.body, AllOf(HasSubstr("They look alike: a similar name."), HasSubstr("https://prairie.example"), HasSubstr("name=\"pick-website\" value=\"second\"")));
  EXPECT_EQ(made(rosa.post(pair, {{"first_version", "1"}, {"second_version", "1"}, {"pick-website", "second"}, {"pick-name", "first"}})), clinic);
  const auto merged = rosa.get(clinic).body;
  EXPECT_THAT(merged, AllOf(HasSubstr("They are one now."), HasSubstr("https://prairie.example"), HasSubstr("Ada Lund"), HasSubstr("Lockers")));
  EXPECT_THAT(rosa.get(other).body, HasSubstr("<h1>Prairie Clinic</h1>")) << "the old address leads there";
  EXPECT_THAT(rosa.get(action).body, AllOf(HasSubstr("Ada Lund (Prairie Clinic)"), HasSubstr(clinic)));
  EXPECT_THAT(rosa.get("/directory/duplicates").body, AllOf(HasSubstr("No two look alike."), HasSubstr("The Prairie Clinic is now")));
  EXPECT_EQ(rosa.get(pair).status, 404);
  EXPECT_EQ(made(rosa.post("/directory/merged/" + id_of(other) + "/separation")), other);
  EXPECT_THAT(rosa.get(other).body, AllOf(HasSubstr("<h1>The Prairie Clinic</h1>"), HasSubstr("Ada Lund"), HasSubstr("They are two again.")));
  EXPECT_EQ(ada, other);
}

TEST_P(ContactsPages, TwoContactsBecomeOneAtTheChosenPlaceAndTheirActionsGoWithThem) {
  auto rosa = house().enter("Rosa", {Role::staff});
  made(bring(rosa, choose(rosa, "a.csv", "Organization,Name,Phone\nClinic,Ada Lund,618-555-0142\n")));
  house().clock.advance(1000);  // the older one has the smaller id
  made(bring(rosa, choose(rosa, "b.csv", "Organization,Name,Phone\nSchool,Ada M. Lund,(618) 555-0142\n"), {{"do-c2", "add"}}));
  const auto list = rosa.get("/actions/new").body;
  const auto first = list.substr(list.find("contact:"), 8 + 36);
  const auto action = made(rosa.post("/actions", {{"step", "Lockers"}, {"status", "started"}, {"owner", first}, {"workbook", ""}, {"due", ""}}));
  EXPECT_THAT(rosa.get(action).body, HasSubstr("Ada Lund (Clinic)"));
  const auto pair = first_pair(rosa);
  ASSERT_FALSE(pair.empty());
  EXPECT_THAT(rosa.get(pair).body, HasSubstr("the same phone number"));
  const auto stays = made(rosa.post(pair, {{"first_version", "1"}, {"second_version", "1"}, {"pick-organization", "second"}, {"pick-name", "first"}, {"pick-phone", "first"}}));
  EXPECT_THAT(rosa.get(stays).body, AllOf(HasSubstr("School"), HasSubstr("value=\"Ada Lund\""), HasSubstr("Lockers")));
  EXPECT_THAT(rosa.get(action).body, HasSubstr("Ada Lund (School)"));
}

TEST_P(ContactsPages, ThatTwoAreTwoIsRememberedAndOldPagesChangeNothing) {
  auto rosa = house().enter("Rosa", {Role::staff});
  organization(rosa, "Prairie Clinic");
  const auto other = organization(rosa, "The Prairie Clinic");
  const auto pair = first_pair(rosa);
  rosa.get(other);
  made(rosa.post(other, {{"name", "The Prairie Clinic"}, {"description", "Open"}, {"version", "1"}}));
  EXPECT_EQ(rosa.post(pair, {{"first_version", "1"}, {"second_version", "1"}}).status, 409);
  EXPECT_EQ(made(rosa.post(pair + "/apart")), "/directory/duplicates");
  EXPECT_EQ(first_pair(rosa), "");
  auto stranger = house().stranger();
  stranger.get("/directory");
  EXPECT_EQ(stranger.get(pair).status, 404);
  EXPECT_EQ(stranger.post(pair, {{"first_version", "1"}, {"second_version", "2"}}).status, 404);
  EXPECT_EQ(stranger.post(pair + "/apart").status, 404);
  EXPECT_THAT(stranger.get("/directory/contacts.csv").body, Not(HasSubstr("Prairie")));
}

}  // namespace
}  // namespace kedge
