// core: identifiers. UUIDs as text: version 7 for rows that may tell when they were made, version 4 for anonymous ones.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kedge {

class Id {
 public:
  Id() = default;  // empty: "nobody", "nothing"
  // 36 characters, lower case, any UUID version; nothing else.
  [[nodiscard]] static std::optional<Id> parse(std::string_view text);
  // Version 7 of RFC 9562: 48 bits of milliseconds, then random bits.
  [[nodiscard]] static Id fresh(std::int64_t now_ms);
  // Version 4: random alone, for anonymous rows.
  [[nodiscard]] static Id random();

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  auto operator<=>(const Id&) const = default;
  bool operator==(const Id&) const = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace kedge

template <>
struct std::hash<kedge::Id> {
  std::size_t operator()(const kedge::Id& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
