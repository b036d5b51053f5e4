// Catalogues and sources of any bytes: what is accepted has the same keys and placeholders in both languages.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "msgc/catalogue.hpp"
#include "msgc/uses.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(bytes), size);
  const auto half = source.substr(0, source.find('\0'));
  const auto other = half.size() == source.size() ? half : source.substr(half.size() + 1);
  std::vector<msgc::Problem> problems;
  auto en = msgc::read_po(half, "en.po", problems);
  auto es = msgc::read_po(other, "es.po", problems);
  const auto catalogue = msgc::join({"en", "es"}, {std::move(en), std::move(es)}, problems);
  if (problems.empty()) {
    for (const auto& [key, row] : catalogue.rows)
      if (row.entries.size() != 2 || row.entries[0].key != key || row.entries[1].key != key || row.entries[1].text.empty()) std::abort();
    if (msgc::source_of(catalogue).empty()) std::abort();
  }
  for (const auto& use : msgc::keys_used(source))
    if (use.line == 0 || use.key.empty()) std::abort();
  return 0;
}
