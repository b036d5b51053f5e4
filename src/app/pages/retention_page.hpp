// app pages: how long things are kept, and what goes next.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::app::pages {

struct GoingBy {
  std::string day;   // "Gone by November 28, 2026"
  std::string rows;
};
struct RetentionLine {
  std::string kind;
  std::vector<std::string> rules;
  std::vector<GoingBy> going;  // empty: not counted
};
struct RetentionPage {
  std::vector<std::string> days;
  std::vector<RetentionLine> next;    // of which something goes
  std::vector<RetentionLine> counted;
  std::vector<RetentionLine> others;  // whose numbers are nobody's to know, or the program's own
};

[[nodiscard]] Result<web::Reply> show_retention(const web::Request& request, web::Context& context);

}  // namespace kedge::app::pages
