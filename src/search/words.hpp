// search: words as they are looked for: case and accents aside, by their stems in both languages, and where they stand in a
// text. Values only; knows nothing of indexes, nor of the database.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::search {

constexpr std::size_t kMostTyped = 200;      // characters of a search that are looked at
constexpr std::size_t kMostParts = 12;
constexpr std::size_t kShortestBegun = 3;    // letters from which on the beginning of a word finds it

// One word of a text: how it is looked for, and its bytes there.
struct Token {
  std::string term;
  std::size_t begin = 0;
  std::size_t size = 0;
};
[[nodiscard]] std::vector<Token> tokens(std::string_view text);

// A text may mix both languages, and nobody says which it is: a word has a stem in each.
struct Stems {
  std::string english;
  std::string spanish;
  bool operator==(const Stems&) const = default;
};
[[nodiscard]] Stems stems_of(const std::string& term);

// What somebody looks for: all parts must be there.
struct Part {
  std::vector<std::string> words;
  bool quoted = false;  // these words, in this order
};
struct Wanted {
  std::vector<Part> parts;
  [[nodiscard]] bool empty() const { return parts.empty(); }
};
// Words in quotes belong together. Words such as "the" count only where there is nothing else.
[[nodiscard]] Wanted wanted(std::string_view typed);

// A piece of a text, and whether it is what was looked for. Plain text: whoever shows it escapes it.
struct Stretch {
  std::string text;
  bool found = false;
  bool operator==(const Stretch&) const = default;
};
[[nodiscard]] std::vector<Stretch> marked(std::string_view text, const Wanted& wanted);
// At most about `most` bytes of it around the place that says most of what was looked for; on one line, with an ellipsis where
// it was cut. The beginning, where nothing is found.
[[nodiscard]] std::vector<Stretch> excerpt(std::string_view text, const Wanted& wanted, std::size_t most);

}  // namespace kedge::search
