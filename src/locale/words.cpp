#include "locale/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include <unicode/msgfmt.h>

#include "core/text.hpp"
#include "locale/catalogue.hpp"
#include "locale/formats.hpp"

namespace kedge::locale {
namespace {

const Row* find(std::uint64_t hash) {
  const auto at = std::ranges::lower_bound(kRows, hash, {}, &Row::hash);
  return at != kRows.end() && at->hash == hash ? &*at : nullptr;
}

// The message itself, or the one that says that something went wrong.
const Row& row_of(Message message) {
  if (const auto* row = find(message.hash())) return *row;
  static const Row kUnknown = [] {
    if (const auto* row = find(hash_of("locale.unknown"))) return *row;
    return Row{0, Shape::plain, "locale.unknown", {}};
  }();
  return kUnknown;
}

std::string shown(const Argument& argument, const Words& words) {
  switch (argument.kind()) {
    case Argument::Kind::text: return std::string(argument.text());
    case Argument::Kind::number: return words.number(argument.number());
    case Argument::Kind::date: return words.date(Date::parse(argument.text()).value_or(Date{}));
  }
  return {};
}

std::string fill_simple(std::string_view text, Arguments arguments, const Words& words) {
  std::string out;
  out.reserve(text.size() + 32);
  for (;;) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text);
    const auto name = text.substr(open + 1, close - open - 1);
    const auto found = std::ranges::find(arguments, name, &Argument::name);
    out.append(text.substr(0, open));
    out.append(found == arguments.end() ? std::string(text.substr(open, close - open + 1)) : shown(*found, words));
    text.remove_prefix(close + 1);
  }
}

// ICU's compiled messages, a set for each thread: making one costs more than formatting a page.
const icu::MessageFormat* format_of(const Row& row, Language language) {
  thread_local std::map<std::string_view, std::unique_ptr<icu::MessageFormat>> cache[kLanguages.size()];
  auto& slot = cache[static_cast<std::size_t>(language)][row.key];
  if (!slot) {
    UErrorCode status = U_ZERO_ERROR;
    const auto text = row.text[static_cast<std::size_t>(language)];
    slot = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}),
                                                icu_locale(language), status);
    if (U_FAILURE(status) != 0) slot.reset();
  }
  return slot.get();
}

std::string format_icu(const Row& row, Arguments arguments, const Words& words) {
  const auto text = row.text[static_cast<std::size_t>(words.language())];
  const auto* format = format_of(row, words.language());
  if (format == nullptr) return std::string(text);
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& argument : arguments) {
    names.push_back(from_utf8(argument.name()));
    if (argument.kind() == Argument::Kind::number)
      values.emplace_back(static_cast<int64_t>(argument.number()));
    else
      values.emplace_back(from_utf8(shown(argument, words)));
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  format->format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
  return U_FAILURE(status) != 0 ? std::string(text) : to_utf8(out);
}

// A list says "3 answers" on every line: what this thread said last of counts alone.
std::string fill_icu(const Row& row, Arguments arguments, const Words& words) {
  struct Said {
    const Row* row = nullptr;
    Language language = Language::en;
    std::int64_t number = 0;
    std::string name;
    std::string words;
  };
  if (arguments.size() != 1 || arguments.front().kind() != Argument::Kind::number) return format_icu(row, arguments, words);
  thread_local std::array<Said, 256> kept;
  const auto& [name, number] = std::pair(arguments.front().name(), arguments.front().number());
  auto& said = kept[(row.hash + static_cast<std::uint64_t>(number) * 2 + static_cast<std::uint64_t>(words.language())) % kept.size()];
  if (said.row != &row || said.language != words.language() || said.number != number || said.name != name)
    said = {&row, words.language(), number, std::string(name), format_icu(row, arguments, words)};
  return said.words;
}

}  // namespace

const Words& words(Language language) {
  static constexpr Words kWords[] = {Words(Language::en), Words(Language::es)};
  static_assert(std::size(kWords) == kLanguages.size());
  return kWords[static_cast<std::size_t>(language)];
}

bool Words::knows(Message message) { return find(message.hash()) != nullptr; }

std::string_view Words::plain(Message message) const { return row_of(message).text[static_cast<std::size_t>(language_)]; }

std::string Words::fill(Message message, Arguments arguments) const {
  const auto& row = row_of(message);
  const auto text = row.text[static_cast<std::size_t>(language_)];
  switch (row.shape) {
    case Shape::plain: return std::string(text);
    case Shape::simple: return fill_simple(text, arguments, *this);
    case Shape::icu: return fill_icu(row, arguments, *this);
  }
  return std::string(text);
}

std::string Words::say(Message message, const TextArguments& arguments) const {
  const bool counts = row_of(message).shape == Shape::icu;
  std::vector<Argument> list;
  list.reserve(arguments.size());
  for (const auto& [name, value] : arguments) {
    const auto number = counts ? text::number(value) : std::nullopt;
    list.push_back(number ? Argument(name, *number) : Argument(name, std::string_view(value)));
  }
  return fill(message, list);
}

}  // namespace kedge::locale
