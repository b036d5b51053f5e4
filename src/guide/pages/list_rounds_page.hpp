// guide pages: two closed rounds of the staff care list beside each other.
#pragma once

#include "guide/checklist_rounds.hpp"
#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

// One practice; a band is empty where that list did not have it.
struct RoundsRow {
  std::string label;
  std::string group;         // heading over this row, where a group begins
  std::string well_before;
  std::string well_after;
  std::string better_before;
  std::string better_after;
};
struct RoundsView {
  std::string library;
  std::string before;        // when the earlier one closed, in words
  std::string after;
  Rounds said = Rounds::beside;
  std::vector<RoundsRow> rows;      // none unless they may stand beside each other
  std::vector<LinkView> others;     // other rounds to put beside the later one
  web::Url back;
  web::Url sheet;
};

Result<web::Reply> show_rounds(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
