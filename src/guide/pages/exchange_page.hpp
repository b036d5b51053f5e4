// guide pages: a workbook to take along and to bring in; a whole workbook to read or print.
#pragma once

#include "guide/pages/card.hpp"
#include "lineage/pages/shown.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct WholeSection {
  std::string title;
  std::string lede;
  std::vector<CardView> cards;
};
enum class Filling : std::uint8_t { team, mine, blank };
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
  Filling filling = Filling::team;
  web::Url team;
  web::Url mine;
  web::Url blank;
  web::Url back;
  std::vector<WholeSection> sections;
  std::vector<WholeFinding> findings;
};
struct ImportView {
  std::string error;
  std::vector<std::string> problems;
};

// The fields that say something in a few words; what the heading over them says already is left out.
[[nodiscard]] std::vector<FieldView> says_short(const std::vector<FieldView>& fields, const std::string& heading);
[[nodiscard]] bool says_something(const VoiceView& voice);

Result<web::Reply> show_whole(const web::Request& request, web::Context& context);
Result<web::Reply> export_page(const web::Request& request, web::Context& context);
Result<web::Reply> choose_import(const web::Request& request, web::Context& context);
Result<web::Reply> import_page(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
