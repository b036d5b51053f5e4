// A guide file from anywhere: refused with its problems, or read and written back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "guide/definition.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto guide = kedge::guide::parse_guide({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!guide) return guide.error().key.empty() ? std::abort(), 0 : 0;
  const auto again = kedge::guide::parse_guide(kedge::guide::to_yaml(*guide), "again.yaml");
  if (!again || !(*again == *guide)) std::abort();
  return 0;
}
