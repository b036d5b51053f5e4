// guide: what reads words, numbers, texts and lists out of a guide's file and remembers every problem at its line.
// Knows nothing of sections and prompts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/codes.hpp"
#include "core/text.hpp"
#include "guide/definition.hpp"
#include "guide/yaml_tree.hpp"

namespace kedge::guide {

// How long the texts of a guide may be, in characters.
constexpr std::size_t kLabelLimit = 300, kWordsLimit = 1200, kBodyLimit = 12'000;
constexpr std::size_t kLongestId = 60;
constexpr std::size_t kMostThings = 200;  // sections, prompts of a section, rows, options ...
[[nodiscard]] bool is_id(std::string_view id);

enum class Need : std::uint8_t { required, optional };

class FileReader {
 public:
  using Node = YamlNode;
  using Arguments = std::vector<std::pair<std::string, std::string>>;

  // A map whose keys are taken one by one; what is left over at the end is a problem.
  class Map {
   public:
    Map(FileReader& reader, const Node& node);
    const Node* take(std::string_view key);  // null when it is not there
    [[nodiscard]] int line() const { return node_.line; }
    // `kind`: of a prompt, for the message about a key that another kind takes.
    void done(std::string_view kind = {});

   private:
    FileReader& reader_;
    const Node& node_;
    std::set<std::string_view> taken_;
  };

  explicit FileReader(std::string_view file) : file_(file) {}

  void problem(int line, std::string_view key, Arguments arguments = {});
  bool is_map(const Node& node, std::string_view what);
  void missing(const Map& map, std::string_view key) { problem(map.line(), "guide_check.missing", {{"key", std::string(key)}}); }

  std::string word(Map& map, std::string_view key, Need need = Need::optional, std::size_t longest = kLabelLimit);
  std::string id(Map& map, std::string_view key, Need need);
  std::string address(Map& map, Need need);                                                 // the key "url"
  std::size_t number(Map& map, std::string_view key, std::size_t least, std::size_t most);  // 0 when it is not there
  bool flag(Map& map, std::string_view key);
  Text words(Map& map, std::string_view key, Need need, std::size_t longest);
  // Codes of the kinds that a file may say.
  template <Coded E>
  E one_of(Map& map, std::string_view key, E otherwise, std::string_view unknown, Need need = Need::optional) {
    const auto* const node = map.take(key);
    const auto value = word(map, key, need);
    if (value.empty()) return otherwise;
    if (const auto known = from_code<E>(node->scalar)) return *known;  // as it stands: a code with something in it is none
    problem(node->line, unknown, {{"kind", text::shorten(value, 40)}});
    return otherwise;
  }
  // The maps of a list.
  template <class Read>
  void each(Map& map, std::string_view key, Need need, Read read) {
    for (const auto* const item : items(map, key, need)) read(*item);
  }
  void once(std::set<std::string, std::less<>>& seen, const std::string& id, int line) {
    if (!id.empty() && !seen.insert(id).second) problem(line, "guide_check.id_twice", {{"id", id}});
  }

  // The languages in which every text must be there; set before the first text is read. None: each in one of ours.
  std::vector<Language> promised;
  // Error: invalid "guide_check.problems" with all of them in the order of the lines; otherwise done.
  Done finish();

 private:
  struct Problem {
    int line;
    std::string key;
    Arguments arguments;
  };
  std::vector<const Node*> items(Map& map, std::string_view key, Need need);

  std::string file_;
  std::vector<Problem> problems_;
};

}  // namespace kedge::guide
