#include "web/router.hpp"

#include <algorithm>

namespace kedge::web {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    out.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    path.remove_prefix(slash + 1);
  }
}

bool is_placeholder(std::string_view segment) { return segment.starts_with('{'); }

// Whether some path fits both, and neither pattern is the more special one at every place where they differ.
bool ambiguous(std::string_view a, std::string_view b) {
  const auto left = segments(a);
  const auto right = segments(b);
  if (left.size() != right.size()) return false;
  bool left_wins = false;
  bool right_wins = false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const bool left_open = is_placeholder(left[i]);
    const bool right_open = is_placeholder(right[i]);
    if (!left_open && !right_open && left[i] != right[i]) return false;
    if (!left_open && right_open) left_wins = true;
    if (left_open && !right_open) right_wins = true;
  }
  return left_wins == right_wins;  // the same shape, or each special somewhere
}

auto broken(const Route& route, std::string_view why) {
  return fail(Fault::internal, "web.routes", std::string(route.method) + " " + std::string(route.pattern) + ": " + std::string(why));
}

}  // namespace

Done Router::add(const Route& route) {
  if (route.method != "GET" && route.method != "POST") return broken(route, "method is neither GET nor POST");
  if (!route.pattern.starts_with('/') || route.handler == nullptr) return broken(route, "pattern or handler missing");
  for (const Route* other : all_)
    if (other->method == route.method && ambiguous(other->pattern, route.pattern))
      return broken(route, "fits the same paths as " + std::string(other->pattern));
  Node* node = root_.get();
  for (const auto segment : segments(route.pattern)) {
    if (is_placeholder(segment)) {
      if (!segment.ends_with('}') || segment.size() < 3) return broken(route, "placeholder");
      if (!node->placeholder) node->placeholder = std::make_unique<Node>();
      node = node->placeholder.get();
    } else {
      auto& next = node->literal[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
  }
  node->routes.push_back(&route);
  all_.push_back(&route);
  return {};
}

Result<Router> Router::make(std::span<const Routes> tables) {
  Router router;
  for (const auto& table : tables)
    for (const auto& route : table) TRY_DONE(router.add(route));
  return router;
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
  if (method == "HEAD") method = "GET";
  const auto parts = segments(path);
  Match match;
  bool get = false;
  bool post = false;
  // depth first, literal before placeholder; a path has few segments, so there is little to walk back
  const auto walk = [&](const auto& self, const Node& node, std::size_t at) -> const Route* {
    if (at == parts.size()) {
      for (const Route* route : node.routes) {
        if (route->method == method) return route;
        (route->method == "GET" ? get : post) = true;
      }
      return nullptr;
    }
    if (const auto found = node.literal.find(parts[at]); found != node.literal.end())
      if (const Route* route = self(self, *found->second, at + 1)) return route;
    if (node.placeholder && !parts[at].empty()) return self(self, *node.placeholder, at + 1);
    return nullptr;
  };
  if (path.starts_with('/')) match.route = walk(walk, *root_, 0);
  if (match.route == nullptr) {
    match.methods = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : post ? "POST" : "";
    return match;
  }
  const auto pattern = segments(match.route->pattern);
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (is_placeholder(pattern[i])) match.parameters.emplace_back(pattern[i].substr(1, pattern[i].size() - 2), parts[i]);
  return match;
}

}  // namespace kedge::web
