#include "guide/pages/guide_edit_page.hpp"

#include "guide/guide_edit.hpp"
#include "guide/pages/views/guide_edit.hpp"

namespace kedge::guide {
namespace {

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

GuideView view_of(const LibraryGuide& kept, const web::Context& context) {
  const auto& guide = *kept.guide;
  GuideView view{in(guide.title, context), in(guide.introduction, context), context.scope().roles.any({Role::administrator, Role::lead}), !kept.shipped,
                 web::Url::path("/guides").with("copy", "own/" + kept.id.text()).at("f-title"), web::Url::path("/guides/{}/guide.yaml", kept.id), {}};
  for (const auto& section : guide.sections) {
    const auto change = section.hidden ? web::Url::path("/guides/{}/sections/{}/showing", kept.id, section.id)
                                       : web::Url::path("/guides/{}/sections/{}/hiding", kept.id, section.id);
    GuideSection shown{{section.id, in(section.title, context), in(section.lede, context), section.hidden, change}, {}};
    for (const auto& prompt : section.prompts) {
      const auto turn = prompt.hidden ? web::Url::path("/guides/{}/prompts/{}/showing", kept.id, prompt.id)
                                      : web::Url::path("/guides/{}/prompts/{}/hiding", kept.id, prompt.id);
      shown.prompts.push_back({prompt.id, in(prompt.label, context), in(prompt.help, context), prompt.hidden, turn});
    }
    view.sections.push_back(std::move(shown));
  }
  return view;
}

using Turn = Result<Guide> (*)(Guide, std::string_view, Shown);

Result<web::Reply> turn(const web::Request& request, web::Context& context, std::string_view what, Turn work, Shown shown) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, guide_of(tx, context.scope(), id));
    if (kept.shipped) return fail(Fault::forbidden, "guide_edit.copy_first");
    TRY(const auto changed, work(*kept.guide, request.parameter(what), shown));
    TRY_DONE(save_guide(tx, context.scope(), id, changed, kept.version));
    return web::Url::path("/guides/{}", id).at(request.parameter(what));
  }));
  context.say_next("guide_edit.saved");
  return web::Reply::see_other(where);
}

}  // namespace

// GET /guides/{id}
Result<web::Reply> show_guide(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto kept, context.read([&](store::Read& db) { return guide_of(db, context.scope(), id); }));
  const auto view = view_of(kept, context);
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guide_edit, view, frame));
}

// POST /guides/{id}/sections/{section}/hiding and /showing, /guides/{id}/prompts/{prompt}/hiding and /showing
Result<web::Reply> hide_guide_section(const web::Request& request, web::Context& context) { return turn(request, context, "section", show_section, Shown::no); }
Result<web::Reply> show_guide_section(const web::Request& request, web::Context& context) { return turn(request, context, "section", show_section, Shown::yes); }
Result<web::Reply> hide_guide_prompt(const web::Request& request, web::Context& context) { return turn(request, context, "prompt", show_prompt, Shown::no); }
Result<web::Reply> show_guide_prompt(const web::Request& request, web::Context& context) { return turn(request, context, "prompt", show_prompt, Shown::yes); }

}  // namespace kedge::guide
