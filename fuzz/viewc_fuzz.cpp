// The view compiler on any bytes: it ends, says where something is refused, and what it accepts holds no open door.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "viewc/view.hpp"

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
      const std::string_view text = step.text;
      if (step.kind == viewc::Step::Kind::constant && (text.find("<style") != text.npos || text.find("<!--") != text.npos)) std::abort();
      if (step.kind == viewc::Step::Kind::code && text.find('\n') != text.npos) std::abort();
    }
  const viewc::Names names{"guide/views/x.hpp", "x.html"};
  if (viewc::header_of(file, names).empty() || viewc::source_of(file, names).empty()) std::abort();
  return 0;
}
