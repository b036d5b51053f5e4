// guide pages: the guides of a library and those that it can take; a copy of one's own.
#pragma once

#include <string>
#include <vector>

#include "guide/workbook.hpp"
#include "web/fields.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct ShelfLine {
  std::string title;
  std::vector<std::string> sections;
  std::string used_by;  // names of workbooks, in words; empty: none
  bool ours = false;    // no longer as it came
  web::Url page;        // where it is read and changed; empty: not taken yet
  web::Url file;        // empty: not taken yet
  web::Url copy;        // this page, with the guide chosen in the form
};
struct GuidesView {
  web::Form form;
  std::vector<ShelfLine> guides;
  web::Field source;
  web::Field title;
};

Result<web::Reply> show_guides(const web::Request& request, web::Context& context);
Result<web::Reply> copy_guide_page(const web::Request& request, web::Context& context);
Result<web::Reply> guide_file(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
