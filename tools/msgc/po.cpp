#include "msgc/po.hpp"

#include <optional>

namespace msgc {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// "..." with its escapes; nothing when it is not exactly one quoted string.
std::optional<std::string> quoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return std::nullopt;
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    switch (text[i]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case '"': out += '"'; break;
      case '\\': out += '\\'; break;
      default: return std::nullopt;
    }
  }
  return out;
}

class PoReader {
 public:
  PoReader(const std::string& file, std::vector<Problem>& problems) : file_(file), problems_(problems) {}

  std::vector<Entry> read(std::string_view text) {
    while (!text.empty()) {
      const auto end = text.find('\n');
      ++line_;
      take_line(trim(text.substr(0, end)));
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    finish();
    return std::move(entries_);
  }

 private:
  enum class Part { comments, key, text };

  void take_line(std::string_view line) {
    if (line.empty()) return finish();
    if (line.front() == '#') return take_comment(line);
    if (line.front() == '"') return take_string(line);
    if (line.starts_with("msgid ")) {
      if (part_ != Part::comments) finish();
      part_ = Part::key;
      now_.line = line_;
      return take_string(trim(line.substr(6)));
    }
    if (line.starts_with("msgstr ")) {
      if (part_ != Part::key) return refuse("msgstr without a msgid before it");
      part_ = Part::text;
      return take_string(trim(line.substr(7)));
    }
    refuse("expected a comment, msgid, msgstr or a quoted string");
  }

  void take_comment(std::string_view line) {
    if (part_ != Part::comments) finish();
    if (line.starts_with("#~")) return refuse("an obsolete entry: delete it");
    if (line.starts_with("#.")) {
      if (!now_.note.empty()) now_.note += ' ';
      now_.note += trim(line.substr(2));
    }
    if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos) now_.fuzzy = true;
  }

  void take_string(std::string_view line) {
    const auto part = quoted(line);
    if (!part) return refuse("not a quoted string (escapes: \\n \\t \\\" \\\\)");
    switch (part_) {
      case Part::comments: return refuse("a string that belongs to nothing");
      case Part::key: now_.key += *part; break;
      case Part::text: now_.text += *part; break;
    }
  }

  void finish() {
    if (part_ == Part::key) refuse("msgid without a msgstr");
    if (part_ == Part::text && !now_.key.empty()) {  // the entry without a key is the file's header
      now_.file = file_;
      entries_.push_back(std::move(now_));
    }
    now_ = {};
    part_ = Part::comments;
  }

  void refuse(std::string text) { problems_.push_back({file_, line_, std::move(text)}); }

  const std::string& file_;
  std::vector<Problem>& problems_;
  std::vector<Entry> entries_;
  Entry now_;
  Part part_ = Part::comments;
  std::size_t line_ = 0;
};

}  // namespace

std::string shown(const std::vector<Problem>& problems) {
  std::string out;
  for (const auto& problem : problems) out += problem.file + ":" + std::to_string(problem.line) + ": error: " + problem.text + "\n";
  return out;
}

std::vector<Entry> read_po(std::string_view text, const std::string& file, std::vector<Problem>& problems) {
  return PoReader(file, problems).read(text);
}

}  // namespace msgc
