// plan pages: the list of actions.
#pragma once

#include "plan/pages/rows.hpp"

namespace kedge::plan::pages {

struct ActionsPage {
  std::vector<ActionRow> rows;
  web::Field owner;       // filters
  web::Field status;
  web::Field late;
  bool filtered = false;
  bool may_change = false;
  std::int64_t late_count = 0;
  web::Url fragment;      // this list alone, with its filters
  web::Url restoration;   // of an action that was just removed; empty: none was
};

Result<web::Reply> list_actions(const web::Request& request, web::Context& context);   // GET /actions?owner=&status=&late=
Result<web::Reply> table_fragment(const web::Request& request, web::Context& context); // GET /actions/table?workbook=

}  // namespace kedge::plan::pages
