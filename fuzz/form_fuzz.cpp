// Whatever is sent as a form or a target never crashes, and what is taken holds neither NUL nor broken UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/text.hpp"
#include "web/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kedge;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (const auto fields = web::Fields::parse(input)) {
    for (const auto& [name, value] : fields->items())
      if (value.find('\0') != std::string::npos || !text::is_utf8(value) || !text::is_utf8(name)) std::abort();
  }
  web::Request request;
  if (web::wire::read_target(input, request)) {
    if (!request.path.starts_with('/') || !text::is_utf8(request.path) || request.path.find("/../") != std::string::npos) std::abort();
  }
  return 0;
}
