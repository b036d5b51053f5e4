#include "guide/definition_reader.hpp"

#include <charconv>
#include <iterator>

namespace kedge::guide {
namespace {

constexpr std::size_t kMostProblems = 100;

// Every key that some kind of prompt takes, to tell a wrong place from a wrong word.
constexpr std::string_view kKindKeys[] = {"body",  "options", "reason", "columns", "rows",  "own_rows", "items", "groups",  "own_items",
                                          "steps", "low",     "high",   "fields",  "limit", "voices",   "theme", "together"};

bool is_address(std::string_view url) {
  const bool plain =
      url.size() <= 500 && std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
  return plain && (url.starts_with("https://") || (url.starts_with("/") && !url.starts_with("//")));
}

}  // namespace

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kLongestId) return false;
  const auto fine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return fine(id.front()) && fine(id.back()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return fine(c) || c == '.' || c == '-' || c == '_'; });
}

FileReader::Map::Map(FileReader& reader, const Node& node) : reader_(reader), node_(node) {
  std::set<std::string_view> seen;
  for (const auto& key : node.keys)
    if (!seen.insert(key.scalar).second) reader.problem(key.line, "guide_check.key_twice", {{"key", text::shorten(key.scalar, 60)}});
}

const YamlNode* FileReader::Map::take(std::string_view key) {
  taken_.insert(key);
  for (std::size_t i = 0; i < node_.keys.size(); ++i)
    if (node_.keys[i].scalar == key) return &node_.items[i];
  return nullptr;
}

void FileReader::Map::done(std::string_view kind) {
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

void FileReader::problem(int line, std::string_view key, Arguments arguments) {
  if (problems_.size() < kMostProblems) problems_.push_back({line, std::string(key), std::move(arguments)});
}

bool FileReader::is_map(const Node& node, std::string_view what) {
  if (node.kind == Node::Kind::map) return true;
  problem(node.line, "guide_check.not_a_map", {{"key", std::string(what)}});
  return false;
}

std::string FileReader::word(Map& map, std::string_view key, Need need, std::size_t longest) {
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

std::string FileReader::id(Map& map, std::string_view key, Need need) {
  const auto* const node = map.take(key);
  auto value = word(map, key, need);
  if (!value.empty() && !is_id(value)) problem(node->line, "guide_check.bad_id", {{"id", text::shorten(value, kLongestId)}});
  return value;
}

std::string FileReader::address(Map& map, Need need) {
  const auto* const node = map.take("url");
  auto value = word(map, "url", need, 500);
  if (!value.empty() && !is_address(value)) problem(node->line, "guide_check.bad_url", {{"url", text::shorten(value, 80)}});
  return value;
}

std::size_t FileReader::number(Map& map, std::string_view key, std::size_t least, std::size_t most) {
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

bool FileReader::flag(Map& map, std::string_view key) {
  const auto* const node = map.take(key);
  if (!node || node->scalar == "false") return false;
  if (node->scalar != "true") problem(node->line, "guide_check.bad_flag", {{"key", std::string(key)}});
  return node->scalar == "true";
}

Text FileReader::words(Map& map, std::string_view key, Need need, std::size_t longest) {
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
      made.say(language, longest == kLabelLimit ? text::clean_line(said->scalar) : text::clean(said->scalar));
    const auto line = said ? said->line : node->line;
    if (!made.has(language)) {
      const bool wanted = std::find(promised.begin(), promised.end(), language) != promised.end();
      if (wanted) problem(line, "guide_check.not_in_language", {{"key", std::string(key)}, {"language", std::string(code(language))}});
    } else if (text::length(made.in(language).words) > longest) {
      problem(line, "guide_check.too_long", {{"key", std::string(key)}, {"limit", std::to_string(longest)}});
    }
  }
  if (promised.empty() && made.empty() && need == Need::required) missing(map, key);
  for (const auto& said : node->keys)
    if (!language_of(said.scalar)) problem(said.line, "guide_check.unknown_language", {{"language", text::shorten(said.scalar, 20)}});
  return made;
}

std::vector<const YamlNode*> FileReader::items(Map& map, std::string_view key, Need need) {
  const auto* const node = map.take(key);
  if (!node || node->kind == Node::Kind::empty) {
    if (need == Need::required) missing(map, key);
    return {};
  }
  if (node->kind != Node::Kind::list) {
    problem(node->line, "guide_check.not_a_list", {{"key", std::string(key)}});
    return {};
  }
  if (node->items.size() > kMostThings) {
    problem(node->line, "guide_check.too_many", {{"key", std::string(key)}, {"limit", std::to_string(kMostThings)}});
    return {};
  }
  std::vector<const Node*> maps;
  for (const auto& item : node->items)
    if (is_map(item, key)) maps.push_back(&item);
  return maps;
}

Done FileReader::finish() {
  if (problems_.empty()) return {};
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) { return a.line < b.line; });
  Error error{Fault::invalid, "guide_check.problems", {}, {}, {{"count", std::to_string(problems_.size())}}};
  for (auto& one : problems_)
    error.fields.push_back({file_ + ":" + std::to_string(one.line), std::move(one.key), std::move(one.arguments)});
  return fail(std::move(error));
}

}  // namespace kedge::guide
