#include "directory/vcard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::directory {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string card(std::string_view inside, std::string_view version = "4.0") {
  return "BEGIN:VCARD\r\nVERSION:" + std::string(version) + "\r\n" + std::string(inside) + "END:VCARD\r\n";
}
std::string told(const Result<Brought>& result) {
  if (result) return "read";
  std::string said = result.error().key;
  for (const auto& [name, value] : result.error().arguments) said += " " + name + " " + value;
  return said;
}
std::vector<std::string> physical_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find("\r\n", start);
    lines.push_back(text.substr(start, end - start));
    start = end + 2;
  }
  return lines;
}

TEST(VCard, ReadsTheExampleOfRfc6350) {  // RFC 6350, section 8
  const auto brought = read_vcards(
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Simon Perreault\r\nN:Perreault;Simon;;;ing. jr,M.Sc.\r\nBDAY:--0203\r\nANNIVERSARY:20090808T1430-0500\r\nGENDER:M\r\nLANG;PREF=1:fr\r\n"
      "LANG;PREF=2:en\r\nORG;TYPE=work:Viagenie\r\nADR;TYPE=work:;Suite D2-630;2875 Laurier;\r\n Quebec;QC;G1V 2M2;Canada\r\n"
      "TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-656-9254;ext=102\r\nTEL;VALUE=uri;TYPE=\"work,cell,voice,video,text\":tel:+1-418-262-6501\r\n"
      "EMAIL;TYPE=work:simon.perreault@viagenie.ca\r\nGEO;TYPE=work:geo:46.772673,-71.282945\r\nKEY;TYPE=work;VALUE=uri:\r\n http://www.viagenie.ca/simon.perreault/simon.asc\r\n"
      "TZ:-0500\r\nURL;TYPE=home:http://nomis80.org\r\nEND:VCARD\r\n");
  ASSERT_TRUE(brought.has_value()) << told(brought);
  ASSERT_EQ(brought->lines.size(), 1U);
  const auto& line = brought->lines[0];
  EXPECT_EQ(line.contact.name, "Simon Perreault");
  EXPECT_EQ(line.organization.name, "Viagenie");
  EXPECT_EQ(line.contact.phone, "+1-418-656-9254;ext=102");
  EXPECT_EQ(line.contact.email, "simon.perreault@viagenie.ca");
  EXPECT_THAT(brought->left_aside, ElementsAre("BDAY", "ANNIVERSARY", "GENDER", "LANG", "ADR", "GEO", "KEY", "TZ", "URL"));
}

TEST(VCard, ReadsCardsOfPhonesInThreePointZeroWithGroupsPicturesAndPreferences) {
  const auto brought = read_vcards(card("N:Lund;Ada;M.;Dr.;\r\nORG:Prairie Clinic\\, North;Front desk;\r\nitem1.EMAIL;type=INTERNET:home@ada.example\r\nitem2.EMAIL;type=INTERNET;type=pref:ada@clinic.example\r\n"
                                        "TEL;TYPE=FAX:555-0000\r\nTEL;TYPE=WORK,VOICE:555-0142\r\nPHOTO;ENCODING=b:AAAA\r\n  BBBB\r\nROLE:Nurse\r\nNOTE:said\\nso\r\n", "3.0"));
  ASSERT_TRUE(brought.has_value()) << told(brought);
  const auto& line = brought->lines.at(0);
  EXPECT_EQ(line.contact.name, "Dr. Ada M. Lund");
  EXPECT_EQ(line.organization.name, "Prairie Clinic, North");
  EXPECT_EQ(line.contact.department, "Front desk");
  EXPECT_EQ(line.contact.email, "ada@clinic.example");
  EXPECT_EQ(line.contact.phone, "555-0142");
  EXPECT_EQ(line.contact.title, "Nurse");
  EXPECT_THAT(brought->left_aside, ElementsAre("TEL", "PHOTO", "NOTE"));
}

TEST(VCard, ACardOfAnOrganizationIsOne) {
  const auto brought = read_vcards(card("KIND:org\r\nFN:Clinic\r\nNOTE:Open\\, mostly\r\nURL:https://clinic.example/a,b\r\n") + card("FN;CHARSET=UTF-8:\r\nORG:Grain Co-op\r\nX-ABShowAs:COMPANY\r\n", "3.0") +
                                   card("KIND:group\r\nFN:Everybody\r\n"));
  ASSERT_TRUE(brought.has_value()) << told(brought);
  ASSERT_EQ(brought->lines.size(), 2U);
  EXPECT_EQ(brought->lines[0].organization.description, "Open, mostly");
  EXPECT_EQ(brought->lines[0].organization.website, "https://clinic.example/a,b");
  EXPECT_EQ(brought->lines[1].organization.name, "Grain Co-op");
  EXPECT_EQ(brought->lines[1].contact.name, "");
  EXPECT_THAT(brought->left_aside, ElementsAre("KIND:group"));
}

