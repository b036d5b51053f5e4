#include "directory/contact_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/file_text.hpp"

namespace kedge::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string no_kind(std::string_view) { return {}; }
Brought read(std::string_view text) {
  const auto table = read_table(text);
  if (!table) return {};
  return lines_of(*table, recognized(table->rows.front().cells), no_kind);
}
const std::vector<std::string> kHeadings{"Organization", "Name", "Role", "Department", "Phone", "E-mail", "Kind", "Also known as", "Website", "Organization e-mail", "About the organization"};

TEST(ContactCsv, KnowsHeadingsOfPeopleOfAddressBooksAndItsOwnInBothLanguages) {
  EXPECT_THAT(recognized({"ORGANIZATION", "Full name", "Job Title", "E-mail 1 - Value", "Phone 1 - Value", "Shoe size"}),
              ElementsAre(Column::organization, Column::name, Column::title, Column::email, Column::phone, Column::none));
  EXPECT_THAT(recognized({"Organización", "Nombre", "Cargo", "Teléfono", "Correo electrónico"}),
              ElementsAre(Column::organization, Column::name, Column::title, Column::phone, Column::email));
  EXPECT_THAT(recognized({"First Name", "Last Name", "Title", "Job Title", "Company", "E-mail Address", "Business Phone"}),
              ElementsAre(Column::first_name, Column::last_name, Column::none, Column::title, Column::organization, Column::email, Column::phone));
  EXPECT_THAT(recognized({"Nombre", "Apellidos"}), ElementsAre(Column::first_name, Column::last_name));
  EXPECT_THAT(recognized(kHeadings), ElementsAre(kOwnColumns[0], kOwnColumns[1], kOwnColumns[2], kOwnColumns[3], kOwnColumns[4], kOwnColumns[5], kOwnColumns[6],
                                                 kOwnColumns[7], kOwnColumns[8], kOwnColumns[9], kOwnColumns[10]));
  EXPECT_TRUE(has_no_place("Birthday"));
  EXPECT_FALSE(has_no_place("Shoe size"));
}

TEST(ContactCsv, ReadsCommasSemicolonsTabsAndEveryLineEnd) {
  for (const auto* text : {"Organization,Name,Phone\r\nClinic,\"Lund, Ada\",555-0142\r\n", "Organization;Name;Phone\nClinic;\"Lund, Ada\";555-0142",
                           "Organization\tName\tPhone\rClinic\tLund, Ada\t555-0142\r", "sep=;\r\nOrganization;Name;Phone\r\nClinic;Lund, Ada;555-0142\r\n"}) {
    const auto brought = read(text);
    ASSERT_EQ(brought.lines.size(), 1U) << text;
    EXPECT_EQ(brought.lines[0].organization.name, "Clinic");
    EXPECT_EQ(brought.lines[0].contact.name, "Lund, Ada");
    EXPECT_EQ(brought.lines[0].contact.phone, "555-0142");
  }
}

TEST(ContactCsv, CountsRowsAsASpreadsheetDoesEmptyOnesToo) {
  const auto brought = read("Organization,Name\r\n\r\nClinic,Ada\r\n,\r\n\r\nClinic,\"two\r\nlines\"\r\nClinic,Bo\r\n");
  ASSERT_EQ(brought.lines.size(), 3U);
  EXPECT_EQ(brought.lines[0].row, 3);
  EXPECT_EQ(brought.lines[1].row, 6);
  EXPECT_EQ(brought.lines[1].contact.name, "two lines");
  EXPECT_EQ(brought.lines[2].row, 7);
}

TEST(ContactCsv, SaysRowAndColumnOfAQuotationMarkThatStandsAlone) {
  const auto told = [](std::string_view text) {
    const auto table = read_table(text);
    if (table) return std::string("read");
    std::string said = table.error().key;
    for (const auto& [name, value] : table.error().arguments) said += " " + name + " " + value;
    return said;
  };
  EXPECT_EQ(told("Organization,Name\nClinic,\"Ada\nClinic,Bo\n"), "directory.csv.quote row 2 column 2");
  EXPECT_EQ(told("Organization,Name\nClinic,Ada\nCl\"inic,Bo\n"), "directory.csv.quote row 3 column 1");
  EXPECT_EQ(told("Organization,Name\nClinic,\"Ada\"Lund\n"), "directory.csv.quote row 2 column 2");
  EXPECT_EQ(told(""), "directory.bring.nothing");
  EXPECT_EQ(told(" \n,,\n"), "directory.bring.nothing");
  EXPECT_EQ(told(std::string(300, ',') + "x\n"), "directory.csv.wide");
}

