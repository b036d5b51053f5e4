// identity: the example library, which anybody at this installation may enter and erase.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"
#include "identity/members.hpp"

namespace kedge::identity {

// Adds a member whom anybody may enter as, and gives the key for seeding private answers. Errors: forbidden when the
// library is no example.
struct ExampleMember {
  Id id;
  crypto::Key key;
};
enum class Door : std::uint8_t { open, closed };  // whether the welcome page offers to look round as this member
[[nodiscard]] Result<ExampleMember> add_example_member(store::Tx& tx, store::Keyring& keyring, const store::Scope& scope, const NewMember& member,
                                                       Door door = Door::open);
// Founds an example library without members. In an InstallationScope. Errors: invalid; conflict when there is one already.
[[nodiscard]] Result<Id> found_example(store::Tx& tx, const Library& library, const std::vector<std::string>& branches);

struct Example {
  Library library;
  std::vector<Member> members;  // who can be entered, the director first, the trustee last
};
// The example library, if there is one.
[[nodiscard]] Result<std::optional<Example>> example(store::Database& db);
// Errors: forbidden "identity.example.no" when the library is no example or the member can't be entered.
[[nodiscard]] Result<FreshSession> enter_example(store::Database& db, store::Keyring& keyring, const Id& member, std::string_view device);

// The tables of this module that hold a library's rows, in the order in which they can be emptied.
extern const std::span<const std::string_view> kTables;
// Removes every row of one library from `tables` (all modules', children first; `kTables` last), then the keys of its
// members. Errors: forbidden "identity.example.no" unless it is the example.
Done erase_example(store::Database& db, store::Keyring& keyring, const store::Scope& scope, std::span<const std::string_view> tables);

}  // namespace kedge::identity
