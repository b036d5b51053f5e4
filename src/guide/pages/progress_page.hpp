// guide pages: how far the workbooks of a library are, section by section, and nothing that was written in them.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct ProgressLine {
  std::string title;      // of the guide's section
  Progress progress = Progress::untouched;
  std::string said;       // "2 of 4 answered together"
};
struct ProgressBook {
  std::string guide;      // the guide's title; a workbook's own was written here
  std::string opened;
  std::string said;       // "3 of 7 sections begun"
  std::vector<ProgressLine> sections;
};
struct ProgressView {
  std::string library;
  std::vector<ProgressBook> books;
};

Result<web::Reply> show_progress(const web::Request& request, web::Context& context);  // GET /progress

}  // namespace kedge::guide
