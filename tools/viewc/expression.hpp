// viewc: as much of C++ as is needed to find where an expression ends and where its parts are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace viewc {

struct Expression {
  std::string text;     // trimmed, line ends as spaces
  std::size_t end = 0;  // behind the closing sign
  std::string problem;  // empty when it is well formed
};

// The expression from `begin` to `close` ("}}" or "%}"), which may stand inside of strings and brackets.
[[nodiscard]] Expression read_expression(std::string_view source, std::size_t begin, std::string_view close);

// "first name=a other=f(b, c)": the first part, then the named ones. Names are told by white space before and one = after.
struct Call {
  std::string first;
  std::vector<std::pair<std::string, std::string>> named;
};
[[nodiscard]] Call split_named(std::string_view text);

// "a::b(args)" as name and arguments; nothing when it is not exactly that.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> split_call(std::string_view text);

[[nodiscard]] bool is_name(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] bool is_space(char c);

}  // namespace viewc
