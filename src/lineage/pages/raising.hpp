// lineage pages: POST /findings and the form for it that any page can show.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lineage/lineage.hpp"
#include "lineage/pages/shown.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::lineage::pages {

struct RaiseForm {
  Ref ref;            // what it rests on; an empty kind: on nothing yet
  web::Field statement;
  web::Field theme;
  std::string next;   // where to go afterwards; empty: to the finding
};

// A form for something that is shown on the page. `statement` is what stands in it to begin with.
[[nodiscard]] Result<RaiseForm> raise_form(web::Context& context, store::Read& db, const Ref& ref, std::string_view statement = {},
                                           std::string_view theme = {}, const web::Url& next = {});
// The themes to choose from, as this library names them, after "no theme"; a hidden one only where it is chosen, or
// among those that are `in_use`.
[[nodiscard]] Result<std::vector<web::Choice>> theme_choices(web::Context& context, store::Read& db, std::string_view chosen,
                                                             const std::set<std::string>& in_use = {});

struct RaisingPage {
  web::Form form;
  RaiseForm raise;
  ThreadLine on;  // empty text: on nothing yet
};

Result<web::Reply> new_finding(const web::Request& request, web::Context& context);    // GET /findings/new?ref_kind=&ref_id=
Result<web::Reply> raise_finding(const web::Request& request, web::Context& context);  // POST /findings

}  // namespace kedge::lineage::pages
