// guide pages: a workbook to take along and to bring in.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct ImportView {
  std::string error;
  std::vector<std::string> problems;
};

Result<web::Reply> export_page(const web::Request& request, web::Context& context);
Result<web::Reply> choose_import(const web::Request& request, web::Context& context);
Result<web::Reply> import_page(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
