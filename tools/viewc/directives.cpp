// {{ values }} and {% directives %}.
#include <algorithm>

#include "viewc/reader.hpp"
#include "viewc/rules.hpp"

namespace viewc {
namespace {

bool begins_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) && (text.size() == word.size() || !is_name(text.substr(word.size(), 1)));
}

// The variable of a loop: a name or [a, b] alone is a constant reference, everything else stands as written.
std::string loop_variable(std::string_view declared) {
  const bool bare = is_name(declared) || (declared.starts_with('[') && declared.ends_with(']'));
  return bare ? "const auto& " + std::string(declared) : std::string(declared);
}

// Where "decl : range" has its colon.
std::size_t find_colon(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[' || text[i] == '{') ++depth;
    if (text[i] == ')' || text[i] == ']' || text[i] == '}') --depth;
    if (text[i] != ':' || depth != 0) continue;
    if (text.substr(i, 2) != "::") return i;
    ++i;
  }
  return std::string_view::npos;
}

}  // namespace

void Reader::hole() {
  const auto begin = at_;
  const auto inside = read_expression(source_, at_ + 2, "}}");
  at_ = inside.end;
  if (!inside.problem.empty()) return refuse(begin, "{{ " + inside.problem);
  if (inside.text.empty()) return refuse(begin, "{{ }} without a value");
  if (place_ == Place::tag) return refuse(begin, "a value among attributes: it stands in quotes after a name");
  if (place_ == Place::value) {
    auto& now = elements_.back().attributes.back();
    ++now.values;
    now.text += "{{" + inside.text + "}}";
    if (is_program(now.name)) return refuse(begin, "a value in " + now.name + ", which is read as a program");
  }
  if (inside.text.starts_with("t ") || inside.text.starts_with("t*")) return message(inside.text, begin);
  if (inside.text.find(';') != std::string::npos && inside.text.find('{') == std::string::npos && inside.text.find('"') == std::string::npos)
    return refuse(begin, "a ; in a value");
  put(inside.text, begin);
}

void Reader::put(const std::string& expression, std::size_t begin) {
  if (place_ == Place::text) return code("out.text(" + expression + ");", begin);
  const bool url = takes_url(elements_.back().attributes.back().name);
  code((url ? "out.url(" : "out.attribute(") + expression + ");", begin);
}

// "t key name=value" and "t* expression name=value".
void Reader::message(std::string_view rest, std::size_t begin) {
  if (place_ == Place::value && takes_url(elements_.back().attributes.back().name)) return refuse(begin, "a message where a Url stands");
  const bool at_run_time = rest.starts_with("t*");
  const auto parts = split_named(trim(rest.substr(2)));
  std::string key = at_run_time ? "::kedge::locale::Message(" + parts.first + ")" : "\"" + parts.first + "\"";
  if (parts.first.empty()) return refuse(begin, "a message without a key");
  const auto known = keys_.find(parts.first);
  if (!at_run_time && known == keys_.end()) return refuse(begin, "no message \"" + parts.first + "\" in locales/");
  const auto arguments = message_arguments(parts, at_run_time ? nullptr : &known->second, begin);
  code((place_ == Place::text ? "out.say(" : "out.say_attribute(") + key + arguments + ");", begin);
}

std::string Reader::message_arguments(const Call& call, const std::set<std::string>* placeholders, std::size_t begin) {
  std::string out;
  std::set<std::string> given;
  for (const auto& [name, value] : call.named) {
    if (value.empty()) refuse(begin, name + "= without a value");
    if (!given.insert(name).second) refuse(begin, name + " is given twice");
    if (placeholders != nullptr && !placeholders->contains(name)) refuse(begin, "the message " + call.first + " has no {" + name + "}");
    out += ", ::kedge::locale::arg(\"" + name + "\", " + value + ")";
  }
  if (placeholders != nullptr)
    for (const auto& name : *placeholders)
      if (!given.contains(name)) refuse(begin, "the message " + call.first + " needs " + name + "=");
  return out;
}

void Reader::directive() {
  const auto begin = at_;
  const auto inside = read_expression(source_, at_ + 2, "%}");
  at_ = inside.end;
  if (!inside.problem.empty()) return refuse(begin, "{% " + inside.problem);
  const auto end = std::min(inside.text.find_first_of(" (\"<"), inside.text.size());
  const auto word = inside.text.substr(0, end);
  const bool was_in_view = in_view();
  run(word, std::string(trim(std::string_view(inside.text).substr(end))), begin);
  if (was_in_view || in_view()) swallow_line(begin);
}

void Reader::run(std::string_view word, const std::string& rest, std::size_t begin) {
  if (word == "include") return include(rest, begin);
  if (word == "view") return start_view(rest, begin);
  if (!in_view()) return refuse(begin, "{% " + std::string(word) + " %} outside of a {% view %}");
  if (word == "end") return end_block(begin);
  if (word == "else") return otherwise(rest, begin);
  if (word == "for") return loop(rest, begin);
  if (word == "let") return let(rest, begin);
  if (word == "call") return call(rest, begin, false);
  if (word == "wrap") return call(rest, begin, true);
  if (word == "flag") return flag(rest, begin);
  if (word == "if") {
    if (rest.empty()) refuse(begin, "{% if %} without a condition");
    code("if (" + rest + ") {", begin);
    return open_block(Block::Kind::condition, begin);
  }
  if (word == "body") {
    if (!only_in_text("body", begin)) return;
    file_.views.back().has_body = true;
    return code("body();", begin);
  }
  refuse(begin, "unknown directive \"" + std::string(word) + "\"");
}

