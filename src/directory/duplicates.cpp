#include "directory/duplicates.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/text.hpp"

namespace kedge::directory {
namespace {

constexpr std::array<std::string_view, 22> kSayLittle{"the", "of", "and", "a", "inc", "llc", "ltd", "co", "corp", "corporation", "incorporated",
                                                      "el", "la", "los", "las", "de", "del", "y", "e", "mr", "mrs", "dr"};
constexpr std::size_t kMostLike = 3;

// The words that say something, sorted, each followed by a space.
std::string words_of(std::string_view bare) {
  std::set<std::string, std::less<>> words;
  for (std::size_t start = 0; start < bare.size();) {
    const auto end = std::min(bare.find(' ', start), bare.size());
    const auto word = bare.substr(start, end - start);
    if (!word.empty() && std::ranges::find(kSayLittle, word) == kSayLittle.end()) words.emplace(word);
    start = end + 1;
  }
  std::string joined;
  for (const auto& word : words) joined += word + " ";
  return joined;
}

bool share_a_word(std::string_view a, std::string_view b) {
  for (std::size_t start = 0; start < a.size();) {
    const auto end = a.find(' ', start) + 1;
    const auto word = a.substr(start, end - start);
    for (auto at = b.find(word); at != std::string_view::npos; at = b.find(word, at + 1))
      if (at == 0 || b[at - 1] == ' ') return true;
    start = end;
  }
  return false;
}

// One bit for each letter or digit, some of which share one.
std::uint64_t letters_of(std::string_view bare) {
  std::uint64_t letters = 0;
  for (const char c : bare) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return letters;
}

// Slips between two words: a sign more, less, another, or two changed places (optimal string alignment), by bytes; more than
// `most` counts as `most` + 1.
std::size_t slips(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], most + 1);
}

Keys with_name(Keys keys) {
  keys.words = words_of(keys.name);
  keys.letters = letters_of(keys.name);
  return keys;
}
Keys keys_of(const Organization& one) {
  return with_name({bare(one.name), bare(one.alternate_name), email_key(one.email), {}, website_key(one.website), {}, 0});
}
Keys keys_of(const Contact& one) { return with_name({bare(one.name), {}, email_key(one.email), phone_key(one.phone), {}, {}, 0}); }

template <class Record>
std::vector<Keys> keys_of_all(std::span<const Record> all) {
  std::vector<Keys> keys;
  keys.reserve(all.size());
  for (const auto& one : all) keys.push_back(keys_of(one));
  return keys;
}

std::size_t slips_allowed(std::size_t a, std::size_t b) {
  const auto shorter = std::min(a, b);
  return shorter >= 18 ? 2 : shorter >= 5 ? 1 : 0;  // North School is not South School
}

bool alike(const Keys& a, const Keys& b) {
  if (!a.words.empty() && a.words == b.words) return true;
  const auto most = slips_allowed(a.name.size(), b.name.size());
  if (most == 0 || static_cast<std::size_t>(std::popcount(a.letters ^ b.letters)) > 2 * most) return false;
  return slips(a.name, b.name, most) <= most;
}

bool same(const std::string& a, const std::string& b) { return !a.empty() && a == b; }
bool same_name(const Keys& a, const Keys& b) {
  return same(a.name, b.name) || same(a.name, b.other_name) || same(a.other_name, b.name);
}

std::vector<Reason> reasons_of(const Keys& a, const Keys& b) {
  std::vector<Reason> reasons;
  if (same_name(a, b)) reasons.push_back(Reason::same_name);
  else if (alike(a, b)) reasons.push_back(Reason::similar_name);
  if (same(a.email, b.email)) reasons.push_back(Reason::same_email);
  if (same(a.phone, b.phone)) reasons.push_back(Reason::same_phone);
  if (same(a.website, b.website)) reasons.push_back(Reason::same_website);
  return reasons;
}

bool has(const std::vector<Reason>& reasons, Reason one) { return std::ranges::find(reasons, one) != reasons.end(); }
bool named_alike(const std::vector<Reason>& reasons) { return has(reasons, Reason::same_name) || has(reasons, Reason::similar_name); }

// People of one organization share its switchboard and its info@ address: without a name in common these say nothing.
bool tells(const std::vector<Reason>& reasons, const Keys& a, const Keys& b, bool together) {
  if (reasons.empty()) return false;
  if (named_alike(reasons)) return reasons.size() > 1 || together || has(reasons, Reason::same_name);
  return !together || share_a_word(a.words, b.words);
}

