// The view compiler on any bytes: it ends, says where something is refused, and what it accepts holds no open door.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "viewc/view.hpp"

namespace {

// Each < of a constant begins an end tag, the one document type, or a tag of an element that is not style in any case:
// so a comment, an inline style and a < out of a value have no place.
bool opens_only_tags(std::string_view text) {
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const auto rest = text.substr(at + 1);
    if (rest.starts_with("/") || rest.starts_with("!doctype html>\n")) continue;
    std::string name(rest.substr(0, rest.find_first_of(" \t\n\f\r/>")));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (name.empty() || name[0] < 'a' || name[0] > 'z' || name == "style") return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(bytes), size);
  static const auto kKeys = viewc::read_keys("guide.saved\nguide.people count name\n");
  std::vector<viewc::Problem> problems;
  const auto file = viewc::read(source, kKeys, problems);
  for (const auto& problem : problems)
    if (problem.line == 0 || problem.column == 0 || problem.text.empty()) std::abort();
  if (!problems.empty()) return 0;
  for (const auto& view : file.views)
    for (const auto& step : view.steps) {
      if (step.kind == viewc::Step::Kind::constant && !opens_only_tags(step.text)) std::abort();
      if (step.kind == viewc::Step::Kind::code && step.text.find('\n') != step.text.npos) std::abort();
    }
  const viewc::Names names{"guide/views/x.hpp", "x.html"};
  if (viewc::header_of(file, names).empty() || viewc::source_of(file, names).empty()) std::abort();
  return 0;
}