TEST(VCard, SaysWhereAFileIsBroken) {
  EXPECT_EQ(told(read_vcards(card("FN:A\r\n") + "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:B\r\n")), "directory.vcard.end line 5");
  EXPECT_EQ(told(read_vcards("BEGIN:VCARD\r\n" + card("FN:A\r\n"))), "directory.vcard.end line 1");
  EXPECT_EQ(told(read_vcards("FN:A\r\n")), "directory.vcard.begin line 1");
  EXPECT_EQ(told(read_vcards("BEGIN:VCARD\nVERSION:4.0\n\nwhat is this\nEND:VCARD")), "directory.vcard.colon line 4");
  EXPECT_EQ(told(read_vcards(card("FN:A\r\n") + card("FN:B\r\n", "2.1"))), "directory.vcard.version row 2 version 2.1");
  EXPECT_EQ(told(read_vcards("")), "directory.bring.nothing");
  EXPECT_TRUE(looks_like_vcards("\xEF\xBB\xBF begin:vcard\r\n"));
  EXPECT_FALSE(looks_like_vcards("Organization,Name\r\n"));
}

TEST(VCard, WritesFoldedEscapedLinesAndReadsThemTheSame) {
  Organization clinic;
  clinic.id = Id::fresh(1'790'000'000'000);
  clinic.name = "Prairie; Clinic, \\North";
  clinic.kind = "health";
  clinic.alternate_name = "The clinic";
  clinic.website = "https://clinic.example/a,b;c";
  clinic.email = "front@clinic.example";
  clinic.description = "Zoë said:\nопять и опять и опять и опять и опять и опять и опять и опять и опять, " + std::string(200, 'x');
  Contact ada;
  ada.id = Id::fresh(1'790'000'000'001);
  ada.organization = clinic.id;
  ada.name = "Ada \"A.\" Lund";
  ada.title = "Nurse:practitioner";
  ada.department = "Front; desk";
  ada.phone = "+1 618 555 0142, ask for Ada";
  ada.email = "ada@clinic.example";
  const std::vector organizations{clinic};
  const std::vector contacts{ada};
  const auto text = write_vcards(organizations, contacts, {{ada.id, 1'790'000'000'000}});
  EXPECT_THAT(physical_lines(text), Each(::testing::SizeIs(::testing::Le(75U))));
  for (const auto& line : physical_lines(text)) EXPECT_TRUE(line.empty() || (static_cast<unsigned char>(line[0]) & 0xC0U) != 0x80U) << "a character was cut";
  EXPECT_THAT(text, HasSubstr("KIND:org\r\nFN:Prairie\\; Clinic\\, \\\\North\r\n"));
  EXPECT_THAT(text, HasSubstr("UID:urn:uuid:" + ada.id.text() + "\r\nREV:20260921T141320Z\r\n"));
  const auto brought = read_vcards(text);
  ASSERT_TRUE(brought.has_value()) << told(brought);
  ASSERT_EQ(brought->lines.size(), 2U);
  const auto& back = brought->lines[0].organization;
  EXPECT_EQ(back.name, clinic.name);
  EXPECT_EQ(back.description, clinic.description);
  EXPECT_EQ(back.website, clinic.website);
  EXPECT_EQ(back.kind, clinic.kind);
  EXPECT_EQ(back.alternate_name, clinic.alternate_name);
  const auto& person = brought->lines[1];
  EXPECT_EQ(person.mark, ada.id);
  EXPECT_EQ(person.organization.name, clinic.name);
  EXPECT_EQ(person.contact.name, ada.name);
  EXPECT_EQ(person.contact.title, ada.title);
  EXPECT_EQ(person.contact.department, ada.department);
  EXPECT_EQ(person.contact.phone, ada.phone);
  EXPECT_EQ(person.contact.email, ada.email);
  EXPECT_THAT(brought->left_aside, ElementsAre());
}

TEST(VCard, ANameCannotAddLinesOfItsOwn) {
  Contact evil;
  evil.name = "A\r\nEND:VCARD\nBEGIN:VCARD";
  const std::vector contacts{evil};
  EXPECT_THAT(write_vcards({}, contacts, {}), Not(HasSubstr("\nEND:VCARD\nBEGIN")));
  EXPECT_EQ(read_vcards(write_vcards({}, contacts, {}))->lines.size(), 1U);
}

}  // namespace
}  // namespace kedge::directory
