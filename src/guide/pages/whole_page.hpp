// guide pages: a whole workbook to read, to print and to take along as a file.
#pragma once

#include "guide/pages/card.hpp"
#include "guide/pages/print.hpp"
#include "lineage/pages/shown.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct WholeSection {
  std::string title;
  std::string lede;
  std::vector<CardView> cards;
};
// A finding with what it rests on, as it reads on paper.
struct WholeFinding {
  std::string statement;
  std::string theme;
  std::vector<lineage::pages::ThreadLine> grounds;
};
struct WholeView {
  Id workbook;
  std::string title;
  std::string library;
  std::string guide_title;
  std::string introduction;
  std::string printed;
  std::string sheet;      // the code of a sheet of paper, to fill by hand and to type in; empty: none
  Filling filling = Filling::team;
  web::Url team;
  web::Url mine;
  web::Url blank;
  web::Url back;
  web::Url along;         // the same as a file
  bool alone = false;     // a file that stands alone: no way from it leads to other pages
  std::vector<WholeSection> sections;
  std::vector<WholeFinding> findings;
};
// The fields that say something in a few words; what the heading over them says already is left out.
[[nodiscard]] std::vector<FieldView> says_short(const std::vector<FieldView>& fields, const std::string& heading);
[[nodiscard]] bool says_something(const VoiceView& voice);

Result<web::Reply> show_whole(const web::Request& request, web::Context& context);
Result<web::Reply> show_document(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
