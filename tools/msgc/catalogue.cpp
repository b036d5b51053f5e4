#include "msgc/catalogue.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <unicode/messagepattern.h>
#include <unicode/unistr.h>

namespace msgc {
namespace {

bool is_key(std::string_view key) {
  bool dotted = false;
  char before = '.';
  for (const char c : key) {
    if (c == '.' && before == '.') return false;
    if (c == '.') dotted = true;
    if (c != '.' && c != '_' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) return false;
    before = c;
  }
  return dotted && before != '.';
}

struct Pattern {
  std::set<std::string> placeholders;
  Shape shape = Shape::plain;
};

// What ICU makes of a message. Quoting by apostrophes is refused: nobody who writes "don't" thinks of it, and our
// own fast path for simple messages knows no quoting.
std::optional<Pattern> pattern_of(const Entry& entry, std::vector<Problem>& problems) {
  for (const auto* quote : {"'{", "'}", "''", "'#"})
    if (entry.text.find(quote) != std::string::npos) {
      problems.push_back({entry.file, entry.line, entry.key + ": an apostrophe before {, }, # or another one quotes it; use the typographic one"});
      return std::nullopt;
    }
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const auto text = icu::UnicodeString::fromUTF8(entry.text);
  const icu::MessagePattern parsed(text, &where, status);
  if (U_FAILURE(status) != 0) {
    problems.push_back({entry.file, entry.line, entry.key + ": not a message that ICU reads, near character " + std::to_string(where.offset)});
    return std::nullopt;
  }
  Pattern out;
  for (int32_t i = 0; i < parsed.countParts(); ++i) {
    const auto& part = parsed.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) {
      problems.push_back({entry.file, entry.line, entry.key + ": a placeholder has a name, not a number"});
      return std::nullopt;
    }
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_START)
      out.shape = std::max(out.shape, part.getArgType() == UMSGPAT_ARG_TYPE_NONE ? Shape::simple : Shape::icu);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) {
      std::string name;
      parsed.getSubstring(part).toUTF8String(name);
      out.placeholders.insert(std::move(name));
    }
  }
  return out;
}

void check_entry(const Entry& entry, std::vector<Problem>& problems) {
  const auto refuse = [&](const std::string& text) { problems.push_back({entry.file, entry.line, entry.key + ": " + text}); };
  if (!is_key(entry.key)) refuse("a key is module.name in small letters, digits and _");
  if (entry.text.empty()) refuse("has no words");
  if (entry.fuzzy) refuse("is marked fuzzy: read it again and take the mark away");
  if (!entry.text.empty() && (entry.text.front() == ' ' || entry.text.back() == ' ' || entry.text.back() == '\n'))
    refuse("begins or ends with white space");
}

std::string listed(const std::set<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "{" : ", {") + name + "}";
  return out.empty() ? "none" : out;
}

// All that needs both languages: presence, notes, placeholders, shape.
void check_row(const std::vector<std::string>& languages, const std::string& key, Row& row, std::vector<Problem>& problems) {
  const auto first = std::ranges::find_if(row.entries, [](const Entry& entry) { return entry.line != 0; });
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (row.entries[i].line == 0) problems.push_back({first->file, first->line, key + ": is missing in " + languages[i]});
  if (row.entries[0].line != 0 && row.entries[0].note.empty())
    problems.push_back({row.entries[0].file, row.entries[0].line, key + ": has no note to translators (#. where it stands, what it means)"});
  std::optional<Pattern> reference;
  for (const auto& entry : row.entries) {
    if (entry.line == 0) continue;
    const auto pattern = pattern_of(entry, problems);
    if (!pattern) continue;
    row.shape = std::max(row.shape, pattern->shape);
    if (!reference) {
      reference = pattern;
    } else if (reference->placeholders != pattern->placeholders) {
      problems.push_back({entry.file, entry.line,
                          key + ": placeholders differ: " + listed(pattern->placeholders) + " here, " + listed(reference->placeholders) + " in " +
                              first->file + ":" + std::to_string(first->line)});
    }
  }
  if (reference) row.placeholders = reference->placeholders;
}

std::string literal(std::string_view text) {
  constexpr std::string_view kOctal = "01234567";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') out += '\\', out += c;
    else if (c == '\n') out += "\\n";
    else if (byte < 0x20 || byte >= 0x7f) out += '\\', out += kOctal[byte >> 6U], out += kOctal[(byte >> 3U) & 7U], out += kOctal[byte & 7U];
    else out += c;
  }
  return out + "\"sv";
}

}  // namespace

std::uint64_t hash_of(std::string_view key) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

Catalogue join(const std::vector<std::string>& languages, std::vector<std::vector<Entry>> entries, std::vector<Problem>& problems) {
  Catalogue out{languages, {}};
  for (std::size_t i = 0; i < languages.size(); ++i)
    for (auto& entry : entries[i]) {
      check_entry(entry, problems);
      auto& row = out.rows[entry.key];
      row.entries.resize(languages.size());
      auto& place = row.entries[i];
      if (place.line != 0)
        problems.push_back({entry.file, entry.line, entry.key + ": stands already in " + place.file + ":" + std::to_string(place.line)});
      else
        place = std::move(entry);
    }
  std::map<std::uint64_t, std::string> hashes;
  for (auto& [key, row] : out.rows) {
    check_row(languages, key, row, problems);
    if (const auto [other, fresh] = hashes.emplace(hash_of(key), key); !fresh)
      problems.push_back({row.entries[0].file, row.entries[0].line, key + ": has the same hash as " + other->second + "; choose another name"});
  }
  return out;
}

std::string source_of(const Catalogue& catalogue) {
  std::vector<std::pair<std::uint64_t, const std::pair<const std::string, Row>*>> sorted;
  for (const auto& row : catalogue.rows) sorted.emplace_back(hash_of(row.first), &row);
  std::ranges::sort(sorted, {}, [](const auto& item) { return item.first; });
  constexpr const char* kShapes[] = {"plain", "simple", "icu"};
  std::string out =
      "// Written by msgc from locales/; do not edit.\n#include \"locale/catalogue.hpp\"\n\nnamespace kedge::locale {\nnamespace {\n"
      "using namespace std::string_view_literals;\n\nconstexpr Row kTable[] = {\n";
  for (const auto& [hash, row] : sorted) {
    out += "    {" + std::to_string(hash) + "ULL, Shape::" + kShapes[static_cast<int>(row->second.shape)] + ", " + literal(row->first) + ",\n     {";
    for (std::size_t i = 0; i < row->second.entries.size(); ++i) out += (i == 0 ? "" : ",\n      ") + literal(row->second.entries[i].text);
    out += "}},\n";
  }
  return out + "};\n\n}  // namespace\n\nconst std::span<const Row> kRows{kTable};\n\n}  // namespace kedge::locale\n";
}

std::string keys_of(const Catalogue& catalogue) {
  std::string out;
  for (const auto& [key, row] : catalogue.rows) {
    out += key;
    for (const auto& name : row.placeholders) out += " " + name;
    out += "\n";
  }
  return out;
}

}  // namespace msgc
