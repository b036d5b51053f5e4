// guide pages: sheets of paper of a workbook: made, printed, and typed in sheet by sheet.
#pragma once

#include "guide/pages/card.hpp"
#include "guide/sheets.hpp"
#include "web/fields.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct SheetLine {
  std::string code;
  std::string name;
  enum class State : std::uint8_t { missing, begun, typed };
  State state = State::missing;
  web::Url type;
  web::Url print;      // as PDF
  web::Url print_large;
  web::Url removal;
};
struct SheetsView {
  Id workbook;
  std::string title;
  std::vector<SheetLine> lines;
  std::int64_t missing = 0;  // not typed in whole
  web::Url back;
  web::Url make;
  web::Url print_missing;  // those that are not typed in, as one file
  std::int64_t at_once = 0;  // how many of them it holds
  web::Url care;       // the sheet for staff care, apart
  web::Field count;
  bool may_lead = false;
};
struct SheetSectionView {
  Sheet sheet;
  std::string title;       // of the section
  std::string language;
  std::vector<SectionLink> sections;
  std::vector<CardView> cards;
  std::vector<std::string> organizations;
  std::vector<std::string> contacts;
  std::vector<std::string> members;
  std::vector<ProblemView> problems;
  web::Url sheets;
  web::Url next;
  std::string next_title;
  web::Url naming;
  web::Url marking;
  web::Field name;
};

Result<web::Reply> show_sheets(const web::Request& request, web::Context& context);
Result<web::Reply> make_sheets_page(const web::Request& request, web::Context& context);
Result<web::Reply> show_sheet(const web::Request& request, web::Context& context);
Result<web::Reply> show_sheet_card(const web::Request& request, web::Context& context);
Result<web::Reply> save_sheet_answer(const web::Request& request, web::Context& context);
Result<web::Reply> name_sheet_page(const web::Request& request, web::Context& context);
Result<web::Reply> mark_sheet_page(const web::Request& request, web::Context& context);
Result<web::Reply> remove_sheet_page(const web::Request& request, web::Context& context);
Result<web::Reply> restore_sheet_page(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
