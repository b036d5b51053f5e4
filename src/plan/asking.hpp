// plan: a link by which the owner of an action says how it goes, without signing in. Owns the table action_link.
// It works once, for 14 days, and only while the action is theirs and goes on.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "plan/plan.hpp"

namespace kedge::plan {

constexpr std::int64_t kAskDays = 14;

enum class Said : std::uint8_t { going, stuck, done };

struct Asked {
  Id library;
  Id id;
  Id action;
  Id member;   // who was asked: a member, or a contact at an organization
  Id contact;
  bool handed = false;  // a colleague made the link and could use it: what is said by it is not said as the member
};

enum class Goes : std::uint8_t { by_letter, handed };  // to the owner's own address alone, or shown to who asks for it

// For its present owner. Gives the token: it is shown or sent once and not kept.
// Errors: not_found "plan.action.gone"; conflict "plan.ask.nobody" (nobody owns it), "plan.ask.finished".
[[nodiscard]] Result<std::string> ask(store::Tx& tx, const store::Scope& scope, const Id& action, Goes how);
// Whose link this is, in an InstallationScope. Errors: not_found "plan.ask.used_up".
[[nodiscard]] Result<Asked> find_asked(store::Read& db, std::string_view token);
// The action it is about, as long as it may be answered. Errors: not_found "plan.ask.used_up".
[[nodiscard]] Result<Action> asked_action(store::Read& db, const Asked& asked);
// Uses the link up and notes the words: as a check-in, or as the outcome; by the member where the link went to them alone, by
// nobody otherwise. Who is stuck has the action looked at today.
// Errors: not_found "plan.ask.used_up"; invalid at "note" (empty, too long): the link stays then.
Done answer_asked(store::Tx& tx, const Asked& asked, Said said, std::string_view note, const Date& today);
// Takes back what was asked of a member who leaves. Repeating it is harmless.
Done unask(store::Tx& tx, const store::Scope& scope, const Id& member);

}  // namespace kedge::plan

template <>
struct kedge::Codes<kedge::plan::Said> {
  static constexpr std::array<std::string_view, 3> names{"going", "stuck", "done"};
};
