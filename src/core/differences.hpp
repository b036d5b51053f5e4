// core: which words of two texts differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kedge {

struct Stretch {
  std::string text;      // words with the space that follows them
  bool differs = false;  // not in the other text
};
struct Differences {
  std::vector<Stretch> one;
  std::vector<Stretch> other;
};

// Compares word by word. Texts of more than 2,000 words are not compared: each is one stretch that does not differ.
[[nodiscard]] Differences differences(std::string_view one, std::string_view other);

}  // namespace kedge
