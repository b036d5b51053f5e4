// plan: actions that are followed until they are done.
// Owns the tables action and check_in (and, in feed.hpp, asking.hpp and digest.hpp, what leads to them from elsewhere). Knows nothing of the guide; what an action came from is a lineage link.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "lineage/lineage.hpp"
#include "store/kept.hpp"

namespace kedge::plan {

extern const std::span<const store::Migration> kMigrations;

enum class Status : std::uint8_t { proposed, started, done, stopped };  // stopped: it did not work out, and says why

constexpr std::int64_t kQuietDays = 30;
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

struct Action {
  Id id;
  Id workbook;             // the workbook whose action table shows it; may be empty
  std::string step;        // the next step, at most 300 characters
  Id owner_member;         // who: a member, or a contact at an organization, or nobody yet
  Id owner_contact;
  Date due;                // by when; may be empty
  Status status = Status::proposed;
  std::string resources;   // what is needed
  std::string obstacles;   // what may stand in the way
  std::string informed;    // who must know
  std::string measure;     // how we will see that it worked
  std::string outcome;     // what came of it, or why it stopped
  std::int64_t opened_ms = 0;
  std::int64_t closed_ms = 0;
  std::int64_t version = 1;
  std::int64_t looked_ms = 0;  // when it was opened, changed, or somebody noted how it goes
  Date look_on;                // when somebody means to look again; empty: kQuietDays after the last look
  [[nodiscard]] bool finished() const { return status == Status::done || status == Status::stopped; }
  // The day of the next look; every action that is not finished has one.
  [[nodiscard]] Date next_look() const { return look_on.empty() ? Date::from_days(looked_ms / kDayMs + kQuietDays) : look_on; }
  // Nobody looked at it for kQuietDays, and no later look was promised.
  [[nodiscard]] bool quiet(const Date& today) const { return !finished() && today.days() - looked_ms / kDayMs > kQuietDays && (look_on.empty() || look_on < today); }
  // The promised look has come.
  [[nodiscard]] bool to_look_at(const Date& today) const { return !finished() && !look_on.empty() && look_on <= today; }
  [[nodiscard]] bool late(const Date& today) const {
    return !due.empty() && due < today && !finished();
  }
};

struct CheckIn {
  Id id;
  Id action;
  Id member;
  std::string note;
  std::int64_t at_ms = 0;
};

constexpr std::size_t kStepLength = 300;
constexpr std::size_t kTextLength = 2000;  // of resources, obstacles, informed, measure, outcome
constexpr std::size_t kNoteLength = 1000;  // of a check-in

// Errors: invalid at "step" (empty, too long), "owner" (started without one), "outcome" (done or stopped without words).
// Links it to what it came from.
[[nodiscard]] Result<Id> open_action(store::Tx& tx, const store::Scope& scope, const Action& action, const std::vector<lineage::Ref>& came_from);
// One from a file, with its past: opened and closed when `action` says, and what was noted on the way (of each: member,
// note, at_ms). Errors: as open_action.
[[nodiscard]] Result<Id> bring_in(store::Tx& tx, const store::Scope& scope, const Action& action, const std::vector<CheckIn>& noted,
                                  const std::vector<lineage::Ref>& came_from);
// Errors: those, and conflict "plan.action.changed" when `action.version` is not the one kept.
Done revise(store::Tx& tx, const store::Scope& scope, const Action& action);
Done remove(store::Tx& tx, const store::Scope& scope, const Id& id);   // can be brought back for 30 days; repeating is harmless
Done restore(store::Tx& tx, const store::Scope& scope, const Id& id);
// Notes how it goes, and when somebody looks again.
Done check_in(store::Tx& tx, const store::Scope& scope, const Id& action, std::string_view note, const Date& look_on);
// The next look after one today: what was typed; a day that has come already is done with. Errors: invalid at "look_on" (a new
// day that has passed).
[[nodiscard]] Result<Date> look_after(const Date& kept, const Date& typed, const Date& today);
[[nodiscard]] Result<Action> action(store::Read& db, const store::Scope& scope, const Id& id);
// Late ones first, then those that somebody should look at, then by due date, those without one after, finished ones last.
[[nodiscard]] Result<store::Shared<std::vector<Action>>> actions(store::Read& db, const store::Scope& scope, const Date& today);
[[nodiscard]] Result<std::vector<CheckIn>> check_ins(store::Read& db, const store::Scope& scope, const Id& action);
// The actions of one workbook in the order of its action table: as they were made.
[[nodiscard]] Result<std::vector<Action>> actions_of(store::Read& db, const store::Scope& scope, const Id& workbook);
// What goes of one member who leaves: the address of their calendar, links, the weekly letter. Repeating it is harmless.
Done erase_member(store::Tx& tx, const store::Scope& scope, const Id& member);
// Retention: deletes links that ended, and what was removed more than 30 days ago, with its check-ins and links. Daily.
Done sweep(store::Tx& tx, const store::Scope& scope);

}  // namespace kedge::plan

template <>
struct kedge::Codes<kedge::plan::Status> {
  static constexpr std::array<std::string_view, 4> names{"proposed", "started", "done", "stopped"};
};
