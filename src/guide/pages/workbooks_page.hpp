// guide pages: the workbooks of a library, and one of them at a glance.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct WorkbookLine {
  std::string title;
  std::string guide;
  std::string opened;
  web::Url url;
  std::string progress;   // "3 of 7 sections begun"
};
struct GuideLine {
  std::string value;      // "own/<id>" or "shipped/<slug>"
  std::string title;
  bool chosen = false;
};
struct RemovedLine {
  std::string title;
  std::string removed;    // the day, in words
  web::Url restoration;
};
struct WorkbooksView {
  std::vector<WorkbookLine> workbooks;
  std::vector<GuideLine> guides;
  std::vector<RemovedLine> removed;  // lately, for whoever may bring it back
  bool may_open = false;
  std::string title;
  std::string error;
};
struct OverviewSection {
  std::string title;
  std::string lede;
  web::Url url;
  Progress progress = Progress::untouched;
  std::string said;       // "2 of 4 answered together"
};
struct OverviewView {
  Id id;
  std::string title;
  std::string guide_title;
  std::string introduction;
  Source source;
  web::Url source_url;
  std::vector<OverviewSection> sections;
  std::string before;        // the title of the workbook of this guide before this one, where there is one
  std::vector<ActionView> before_actions;  // and what became of what was decided there
  web::Url next;
  std::string next_title;
  web::Url page;
  web::Url board;
  web::Url sheets;
  web::Url exported;
  web::Url rename;
  web::Url removal;
  web::Url guide;
  bool may_change = false;
  bool alone = false;
  std::string error;
};

Result<web::Reply> show_workbooks(const web::Request& request, web::Context& context);
Result<web::Reply> open_workbook_page(const web::Request& request, web::Context& context);
Result<web::Reply> show_workbook(const web::Request& request, web::Context& context);
Result<web::Reply> rename_workbook_page(const web::Request& request, web::Context& context);
Result<web::Reply> remove_workbook_page(const web::Request& request, web::Context& context);
Result<web::Reply> restore_workbook_page(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
