// guide pages: new sections and prompts of a library's own guide.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct KindLine {
  std::string name;
  std::string help;
  web::Url form;
};
struct KindsView {
  std::string section;
  web::Url back;
  std::vector<KindLine> kinds;
};

Result<web::Reply> show_new_section(const web::Request& request, web::Context& context);
Result<web::Reply> add_guide_section(const web::Request& request, web::Context& context);
// Without ?kind= the kinds to choose from, with it the form of this kind.
Result<web::Reply> show_new_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> add_guide_prompt(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
