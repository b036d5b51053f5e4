// guide pages: the words of a library's own guide: its title and introduction, those of a section, of a prompt.
#pragma once

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

Result<web::Reply> show_guide_words(const web::Request& request, web::Context& context);
Result<web::Reply> save_guide_words(const web::Request& request, web::Context& context);
Result<web::Reply> show_section_words(const web::Request& request, web::Context& context);
Result<web::Reply> save_section_words(const web::Request& request, web::Context& context);
Result<web::Reply> show_prompt_words(const web::Request& request, web::Context& context);
Result<web::Reply> save_prompt_words(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
