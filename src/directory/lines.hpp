// directory: what a file of contacts says, line by line, whatever kind of file it is. Nothing of it is kept yet.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "directory/directory.hpp"

namespace kedge::directory {

// A person and where they work; or, without a person's name, an organization alone. Records without ids, as they were written.
struct Line {
  int row = 0;        // of a table as a spreadsheet counts (headings are row 1); of cards: the first is 1
  Id mark;            // of a card that was taken along from here: the record that it was; empty: none
  Organization organization;
  Contact contact;
  std::string wrong;  // a message's key when the line can't be read as it stands; empty: it can
};

struct Brought {
  std::vector<Line> lines;
  std::vector<std::string> left_aside;  // what has no place here: headings, names of properties; each once
};

inline constexpr std::size_t kMostLines = 500;                   // of one file: as many as a person looks through
inline constexpr std::size_t kMostFileBytes = 8U * 1024 * 1024;  // pictures in cards are large, and left aside
inline constexpr std::size_t kMostTextBytes = 200U * 1024;       // of what goes on to the next page

}  // namespace kedge::directory
