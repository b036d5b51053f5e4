// web: the table of routes, merged from the slices at start. Knows nothing of who may do what.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/route.hpp"

namespace kedge::web {

class Router {
 public:
  // A literal segment goes before a placeholder at the same place: /actions/new before /actions/{id}.
  // Errors: internal "web.routes": a duplicate, two patterns that fit one path without either being the more special, or a broken pattern.
  [[nodiscard]] static Result<Router> make(std::span<const Routes> tables);

  struct Match {
    const Route* route = nullptr;                                 // nothing: see `methods`
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string methods;                                          // what the path does take ("GET, HEAD, POST"); empty: no such path
  };
  // HEAD counts as GET. `path` is decoded.
  [[nodiscard]] Match find(std::string_view method, std::string_view path) const;
  // Every route, in the order given: for the test that walks them all as every role.
  [[nodiscard]] const std::vector<const Route*>& all() const { return all_; }

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> placeholder;
    std::vector<const Route*> routes;  // one a method
  };
  Done add(const Route& route);
  std::unique_ptr<Node> root_ = std::make_unique<Node>();
  std::vector<const Route*> all_;
};

}  // namespace kedge::web
