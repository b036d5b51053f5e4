// guide: a guide as a file again.
#include <fmt/format.h>

#include "guide/definition.hpp"

namespace kedge::guide {
namespace {

std::string quoted(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

// Whether words of several lines can stand as a literal block and come back the same.
bool block_keeps(std::string_view words) {
  if (words.find('\n') == std::string_view::npos || words.front() == '\n' || words.back() == '\n') return false;
  bool line_start = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    if (c == '\t' || (c != '\n' && static_cast<unsigned char>(c) < 0x20)) return false;
    if (c == ' ' && (line_start || i + 1 == words.size() || words[i + 1] == '\n')) return false;
    line_start = c == '\n';
  }
  return true;
}

// Lines at a depth of two spaces a level; `dash` puts the "- " of a list's item before the next line.
class Writer {
 public:
  std::string take() { return std::move(out_); }
  void in() { ++depth_; }
  void out() { --depth_; }
  void dash() { dash_ = true; }

  void line(std::string_view words) {
    const int depth = depth_ - (dash_ ? 1 : 0);
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    if (dash_) out_ += "- ";
    dash_ = false;
    out_ += words;
    out_ += '\n';
  }
  void open(std::string_view key) { line(fmt::format("{}:", key)); }
  void word(std::string_view key, std::string_view value) {
    if (!value.empty()) line(fmt::format("{}: {}", key, quoted(value)));
  }
  void code(std::string_view key, std::string_view value) { line(fmt::format("{}: {}", key, value)); }
  void number(std::string_view key, std::size_t value) {
    if (value != 0) line(fmt::format("{}: {}", key, value));
  }
  void flag(std::string_view key, bool value) {
    if (value) line(fmt::format("{}: true", key));
  }
  void text(std::string_view key, const Text& text) {
    if (text.empty()) return;
    open(key);
    in();
    for (const auto language : kLanguages)
      if (text.has(language)) words(kedge::code(language), text.words[static_cast<std::size_t>(language)]);
    out();
  }
  template <class Things, class One>
  void list(std::string_view key, const Things& things, One one) {
    if (things.empty()) return;
    open(key);
    depth_ += 2;  // items stand one level in, their keys under the dash one more
    for (const auto& thing : things) {
      dash();
      one(thing);
    }
    depth_ -= 2;
  }

 private:
  void words(std::string_view key, std::string_view value) {
    if (!block_keeps(value)) return word(key, value);
    line(fmt::format("{}: |-", key));
    in();
    while (true) {
      const auto end = value.find('\n');
      const auto one = value.substr(0, end);
      if (one.empty()) {
        out_ += '\n';
      } else {
        line(one);
      }
      if (end == std::string_view::npos) break;
      value.remove_prefix(end + 1);
    }
    out();
  }

  std::string out_;
  int depth_ = 0;
  bool dash_ = false;
};

void write(Writer& to, const Source& source) {
  to.word("name", source.name);
  to.word("by", source.by);
  to.word("url", source.url);
}

void write(Writer& to, const Option& option) {
  to.word("id", option.id);
  to.text("label", option.label);
}

void write(Writer& to, const Row& row, Kind kind) {
  to.word("id", row.id);
  to.text("label", row.label);
  to.text("help", row.help);
  to.word("theme", row.theme);
  to.word("group", row.group);
  if (kind == Kind::notes) to.number("limit", row.limit);
}

void write(Writer& to, const Column& column) {
  to.word("id", column.id);
  to.code("kind", code_of(column.kind));
  to.text("label", column.label);
  to.text("help", column.help);
  to.number("limit", column.limit);
  to.list("options", column.options, [&](const Option& option) { write(to, option); });
}

std::string_view rows_key(Kind kind) {
  if (kind == Kind::checklist) return "items";
  return kind == Kind::notes ? "fields" : "rows";
}

void write(Writer& to, const Prompt& prompt) {
  to.word("id", prompt.id);
  to.code("kind", code_of(prompt.kind));
  to.text("label", prompt.label);
  to.text("help", prompt.help);
  to.text("together", prompt.together);
  to.text("body", prompt.body);
  if (prompt.voices.size() == 1 && prompt.kind != Kind::checklist) to.code("voices", fmt::format("[{}]", code_of(prompt.voices.front())));
  if (prompt.share == Share::never) to.code("share", "never");
  to.number("limit", prompt.limit);
  to.word("theme", prompt.theme);
  to.word("earlier", prompt.earlier);
  to.flag("hidden", prompt.hidden);
  to.flag("own", prompt.own);
  to.flag("removed", prompt.removed);
  to.list("options", prompt.options, [&](const Option& option) { write(to, option); });
  to.text("reason", prompt.reason);
  to.list("groups", prompt.groups, [&](const Option& group) { write(to, group); });
  to.list("columns", prompt.columns, [&](const Column& column) { write(to, column); });
  to.list(rows_key(prompt.kind), prompt.rows, [&](const Row& row) { write(to, row, prompt.kind); });
  to.flag(prompt.kind == Kind::checklist ? "own_items" : "own_rows", prompt.own_rows);
  to.number("steps", prompt.steps);
  to.text("low", prompt.low);
  to.text("high", prompt.high);
  to.list("links", prompt.links, [&](const Link& link) {
    to.text("label", link.label);
    to.word("url", link.url);
  });
  to.list("sources", prompt.sources, [&](const Source& source) { write(to, source); });
}

void write(Writer& to, const Section& section) {
  to.word("id", section.id);
  to.text("title", section.title);
  to.text("lede", section.lede);
  to.flag("hidden", section.hidden);
  to.flag("own", section.own);
  to.flag("staff_only", section.staff_only);
  if (section.prompts.empty()) to.code("prompts", "[]");
  to.list("prompts", section.prompts, [&](const Prompt& prompt) { write(to, prompt); });
}

}  // namespace

std::string to_yaml(const Guide& guide) {
  Writer to;
  to.number("format", kGuideFormat);
  to.word("guide", guide.slug);
  to.number("version", static_cast<std::size_t>(guide.version));
  std::string languages;
  for (const auto language : guide.languages) languages += (languages.empty() ? "" : ", ") + std::string(code(language));
  to.code("languages", fmt::format("[{}]", languages));
  if (!guide.based_on.empty()) {
    to.code("based_on", fmt::format("{{guide: {}, version: {}}}", quoted(guide.based_on), guide.based_on_version));
  }
  to.text("title", guide.title);
  to.text("introduction", guide.introduction);
  if (!guide.source.name.empty()) {
    to.open("source");
    to.in();
    write(to, guide.source);
    to.out();
  }
  to.list("sections", guide.sections, [&](const Section& section) { write(to, section); });
  return to.take();
}

}  // namespace kedge::guide
