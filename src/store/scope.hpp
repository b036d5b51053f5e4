// store: on whose behalf something is read or changed. Every query is scoped by one library.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/codes.hpp"
#include "core/id.hpp"

namespace kedge {

// What a member may do; one member may hold several. Codes of VOCABULARY.
enum class Role : std::uint8_t { administrator, lead, staff, intern, board, trainer };
template <>
struct Codes<Role> {
  static constexpr std::array<std::string_view, 6> names{"administrator", "lead", "staff", "intern", "board", "trainer"};
};

class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const auto role : roles) add(role);
  }
  constexpr void add(Role role) { bits_ = static_cast<std::uint8_t>(bits_ | (1U << static_cast<unsigned>(role))); }
  [[nodiscard]] constexpr bool has(Role role) const { return (bits_ & (1U << static_cast<unsigned>(role))) != 0; }
  [[nodiscard]] constexpr bool any(Roles other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
  static constexpr Roles from_bits(std::int64_t bits) {
    Roles roles;
    roles.bits_ = static_cast<std::uint8_t>(bits & 0x3f);
    return roles;
  }
  constexpr bool operator==(const Roles&) const = default;

 private:
  std::uint8_t bits_ = 0;
};

namespace store {

// Made only by the gate, a job, a signed link or the command line (a test lists who says `Scope{`).
struct Scope {
  Id library;
  Id actor;  // the member who acts; empty for a job or the command line
  Roles roles;
};

// For the few queries across libraries: signing in, founding, backup, jobs. One test lists them all.
struct InstallationScope {};

}  // namespace store
}  // namespace kedge
