// guide pages: opening and marking the staff care list.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct TalkView {
  std::string title;
  std::string library;
  std::vector<MarkRow> rows;
  web::Url back;
  web::Url along;         // the same as a file
  bool alone = false;     // a file that stands alone
};

Result<web::Reply> open_list(const web::Request& request, web::Context& context);
Result<web::Reply> save_list_marks(const web::Request& request, web::Context& context);
Result<web::Reply> propose_practice(const web::Request& request, web::Context& context);
Result<web::Reply> withdraw_practice(const web::Request& request, web::Context& context);
Result<web::Reply> show_talk_sheet(const web::Request& request, web::Context& context);
Result<web::Reply> talk_document(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
