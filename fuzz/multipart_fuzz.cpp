// A multipart body: the first line of the input is the Content-Type.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/text.hpp"
#include "web/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kedge;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto end = input.find('\n');
  web::Request request;
  request.headers = {{"content-type", "multipart/form-data; " + std::string(input.substr(0, end))}};
  request.body = std::string(end == std::string_view::npos ? std::string_view() : input.substr(end + 1));
  const auto before = request.body.size();
  if (!web::wire::read_body(request)) return 0;
  std::size_t total = 0;
  for (const auto& [name, value] : request.form.items()) {
    total += value.size();
    if (value.find('\0') != std::string::npos || !text::is_utf8(value)) std::abort();
  }
  for (const auto& upload : request.uploads) total += upload.bytes.size();
  if (total > before) std::abort();
  return 0;
}