TEST(ContactCsv, LeavesAsideWhatHasNoPlaceAndSaysSo) {
  const auto brought = read("Organization,Name,Shoe size,Unused\nClinic,Ada,38,\n");
  EXPECT_THAT(brought.left_aside, ElementsAre("Shoe size"));
  EXPECT_EQ(read("Organization,Name\nClinic,Ada,over\n").lines[0].wrong, "directory.csv.extra_cells");
  EXPECT_EQ(read("Organization,Name\nClinic,Ada,,\n").lines[0].wrong, "");
}

TEST(ContactCsv, AnAddressWithoutAPersonIsTheOrganizations) {
  const auto brought = read("Company,First Name,Last Name,E-mail\nClinic,,,front@clinic.example\nClinic,Ada,Lund,ada@clinic.example\n");
  EXPECT_EQ(brought.lines[0].organization.email, "front@clinic.example");
  EXPECT_EQ(brought.lines[0].contact.email, "");
  EXPECT_EQ(brought.lines[1].contact.name, "Ada Lund");
}

TEST(ContactCsv, DefusesFormulasAndGivesBackExactlyWhatWasThere) {
  for (const auto* cell : {"=HYPERLINK(\"x\")", "+1 618 555 0142", "-1", "@sum", "'=x", "''+", "'", "''", "'quoted'", "plain", "", "O'Neill", "'tis"}) {
    const auto kept = guarded(cell);
    EXPECT_EQ(unguarded(kept), cell) << kept;
    EXPECT_EQ(std::string("=+-@\t\r").find(kept.empty() ? 'x' : kept[0]), std::string::npos) << kept;
  }
  EXPECT_EQ(guarded("+1 618"), "'+1 618");
  EXPECT_EQ(unguarded("+1 618"), "+1 618") << "a file that does not defuse";
}

TEST(ContactCsv, WhatIsTakenAlongReadsTheSameAgain) {
  Line line;
  line.organization.name = "=Clinic; \"North\"";
  line.organization.kind = "health";
  line.organization.description = "Two\nlines, and '=quotes'";
  line.organization.website = "https://clinic.example";
  line.contact.name = "Zoë O’Neill";
  line.contact.phone = "+1 618 555 0142";
  line.contact.email = "-zoe@clinic.example";
  const std::vector<Line> lines{line};
  const auto text = write_csv(lines, kHeadings, [](const std::string&) { return std::string("Health or mental health"); });
  EXPECT_THAT(text, ::testing::StartsWith("\xEF\xBB\xBFOrganization,Name,"));
  EXPECT_THAT(text, HasSubstr("\"'+1 618 555 0142\""));
  const auto table = read_table(text);
  ASSERT_TRUE(table.has_value());
  const auto again = lines_of(*table, recognized(table->rows.front().cells), [](std::string_view) { return std::string("health"); });
  ASSERT_EQ(again.lines.size(), 1U);
  EXPECT_THAT(again.left_aside, IsEmpty());
  const std::vector<Line> once{again.lines[0]};
  line.row = 2;
  EXPECT_EQ(carried(once), carried(std::vector<Line>{line}));
  const auto back = read_carried(carried(once));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(carried(*back), carried(once));
}

TEST(ContactCsv, DoesNotTakeATornField) {
  for (const auto* text : {"x", "1,2,3\r\n", "x,,,,,,,,,,,,,\r\n", "\""}) EXPECT_FALSE(read_carried(text).has_value()) << text;
}

TEST(ContactCsv, ReadsFilesOfEveryProgram) {
  EXPECT_EQ(text_of_file("\xEF\xBB\xBF" "Zo\xC3\xAB")->text, "Zoë");
  EXPECT_EQ(text_of_file(std::string_view("\xFF\xFEZ\0o\0\xEB\0", 8))->text, "Zoë");
  EXPECT_EQ(text_of_file(std::string_view("\xFE\xFF\0Z\0o\0\xEB", 8))->text, "Zoë");
  const auto old = text_of_file("Zo\xEB \x93x\x94");
  EXPECT_EQ(old->text, "Zoë “x”");
  EXPECT_EQ(old->encoding, Encoding::windows_1252);
  EXPECT_EQ(text_of_file(std::string_view("PK\x03\x04\0\0", 6)).error().key, "directory.bring.not_text");
  EXPECT_EQ(text_of_file(std::string(kMostFileBytes + 1, 'x')).error().key, "directory.bring.too_large");
}

TEST(ContactCsv, AHugeLineAndManyRowsAreReadAndNothingBreaks) {
  EXPECT_EQ(read("Organization,Name\n" + std::string(3'000'000, 'x') + ",Ada\n").lines.size(), 1U);
  std::string many = "Organization,Name\n";
  for (int i = 0; i < 10'001; ++i) many += "Clinic,Ada " + std::to_string(i) + "\n";
  EXPECT_EQ(read(many).lines.size(), 10'001U);
}

}  // namespace
}  // namespace kedge::directory
