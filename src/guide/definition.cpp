#include "guide/definition.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace kedge::guide {
namespace {

template <class Things>
auto with_id(const Things& things, std::string_view id) -> const typename Things::value_type* {
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; });
  return found == things.end() ? nullptr : &*found;
}

}  // namespace

bool Text::empty() const {
  return std::all_of(words.begin(), words.end(), [](const std::string& one) { return one.empty(); });
}

Spoken Text::in(Language language) const {
  if (has(language)) return {words[static_cast<std::size_t>(language)], language, true};
  for (const auto other : kLanguages)
    if (has(other)) return {words[static_cast<std::size_t>(other)], other, false};
  return {{}, language, true};  // no words at all: nothing that could be translated
}

bool Prompt::asked(Voice voice) const { return !left_out() && answerable() && std::find(voices.begin(), voices.end(), voice) != voices.end(); }
const Row* Prompt::row(std::string_view row_id) const { return with_id(rows, row_id); }
const Column* Prompt::column(std::string_view column_id) const { return with_id(columns, column_id); }
const Option* Prompt::option(std::string_view option_id) const { return with_id(options, option_id); }

const Section* Guide::section(std::string_view id) const { return with_id(sections, id); }

const Section* Guide::section_of(std::string_view prompt_id) const {
  for (const auto& section : sections)
    if (with_id(section.prompts, prompt_id)) return &section;
  return nullptr;
}

const Prompt* Guide::prompt(std::string_view id) const {
  const auto* const section = section_of(id);
  return section ? with_id(section->prompts, id) : nullptr;
}

std::vector<const Section*> Guide::shown() const {
  std::vector<const Section*> shown;
  for (const auto& section : sections)
    if (!section.hidden) shown.push_back(&section);
  return shown;
}

std::vector<Block> blocks(std::string_view body) {
  std::vector<Block> made;
  bool fresh = true;  // the next line begins a new block
  while (!body.empty()) {
    const auto end = std::min(body.find('\n'), body.size());
    const auto line = text::trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    const bool bullet = line.starts_with("- ");
    if (line.empty()) {
      fresh = true;
    } else if (line.starts_with("## ")) {
      made.push_back({Block::Kind::heading, {std::string(text::trim(line.substr(3)))}});
      fresh = true;
    } else if (bullet && !fresh && made.back().kind == Block::Kind::bullets) {
      made.back().lines.emplace_back(text::trim(line.substr(2)));
    } else if (bullet) {
      made.push_back({Block::Kind::bullets, {std::string(text::trim(line.substr(2)))}});
      fresh = false;
    } else if (fresh) {
      made.push_back({Block::Kind::paragraph, {std::string(line)}});
      fresh = false;
    } else {
      made.back().lines.back() += " " + std::string(line);  // the sentence goes on
    }
  }
  return made;
}

}  // namespace kedge::guide
