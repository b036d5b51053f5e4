// guide pages: one guide to read; of a library's own, what is hidden, moved, removed, and the ways to its words.
#pragma once

#include <string>
#include <vector>

#include "guide/workbook.hpp"
#include "web/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

// Words in the reader's language, or in another and then marked.
struct SpokenView {
  std::string words;
  std::string language;  // code; empty: the reader's
};

struct GuidePart {
  std::string anchor;
  SpokenView title;
  SpokenView help;
  std::string kind;        // of a prompt: how it is answered and by whom, in words
  bool hidden = false;
  web::Url turn;           // hides what is shown, shows what is hidden
  web::Url up, down;       // empty: not from here
  web::Url words;          // the form of its words
  web::Url removal;        // empty: can't be removed
  bool answered = false;   // the library's own, but it was answered: it can be hidden, not removed
  web::Url restoration;    // of one that was removed
};
struct GuideSection {
  GuidePart head;
  std::vector<GuidePart> prompts;
  web::Url new_prompt;
};
struct GuideView {
  SpokenView title;
  SpokenView introduction;
  bool may_lead = false;
  bool ours = false;
  std::string problem;     // why nothing was done
  std::int64_t version = 0;
  web::Url copy;
  web::Url file;
  web::Url words;
  web::Url new_section;
  std::vector<GuideSection> sections;
  std::vector<GuidePart> removed;
  [[nodiscard]] bool may_change() const { return ours && may_lead; }
};

Result<web::Reply> show_guide(const web::Request& request, web::Context& context);
Result<web::Reply> hide_guide_section(const web::Request& request, web::Context& context);
Result<web::Reply> show_guide_section(const web::Request& request, web::Context& context);
Result<web::Reply> hide_guide_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> show_guide_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> move_guide_section(const web::Request& request, web::Context& context);
Result<web::Reply> move_guide_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> remove_guide_prompt(const web::Request& request, web::Context& context);
Result<web::Reply> restore_guide_prompt(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