void keep_likest(std::vector<Likeness>& all) {
  std::ranges::stable_sort(all, [](const Likeness& a, const Likeness& b) { return std::pair(a.sure, a.reasons.size()) > std::pair(b.sure, b.reasons.size()); });
  if (all.size() > kMostLike) all.resize(kMostLike);
}

template <class Record>
Pair pair_of(const Record& a, const Record& b, std::vector<Reason> reasons) {
  return a.id < b.id ? Pair{a.id, b.id, std::move(reasons)} : Pair{b.id, a.id, std::move(reasons)};
}

}  // namespace

std::string bare(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* apart = icu::Normalizer2::getNFKDInstance(status);
  const auto source = icu::UnicodeString::fromUTF8(text::fold(name));
  const auto letters = U_SUCCESS(status) ? apart->normalize(source, status) : source;
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < letters.length();) {
    const auto c = letters.char32At(at);
    at += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK || c == '\'' || c == 0x2019 || c == '.') continue;  // O'Neill, St. Mary
    if (u_isalnum(c)) kept.append(c);
    else if (!kept.isEmpty() && kept.char32At(kept.length() - 1) != ' ') kept.append(static_cast<UChar32>(' '));
  }
  std::string out;
  kept.trim().toUTF8String(out);
  return out;
}

bool similar(std::string_view a, std::string_view b) {
  Keys one, other;
  one.name = a;
  other.name = b;
  return alike(with_name(std::move(one)), with_name(std::move(other)));
}

std::string phone_key(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') digits += c;
    else if (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ',') && digits.size() >= 7) break;  // an extension, a remark
  }
  if (digits.size() < 7) return {};
  return digits.size() > 10 ? digits.substr(digits.size() - 10) : digits;
}

std::string email_key(std::string_view email) { return text::fold(text::trim(email)); }

std::string website_key(std::string_view website) {
  auto host = text::fold(text::trim(website));
  if (const auto scheme = host.find("://"); scheme != std::string::npos) host.erase(0, scheme + 3);
  if (host.starts_with("www.")) host.erase(0, 4);
  const auto path = host.find_first_of("/?#");
  // the page of a club on a great site tells by its whole address
  return path == std::string::npos || path + 1 == host.size() ? host.substr(0, path) : host;
}

KnownOrganizations::KnownOrganizations(std::span<const Organization> all) : all_(all), keys_(keys_of_all(all)) {}

std::vector<Likeness> KnownOrganizations::like(const Organization& one, const Id& mark) const {
  const auto keys = keys_of(one);
  std::vector<Likeness> found;
  for (std::size_t at = 0; at < all_.size(); ++at) {
    auto reasons = reasons_of(keys, keys_[at]);
    const bool marked = !mark.empty() && all_[at].id == mark;
    if (marked) reasons.insert(reasons.begin(), Reason::same_record);
    const bool sure = marked || has(reasons, Reason::same_name);
    if (!reasons.empty()) found.push_back({all_[at].id, std::move(reasons), sure});
  }
  keep_likest(found);
  return found;
}

KnownContacts::KnownContacts(std::span<const Contact> all) : all_(all), keys_(keys_of_all(all)) {}

std::vector<Likeness> KnownContacts::like(const Contact& one, std::span<const Id> at, const Id& mark) const {
  const auto keys = keys_of(one);
  std::vector<Likeness> found;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    auto reasons = reasons_of(keys, keys_[i]);
    const bool together = std::ranges::find(at, all_[i].organization) != at.end();
    const bool marked = !mark.empty() && all_[i].id == mark;
    if (!marked && !tells(reasons, keys, keys_[i], together)) continue;
    const bool reached = has(reasons, Reason::same_email) || has(reasons, Reason::same_phone);
    const bool sure = marked || (together && has(reasons, Reason::same_name)) || (named_alike(reasons) && reached);
    if (marked) reasons.insert(reasons.begin(), Reason::same_record);
    found.push_back({all_[i].id, std::move(reasons), sure});
  }
  keep_likest(found);
  return found;
}

std::vector<Pair> pairs_of(std::span<const Organization> all) {
  const auto keys = keys_of_all(all);
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b)
      if (auto reasons = reasons_of(keys[a], keys[b]); !reasons.empty()) pairs.push_back(pair_of(all[a], all[b], std::move(reasons)));
  return pairs;
}

std::vector<Pair> pairs_of(std::span<const Contact> all) {
  const auto keys = keys_of_all(all);
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      auto reasons = reasons_of(keys[a], keys[b]);
      if (tells(reasons, keys[a], keys[b], all[a].organization == all[b].organization)) pairs.push_back(pair_of(all[a], all[b], std::move(reasons)));
    }
  return pairs;
}

}  // namespace kedge::directory
