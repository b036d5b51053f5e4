// guide pages: earlier texts of an answer, and texts that came too late.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct RevisionView {
  std::string who;
  std::string when;
  bool current = false;
  bool beside = false;
  std::vector<FieldView> fields;                             // to read
  std::vector<std::pair<std::string, std::string>> values;   // to bring back
};
struct RevisionsView {
  std::string label;
  bool personal = false;
  web::Url back;
  web::Url restore;
  std::int64_t version = 0;
  std::vector<RevisionView> revisions;
};

Result<web::Reply> show_revisions(const web::Request& request, web::Context& context);
Result<web::Reply> take_late(const web::Request& request, web::Context& context);
Result<web::Reply> join_late(const web::Request& request, web::Context& context);
Result<web::Reply> leave_late(const web::Request& request, web::Context& context);
Result<web::Reply> take_own_late(const web::Request& request, web::Context& context);
Result<web::Reply> join_own_late(const web::Request& request, web::Context& context);
Result<web::Reply> leave_own_late(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
