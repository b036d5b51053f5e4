// msgc: the catalogues of all languages as one table, checked.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "msgc/po.hpp"

namespace msgc {

enum class Shape : std::uint8_t {
  plain,   // no placeholder
  simple,  // {name} alone
  icu,     // plural, select or anything else that ICU formats
};

struct Row {
  std::vector<Entry> entries;          // one a language, in the order given
  std::set<std::string> placeholders;  // the same in all languages
  Shape shape = Shape::plain;          // the richest of all languages
};

struct Catalogue {
  std::vector<std::string> languages;
  std::map<std::string, Row> rows;  // by key
};

// `entries` holds one list a language. Everything that is wrong is appended to `problems`.
[[nodiscard]] Catalogue join(const std::vector<std::string>& languages, std::vector<std::vector<Entry>> entries,
                             std::vector<Problem>& problems);

// FNV-1a, 64 bits: the same as locale::Message.
[[nodiscard]] std::uint64_t hash_of(std::string_view key);
// The generated source of module locale.
[[nodiscard]] std::string source_of(const Catalogue& catalogue);
// "key placeholder placeholder ...", one a line, for the view compiler and the check of sources.
[[nodiscard]] std::string keys_of(const Catalogue& catalogue);

}  // namespace msgc
