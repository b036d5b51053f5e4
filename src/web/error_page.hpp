// web: the calm page for what went wrong. With a context in the layout, without one (the server refuses) by itself.
#pragma once

#include <string>

#include "web/assets.hpp"
#include "web/context.hpp"

namespace kedge::web {

// What the page shows; words already.
struct Problem {
  int status = 500;
  std::string title;
  std::string message;
  std::string advice;
};

// `sent`: a form was, so that the back button brings back what was typed.
[[nodiscard]] Html error_page(const Context* context, const locale::Words& words, const Assets& assets, int status, const Error& error, bool sent);

}  // namespace kedge::web
