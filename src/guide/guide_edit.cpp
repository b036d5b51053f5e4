#include "guide/guide_edit.hpp"

#include <algorithm>

#include "guide/guide_edit_words.hpp"

namespace kedge::guide {
namespace {

tl::unexpected<Error> no_section() { return fail(Fault::not_found, "guide_edit.unknown_section"); }
tl::unexpected<Error> no_prompt() { return fail(Fault::not_found, "guide.prompt.unknown"); }

// What of a guide decides whether something may move: ids, and what each shows of an earlier one.
Guide outline_of(const Guide& guide) {
  Guide outline;
  for (const auto& section : guide.sections) {
    Section bare;
    bare.id = section.id;
    for (const auto& prompt : section.prompts) {
      Prompt one;
      one.id = prompt.id;
      one.earlier = prompt.earlier;
      one.removed = prompt.removed;
      bare.prompts.push_back(std::move(one));
    }
    outline.sections.push_back(std::move(bare));
  }
  return outline;
}

// Whether every prompt that shows an earlier answer still comes after it.
bool in_order(const Guide& guide) {
  std::vector<std::string_view> before;
  for (const auto& section : guide.sections)
    for (const auto& prompt : section.prompts) {
      if (!prompt.earlier.empty() && std::find(before.begin(), before.end(), prompt.earlier) == before.end()) return false;
      before.push_back(prompt.id);
    }
  return true;
}

bool in_sight(const Section&) { return true; }
bool in_sight(const Prompt& prompt) { return !prompt.removed; }

// Takes the thing at `from` over its next neighbour that is in sight. False when there is none.
template <class Things>
bool move_over(Things& things, std::size_t from, Direction direction) {
  const auto at = things.begin() + static_cast<std::ptrdiff_t>(from);
  if (direction == Direction::down) {
    const auto over = std::find_if(at + 1, things.end(), [](const auto& one) { return in_sight(one); });
    if (over == things.end()) return false;
    std::rotate(at, at + 1, over + 1);
  } else {
    const auto over = std::find_if(std::make_reverse_iterator(at), things.rend(), [](const auto& one) { return in_sight(one); });
    if (over == things.rend()) return false;
    std::rotate(over.base() - 1, at, at + 1);
  }
  return true;
}

Result<Guide> settled(Guide guide) {
  typed::settle_languages(guide);
  return guide;
}

}  // namespace

Result<Guide> show_section(Guide guide, std::string_view id, Shown shown) {
  auto* const section = typed::section_in(guide, id);
  if (section == nullptr) return no_section();
  section->hidden = shown == Shown::no;
  return guide;
}

Result<Guide> show_prompt(Guide guide, std::string_view id, Shown shown) {
  auto* const prompt = typed::prompt_in(guide, id);
  if (prompt == nullptr) return no_prompt();
  prompt->hidden = shown == Shown::no;
  return guide;
}

Result<Guide> move_section(Guide guide, std::string_view id, Direction direction) {
  const auto* const section = typed::section_in(guide, id);
  if (section == nullptr) return no_section();
  if (!move_over(guide.sections, static_cast<std::size_t>(section - guide.sections.data()), direction)) return fail(Fault::conflict, "guide_edit.no_further");
  if (!in_order(guide)) return fail(Fault::conflict, "guide_edit.after_earlier");
  return guide;
}

Result<Guide> move_prompt(Guide guide, std::string_view id, Direction direction) {
  for (auto& section : guide.sections) {
    const auto found = std::find_if(section.prompts.begin(), section.prompts.end(), [&](const Prompt& one) { return one.id == id; });
    if (found == section.prompts.end()) continue;
    if (!move_over(section.prompts, static_cast<std::size_t>(found - section.prompts.begin()), direction)) return fail(Fault::conflict, "guide_edit.no_further");
    if (!in_order(guide)) return fail(Fault::conflict, "guide_edit.after_earlier");
    return guide;
  }
  return no_prompt();
}

bool may_move_section(const Guide& guide, std::string_view id, Direction direction) { return move_section(outline_of(guide), id, direction).has_value(); }
bool may_move_prompt(const Guide& guide, std::string_view id, Direction direction) { return move_prompt(outline_of(guide), id, direction).has_value(); }

Result<Guide> write_guide(Guide guide, const Text& title, const Text& introduction, Language writer) {
  TRY(guide.title, typed::words(title, "title", writer, kTypedLabel, "guide_edit.no_title"));
  TRY(guide.introduction, typed::words(introduction, "introduction", writer, kTypedIntroduction, "guide_edit.no_introduction"));
  return settled(std::move(guide));
}

Result<Guide> write_section(Guide guide, std::string_view id, const Text& title, const Text& lede, Language writer) {
  auto* const section = typed::section_in(guide, id);
  if (section == nullptr) return no_section();
  TRY(section->title, typed::words(title, "title", writer, kTypedLabel, "guide_edit.no_section_title"));
  TRY(section->lede, typed::words(lede, "lede", writer, kTypedHelp, ""));
  return settled(std::move(guide));
}

Result<Guide> write_prompt(Guide guide, std::string_view id, const PromptWords& words, Language writer) {
  auto* const prompt = typed::prompt_in(guide, id);
  if (prompt == nullptr) return no_prompt();
  TRY(prompt->label, typed::words(words.label, "label", writer, kTypedLabel, "guide_edit.no_label"));
  TRY(prompt->help, typed::words(words.help, "help", writer, kTypedHelp, ""));
  if (prompt->kind == Kind::reading) {
    TRY(prompt->body, typed::words(words.body, "body", writer, kTypedBody, "guide_edit.no_body"));
  }
  return settled(std::move(guide));
}

Result<Guide> remove_prompt(Guide guide, std::string_view id) {
  auto* const prompt = typed::prompt_in(guide, id);
  if (prompt == nullptr) return no_prompt();
  if (!prompt->own) return fail(Fault::forbidden, "guide_edit.not_own");
  prompt->removed = true;
  return guide;
}

Result<Guide> restore_prompt(Guide guide, std::string_view id) {
  auto* const prompt = typed::prompt_in(guide, id);
  if (prompt == nullptr) return no_prompt();
  prompt->removed = false;
  return guide;
}

Result<Guide> replace_guide(const Guide& kept, Guide fresh) {
  bool aside = false;
  for (const auto& section : kept.sections) {
    for (const auto& prompt : section.prompts) {
      if (const auto* const same = fresh.prompt(prompt.id)) {
        if (same->kind == prompt.kind) continue;
        return fail(Error{Fault::invalid, "guide_edit.other_kind", {}, {}, {{"id", prompt.id}}});
      }
      auto* place = typed::section_in(fresh, section.id);
      if (place == nullptr) {
        fresh.sections.push_back(section);
        place = &fresh.sections.back();
        place->prompts.clear();
        place->hidden = true;
      }
      place->prompts.push_back(prompt);
      place->prompts.back().removed = true;
      aside = true;
      if (!in_order(fresh)) place->prompts.back().earlier.clear();
    }
  }
  return aside ? settled(std::move(fresh)) : fresh;
}

}  // namespace kedge::guide
