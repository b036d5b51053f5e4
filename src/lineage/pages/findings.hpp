// lineage pages: the list of findings.
#pragma once

#include <string>
#include <vector>

#include "lineage/lineage.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::lineage::pages {

struct FindingRow {
  Id id;
  web::Url url;
  std::string statement;
  std::string theme;         // as the library names it; empty: none
  State state = State::open;
  std::string state_words;
  std::int64_t rests_on = 0;
  std::int64_t actions = 0;
};

struct FindingsPage {
  std::vector<FindingRow> rows;
  web::Field theme;          // filters
  web::Field state;
  bool filtered = false;
  bool may_change = false;
  bool may_lead = false;
  web::Url fragment;         // this list alone, with its filters
};

Result<web::Reply> list_findings(const web::Request& request, web::Context& context);  // GET /findings?theme=&state=

}  // namespace kedge::lineage::pages