void Reader::include(const std::string& rest, std::size_t begin) {
  const bool quoted = rest.size() > 2 && ((rest.front() == '"' && rest.back() == '"') || (rest.front() == '<' && rest.back() == '>'));
  if (in_view() || !quoted) return refuse(begin, "{% include \"folder/header.hpp\" %} stands before the views");
  file_.includes.push_back(rest);
}

void Reader::start_view(const std::string& rest, std::size_t begin) {
  if (in_view()) return refuse(begin, "a {% view %} inside of another one");
  auto parts = split_call(rest);
  if (!parts || !is_name(parts->first)) {
    refuse(begin, "expected {% view name(const Type& page) %}");
    parts = std::pair<std::string, std::string>("broken", "");
  }
  file_.views.push_back({parts->first, parts->second, line_of(begin), false, {}});
  open_block(Block::Kind::view, begin);
}

void Reader::open_block(Block::Kind kind, std::size_t begin) { blocks_.push_back({kind, begin, place_, elements_.size(), false}); }

void Reader::otherwise(const std::string& rest, std::size_t begin) {
  auto& block = blocks_.back();
  if (block.kind != Block::Kind::condition || block.has_else) return refuse(begin, "{% else %} without its {% if %}");
  close_level(block, begin);
  if (rest.empty()) {
    block.has_else = true;
    return code("} else {", begin);
  }
  if (!begins_word(rest, "if")) return refuse(begin, "after else stands nothing, or if");
  code("} else if (" + std::string(trim(std::string_view(rest).substr(2))) + ") {", begin);
}

// What a part of a block opened must be closed in it, and it ends where it began: in text, a tag or a value.
void Reader::close_level(const Block& block, std::size_t begin) {
  if (place_ != block.place) {
    refuse(begin, "the block that began in line " + std::to_string(line_of(block.begin)) + " ends inside of a tag or a value");
    place_ = block.place;
  }
  if (elements_.size() > block.depth) {
    const auto& open = elements_.back();
    refuse(begin, "<" + open.name + "> of line " + std::to_string(line_of(open.begin)) + " is not closed in this block");
    elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(block.depth), elements_.end());
  }
}

void Reader::end_block(std::size_t begin) {
  const auto block = blocks_.back();
  close_level(block, begin);
  blocks_.pop_back();
  switch (block.kind) {
    case Block::Kind::view: return;
    case Block::Kind::condition:
    case Block::Kind::loop: return code("}", begin);
    case Block::Kind::wrap: return code("});", begin);
  }
}

void Reader::loop(const std::string& rest, std::size_t begin) {
  const auto colon = find_colon(rest);
  const std::string_view all(rest);
  if (colon == std::string::npos || trim(all.substr(0, colon)).empty() || trim(all.substr(colon + 1)).empty())
    refuse(begin, "expected {% for item : range %}");
  else
    code("for (" + loop_variable(trim(all.substr(0, colon))) + " : " + std::string(trim(all.substr(colon + 1))) + ") {", begin);
  open_block(Block::Kind::loop, begin);
}

void Reader::let(const std::string& rest, std::size_t begin) {
  const auto equals = rest.find('=');
  const auto name = trim(std::string_view(rest).substr(0, equals));
  if (equals == std::string::npos || !is_name(name)) return refuse(begin, "expected {% let name = value %}");
  code("const auto& " + std::string(name) + " = " + std::string(trim(std::string_view(rest).substr(equals + 1))) + ";", begin);
}

void Reader::call(const std::string& rest, std::size_t begin, bool wraps) {
  const auto* word = wraps ? "wrap" : "call";
  const bool well = only_in_text(word, begin);
  const auto parts = split_call(rest);
  if (!parts) refuse(begin, "expected {% " + std::string(word) + " view(arguments) %}");
  if (well && parts) {
    const auto given = parts->second.empty() ? std::string{} : ", " + parts->second;
    code(parts->first + "(out" + given + (wraps ? ", [&] {" : ");"), begin);
  }
  if (wraps) open_block(Block::Kind::wrap, begin);
}

void Reader::flag(const std::string& rest, std::size_t begin) {
  const auto space = rest.find(' ');
  const auto name = rest.substr(0, space);
  const auto condition = space == std::string::npos ? std::string_view{} : trim(std::string_view(rest).substr(space));
  const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  if (place_ != Place::tag || !plain || !begins_word(condition, "if") || refused_attribute(name))
    return refuse(begin, "expected {% flag checked if condition %} among attributes");
  elements_.back().attributes.push_back({name, {}, false, 0, false, begin});
  code("if (" + std::string(trim(condition.substr(2))) + ") out.raw(\" " + name + "\"sv);", begin);
}

bool Reader::only_in_text(std::string_view what, std::size_t begin) {
  if (place_ == Place::text) return true;
  refuse(begin, "{% " + std::string(what) + " %} stands between tags");
  return false;
}

}  // namespace viewc
