#include "guide/pages/guide_edit_page.hpp"

#include "guide/guide_edit.hpp"
#include "guide/pages/guide_edit_form.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/guide_edit.hpp"

namespace kedge::guide {
namespace {

using Answered = std::set<std::string, std::less<>>;

SpokenView spoken(const Text& text, const web::Context& context) {
  const auto said = text.in(context.language());
  return {std::string(said.words), said.translated ? std::string() : std::string(code(said.language))};
}

Answering answering_of(const Prompt& prompt) {
  if (prompt.share == Share::never) return Answering::sealed;
  if (prompt.voices.size() == 2) return Answering::both;
  return prompt.voices.front() == Voice::team ? Answering::team : Answering::personal;
}

std::string kind_words(const Prompt& prompt, const web::Context& context) {
  auto words = std::string(context.words().plain("guide_edit.kind." + std::string(code_of(prompt.kind))));
  if (prompt.kind == Kind::reading || prompt.kind == Kind::checklist) return words;
  return words + " \xC2\xB7 " + std::string(context.words().plain("guide_edit.answering." + std::string(code_of(answering_of(prompt)))));
}

GuidePart prompt_part(const LibraryGuide& kept, const Prompt& prompt, const Answered& answered, const web::Context& context) {
  const auto& id = kept.id;
  GuidePart part;
  part.anchor = prompt_anchor(prompt.id);
  part.title = spoken(prompt.label, context);
  part.help = spoken(prompt.help, context);
  part.kind = kind_words(prompt, context);
  part.hidden = prompt.hidden;
  part.turn = prompt.hidden ? web::Url::path("/guides/{}/prompts/{}/showing", id, prompt.id) : web::Url::path("/guides/{}/prompts/{}/hiding", id, prompt.id);
  const auto move = web::Url::path("/guides/{}/prompts/{}/place", id, prompt.id);
  if (may_move_prompt(*kept.guide, prompt.id, Direction::up)) part.up = move.with("to", "up");
  if (may_move_prompt(*kept.guide, prompt.id, Direction::down)) part.down = move.with("to", "down");
  part.words = web::Url::path("/guides/{}/prompts/{}/words", id, prompt.id);
  part.answered = prompt.own && answered.contains(prompt.id);
  if (prompt.own && !part.answered) part.removal = web::Url::path("/guides/{}/prompts/{}/removal", id, prompt.id);
  part.restoration = web::Url::path("/guides/{}/prompts/{}/restoration", id, prompt.id);
  return part;
}

GuidePart section_part(const LibraryGuide& kept, const Section& section, const web::Context& context) {
  const auto& id = kept.id;
  GuidePart part;
  part.anchor = section_anchor(section.id);
  part.title = spoken(section.title, context);
  part.help = spoken(section.lede, context);
  part.hidden = section.hidden;
  part.turn = section.hidden ? web::Url::path("/guides/{}/sections/{}/showing", id, section.id) : web::Url::path("/guides/{}/sections/{}/hiding", id, section.id);
  const auto move = web::Url::path("/guides/{}/sections/{}/place", id, section.id);
  if (may_move_section(*kept.guide, section.id, Direction::up)) part.up = move.with("to", "up");
  if (may_move_section(*kept.guide, section.id, Direction::down)) part.down = move.with("to", "down");
  part.words = web::Url::path("/guides/{}/sections/{}/words", id, section.id);
  return part;
}

GuideView view_of(const LibraryGuide& kept, const Answered& answered, const web::Context& context) {
  const auto& guide = *kept.guide;
  GuideView view;
  view.title = spoken(guide.title, context);
  view.introduction = spoken(guide.introduction, context);
  view.may_lead = context.scope().roles.any({Role::administrator, Role::lead});
  view.ours = !kept.shipped;
  view.version = kept.version;
  view.copy = web::Url::path("/guides").with("copy", "own/" + kept.id.text()).at("f-title");
  view.file = web::Url::path("/guides/{}/guide.yaml", kept.id);
  view.words = web::Url::path("/guides/{}/words", kept.id);
  view.new_section = web::Url::path("/guides/{}/new-section", kept.id);
  for (const auto& section : guide.sections) {
    GuideSection shown{section_part(kept, section, context), {}, web::Url::path("/guides/{}/sections/{}/new-prompt", kept.id, section.id)};
    for (const auto& prompt : section.prompts)
      (prompt.removed ? view.removed : shown.prompts).push_back(prompt_part(kept, prompt, answered, context));
    view.sections.push_back(std::move(shown));
  }
  return view;
}

Result<web::Reply> page(web::Context& context, const Id& id, const Error* error) {
  TRY(auto view, context.read([&](store::Read& db) -> Result<GuideView> {
    TRY(const auto kept, guide_of(db, context.scope(), id));
    TRY(const auto answered, answered_prompts(db, context.scope(), id));
    return view_of(kept, answered, context);
  }));
  if (error != nullptr) view.problem = context.words().say(*error);
  const web::Frame frame{view.title.words, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guide_edit, view, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

using Work = std::function<Result<Guide>(store::Tx&, const LibraryGuide&)>;

// One button of the page. `read`: whether it does only what was meant while the guide is as it was read; what hides and
// shows one thing means the same whatever else changed.
enum class Meant : std::uint8_t { as_read, always };
Result<web::Reply> press(const web::Request& request, web::Context& context, Meant meant, const std::string& anchor, const Work& work, const web::Url& undo = {}) {
  TRY(const auto id, request.id("id"));
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, own_guide(tx, context.scope(), id));
    if (meant == Meant::as_read) {
      TRY(const auto version, read_version(request));
      if (version != kept.version) return fail(Fault::conflict, "guide_edit.overtaken");
    }
    TRY(const auto changed, work(tx, kept));
    TRY_DONE(save_guide(tx, context.scope(), id, changed, kept.version));
    return web::Url::path("/guides/{}", id).at(anchor);
  });
  if (!where) {
    if (where.error().fault != Fault::conflict) return fail(where.error());
    return page(context, id, &where.error());
  }
  if (undo.empty()) {
    context.say_next("guide_edit.saved");
  } else {
    context.say_next_with_undo("guide_edit.removed", undo);
  }
  return web::Reply::see_other(*where);
}

Result<web::Reply> turn_section(const web::Request& request, web::Context& context, Shown shown) {
  const auto section = request.parameter("section");
  return press(request, context, Meant::always, section_anchor(section), [&](store::Tx&, const LibraryGuide& kept) { return show_section(*kept.guide, section, shown); });
}

Result<web::Reply> turn_prompt(const web::Request& request, web::Context& context, Shown shown) {
  const auto prompt = request.parameter("prompt");
  return press(request, context, Meant::always, prompt_anchor(prompt), [&](store::Tx&, const LibraryGuide& kept) { return show_prompt(*kept.guide, prompt, shown); });
}

Direction direction_of(const web::Request& request) { return request.query.first("to") == "up" ? Direction::up : Direction::down; }

}  // namespace

