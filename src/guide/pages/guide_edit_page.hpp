// guide pages: one guide to read; of a library's own, what it hides and shows.
#pragma once

#include <string>
#include <vector>

#include "guide/workbook.hpp"
#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct GuidePart {
  std::string id;
  std::string words;
  std::string help;
  bool hidden = false;
  web::Url change;  // hides what is shown, shows what is hidden
};
struct GuideSection {
  GuidePart head;
  std::vector<GuidePart> prompts;
};
struct GuideView {
  std::string title;
  std::string introduction;
  bool may_lead = false;
  bool ours = false;
  web::Url copy;
  web::Url file;
  std::vector<GuideSection> sections;
};

Result<web::Reply> show_guide(const web::Request& request, web::Context& context);
Result<web::Reply> hide_guide_section(const web::Request& request, web::Context& context);
Result<web::Reply> show_guide_section(const web::Request& request, web::Context& context);
Result<web::Reply> hide_guide_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> show_guide_prompt(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
