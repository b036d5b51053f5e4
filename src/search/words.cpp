#include "search/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>
#include <xapian.h>

#include "core/text.hpp"

namespace kedge::search {
namespace {

constexpr std::size_t kLongestTerm = 64;  // bytes; what is longer is no word
constexpr std::string_view kCut = "\xE2\x80\xA6";

// Small words of both languages, folded. Without them "needs of the community" asks for what is said there.
constexpr std::array<std::string_view, 52> kSmall{
    "a",   "al",  "an",  "and", "are", "as",  "at",  "by",  "con", "de",  "del", "el",   "en",   "es",   "for", "from", "in",  "is",
    "it",  "la",  "las", "le",  "lo",  "los", "no",  "not", "o",   "of",  "on",  "or",   "our",  "para", "por", "que",  "se",  "sin",
    "su",  "sus", "that", "the", "to",  "tu",  "un",  "una", "us",  "was", "we",  "with", "y",    "you",  "your", "yo"};

bool is_small(std::string_view term) { return std::ranges::find(kSmall, term) != kSmall.end(); }

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Case and accents aside.
std::string folded(std::string_view word) {
  if (is_ascii(word)) {
    std::string term(word);
    for (auto& c : term)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return term;
  }
  UErrorCode status = U_ZERO_ERROR;
  static const auto* const apart = icu::Normalizer2::getNFKDInstance(status);
  const auto typed = icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  const auto decomposed = apart == nullptr ? typed : apart->normalize(typed, status);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const auto point = decomposed.char32At(i);
    if (u_charType(point) != U_NON_SPACING_MARK) plain.append(point);
  }
  plain.foldCase();
  std::string term;
  plain.toUTF8String(term);
  return term;
}

bool in_word(UChar32 point) { return u_isalnum(point) != 0 || u_charType(point) == U_NON_SPACING_MARK; }

// The next code point at `at`, which then stands behind it.
UChar32 next_point(std::string_view text, std::size_t& at) {
  auto i = static_cast<std::int32_t>(at);
  UChar32 point = 0;
  U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), point);
  at = static_cast<std::size_t>(i);
  return point;
}

bool opens_or_closes(UChar32 point) {
  return point == '"' || point == 0x201C || point == 0x201D || point == 0x201E || point == 0xAB || point == 0xBB;
}

// One word that is looked for, with what it takes to know it again.
struct Sought {
  std::string term;
  Stems stems;
  std::size_t part = 0;
};

std::vector<Sought> sought(const Wanted& wanted) {
  std::vector<Sought> all;
  for (std::size_t part = 0; part < wanted.parts.size(); ++part)
    if (!wanted.parts[part].quoted) all.push_back({wanted.parts[part].words.front(), stems_of(wanted.parts[part].words.front()), part});
  return all;
}

bool is_it(const Sought& one, const std::string& term) {
  if (term == one.term) return true;
  if (one.term.size() >= kShortestBegun && term.starts_with(one.term)) return true;
  // an equal first letter spares most words their stem
  if (term.empty() || term[0] != one.term[0]) return false;
  const auto stems = stems_of(term);
  return stems.english == one.stems.english || stems.spanish == one.stems.spanish;
}

// Of each word of a text the part that it answers.
std::vector<std::optional<std::size_t>> hits(const std::vector<Token>& words, const Wanted& wanted) {
  std::vector<std::optional<std::size_t>> all(words.size());
  const auto single = sought(wanted);
  for (std::size_t i = 0; i < words.size(); ++i)
    for (const auto& one : single)
      if (!all[i] && is_it(one, words[i].term)) all[i] = one.part;
  for (std::size_t part = 0; part < wanted.parts.size(); ++part) {
    const auto& phrase = wanted.parts[part];
    if (!phrase.quoted) continue;
    for (std::size_t i = 0; i + phrase.words.size() <= words.size(); ++i) {
      const auto same = std::equal(phrase.words.begin(), phrase.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
                                   [](const std::string& word, const Token& token) { return word == token.term; });
      for (std::size_t at = i; same && at < i + phrase.words.size(); ++at) all[at] = part;
    }
  }
  return all;
}

// Where a line ended, a point stands between.
std::string on_one_line(std::string_view text) {
  std::string all;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = text::clean_line(text.substr(at, end - at));
    if (!line.empty()) all += (all.empty() ? "" : " \xC2\xB7 ") + line;
    at = end + 1;
  }
  return all;
}