// GET /guides/{id}
Result<web::Reply> show_guide(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return page(context, id, nullptr);
}

// POST /guides/{id}/sections/{section}/hiding and /showing, /guides/{id}/prompts/{prompt}/hiding and /showing
Result<web::Reply> hide_guide_section(const web::Request& request, web::Context& context) { return turn_section(request, context, Shown::no); }
Result<web::Reply> show_guide_section(const web::Request& request, web::Context& context) { return turn_section(request, context, Shown::yes); }
Result<web::Reply> hide_guide_prompt(const web::Request& request, web::Context& context) { return turn_prompt(request, context, Shown::no); }
Result<web::Reply> show_guide_prompt(const web::Request& request, web::Context& context) { return turn_prompt(request, context, Shown::yes); }

// POST /guides/{id}/sections/{section}/place?to=up|down
Result<web::Reply> move_guide_section(const web::Request& request, web::Context& context) {
  const auto section = request.parameter("section");
  return press(request, context, Meant::as_read, section_anchor(section),
               [&](store::Tx&, const LibraryGuide& kept) { return move_section(*kept.guide, section, direction_of(request)); });
}

// POST /guides/{id}/prompts/{prompt}/place?to=up|down
Result<web::Reply> move_guide_prompt(const web::Request& request, web::Context& context) {
  const auto prompt = request.parameter("prompt");
  return press(request, context, Meant::as_read, prompt_anchor(prompt),
               [&](store::Tx&, const LibraryGuide& kept) { return move_prompt(*kept.guide, prompt, direction_of(request)); });
}

// POST /guides/{id}/prompts/{prompt}/removal
Result<web::Reply> remove_guide_prompt(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto prompt = request.parameter("prompt");
  const auto work = [&](store::Tx& tx, const LibraryGuide& kept) -> Result<Guide> {
    TRY(const auto answered, answered_prompts(tx, context.scope(), kept.id));
    if (answered.contains(prompt)) return fail(Fault::conflict, "guide_edit.answered");
    return remove_prompt(*kept.guide, prompt);
  };
  return press(request, context, Meant::as_read, "main", work, web::Url::path("/guides/{}/prompts/{}/restoration", id, prompt));
}

// POST /guides/{id}/prompts/{prompt}/restoration
Result<web::Reply> restore_guide_prompt(const web::Request& request, web::Context& context) {
  const auto prompt = request.parameter("prompt");
  return press(request, context, Meant::always, prompt_anchor(prompt), [&](store::Tx&, const LibraryGuide& kept) { return restore_prompt(*kept.guide, prompt); });
}

}  // namespace kedge::guide
