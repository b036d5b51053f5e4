// guide pages: a guide from a file, or from its text.
#pragma once

#include <string>
#include <vector>

#include "web/fields.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct GuideImportView {
  web::Form form;
  web::Field yaml;
  std::vector<std::string> problems;  // "Line 12: ...", in the order of the lines
  // when the file's short name is taken
  bool asks = false;
  std::string taken_title;
  bool replaceable = false;
  std::int64_t version = 0;           // of the guide that would be replaced
  web::Field decision;
  web::Field title;
};

Result<web::Reply> choose_guide_import(const web::Request& request, web::Context& context);
Result<web::Reply> import_guide_page(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