std::vector<Stretch> stretches(std::string_view text, const std::vector<Token>& words, const std::vector<std::optional<std::size_t>>& found, std::size_t from,
                               std::size_t until) {
  std::vector<Stretch> all;
  const auto add = [&](std::size_t begin, std::size_t end, bool is_found) {
    if (begin >= end) return;
    if (!all.empty() && all.back().found == is_found) all.back().text += text.substr(begin, end - begin);
    else all.push_back({std::string(text.substr(begin, end - begin)), is_found});
  };
  std::size_t at = from;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!found[i] || words[i].begin < from || words[i].begin + words[i].size > until) continue;
    add(at, words[i].begin, false);
    add(words[i].begin, words[i].begin + words[i].size, true);
    at = words[i].begin + words[i].size;
  }
  add(at, until, false);
  return all;
}

}  // namespace

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> all;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (begin < end && end - begin <= kLongestTerm) {
      auto term = folded(text.substr(begin, end - begin));
      if (!term.empty()) all.push_back({std::move(term), begin, end - begin});
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto here = at;
    if (in_word(next_point(text, at))) continue;
    end_word(here);
    begin = at;
  }
  end_word(text.size());
  return all;
}

// Accents are gone by now, and the Spanish stem of what ends in "-cion" and "-sion" needs its own.
Stems stems_of(const std::string& term) {
  thread_local const Xapian::Stem english("english");
  thread_local const Xapian::Stem spanish("spanish");
  auto accented = term;
  if (term.ends_with("cion") || term.ends_with("sion")) accented.replace(accented.size() - 2, 2, "\xC3\xB3n");
  return {english(term), spanish(accented)};
}

Wanted wanted(std::string_view typed) {
  const auto text = text::shorten(text::clean_line(typed), kMostTyped);
  Wanted all;
  std::size_t begin = 0;
  bool quoted = false;
  const auto take = [&](std::string_view piece) {
    std::vector<std::string> words;
    for (auto& token : tokens(piece)) words.push_back(std::move(token.term));
    if (quoted && !words.empty()) all.parts.push_back({std::move(words), true});
    else for (auto& word : words) all.parts.push_back({{std::move(word)}, false});
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto here = at;
    if (!opens_or_closes(next_point(text, at))) continue;
    take(std::string_view(text).substr(begin, here - begin));
    quoted = !quoted;
    begin = at;
  }
  quoted = false;  // one that was never closed is no quotation
  take(std::string_view(text).substr(begin));
  const auto small = [](const Part& part) { return !part.quoted && is_small(part.words.front()); };
  if (!std::ranges::all_of(all.parts, small)) std::erase_if(all.parts, small);
  if (all.parts.size() > kMostParts) all.parts.resize(kMostParts);
  return all;
}

std::vector<Stretch> marked(std::string_view text, const Wanted& wanted) {
  const auto words = tokens(text);
  return stretches(text, words, hits(words, wanted), 0, text.size());
}

std::vector<Stretch> excerpt(std::string_view text, const Wanted& wanted, std::size_t most) {
  const auto line = on_one_line(text);
  const auto words = tokens(line);
  const auto found = hits(words, wanted);
  // the window that begins with a hit and holds the most different parts, then the most hits
  std::size_t best = words.size();
  std::pair<std::size_t, std::size_t> best_worth{0, 0};
  for (std::size_t first = 0; first < words.size(); ++first) {
    if (!found[first]) continue;
    std::set<std::size_t> parts;
    std::size_t count = 0;
    for (std::size_t i = first; i < words.size() && words[i].begin + words[i].size <= words[first].begin + most * 2 / 3; ++i)
      if (found[i]) parts.insert(*found[i]), ++count;
    const std::pair worth{parts.size(), count};
    if (worth > best_worth) best = first, best_worth = worth;
  }
  std::size_t from = 0;
  if (best < words.size() && words[best].begin > most / 3) {
    auto first = best;
    while (first > 0 && words[best].begin - words[first - 1].begin < most / 4) --first;
    from = words[first].begin;
  }
  std::size_t until = line.size();
  if (until - from > most) {
    until = from + most;
    for (std::size_t i = words.size(); i-- > 0;)
      if (words[i].begin + words[i].size <= from + most) {
        until = std::max(words[i].begin + words[i].size, from);
        break;
      }
  }
  if (until <= from) until = std::min(line.size(), from + most);
  auto all = stretches(line, words, found, from, until);
  if (from > 0) all.insert(all.begin(), {std::string(kCut) + " ", false});
  if (until < line.size()) all.push_back({" " + std::string(kCut), false});
  return all;
}

}  // namespace kedge::search
