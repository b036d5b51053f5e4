// A zip from anywhere: refused with a reason, or read so that every name stays in its folder, no limit is passed, and what is
// written of it reads the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "archive/zip.hpp"

namespace {

using namespace kedge::archive;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.members = 50;
  limits.bytes_each = 1U << 20U;
  limits.bytes = 2U << 20U;
  limits.ratio = 100;
  const auto files = read_zip({reinterpret_cast<const char*>(data), size}, limits);
  if (!files) {
    must(!files.error().key.empty());
    return 0;
  }
  must(files->size() <= limits.members);
  std::uint64_t bytes = 0;
  for (const auto& file : *files) {
    must(safe_name(file.name));
    must(file.bytes.size() <= limits.bytes_each);
    bytes += file.bytes.size();
  }
  must(bytes <= limits.bytes);
  const auto zip = write_zip(*files, 1'764'200'000'000);
  must(zip.has_value());
  const auto again = read_zip(*zip);
  must(again.has_value() && again->size() == files->size());
  for (std::size_t i = 0; i < files->size(); ++i) must((*again)[i].name == (*files)[i].name && (*again)[i].bytes == (*files)[i].bytes);
  return 0;
}
