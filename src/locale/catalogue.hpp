// locale: the table that msgc writes from locales/, as data. Rows are sorted by hash.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/language.hpp"

namespace kedge::locale {

enum class Shape : std::uint8_t {
  plain,   // no placeholder
  simple,  // {name} alone
  icu,     // plural, select: formatted by ICU
};

struct Row {
  std::uint64_t hash;
  Shape shape;
  std::string_view key;
  std::array<std::string_view, kLanguages.size()> text;
};

extern const std::span<const Row> kRows;

}  // namespace kedge::locale
