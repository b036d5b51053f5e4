#include "guide/guide_edit.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/definition_reader.hpp"

namespace kedge::guide {
namespace {

static_assert(kTypedLabel == kLabelLimit && kTypedHelp == kWordsLimit);

Section* section_in(Guide& guide, std::string_view id) {
  const auto found = std::find_if(guide.sections.begin(), guide.sections.end(), [&](const auto& one) { return one.id == id; });
  return found == guide.sections.end() ? nullptr : &*found;
}

Prompt* prompt_in(Guide& guide, std::string_view id) {
  for (auto& section : guide.sections)
    for (auto& prompt : section.prompts)
      if (prompt.id == id) return &prompt;
  return nullptr;
}

std::string field_of(std::string_view name, Language language) { return std::string(name) + "_" + std::string(code(language)); }

enum class Lines : std::uint8_t { one, several };

Text clean(const Text& typed, Lines lines) {
  Text made;
  for (const auto language : kLanguages) {
    const auto& words = typed.words[static_cast<std::size_t>(language)];
    made.say(language, lines == Lines::one ? text::clean_line(words) : text::clean(words));
  }
  return made;
}

// Cleaned, not too long in any language, and there in each that the guide promises; `missing` is the message when it is nowhere.
Result<Text> words_for(const Guide& guide, const Text& typed, std::string_view name, Language writer, std::size_t longest, std::string_view missing) {
  auto made = clean(typed, longest == kTypedLabel ? Lines::one : Lines::several);
  if (made.empty()) {
    if (missing.empty()) return made;
    return fail_field(field_of(name, writer), std::string(missing));
  }
  for (const auto language : kLanguages)
    if (text::length(made.words[static_cast<std::size_t>(language)]) > longest) return fail_field(field_of(name, language), "guide_edit.too_long");
  const std::string said(made.in(writer).words);
  for (const auto language : guide.languages)
    if (!made.has(language)) made.say(language, said);
  return made;
}

std::vector<std::string> lines_of(std::string_view words) {
  std::vector<std::string> lines;
  while (!words.empty()) {
    const auto end = std::min(words.find('\n'), words.size());
    if (auto line = text::clean_line(words.substr(0, end)); !line.empty()) lines.push_back(std::move(line));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return lines;
}

Result<std::vector<Option>> options_for(const Guide& guide, const NewPrompt& typed) {
  const auto given = clean(typed.options, Lines::several);
  const auto first = given.in(typed.language);
  const auto here = field_of("options", first.language);
  std::vector<Option> made(lines_of(first.words).size());
  if (made.size() < 2) return fail_field(here, "guide_edit.too_few_options");
  if (made.size() > kTypedOptions) return fail_field(here, "guide_edit.too_many_options");
  for (std::size_t i = 0; i < made.size(); ++i) made[i].id = "o" + std::to_string(i + 1);
  for (const auto language : kLanguages) {
    const bool promised = std::find(guide.languages.begin(), guide.languages.end(), language) != guide.languages.end();
    if (!given.has(language) && !promised) continue;
    const auto lines = lines_of(given.in(given.has(language) ? language : first.language).words);
    if (lines.size() != made.size()) return fail_field(field_of("options", language), "guide_edit.uneven_options");
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (text::length(lines[i]) > kTypedLabel) return fail_field(field_of("options", language), "guide_edit.long_option");
      made[i].label.say(language, lines[i]);
    }
  }
  return made;
}

// "own.who-asks-for-help-x7k2mq": never longer than an id may be, whatever the label.
std::string fresh_name(const Text& label, Language writer, std::string_view suffix) {
  auto name = text::slug(label.in(writer).words).substr(0, kLongestId - 5 - suffix.size());
  while (!name.empty() && name.back() == '-') name.pop_back();
  return "own." + (name.empty() ? std::string() : name + "-") + std::string(suffix);
}

}  // namespace

Result<Guide> show_section(Guide guide, std::string_view id, Shown shown) {
  auto* const section = section_in(guide, id);
  if (section == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  section->hidden = shown == Shown::no;
  return guide;
}

Result<Guide> show_prompt(Guide guide, std::string_view id, Shown shown) {
  auto* const prompt = prompt_in(guide, id);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  prompt->hidden = shown == Shown::no;
  return guide;
}

Result<Guide> write_introduction(Guide guide, Language language, std::string_view words) {
  auto clean = text::clean(words);
  if (clean.empty()) return fail_field("introduction", "guide_edit.no_introduction");
  if (text::length(clean) > kTypedIntroduction) return fail_field("introduction", "guide_edit.too_long");
  guide.introduction.say(language, std::move(clean));
  return guide;
}

Result<Guide> add_prompt(Guide guide, std::string_view section_id, const NewPrompt& typed, std::string_view suffix) {
  auto* const section = section_in(guide, section_id);
  if (section == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  Prompt made;
  made.own = true;
  made.kind = typed.kind;
  TRY(made.label, words_for(guide, typed.label, "label", typed.language, kTypedLabel, "guide_edit.no_label"));
  TRY(made.help, words_for(guide, typed.help, "help", typed.language, kTypedHelp, ""));
  if (made.kind == Kind::reflection) {
    made.limit = kReflectionLimit;
  } else if (made.kind == Kind::goals) {
    made.limit = kGoalLimit;
  } else if (made.kind == Kind::choice) {
    TRY(made.options, options_for(guide, typed));
  } else {
    return fail_field("kind", "guide_edit.no_kind");  // the other kinds are written in the file
  }
  made.id = fresh_name(made.label, typed.language, suffix);
  if (!is_id(made.id) || guide.prompt(made.id) != nullptr) return fail(Fault::conflict, "guide_edit.id_taken");
  section->prompts.push_back(std::move(made));
  return guide;
}

Result<Guide> add_section(Guide guide, const NewSection& typed, std::string_view suffix) {
  Section made;
  made.own = true;
  TRY(made.title, words_for(guide, typed.title, "title", typed.language, kTypedLabel, "guide_edit.no_section_title"));
  TRY(made.lede, words_for(guide, typed.lede, "lede", typed.language, kTypedHelp, ""));
  made.id = fresh_name(made.title, typed.language, suffix);
  if (!is_id(made.id) || guide.section(made.id) != nullptr) return fail(Fault::conflict, "guide_edit.id_taken");
  guide.sections.push_back(std::move(made));
  return guide;
}

Result<Guide> remove_prompt(Guide guide, std::string_view id) {
  const auto* const found = guide.prompt(id);
  if (found == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  if (!found->own) return fail(Fault::forbidden, "guide_edit.not_own");
  for (auto& section : guide.sections) {
    std::erase_if(section.prompts, [&](const Prompt& prompt) { return prompt.id == id; });
    for (auto& prompt : section.prompts)
      if (prompt.earlier == id) prompt.earlier.clear();
  }
  return guide;
}

}  // namespace kedge::guide
