// msgc: one gettext catalogue as a list of entries, each with the line where it begins.
// Only what our catalogues use: no contexts, no gettext plurals (ICU has better ones), no obsolete entries.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace msgc {

struct Problem {
  std::string file;
  std::size_t line = 0;
  std::string text;
};

// "file:line: text", one a line.
[[nodiscard]] std::string shown(const std::vector<Problem>& problems);

struct Entry {
  std::string key;
  std::string text;
  std::string note;  // of "#." lines
  bool fuzzy = false;
  std::string file;
  std::size_t line = 0;  // of msgid
};

// Problems are appended; entries that could be read are returned all the same.
[[nodiscard]] std::vector<Entry> read_po(std::string_view text, const std::string& file, std::vector<Problem>& problems);

}  // namespace msgc
