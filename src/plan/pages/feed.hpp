// plan pages: the days of actions for a calendar program, and the address by which it reads them.
#pragma once

#include "plan/feed.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::plan::pages {

struct FeedPage {
  std::string address;  // just made, shown once; empty: not now
  std::string made_on;  // words; empty: there is none
  web::Field holds;
  bool letters = false;  // they are sent at all, and the reader may get one
  bool letter_on = false;
  std::string letter_to;  // empty: the reader gave no address
};

Result<web::Reply> show_feed(const web::Request& request, web::Context& context);    // GET /actions/feed
Result<web::Reply> renew_feed(const web::Request& request, web::Context& context);   // POST /actions/feed
Result<web::Reply> drop_feed(const web::Request& request, web::Context& context);    // POST /actions/feed/removal
Result<web::Reply> read_feed(const web::Request& request, web::Context& context);    // GET /calendar/{token}

}  // namespace kedge::plan::pages
