// guide pages: the staff care list on paper: sheets without code or name, and their counts typed in as one batch.
#pragma once

#include "guide/checklist_paper.hpp"
#include "guide/pages/card.hpp"
#include "web/fields.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct PaperRow {
  MarkRow practice;
  std::string item;   // its id, or of a proposed practice its words
  web::Field well;
  web::Field better;
};
// A sheet to mark by hand; all are alike.
struct SlipView {
  std::string title;
  std::vector<MarkRow> rows;
};
struct PapersView {
  std::string title;  // of the prompt
  Papers state = Papers::may_come;
  std::int64_t least = 5;
  std::vector<PaperRow> rows = {};
  web::Field sheets = {};
  web::Field comments = {};
  web::Url back;
  web::Url save;
  web::Url slip;      // as a file
  web::Form form;
};

Result<web::Reply> show_papers(const web::Request& request, web::Context& context);
Result<web::Reply> type_papers(const web::Request& request, web::Context& context);
Result<web::Reply> slip_document(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
