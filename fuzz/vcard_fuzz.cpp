// Cards from anywhere: refused with their place, or read so that what is written of them reads the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "directory/contact_csv.hpp"
#include "directory/file_text.hpp"
#include "directory/vcard.hpp"

namespace {

using namespace kedge::directory;

void must(bool holds) {
  if (!holds) std::abort();
}

// One line's card alone, so that its organization is found again by the line.
std::string card_of(const Line& line) {
  auto organization = line.organization;
  auto contact = line.contact;
  organization.id = kedge::Id::random();
  contact.id = kedge::Id::random();
  contact.organization = organization.id;
  if (contact.name.empty()) return write_vcards(std::vector{organization}, {}, {});
  const auto both = write_vcards(std::vector{organization}, std::vector{contact}, {});
  return both.substr(both.find("END:VCARD") + 11);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = text_of_file({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  const auto brought = read_vcards(file->text);
  if (!brought) {
    must(!brought.error().key.empty());
    return 0;
  }
  for (auto line : brought->lines) {
    if (line.contact.name.empty() && line.organization.name.empty()) continue;  // refused at its row
    const auto again = read_vcards(card_of(line));
    must(again.has_value());
    must(again->lines.size() == 1);
    auto back = again->lines.front();
    back.row = line.row = 1;
    back.mark = line.mark = {};
    must(carried(std::vector{back}) == carried(std::vector{line}));
  }
  return 0;
}
