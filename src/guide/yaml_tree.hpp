// guide: a YAML file as a plain tree with line numbers, and nothing that could make a small file large: no aliases or
// anchors, one document, bounded depth and size. Knows nothing of guides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace kedge::guide {

struct YamlNode {
  enum class Kind : std::uint8_t { empty, scalar, list, map };
  Kind kind = Kind::empty;
  int line = 0;  // from 1
  std::string scalar;
  std::vector<YamlNode> items;  // of a list; of a map its values
  std::vector<YamlNode> keys;   // of a map, beside items; each a scalar
};

// What stopped the reading: a message of the catalogues, and where.
struct YamlProblem {
  int line = 1;
  std::string key;
};

// Problems: guide_check.not_utf8, .yaml, .alias, .too_deep, .too_many_nodes, .one_document.
[[nodiscard]] tl::expected<YamlNode, YamlProblem> read_yaml(std::string_view yaml, std::size_t deepest);

}  // namespace kedge::guide
