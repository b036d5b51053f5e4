// plan pages: one action, new or kept.
#pragma once

#include "lineage/pages/rights.hpp"
#include "lineage/pages/shown.hpp"
#include "plan/pages/rows.hpp"

namespace kedge::plan::pages {

struct ActionFields {
  web::Field step;
  web::Field owner;
  web::Field due;
  web::Field look_on;
  web::Field status;
  web::Field measure;
  web::Field resources;
  web::Field obstacles;
  web::Field informed;
  web::Field outcome;
  // Whether what is folded away holds something, or something that is wrong.
  [[nodiscard]] bool more() const;
};

// The one thing that each change of status needs.
struct Standing {
  web::Field who;          // to start, when nobody owns it yet
  web::Field came_of_it;   // done
  web::Field why_stopped;
  std::string tried;       // the status that came back refused
};

struct CheckInLine {
  std::string who;
  std::string when;
  std::string note;
};

struct NewActionPage {
  web::Form form;
  ActionFields fields;
  lineage::Ref from;                   // an empty kind: it came from nothing yet
  lineage::pages::ThreadLine from_line;
  std::string workbook;
};

struct ActionPage {
  Action action;
  ActionRow row;
  web::Form form;
  ActionFields fields;
  lineage::pages::Around thread;
  std::vector<CheckInLine> check_ins;
  web::Field note;
  web::Field look_again;               // after the note
  Standing standing;
  web::Url standing_url;
  bool finished = false;
  Status taken_up = Status::started;   // what one that was done or stopped becomes again
  bool may_change = false;
  bool may_ask = false;                // somebody else owns it
  web::Url self;
  web::Url checking_in;
  web::Url removal;
  web::Url finding;                    // makes a finding of what was learned
  std::vector<lineage::pages::Differing> differing;
};

Result<web::Reply> new_action(const web::Request& request, web::Context& context);      // GET /actions/new?from_kind=&from_id=&workbook=
Result<web::Reply> make_action(const web::Request& request, web::Context& context);     // POST /actions
Result<web::Reply> show_action(const web::Request& request, web::Context& context);     // GET /actions/{id}
Result<web::Reply> save_action(const web::Request& request, web::Context& context);     // POST /actions/{id}
Result<web::Reply> set_status(const web::Request& request, web::Context& context);      // POST /actions/{id}/status
Result<web::Reply> add_check_in(const web::Request& request, web::Context& context);    // POST /actions/{id}/check-ins
Result<web::Reply> remove_action(const web::Request& request, web::Context& context);   // POST /actions/{id}/removal
Result<web::Reply> restore_action(const web::Request& request, web::Context& context);  // POST /actions/{id}/restoration

}  // namespace kedge::plan::pages
