// plan pages: the list of actions.
#pragma once

#include "lineage/pages/shown.hpp"
#include "plan/pages/month.hpp"
#include "plan/pages/rows.hpp"
#include "web/document.hpp"

namespace kedge::plan::pages {

// The same actions as a list, a board by status, or a month.
enum class Shape : std::uint8_t { list, board, calendar };
struct ShapeLink {
  std::string label;
  web::Url url;
  bool current = false;
};
struct BoardColumn {
  std::string code;
  std::string label;
  std::vector<ActionRow> rows;
};

struct ActionsPage {
  Shape shape = Shape::list;
  std::vector<ShapeLink> shapes;
  std::vector<BoardColumn> columns;  // of a board
  Month month;                       // of a calendar
  std::string month_asked;           // "2026-03"
  web::Url month_before;
  web::Url month_after;
  std::vector<ActionRow> rows;
  web::Field owner;       // filters
  web::Field status;
  web::Field need;
  bool filtered = false;
  bool may_change = false;
  std::int64_t late_count = 0;
  std::int64_t quiet_count = 0;
  std::int64_t left_count = 0;
  web::Url fragment;      // this list alone, with its filters
  web::Url along;         // the same as a file
  web::Url restoration;   // of an action that was just removed; empty: none was
};

// The action plan as it reads on paper.
struct PlannedFact {
  std::string label;
  std::string words;
};
struct PlannedAction {
  ActionRow row;
  std::vector<PlannedFact> facts;
  std::vector<lineage::pages::ThreadLine> before;  // what it came from
};
struct PlanDocument {
  std::string library;
  std::string printed;
  std::vector<PlannedAction> actions;
};

Result<web::Reply> list_actions(const web::Request& request, web::Context& context);   // GET /actions?view=&month=&owner=&status=&need=
Result<web::Reply> document_of_actions(const web::Request& request, web::Context& context);  // GET /actions/document, with the same filters
Result<web::Reply> table_fragment(const web::Request& request, web::Context& context); // GET /actions/table?workbook=

}  // namespace kedge::plan::pages

template <>
struct kedge::Codes<kedge::plan::pages::Shape> {
  static constexpr std::array<std::string_view, 3> names{"list", "board", "calendar"};
};
