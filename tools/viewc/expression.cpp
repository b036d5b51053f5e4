#include "viewc/expression.hpp"

#include <algorithm>

namespace viewc {
namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Whether the quote at `at` is one between digits, as in 1'000.
bool separates_digits(std::string_view text, std::size_t at) {
  return at > 0 && is_alnum(text[at - 1]) && at + 1 < text.size() && is_alnum(text[at + 1]) && text[at] == '\'';
}

// Behind the string or character that begins at `at`; the end of the text when it is not closed.
std::size_t past_literal(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\') ++at;
    if (at < text.size() && text[at] == '\n') return text.size();
  }
  return std::min(at + 1, text.size() + 1);
}

bool begins_literal(std::string_view text, std::size_t at) {
  return text[at] == '"' || (text[at] == '\'' && !separates_digits(text, at));
}

char closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

// Follows brackets; false when one closes that was not open.
bool follow(std::string& open, char c) {
  if (c == '(' || c == '[' || c == '{') open += closing(c);
  if (c != ')' && c != ']' && c != '}') return true;
  if (open.empty() || open.back() != c) return false;
  open.pop_back();
  return true;
}

std::string on_one_line(std::string_view text) {
  std::string out(trim(text));
  std::ranges::replace_if(out, is_space, ' ');
  return out;
}

std::string fault_at(std::string_view source, std::size_t at) {
  const auto two = source.substr(at, 2);
  if (two == "//" || two == "/*") return "a comment inside an expression";
  if (two == "R\"") return "a raw string inside an expression";
  return {};
}

}  // namespace

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text) {
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') && std::ranges::all_of(text, is_alnum);
}

Expression read_expression(std::string_view source, std::size_t begin, std::string_view close) {
  Expression out;
  std::string open;
  for (std::size_t at = begin; at < source.size();) {
    if (open.empty() && source.substr(at).starts_with(close)) {
      out.text = on_one_line(source.substr(begin, at - begin));
      out.end = at + close.size();
      return out;
    }
    if (out.problem.empty()) out.problem = fault_at(source, at);
    if (begins_literal(source, at)) {
      at = past_literal(source, at);
      if (at >= source.size()) break;
      continue;
    }
    if (!follow(open, source[at])) {
      out.problem = "brackets that do not match";
      break;
    }
    ++at;
  }
  if (out.problem.empty()) out.problem = "is not closed by " + std::string(close);
  const auto next = source.find(close, begin);  // go on there, to find more faults
  out.end = next == std::string_view::npos ? source.size() : next + close.size();
  return out;
}

Call split_named(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> parts(1);
  std::string open;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (begins_literal(text, at)) {
      at = std::min(past_literal(text, at), text.size());
      continue;
    }
    if (!follow(open, text[at])) break;
    if (open.empty() && is_space(text[at])) {
      auto end = at + 1;
      while (end < text.size() && is_alnum(text[end])) ++end;
      const auto name = text.substr(at + 1, end - at - 1);
      if (is_name(name) && text.substr(end, 1) == "=" && text.substr(end, 2) != "==") {
        parts.back().second = std::string(trim(text.substr(begin, at - begin)));
        parts.emplace_back(name, "");
        begin = at = end + 1;
        continue;
      }
    }
    ++at;
  }
  parts.back().second = std::string(trim(text.substr(begin)));
  Call out{parts.front().second, {}};
  out.named.assign(parts.begin() + 1, parts.end());
  return out;
}

std::optional<std::pair<std::string, std::string>> split_call(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return std::nullopt;
  auto rest = trim(text.substr(0, open));
  const std::string name(rest);
  while (!rest.empty()) {  // a::b::c
    const auto colons = rest.find("::");
    if (!is_name(rest.substr(0, colons))) return std::nullopt;
    rest = colons == std::string_view::npos ? std::string_view{} : rest.substr(colons + 2);
    if (colons != std::string_view::npos && rest.empty()) return std::nullopt;
  }
  const auto inside = read_expression(text, open + 1, ")");
  if (name.empty() || !inside.problem.empty() || inside.end != text.size()) return std::nullopt;
  return std::pair{name, inside.text};
}

}  // namespace viewc
