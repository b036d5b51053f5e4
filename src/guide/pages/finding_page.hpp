// guide pages: an answer becomes a finding.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct RaisingView {
  std::string statement;
  std::string quotation;
  std::string error;
  std::string theme_error;
  std::vector<OptionView> themes;
  bool personal = false;
  bool band = false;         // of a closed list, not an answer
  bool shared = false;       // an answer that somebody shared
  bool named = false;
  std::string my_name;
  web::Url action;
  web::Url back;
};

Result<web::Reply> choose_finding(const web::Request& request, web::Context& context);
Result<web::Reply> raise_finding(const web::Request& request, web::Context& context);
Result<web::Reply> choose_finding_of(const web::Request& request, web::Context& context);
Result<web::Reply> choose_finding_of_band(const web::Request& request, web::Context& context);
Result<web::Reply> raise_finding_of_band(const web::Request& request, web::Context& context);
Result<web::Reply> raise_finding_of(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
