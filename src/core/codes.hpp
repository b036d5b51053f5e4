// core: enums that are kept as codes (in the database, in files, in addresses). Codes never change.
//
//   enum class State : std::uint8_t { open, accepted };
//   template <> struct kedge::Codes<State> { static constexpr std::array<std::string_view, 2> names{"open", "accepted"}; };
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace kedge {

template <class E>
struct Codes;  // names in the order of the enum, which starts at 0 without gaps

template <class E>
concept Coded = std::is_enum_v<E> && requires { Codes<E>::names.size(); };

template <Coded E>
[[nodiscard]] constexpr std::string_view code_of(E value) {
  return Codes<E>::names[static_cast<std::size_t>(value)];
}

template <Coded E>
[[nodiscard]] constexpr std::optional<E> from_code(std::string_view text) {
  for (std::size_t i = 0; i < Codes<E>::names.size(); ++i)
    if (Codes<E>::names[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace kedge
