// app: how long each kind of record is kept, and what goes next: by the very work that will remove it (Slice::sweep), done at a
// later moment and undone. Only what the whole team could count by itself is counted.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "locale/words.hpp"
#include "store/database.hpp"

namespace kedge::app {

// After so many days from now: the daily work that comes next, a week, the time for which what was removed can be brought back.
inline constexpr std::array<std::int64_t, 3> kForeseenDays{1, 7, 30};

struct Kept {
  std::string table;
  std::vector<std::string> terms;  // as the migrations say them, the table's most usual first
  bool counted = false;            // false: private, anonymous, or nothing but the program's own work
  std::array<std::int64_t, 3> going{};  // rows that will be gone by then
};
// Every table of a library, those first whose rows go along with it. A transaction is begun and undone for each of the days.
[[nodiscard]] Result<std::vector<Kept>> retention(store::Database& db, const store::Scope& scope, std::int64_t now_ms);

// "30 days after removal" in words. Every term that a migration declares has some.
[[nodiscard]] std::string term_words(const locale::Words& words, std::string_view term);
[[nodiscard]] bool knows_term(std::string_view term);

}  // namespace kedge::app
