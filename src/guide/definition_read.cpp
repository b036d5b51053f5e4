// guide: reads a guide's file. Goes on after a problem, so that a librarian sees all of them at once.
#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "core/text.hpp"
#include "guide/definition.hpp"
#include "guide/yaml_tree.hpp"

namespace kedge::guide {
namespace {

using Node = YamlNode;
using Arguments = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kMostThings = 200;  // sections, prompts of a section, rows, options ...
constexpr std::size_t kLongestId = 60;
// How long the texts of a guide may be, in characters.
constexpr std::size_t kLabel = 300, kWords = 1200, kBody = 12'000;

// Every key that some kind of prompt takes, to tell a wrong place from a wrong word.
constexpr std::string_view kKindKeys[] = {"body",  "options", "reason", "columns", "rows",  "own_rows", "items", "groups",  "own_items",
                                          "steps", "low",     "high",   "fields",  "limit", "voices",   "theme", "together"};

enum class Need : std::uint8_t { required, optional };

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kLongestId) return false;
  const auto fine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return fine(id.front()) && fine(id.back()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return fine(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_slug(std::string_view id) { return is_id(id) && id.find_first_of("._") == std::string_view::npos; }

bool is_address(std::string_view url) {
  const bool plain =
      url.size() <= 500 && std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
  return plain && (url.starts_with("https://") || (url.starts_with("/") && !url.starts_with("//")));
}

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  void problem(int line, std::string_view key, Arguments arguments = {}) {
    if (problems_.size() < kMostProblems) problems_.push_back({line, std::string(key), std::move(arguments)});
  }
  Guide guide(const Node& root);
  Result<Guide> finish(Guide guide);

 private:
  struct Problem {
    int line;
    std::string key;
    Arguments arguments;
  };
  // A map whose keys are taken one by one; what is left over at the end is a problem.
  class Map {
   public:
    Map(Reader& reader, const Node& node) : reader_(reader), node_(node) {
      std::set<std::string_view> seen;
      for (const auto& key : node.keys)
        if (!seen.insert(key.scalar).second) reader.problem(key.line, "guide_check.key_twice", {{"key", key.scalar}});
    }
    const Node* take(std::string_view key) {
      taken_.insert(key);
      for (std::size_t i = 0; i < node_.keys.size(); ++i)
        if (node_.keys[i].scalar == key) return &node_.items[i];
      return nullptr;
    }
    [[nodiscard]] int line() const { return node_.line; }
    // `kind`: of a prompt, for the message about a key that another kind takes.
    void done(std::string_view kind = {}) {
      for (const auto& key : node_.keys) {
        if (taken_.contains(key.scalar)) continue;
        const bool other = !kind.empty() && std::find(std::begin(kKindKeys), std::end(kKindKeys), key.scalar) != std::end(kKindKeys);
        if (other) {
          reader_.problem(key.line, "guide_check.key_of_another_kind", {{"key", key.scalar}, {"kind", std::string(kind)}});
        } else {
          reader_.problem(key.line, "guide_check.unknown_key", {{"key", text::shorten(key.scalar, 60)}});
        }
      }
    }

   private:
    Reader& reader_;
    const Node& node_;
    std::set<std::string_view> taken_;
  };

  bool is_map(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::map) return true;
    problem(node.line, "guide_check.not_a_map", {{"key", std::string(what)}});
    return false;
  }
  void missing(const Map& map, std::string_view key) { problem(map.line(), "guide_check.missing", {{"key", std::string(key)}}); }

  std::string word(Map& map, std::string_view key, Need need = Need::optional, std::size_t longest = kLabel);
  std::string id(Map& map, std::string_view key, Need need);
  std::string address(Map& map, Need need);
  std::size_t number(Map& map, std::string_view key, std::size_t least, std::size_t most);
  bool flag(Map& map, std::string_view key);
  Text words(Map& map, std::string_view key, Need need, std::size_t longest);
  template <Coded E>
  E one_of(Map& map, std::string_view key, E otherwise, std::string_view unknown, Need need = Need::optional);
  template <class Read>
  void each(Map& map, std::string_view key, Need need, Read read);

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
  void once(std::set<std::string, std::less<>>& seen, const std::string& id, int line) {
    if (!id.empty() && !seen.insert(id).second) problem(line, "guide_check.id_twice", {{"id", id}});
  }

  std::string file_;
  std::vector<Problem> problems_;
  std::vector<Language> languages_;
  std::set<std::string, std::less<>> section_ids_, prompt_ids_;
  std::vector<std::pair<std::string, Kind>> before_;  // the prompts read so far, for `earlier`
};

std::string Reader::word(Map& map, std::string_view key, Need need, std::size_t longest) {
  const auto* const node = map.take(key);
  if (!node || node->kind == Node::Kind::empty) {
    if (need == Need::required) missing(map, key);
    return {};
  }
  if (node->kind != Node::Kind::scalar) {
    problem(node->line, "guide_check.not_a_word", {{"key", std::string(key)}});
    return {};
  }
  auto value = text::clean_line(node->scalar);
  if (value.empty() && need == Need::required) missing(map, key);
  if (text::length(value) > longest)
    problem(node->line, "guide_check.too_long", {{"key", std::string(key)}, {"limit", std::to_string(longest)}});
  return value;
}

std::string Reader::id(Map& map, std::string_view key, Need need) {
  const auto* const node = map.take(key);
  auto value = word(map, key, need);
  if (!value.empty() && !is_id(value)) problem(node->line, "guide_check.bad_id", {{"id", text::shorten(value, kLongestId)}});
  return value;
}

std::string Reader::address(Map& map, Need need) {
  const auto* const node = map.take("url");
  auto value = word(map, "url", need, 500);
  if (!value.empty() && !is_address(value)) problem(node->line, "guide_check.bad_url", {{"url", text::shorten(value, 80)}});
  return value;
}

std::size_t Reader::number(Map& map, std::string_view key, std::size_t least, std::size_t most) {
  const auto* const node = map.take(key);
  if (!node) return 0;
  std::size_t value = 0;
  const auto* const end = node->scalar.data() + node->scalar.size();
  const auto [at, error] = std::from_chars(node->scalar.data(), end, value);
  if (node->kind == Node::Kind::scalar && error == std::errc() && at == end && value >= least && value <= most) return value;
  problem(node->line, "guide_check.bad_number",
          {{"key", std::string(key)}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
  return 0;
}

bool Reader::flag(Map& map, std::string_view key) {
  const auto* const node = map.take(key);
  if (!node || node->scalar == "false") return false;
  if (node->scalar != "true") problem(node->line, "guide_check.bad_flag", {{"key", std::string(key)}});
  return node->scalar == "true";
}

Text Reader::words(Map& map, std::string_view key, Need need, std::size_t longest) {
  Text made;
  const auto* const node = map.take(key);
  if (!node || node->kind == Node::Kind::empty) {
    if (need == Need::required) missing(map, key);
    return made;
  }
  if (node->kind != Node::Kind::map) {
    problem(node->line, "guide_check.not_by_language", {{"key", std::string(key)}});
    return made;
  }
  Map by_language(*this, *node);
  for (const auto language : kLanguages) {
    const auto* const said = by_language.take(code(language));
    if (said && said->kind == Node::Kind::scalar)
      made.say(language, longest == kLabel ? text::clean_line(said->scalar) : text::clean(said->scalar));
    const auto line = said ? said->line : node->line;
    if (!made.has(language)) {
      const bool promised = std::find(languages_.begin(), languages_.end(), language) != languages_.end();
      if (promised) problem(line, "guide_check.not_in_language", {{"key", std::string(key)}, {"language", std::string(code(language))}});
    } else if (text::length(made.in(language).words) > longest) {
      problem(line, "guide_check.too_long", {{"key", std::string(key)}, {"limit", std::to_string(longest)}});
    }
  }
  for (const auto& said : node->keys)
    if (!language_of(said.scalar)) problem(said.line, "guide_check.unknown_language", {{"language", text::shorten(said.scalar, 20)}});
  return made;
}

template <Coded E>
E Reader::one_of(Map& map, std::string_view key, E otherwise, std::string_view unknown, Need need) {
  const auto* const node = map.take(key);
  const auto value = word(map, key, need);
  if (value.empty()) return otherwise;
  if (const auto known = from_code<E>(value)) return *known;
  problem(node->line, unknown, {{"kind", text::shorten(value, 40)}});
  return otherwise;
}

// Reads each item of a list of maps.
template <class Read>
void Reader::each(Map& map, std::string_view key, Need need, Read read) {
  const auto* const node = map.take(key);
  if (!node || node->kind == Node::Kind::empty) {
    if (need == Need::required) missing(map, key);
    return;
  }
  if (node->kind != Node::Kind::list) return problem(node->line, "guide_check.not_a_list", {{"key", std::string(key)}});
  if (node->items.size() > kMostThings)
    return problem(node->line, "guide_check.too_many", {{"key", std::string(key)}, {"limit", std::to_string(kMostThings)}});
  for (const auto& item : node->items)
    if (is_map(item, key)) read(item);
}

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
  if (made.empty()) problem(node->line, "guide_check.missing", {{"key", "languages"}});
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
    made.push_back({id(one, "id", Need::required), words(one, "label", Need::required, kLabel)});
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
    row.label = words(one, "label", Need::required, kLabel);
    row.help = words(one, "help", Need::optional, kWords);
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
    column.label = words(one, "label", Need::required, kLabel);
    column.help = words(one, "help", Need::optional, kWords);
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
    case Kind::reading: prompt.body = words(map, "body", Need::required, kBody); break;
    case Kind::goals: limit(kGoalLimit); break;
    case Kind::reflection: limit(kReflectionLimit); break;
    case Kind::choice:
      prompt.options = options(map, "options", Need::optional);
      if (prompt.options.size() < 2) problem(map.line(), "guide_check.too_few_options", {{"id", prompt.id}});
      prompt.reason = words(map, "reason", Need::optional, kLabel);
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
      prompt.low = words(map, "low", Need::required, kLabel);
      prompt.high = words(map, "high", Need::required, kLabel);
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
    prompt.links.push_back({words(one, "label", Need::required, kLabel), address(one, Need::required)});
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
  made.label = words(map, "label", Need::required, kLabel);
  made.help = words(map, "help", Need::optional, kWords);
  made.hidden = flag(map, "hidden");
  made.own = flag(map, "own");
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
    made.together = words(map, "together", Need::optional, kWords);
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
  made.title = words(map, "title", Need::required, kLabel);
  made.lede = words(map, "lede", Need::optional, kWords);
  made.hidden = flag(map, "hidden");
  made.own = flag(map, "own");
  each(map, "prompts", Need::required, [&](const Node& one) { made.prompts.push_back(prompt(one)); });
  map.done();
  return made;
}

Guide Reader::guide(const Node& root) {
  Guide made;
  if (!is_map(root, "guide")) return made;
  Map map(*this, root);
  languages_ = languages(map);  // first: what must be there depends on it
  made.languages = languages_;
  made.slug = id(map, "guide", Need::required);
  if (is_id(made.slug) && !is_slug(made.slug))
    problem(map.take("guide")->line, "guide_check.bad_id", {{"id", text::shorten(made.slug, kLongestId)}});
  made.version = static_cast<int>(number(map, "version", 1, 1'000'000));
  if (!map.take("version")) missing(map, "version");
  based_on(map, made);
  made.title = words(map, "title", Need::required, kLabel);
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

Result<Guide> Reader::finish(Guide guide) {
  if (problems_.empty()) return guide;
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) { return a.line < b.line; });
  Error error{Fault::invalid, "guide_check.problems", {}, {}, {{"count", std::to_string(problems_.size())}}};
  for (auto& one : problems_)
    error.fields.push_back({file_ + ":" + std::to_string(one.line), std::move(one.key), std::move(one.arguments)});
  return fail(std::move(error));
}

}  // namespace

Result<Guide> parse_guide(std::string_view yaml, std::string_view file_name) {
  if (yaml.size() > kLargestGuide) {
    const Arguments limit{{"limit", std::to_string(kLargestGuide / 1024)}};
    return fail(
        Error{Fault::too_large, "guide_check.too_large", {}, {{std::string(file_name) + ":1", "guide_check.too_large", limit}}, limit});
  }
  Reader reader(file_name);
  const auto root = read_yaml(yaml, kDeepestGuide);
  if (!root) {
    reader.problem(root.error().line, root.error().key);
    return reader.finish({});
  }
  return reader.finish(reader.guide(*root));
}

}  // namespace kedge::guide
