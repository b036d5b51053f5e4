// web: a page that is being written, and the types that make a wrong one fail to compile: an address is a Url, a
// constant a Literal, rendered text a SafeHtml. Everything else is escaped for the place where it stands.
// Views (docs/views.md) are the usual way to write one.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/clock.hpp"
#include "core/codes.hpp"
#include "core/id.hpp"
#include "locale/words.hpp"

namespace kedge::web {

// The constant part of an address: begins with one slash, letters digits and / . _ - ~ alone, a {} for each segment.
template <std::size_t Segments>
class UrlPattern {
 public:
  template <std::size_t N>
  consteval UrlPattern(const char (&text)[N]) : text_(text, N - 1) {  // NOLINT: implicit
    if (text_.empty() || text_[0] != '/' || text_.starts_with("//")) throw "an address begins with one slash";
    std::size_t holes = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      const bool hole = c == '{' && i + 1 < text_.size() && text_[i + 1] == '}';
      if (hole) ++holes, ++i;
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' ||
                         c == '-' || c == '~';
      if (!hole && !plain) throw "an address is of letters, digits and / . _ - ~ with {} for its segments";
    }
    if (holes != Segments) throw "as many {} as segments";
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// An address that is safe to link, to send a form to and to redirect to. Only the functions here make one.
class Url {
 public:
  Url() = default;  // empty: this page

  // Url::path("/workbooks/{}/sections/{}", id, "rest"): one of ours. Segments are percent-encoded.
  template <class... Segments>
  [[nodiscard]] static Url path(UrlPattern<sizeof...(Segments)> pattern, const Segments&... segments) {
    const std::array<std::string, sizeof...(Segments)> texts{segment(segments)...};
    return fill(pattern.text(), texts.data());
  }
  // "#name" on this page.
  [[nodiscard]] static Url here(std::string_view anchor);
  // Somebody else's: https, http, tel or mailto, nothing else. Nothing when it is not such an address.
  [[nodiscard]] static std::optional<Url> outside(std::string_view text);
  // One of ours that was written down before (an answer that is repeated, a page to return to): a path of this site, else "/".
  [[nodiscard]] static Url from_stored(std::string_view text);

  // One more ?key=value; the same key twice stands twice. Also after at().
  [[nodiscard]] Url with(std::string_view key, std::string_view value) const;
  template <locale::Countable T>
  [[nodiscard]] Url with(std::string_view key, T value) const {
    return with(key, std::to_string(value));
  }
  [[nodiscard]] Url with(std::string_view key, const Id& value) const { return with(key, value.text()); }
  // What lies under it: a page's "/removal", with the page's query; an anchor stays behind.
  [[nodiscard]] Url under(UrlPattern<0> end) const;
  // #anchor, in place of an earlier one.
  [[nodiscard]] Url at(std::string_view anchor) const;

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  bool operator==(const Url&) const = default;

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] static std::string segment(std::string_view text) { return std::string(text); }
  [[nodiscard]] static std::string segment(const Id& id) { return id.text(); }
  [[nodiscard]] static std::string segment(const Date& date) { return date.text(); }
  template <locale::Countable T>
  [[nodiscard]] static std::string segment(T number) {
    return std::to_string(number);
  }
  template <Coded E>
  [[nodiscard]] static std::string segment(E value) {
    return std::string(code_of(value));
  }
  [[nodiscard]] static Url fill(std::string_view pattern, const std::string* segments);

  std::string text_;
};

// Text that the compiler knows: never something that anybody typed.
class Literal {
 public:
  consteval Literal(std::string_view text) : text_(text) {}  // NOLINT: implicit
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT: implicit
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Html;

// HTML that was written by a view already. Only an Html becomes one.
class SafeHtml {
 public:
  SafeHtml() = default;
  explicit SafeHtml(Html&& written);
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

class Html {
 public:
  explicit Html(const locale::Words& words, std::size_t bytes = 0) : words_(&words) { buffer_.reserve(std::max(kFirstBytes, bytes)); }
  [[nodiscard]] std::size_t size() const { return buffer_.size(); }
  [[nodiscard]] const locale::Words& words() const { return *words_; }

  void raw(Literal literal) { buffer_.append(literal.text()); }

  // As text between tags.
  void text(std::string_view value);
  void text(const Id& value) { text(value.text()); }
  void text(const Date& value) { text(words_->date(value)); }
  void text(const SafeHtml& value) { buffer_.append(value.text()); }
  template <locale::Countable T>
  void text(T value) {
    number(static_cast<std::int64_t>(value));
  }
  template <std::same_as<bool> T>
  void text(T) = delete;

  // In a quoted attribute. Dates as 2026-03-14, coded enums as their codes.
  void attribute(std::string_view value);
  void attribute(const Id& value) { attribute(value.text()); }
  void attribute(const Date& value) { attribute(value.text()); }
  void attribute(const Url& value) { attribute(value.text()); }
  template <locale::Countable T>
  void attribute(T value) {
    number(static_cast<std::int64_t>(value));
  }
  template <Coded E>
  void attribute(E value) {
    attribute(code_of(value));
  }
  template <std::same_as<bool> T>
  void attribute(T) = delete;

  // In href, src, action and their like: nothing but a Url.
  void url(const Url& value) { attribute(value.text()); }

  // A message, as text and in an attribute.
  template <class... A>
  void say(locale::Message message, const A&... arguments) {
    if constexpr (sizeof...(A) == 0) text(words_->plain(message));
    else text(words_->say(message, arguments...));
  }
  template <class... A>
  void say_attribute(locale::Message message, const A&... arguments) {
    if constexpr (sizeof...(A) == 0) attribute(words_->plain(message));
    else attribute(words_->say(message, arguments...));
  }

  [[nodiscard]] const std::string& written() const { return buffer_; }
  [[nodiscard]] std::string take() && { return std::move(buffer_); }

 private:
  static constexpr std::size_t kFirstBytes = 16 * 1024;

  void number(std::int64_t value);

  std::string buffer_;
  const locale::Words* words_;
};

inline SafeHtml::SafeHtml(Html&& written) : text_(std::move(written).take()) {}

// render(words, views::section, page): what one view writes.
template <class View, class... A>
[[nodiscard]] Html render(const locale::Words& words, View&& view, const A&... arguments) {
  thread_local std::size_t last = 0;  // pages of one kind are about as long as each other
  Html out(words, last + last / 16);
  view(out, arguments...);
  last = out.size();
  return out;
}

// The part between {% wrap layout(...) %} and its {% end %}: something to call where the layout says {% body %}.
// It holds a reference: for a parameter alone.
class Body {
 public:
  template <std::invocable F>
    requires(!std::same_as<std::remove_cvref_t<F>, Body>)
  Body(F&& part)  // NOLINT: implicit
      : part_(const_cast<void*>(static_cast<const void*>(std::addressof(part)))),
        call_([](void* it) { (*static_cast<std::remove_reference_t<F>*>(it))(); }) {}
  void operator()() const { call_(part_); }

 private:
  void* part_;
  void (*call_)(void*);
};

}  // namespace kedge::web
