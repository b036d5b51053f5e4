// plan pages: the weekly letter to owners and leads.
#pragma once

#include "plan/digest.hpp"
#include "web/context.hpp"

namespace kedge::plan::pages {

struct DigestOffPage {
  web::Url self;
  bool done = false;
};

Result<web::Reply> choose_letter(const web::Request& request, web::Context& context);  // POST /actions/letter
Result<web::Reply> show_off(const web::Request& request, web::Context& context);       // GET /letters/off/{token}
Result<web::Reply> switch_off(const web::Request& request, web::Context& context);     // POST /letters/off/{token}

}  // namespace kedge::plan::pages
