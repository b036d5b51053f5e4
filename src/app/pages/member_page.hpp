// app pages: what one's own data is.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"

namespace kedge::app::pages {

struct OwnDataPage {
  struct Kind {
    std::string words;
    std::int64_t rows = 0;
    bool goes = false;
  };
  std::vector<Kind> kinds;
  bool locked = false;
};

[[nodiscard]] Result<web::Reply> show_own_data(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> take_own_data(const web::Request& request, web::Context& context);

}  // namespace kedge::app::pages
