// plan pages: the owner of an action says how it goes by a link, without signing in.
#pragma once

#include "plan/asking.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::plan::pages {

struct AskPage {
  std::string step;
  std::string who;
  std::string address;  // shown once
  web::Url back;
};
struct AskedPage {
  std::string library;
  std::string who;      // empty: whoever holds the link
  std::string step;
  std::string due;      // words; empty: no day
  web::Url self;
  web::Field note;
  web::Form form;
  std::string noted;    // words: what was said is noted; the form is done with
};

Result<web::Reply> make_link(const web::Request& request, web::Context& context);     // POST /actions/{id}/link
Result<web::Reply> show_asked(const web::Request& request, web::Context& context);    // GET /asked/{token}
Result<web::Reply> answer_by_link(const web::Request& request, web::Context& context);  // POST /asked/{token}

}  // namespace kedge::plan::pages
