// A table of contacts from anywhere: refused with its place, or read so that what is written of it reads the same again,
// in a file and in the field of a form.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"
#include "directory/contact_csv.hpp"
#include "directory/file_text.hpp"

namespace {

using namespace kedge::directory;

void must(bool holds) {
  if (!holds) std::abort();
}

const std::vector<std::string> kHeadings{"Organization", "Name", "Role", "Department", "Phone", "E-mail", "Kind", "Also known as", "Website", "Organization e-mail", "Description"};
std::string kind_of(std::string_view said) { return said == "health" ? std::string(said) : std::string(); }

// Those that say something, numbered as they will stand in the next file.
std::vector<Line> lines_to_write(const Brought& brought) {
  std::vector<Line> kept;
  for (auto line : brought.lines) {
    line.row = static_cast<int>(kept.size()) + 2;
    line.wrong.clear();
    const auto empty = Line{line.row, {}, {}, {}, {}};
    if (carried(std::vector{line}) != carried(std::vector{empty})) kept.push_back(line);
  }
  return kept;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = text_of_file({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  must(kedge::text::is_utf8(file->text));
  const auto table = read_table(file->text);
  if (!table) {
    must(!table.error().key.empty());
    return 0;
  }
  const auto columns = recognized(table->rows.front().cells);
  const auto lines = lines_to_write(lines_of(*table, columns, kind_of));
  if (lines.empty()) return 0;
  const auto again = read_table(write_csv(lines, kHeadings, [](const std::string& kind) { return kind; }));
  must(again.has_value());
  must(carried(lines_to_write(lines_of(*again, recognized(again->rows.front().cells), kind_of))) == carried(lines));
  if (lines.size() > kMostLines || carried(lines).size() > kMostTextBytes) return 0;
  const auto back = read_carried(carried(lines));
  must(back.has_value());
  must(carried(*back) == carried(lines));
  return 0;
}
