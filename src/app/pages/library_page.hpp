// app pages: everything of the library as one file.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::app::pages {

struct LibraryPage {
  std::vector<std::string> holds;  // kinds of records, in words
  std::vector<std::string> stays;
};

[[nodiscard]] Result<web::Reply> show_export(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> make_export(const web::Request& request, web::Context& context);

}  // namespace kedge::app::pages
