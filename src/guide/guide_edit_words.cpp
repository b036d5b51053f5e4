#include "guide/guide_edit_words.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/definition_reader.hpp"

namespace kedge::guide::typed {
namespace {

static_assert(kTypedLabel == kLabelLimit && kTypedHelp == kWordsLimit && kTypedBody == kBodyLimit);

const std::string& in(const Text& text, Language language) { return text.words[static_cast<std::size_t>(language)]; }

std::vector<std::string> lines_of(std::string_view words) {
  std::vector<std::string> lines;
  while (!words.empty()) {
    const auto end = std::min(words.find('\n'), words.size());
    if (auto line = text::clean_line(words.substr(0, end)); !line.empty()) lines.push_back(std::move(line));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return lines;
}

template <class Visit>
void each_text(const Prompt& prompt, const Visit& visit) {
  for (const auto* text : {&prompt.label, &prompt.help, &prompt.together, &prompt.body, &prompt.reason, &prompt.low, &prompt.high}) visit(*text);
  const auto options = [&](const std::vector<Option>& all) {
    for (const auto& option : all) visit(option.label);
  };
  options(prompt.options);
  options(prompt.groups);
  for (const auto& column : prompt.columns) {
    visit(column.label);
    visit(column.help);
    options(column.options);
  }
  for (const auto& row : prompt.rows) {
    visit(row.label);
    visit(row.help);
  }
  for (const auto& link : prompt.links) visit(link.label);
}

bool complete_in(const Guide& guide, Language language) {
  bool complete = true;
  const auto visit = [&](const Text& text) { complete = complete && (text.empty() || text.has(language)); };
  visit(guide.title);
  visit(guide.introduction);
  for (const auto& section : guide.sections) {
    visit(section.title);
    visit(section.lede);
    for (const auto& prompt : section.prompts) each_text(prompt, visit);
  }
  return complete;
}

}  // namespace

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

Result<Text> words(const Text& typed, std::string_view name, Language writer, std::size_t longest, std::string_view missing) {
  Text made;
  for (const auto language : kLanguages) {
    made.say(language, longest == kTypedLabel ? text::clean_line(in(typed, language)) : text::clean(in(typed, language)));
    if (text::length(in(made, language)) > longest) return fail_field(field_of(name, language), "guide_edit.too_long");
  }
  if (made.empty() && !missing.empty()) return fail_field(field_of(name, writer), std::string(missing));
  return made;
}

Result<std::vector<Text>> lines(const Text& typed, Language writer, std::size_t least, std::string_view too_few) {
  const auto spoken = typed.in(writer);
  const auto here = field_of("lines", spoken.words.empty() ? writer : spoken.language);
  std::vector<Text> made(lines_of(spoken.words).size());
  if (made.size() < least) return fail_field(here, std::string(too_few));
  if (made.size() > kTypedLines) return fail_field(here, "guide_edit.too_many_lines");
  for (const auto language : kLanguages) {
    const auto said = lines_of(in(typed, language));
    if (said.empty()) continue;
    if (said.size() != made.size()) return fail_field(field_of("lines", language), "guide_edit.uneven_lines");
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (text::length(said[i]) > kTypedLabel) return fail_field(field_of("lines", language), "guide_edit.long_line");
      made[i].say(language, said[i]);
    }
  }
  return made;
}

void settle_languages(Guide& guide) {
  guide.languages.clear();
  for (const auto language : kLanguages)
    if (complete_in(guide, language)) guide.languages.push_back(language);
}

}  // namespace kedge::guide::typed
