// guide pages: the page of a workbook for the board, to read, to take along and to prepare.
#pragma once

#include "guide/board.hpp"
#include "guide/pages/card.hpp"
#include "web/fields.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct BoardFindingView {
  std::string statement;
  std::string theme;
};
struct BoardStepView {
  std::string step;
  std::string who;      // a job or role; a name where its bearer agreed
  std::string due;
  std::string status;
  std::string outcome;
};
struct BoardAskView {
  std::string decision;
  std::string cost;
  std::string by;
  std::string answer;
};
struct BoardView {
  std::string title;
  std::string library;
  std::string printed;
  std::string guide_title;
  std::string words;
  std::vector<BoardAskView> asks;
  std::vector<BoardFindingView> findings;
  std::vector<BoardStepView> steps;
  int sides = 1;          // of paper, as far as can be told before it is printed
  bool alone = false;     // a file that stands alone
  bool shown = false;     // the board may read it here
  web::Url along;
  web::Url edit;          // empty: the reader only reads
};

// One thing that may stand on the page.
struct BoardChoice {
  std::string value;      // "finding/<Id>"
  std::string label;
  std::string note;
  bool stands = false;
};
struct BoardForm {
  web::Url page;
  web::Field words;
  std::vector<std::vector<web::Field>> asks;
  std::vector<BoardChoice> findings;
  std::vector<BoardChoice> steps;
  web::Field shown;
  std::int64_t version = 0;
};

// The boards' pages of all workbooks, for a board that comes in.
struct BoardListView {
  struct Line {
    std::string title;
    web::Url url;
  };
  std::vector<Line> pages;
};

Result<web::Reply> list_board_pages(const web::Request& request, web::Context& context);
Result<web::Reply> show_board_page(const web::Request& request, web::Context& context);
Result<web::Reply> board_document(const web::Request& request, web::Context& context);
Result<web::Reply> edit_board_page(const web::Request& request, web::Context& context);
Result<web::Reply> save_board(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
