// guide pages: what happens to one answer.
#pragma once

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

Result<web::Reply> save_answer(const web::Request& request, web::Context& context);
Result<web::Reply> remove_answer_row(const web::Request& request, web::Context& context);
Result<web::Reply> restore_answer_row(const web::Request& request, web::Context& context);
Result<web::Reply> share_answer(const web::Request& request, web::Context& context);
Result<web::Reply> take_back_answer(const web::Request& request, web::Context& context);
Result<web::Reply> choose_pull(const web::Request& request, web::Context& context);
Result<web::Reply> pull_answers(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
