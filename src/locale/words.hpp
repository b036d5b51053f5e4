// locale: the words of pages in one language, and dates, numbers and names as that language writes them.
// Words are looked up by key; a key in C++ is a literal whose hash is made by the compiler, and the build checks that
// the catalogues in locales/ have it. Knows nothing of pages.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/language.hpp"
#include "core/result.hpp"

namespace kedge::locale {

[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view key) {  // FNV-1a, 64 bits
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// The key of a message. From a literal it is made by the compiler; from a text of run time (Error::key) it may turn
// out to be unknown and then reads "something went wrong".
class Message {
 public:
  template <std::size_t N>
  consteval Message(const char (&key)[N]) : hash_(hash_of(std::string_view(key, N - 1))) {}  // NOLINT: implicit
  Message(const std::string& key) : hash_(hash_of(key)) {}                                   // NOLINT: implicit
  Message(std::string_view key) : hash_(hash_of(key)) {}                                     // NOLINT: implicit
  [[nodiscard]] constexpr std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_;
};

// A named value of a message. It holds views: use it within the call that it is made for.
class Argument {
 public:
  enum class Kind : std::uint8_t { text, number, date };
  Argument(std::string_view name, std::string_view value) : name_(name), text_(value) {}
  Argument(std::string_view name, std::int64_t value) : name_(name), number_(value), kind_(Kind::number) {}
  Argument(std::string_view name, const Date& value) : name_(name), text_(value.text()), kind_(Kind::date) {}
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::int64_t number() const { return number_; }
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  std::string_view name_;
  std::string_view text_;
  std::int64_t number_ = 0;
  Kind kind_ = Kind::text;
};

template <class T>
concept Countable = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

[[nodiscard]] inline Argument arg(std::string_view name, std::string_view value) { return {name, value}; }
[[nodiscard]] inline Argument arg(std::string_view name, const Date& value) { return {name, value}; }
template <Countable T>
[[nodiscard]] Argument arg(std::string_view name, T value) {
  return {name, static_cast<std::int64_t>(value)};
}

using Arguments = std::span<const Argument>;
using TextArguments = std::vector<std::pair<std::string, std::string>>;  // of Error and FieldError

class Words {
 public:
  explicit constexpr Words(Language language) : language_(language) {}
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] std::string_view code() const { return kedge::code(language_); }

  // The words as they stand in the catalogue; for messages without placeholders. Valid for ever.
  [[nodiscard]] std::string_view plain(Message message) const;
  // The words with their {placeholders} filled; numbers as the language writes them, plurals by ICU.
  // A placeholder without an argument stays as it is.
  template <std::convertible_to<Argument>... A>
  [[nodiscard]] std::string say(Message message, const A&... arguments) const {
    const std::initializer_list<Argument> list{arguments...};
    return fill(message, Arguments(list.begin(), list.size()));
  }
  // With arguments of an Error: a text of digits counts as a number where a plural asks for one.
  [[nodiscard]] std::string say(Message message, const TextArguments& arguments) const;
  [[nodiscard]] std::string say(const Error& error) const { return say(Message(error.key), error.arguments); }
  [[nodiscard]] std::string say(const FieldError& error) const { return say(Message(error.key), error.arguments); }
  [[nodiscard]] std::string fill(Message message, Arguments arguments) const;
  [[nodiscard]] static bool knows(Message message);

  [[nodiscard]] std::string date(const Date& date) const;        // March 14, 2026; 14 de marzo de 2026; empty when empty
  [[nodiscard]] std::string short_date(const Date& date) const;  // Mar 14, 2026
  [[nodiscard]] std::string month(const Date& date) const;       // March 2026
  [[nodiscard]] std::string moment(std::int64_t instant_ms, const std::string& zone) const;        // 2:15 PM
  [[nodiscard]] std::string day_and_time(std::int64_t instant_ms, const std::string& zone) const;  // March 14, 2026 at 2:15 PM
  [[nodiscard]] std::string ago(std::int64_t then_ms, std::int64_t now_ms) const;                  // just now; 5 minutes ago
  [[nodiscard]] std::string number(std::int64_t value) const;                                      // 3,900
  [[nodiscard]] std::string list(const std::vector<std::string>& items) const;                     // a, b, and c
  // Below 0, 0 or above, as the language sorts; case and accents count last.
  [[nodiscard]] int compare(std::string_view a, std::string_view b) const;

 private:
  Language language_;
};

[[nodiscard]] const Words& words(Language language);

}  // namespace kedge::locale
