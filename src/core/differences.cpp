#include "core/differences.hpp"

#include <algorithm>
#include <cstdint>

namespace kedge {
namespace {

constexpr std::size_t kMostWords = 2000;  // a table of their lengths stays under 8 MB

struct Word {
  std::string_view bare;
  std::string_view whole;  // with the space after it
};

bool space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> all;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && !space(text[end])) ++end;
    auto next = end;
    while (next < text.size() && space(text[next])) ++next;
    all.push_back({text.substr(at, end - at), text.substr(at, next - at)});
    at = next;
  }
  return all;
}

void add(std::vector<Stretch>& to, std::string_view text, bool differs) {
  if (to.empty() || to.back().differs != differs) to.push_back({"", differs});
  to.back().text += text;
}

}  // namespace

Differences differences(std::string_view one, std::string_view other) {
  Differences found;
  const auto a = words_of(one);
  const auto b = words_of(other);
  if (a.size() > kMostWords || b.size() > kMostWords) return {{{std::string(one), false}}, {{std::string(other), false}}};
  // the longest common run of words from each pair of places to the ends
  const auto width = b.size() + 1;
  std::vector<std::uint16_t> common((a.size() + 1) * width, 0);
  for (auto i = a.size(); i-- > 0;)
    for (auto j = b.size(); j-- > 0;)
      common[i * width + j] = a[i].bare == b[j].bare ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                                                     : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i].bare == b[j].bare) {
      add(found.one, a[i++].whole, false);
      add(found.other, b[j++].whole, false);
    } else if (j == b.size() || (i < a.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      add(found.one, a[i++].whole, true);
    } else {
      add(found.other, b[j++].whole, true);
    }
  }
  return found;
}

}  // namespace kedge
