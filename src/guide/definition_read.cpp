// guide: reads a guide's file. Goes on after a problem, so that a librarian sees all of them at once.
#include <algorithm>
#include <set>
#include <utility>

#include "guide/definition_reader.hpp"

namespace kedge::guide {
namespace {

class Reader : public FileReader {
 public:
  using FileReader::FileReader;
  Guide guide(const Node& root);

 private:
  bool of_our_format(Map& map);
  std::vector<Language> languages(Map& map);
  void based_on(Map& map, Guide& guide);
  Source source(Map& map);
  std::vector<Voice> voices(Map& map);
  std::vector<Option> options(Map& map, std::string_view key, Need need);
  std::vector<Row> rows(Map& map, std::string_view key, Need need, bool fields);
  std::vector<Column> columns(Map& map);
  Section section(const Node& node);
  Prompt prompt(const Node& node);
  void by_kind(Map& map, Prompt& prompt);
  void links(Map& map, Prompt& prompt);
  void check(const Map& map, const Prompt& prompt);

  std::set<std::string, std::less<>> section_ids_, prompt_ids_;
  std::vector<std::pair<std::string, Kind>> before_;  // the prompts read so far, for `earlier`
};

std::vector<Language> Reader::languages(Map& map) {
  const auto* const node = map.take("languages");
  if (!node) return {kLanguages.begin(), kLanguages.end()};
  std::vector<Language> made;
  for (const auto& item : node->items) {
    const auto language = language_of(item.scalar);
    if (!language) {
      problem(item.line, "guide_check.unknown_language", {{"language", text::shorten(item.scalar, 20)}});
    } else if (std::find(made.begin(), made.end(), *language) == made.end()) {
      made.push_back(*language);
    }
  }
  if (made.empty() && node->kind != Node::Kind::list) problem(node->line, "guide_check.missing", {{"key", "languages"}});
  return made;
}

void Reader::based_on(Map& map, Guide& guide) {
  const auto* const node = map.take("based_on");
  if (!node || !is_map(*node, "based_on")) return;
  Map origin(*this, *node);
  guide.based_on = id(origin, "guide", Need::required);
  guide.based_on_version = static_cast<int>(number(origin, "version", 1, 1'000'000));
  origin.done();
}

Source Reader::source(Map& map) {
  Source made{word(map, "name", Need::required), word(map, "by"), address(map, Need::optional)};
  map.done();
  return made;
}

std::vector<Voice> Reader::voices(Map& map) {
  const auto* const node = map.take("voices");
  if (!node) return {Voice::personal, Voice::team};
  std::vector<Voice> made;
  for (const auto& item : node->items) {
    const auto voice = from_code<Voice>(item.scalar);
    if (!voice || std::find(made.begin(), made.end(), *voice) != made.end()) {
      problem(item.line, "guide_check.unknown_voice", {{"voice", text::shorten(item.scalar, 40)}});
    } else {
      made.push_back(*voice);
    }
  }
  if (made.empty()) problem(node->line, "guide_check.missing", {{"key", "voices"}});
  std::sort(made.begin(), made.end());
  return made;
}

std::vector<Option> Reader::options(Map& map, std::string_view key, Need need) {
  std::vector<Option> made;
  std::set<std::string, std::less<>> seen;
  each(map, key, need, [&](const Node& node) {
    Map one(*this, node);
    made.push_back({id(one, "id", Need::required), words(one, "label", Need::required, kLabelLimit)});
    once(seen, made.back().id, node.line);
    one.done();
  });
  return made;
}

std::vector<Row> Reader::rows(Map& map, std::string_view key, Need need, bool fields) {
  std::vector<Row> made;
  std::set<std::string, std::less<>> seen;
  each(map, key, need, [&](const Node& node) {
    Map one(*this, node);
    Row row;
    row.id = id(one, "id", Need::required);
    row.label = words(one, "label", Need::required, kLabelLimit);
    row.help = words(one, "help", Need::optional, kWordsLimit);
    if (fields) {
      const auto limit = number(one, "limit", 1, kLongestAnswer);
      row.limit = limit != 0 ? limit : kLongTextLimit;
    } else {
      row.theme = id(one, "theme", Need::optional);
      row.group = id(one, "group", Need::optional);
    }
    once(seen, row.id, node.line);
    one.done();
    made.push_back(std::move(row));
  });
  return made;
}

std::vector<Column> Reader::columns(Map& map) {
  std::vector<Column> made;
  std::set<std::string, std::less<>> seen;
  each(map, "columns", Need::required, [&](const Node& node) {
    Map one(*this, node);
    Column column;
    column.id = id(one, "id", Need::required);
    column.label = words(one, "label", Need::required, kLabelLimit);
    column.help = words(one, "help", Need::optional, kWordsLimit);
    column.kind = one_of(one, "kind", ColumnKind::text, "guide_check.unknown_column_kind", Need::required);
    if (column.kind == ColumnKind::text || column.kind == ColumnKind::long_text) {
      const auto limit = number(one, "limit", 1, kLongestAnswer);
      column.limit = limit != 0 ? limit : (column.kind == ColumnKind::text ? kTextLimit : kLongTextLimit);
    }
    if (column.kind == ColumnKind::choice) {
      column.options = options(one, "options", Need::optional);
      if (column.options.size() < 2) problem(node.line, "guide_check.too_few_options", {{"id", column.id}});
    }
    once(seen, column.id, node.line);
    one.done();
    made.push_back(std::move(column));
  });
  if (const auto* const node = map.take("columns"); node && node->kind == Node::Kind::list && made.empty())
    problem(node->line, "guide_check.missing", {{"key", "columns"}});
  return made;
}

void Reader::by_kind(Map& map, Prompt& prompt) {
  const auto limit = [&](std::size_t otherwise) {
    const auto said = number(map, "limit", 1, kLongestAnswer);
    prompt.limit = said != 0 ? said : otherwise;
  };
  switch (prompt.kind) {
    case Kind::reading: prompt.body = words(map, "body", Need::required, kBodyLimit); break;
    case Kind::goals: limit(kGoalLimit); break;
    case Kind::reflection: limit(kReflectionLimit); break;
    case Kind::choice:
      prompt.options = options(map, "options", Need::optional);
      if (prompt.options.size() < 2) problem(map.line(), "guide_check.too_few_options", {{"id", prompt.id}});
      prompt.reason = words(map, "reason", Need::optional, kLabelLimit);
      if (!prompt.reason.empty()) limit(kReasonLimit);
      break;
    case Kind::list: prompt.columns = columns(map); break;
    case Kind::checklist:
      prompt.groups = options(map, "groups", Need::optional);
      prompt.rows = rows(map, "items", Need::optional, false);
      if (prompt.rows.empty()) problem(map.line(), "guide_check.no_items", {{"id", prompt.id}});
      prompt.own_rows = flag(map, "own_items");
      break;
    case Kind::matrix:
      prompt.rows = rows(map, "rows", Need::optional, false);
      prompt.columns = columns(map);
      prompt.own_rows = flag(map, "own_rows");
      if (prompt.rows.empty() && !prompt.own_rows) problem(map.line(), "guide_check.no_rows", {{"id", prompt.id}});
      break;
    case Kind::actions: break;
    case Kind::scale:
      prompt.steps = static_cast<std::uint8_t>(number(map, "steps", 2, 10));
      if (!map.take("steps")) missing(map, "steps");
      prompt.low = words(map, "low", Need::required, kLabelLimit);
      prompt.high = words(map, "high", Need::required, kLabelLimit);
      break;
    case Kind::notes:
      prompt.rows = rows(map, "fields", Need::optional, true);
      if (prompt.rows.empty()) problem(map.line(), "guide_check.no_fields", {{"id", prompt.id}});
      break;
  }
}

void Reader::links(Map& map, Prompt& prompt) {
  each(map, "links", Need::optional, [&](const Node& node) {
    Map one(*this, node);
    prompt.links.push_back({words(one, "label", Need::required, kLabelLimit), address(one, Need::required)});
    one.done();
  });
  each(map, "sources", Need::optional, [&](const Node& node) {
    Map one(*this, node);
    prompt.sources.push_back(source(one));
  });
}

Prompt Reader::prompt(const Node& node) {
  Map map(*this, node);
  Prompt made;
  made.id = id(map, "id", Need::required);
  made.kind = one_of(map, "kind", Kind::reflection, "guide_check.unknown_kind", Need::required);
  const auto* const kind = map.take("kind");
  const bool known = kind && from_code<Kind>(kind->scalar);
  made.label = words(map, "label", Need::required, kLabelLimit);
  made.help = words(map, "help", Need::optional, kWordsLimit);
  made.hidden = flag(map, "hidden");
  made.own = flag(map, "own");
  made.removed = flag(map, "removed");
  links(map, made);
  if (!known) {  // what belongs to a kind can't be told from what does not
    once(prompt_ids_, made.id, node.line);
    return made;
  }
  if (made.kind != Kind::reading && made.kind != Kind::checklist) {
    made.voices = made.kind == Kind::actions && !map.take("voices") ? std::vector{Voice::team} : voices(map);
    made.share = one_of(map, "share", Share::choice, "guide_check.unknown_share");
    made.earlier = id(map, "earlier", Need::optional);
  }
  if (made.kind == Kind::checklist) made.voices = {Voice::personal};
  if (made.kind != Kind::reading) {
    made.together = words(map, "together", Need::optional, kWordsLimit);
    made.theme = id(map, "theme", Need::optional);
  }
  by_kind(map, made);
  check(map, made);
  once(prompt_ids_, made.id, node.line);
  before_.emplace_back(made.id, made.kind);
  map.done(code_of(made.kind));
  return made;
}

// What a prompt says in one place and another must agree.
void Reader::check(const Map& map, const Prompt& prompt) {
  const Arguments which{{"id", prompt.id}};
  if (prompt.share == Share::never && prompt.voices != std::vector{Voice::personal})
    problem(map.line(), "guide_check.never_is_personal", which);
  if (prompt.kind == Kind::actions && prompt.voices != std::vector{Voice::team})
    problem(map.line(), "guide_check.actions_are_the_teams", which);
  const bool directory = std::any_of(prompt.columns.begin(), prompt.columns.end(), [](const Column& column) {
    return column.kind == ColumnKind::organization || column.kind == ColumnKind::contact;
  });
  if (directory && prompt.voices != std::vector{Voice::team}) problem(map.line(), "guide_check.directory_is_the_teams", which);
  for (const auto& row : prompt.rows) {
    const auto same = [&](const Option& group) { return group.id == row.group; };
    if (!row.group.empty() && std::none_of(prompt.groups.begin(), prompt.groups.end(), same))
      problem(map.line(), "guide_check.unknown_group", {{"id", row.group}});
  }
  if (!prompt.earlier.empty()) {
    const std::pair<std::string, Kind> wanted{prompt.earlier, prompt.kind};
    if (std::find(before_.begin(), before_.end(), wanted) == before_.end())
      problem(map.line(), "guide_check.unknown_earlier", {{"id", prompt.earlier}});
  }
}

Section Reader::section(const Node& node) {
  Map map(*this, node);
  Section made;
  made.id = id(map, "id", Need::required);
  once(section_ids_, made.id, node.line);
  made.title = words(map, "title", Need::required, kLabelLimit);
  made.lede = words(map, "lede", Need::optional, kWordsLimit);
  made.hidden = flag(map, "hidden");
  made.own = flag(map, "own");
  made.staff_only = flag(map, "staff_only");
  each(map, "prompts", Need::required, [&](const Node& one) { made.prompts.push_back(prompt(one)); });
  map.done();
  return made;
}

// What another program or another version wrote is said in one line, and not as everything that is unknown in it.
bool Reader::of_our_format(Map& map) {
  if (const auto* const node = map.take("kedge")) {
    problem(node->line, "guide_check.workbook_file");
    return false;
  }
  const auto* const node = map.take("format");
  if (!node || node->scalar == std::to_string(kGuideFormat)) return true;
  problem(node->line, "guide_check.other_format", {{"format", text::shorten(node->scalar, 20)}, {"ours", std::to_string(kGuideFormat)}});
  return false;
}

Guide Reader::guide(const Node& root) {
  Guide made;
  if (!is_map(root, "guide")) return made;
  Map map(*this, root);
  if (!of_our_format(map)) return made;
  promised = languages(map);  // first: what must be there depends on it
  made.languages = promised;
  made.slug = id(map, "guide", Need::required);
  if (is_id(made.slug) && made.slug.find_first_of("._") != std::string::npos)
    problem(map.take("guide")->line, "guide_check.bad_id", {{"id", text::shorten(made.slug, kLongestId)}});
  made.version = static_cast<int>(number(map, "version", 1, 1'000'000));
  if (!map.take("version")) missing(map, "version");
  based_on(map, made);
  made.title = words(map, "title", Need::required, kLabelLimit);
  made.introduction = words(map, "introduction", Need::required, 4000);
  if (const auto* const node = map.take("source"); node && is_map(*node, "source")) {
    Map one(*this, *node);
    made.source = source(one);
  }
  each(map, "sections", Need::required, [&](const Node& node) { made.sections.push_back(section(node)); });
  if (const auto* const node = map.take("sections"); node && node->kind == Node::Kind::list && node->items.empty())
    missing(map, "sections");
  map.done();
  return made;
}

}  // namespace

Result<Guide> parse_guide(std::string_view yaml, std::string_view file_name) {
  if (yaml.size() > kLargestGuide) {
    const FileReader::Arguments limit{{"limit", std::to_string(kLargestGuide / 1024)}};
    return fail(
        Error{Fault::too_large, "guide_check.too_large", {}, {{std::string(file_name) + ":1", "guide_check.too_large", limit}}, limit});
  }
  Reader reader(file_name);
  const auto root = read_yaml(yaml, kDeepestGuide);
  if (!root) reader.problem(root.error().line, root.error().key);
  auto guide = root ? reader.guide(*root) : Guide{};
  TRY_DONE(reader.finish());
  return guide;
}

}  // namespace kedge::guide
