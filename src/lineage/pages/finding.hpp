// lineage pages: one finding, what it rests on and what became of it.
#pragma once

#include <string>
#include <vector>

#include "lineage/lineage.hpp"
#include "lineage/pages/rights.hpp"
#include "lineage/pages/shown.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::lineage::pages {

struct Ground {
  ThreadLine line;
  web::Url removal;
};

struct FindingPage {
  Finding finding;
  std::string theme;
  std::string state_words;
  std::string raised;                 // "On March 14, 2026, by Rosa"
  std::vector<Ground> grounds;
  std::vector<ThreadLine> became;
  std::vector<Revision> earlier;
  std::vector<std::string> earlier_until;
  bool may_change = false;
  web::Url self;
  web::Url acceptance;
  web::Url dismissal;
  web::Url reopening;
  web::Url make_action;
  web::Url restoration;               // of evidence that was just removed; empty: none was
  web::Form form;
  web::Field statement;
  web::Field theme_field;
  std::vector<Differing> differing;
};

Result<web::Reply> show_finding_page(const web::Request& request, web::Context& context);  // GET /findings/{id}
Result<web::Reply> revise_finding(const web::Request& request, web::Context& context);     // POST /findings/{id}
Result<web::Reply> accept_finding(const web::Request& request, web::Context& context);     // POST /findings/{id}/acceptance
Result<web::Reply> dismiss_finding(const web::Request& request, web::Context& context);    // POST /findings/{id}/dismissal
Result<web::Reply> reopen_finding(const web::Request& request, web::Context& context);     // POST /findings/{id}/reopening
Result<web::Reply> remove_evidence(const web::Request& request, web::Context& context);    // POST /findings/{id}/evidence/{evidence}/removal
Result<web::Reply> restore_evidence(const web::Request& request, web::Context& context);   // POST /findings/{id}/evidence/{evidence}/restoration

}  // namespace kedge::lineage::pages
