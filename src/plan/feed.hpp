// plan: the private address by which a member's calendar program reads the days of actions. Owns the table calendar_feed.
// Whoever has the address reads what it holds and nothing else, until its member makes a new one, removes it or leaves.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "plan/plan.hpp"

namespace kedge::plan {

enum class Holds : std::uint8_t { mine, all };  // the actions that its member owns, or all of the library

struct Feed {
  Holds holds = Holds::mine;
  Date made_on;
};
struct FoundFeed {
  Id library;
  Id member;
  Holds holds = Holds::mine;
};

// The one of whoever asks; nothing when there is none.
[[nodiscard]] Result<std::optional<Feed>> feed(store::Read& db, const store::Scope& scope);
// Makes one in place of an earlier one, whose address then leads nowhere. Gives the token: it is shown once and not kept.
[[nodiscard]] Result<std::string> make_feed(store::Tx& tx, const store::Scope& scope, Holds holds, const Date& today);
Done remove_feed(store::Tx& tx, const store::Scope& scope, const Id& member);  // repeating it is harmless
// Whose this token is, in an InstallationScope. Errors: not_found.
[[nodiscard]] Result<FoundFeed> find_feed(store::Read& db, std::string_view token);

}  // namespace kedge::plan

template <>
struct kedge::Codes<kedge::plan::Holds> {
  static constexpr std::array<std::string_view, 2> names{"mine", "all"};
};
