// viewc: HTML files with typed holes, read into what will be written as C++. The syntax is in docs/views.md.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace viewc {

struct Problem {
  std::size_t line = 0;    // from 1
  std::size_t column = 0;  // from 1, in characters
  std::string text;
};

// One thing that a view does: write a constant, or a statement of C++.
struct Step {
  enum class Kind { constant, code } kind = Kind::constant;
  std::string text;
  std::size_t line = 0;
};

struct View {
  std::string name;
  std::string parameters;
  std::size_t line = 0;
  bool has_body = false;
  std::vector<Step> steps;
};

struct File {
  std::vector<std::string> includes;  // with their quotes or brackets
  std::vector<View> views;
};

// Message keys with the names of their placeholders, as `msgc compile` lists them.
using Keys = std::map<std::string, std::set<std::string>>;
[[nodiscard]] Keys read_keys(std::string_view list);

// Whatever is refused is appended to `problems`, in the order of the file; then what is returned must not be used.
[[nodiscard]] File read(std::string_view source, const Keys& keys, std::vector<Problem>& problems);

struct Names {
  std::string include;  // "guide/pages/views/section.hpp": gives the namespace kedge::guide::views
  std::string shown;    // the view's path in messages of the C++ compiler
};
[[nodiscard]] std::string header_of(const File& file, const Names& names);
[[nodiscard]] std::string source_of(const File& file, const Names& names);

}  // namespace viewc
