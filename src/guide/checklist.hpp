// guide: the two-mark checklist in its sealed box (PRIVACY.md 4 and 5).
// Owns the tables checklist, checklist_item, checklist_roster, checklist_ticket, checklist_box, checklist_comment and
// checklist_proposal. Nothing here touches the change feed or the ledger while a list is open, but opening and closing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "disclosure/bands.hpp"
#include "guide/workbook.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"

namespace kedge::guide {

constexpr std::size_t kCommentLimit = 300;      // characters
constexpr std::int64_t kShortestListDays = 3;
constexpr std::int64_t kLongestListDays = 60;
constexpr std::int64_t kPauseDays = 14;         // between the closing of a list and the opening of the next
constexpr std::int64_t kDaysApart = 365;        // between two results of people who are not surely the same
constexpr std::int64_t kRosterDays = 366;      // after closing: who was asked is known so long, for what the next list may say
constexpr std::size_t kMostItems = 60;

enum class ListState : std::uint8_t {
  open,
  closed,          // see `said` and the items' bands
  without_result,  // its key was gone before it was counted
};

struct ListItem {
  std::string id;
  std::string label;      // of an own practice; empty: the guide's words
  std::optional<disclosure::Band> well;
  std::optional<disclosure::Band> better;
};

struct Checklist {
  Id id;
  Id workbook;
  std::string prompt;
  ListState state = ListState::open;
  Date opened_on;
  Date closes_on;
  std::int64_t threshold = 5;
  bool said = false;               // decided at opening: whether a result may be said if enough take part
  std::vector<ListItem> items;
  std::vector<Id> roster;             // empty a year after closing
  std::vector<std::string> comments;  // of a closed one
  Date restarted_on;               // when a restore made it begin again, empty; none: never
  bool paper = false;              // marked on paper: nobody knows who was asked
  [[nodiscard]] bool asks(const Id& member) const;
  [[nodiscard]] bool has_result() const;
};

// One person's marks: by item, we do this well and we would like this better; both may stand.
struct Marks {
  std::vector<std::string> well;
  std::vector<std::string> better;
  std::string comment;
};

// The lists of one prompt, newest first.
[[nodiscard]] Result<std::vector<Checklist>> checklists(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt);
[[nodiscard]] Result<Checklist> checklist(store::Read& db, const store::Scope& scope, const Id& id);
[[nodiscard]] Result<std::vector<std::string>> proposals(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt);
// Takes a proposed practice off the next list; repeating it is harmless.
Done withdraw(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label);
Done propose(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, std::string_view label);

// The practices of the next list: the guide's, then what was proposed, with its words in `label`. Errors: not_found.
[[nodiscard]] Result<std::vector<ListItem>> next_items(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt);

// Who would be asked if a list opened now: who fills workbooks and has a key. Under five there is no list, but a talk.
[[nodiscard]] Result<std::vector<Id>> would_be_asked(store::Read& db, const store::Scope& scope);

// Opens a list: roster, items, threshold and closing date are fixed. Errors: invalid at "closes_on" (no date, under 3 or over
// 60 days ahead), conflict "guide.list.too_few" (fewer than five), "guide.list.open_already", "guide.list.too_soon".
[[nodiscard]] Result<Id> open_checklist(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& workbook,
                                        std::string_view prompt, const Date& closes_on);

// The reader's own marks. Errors: not_found (not asked, or the ticket was lost in a reset), conflict "guide.list.closed".
[[nodiscard]] Result<Marks> own_marks(store::Read& db, store::Keyring& keyring, const store::Scope& scope, const crypto::Key& member_key, const Id& list);
// Saves them: one transaction of its own that touches the box alone and may be repeated. Errors: as own_marks; invalid at
// "comment" (too long).
Done save_marks(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const crypto::Key& member_key, const Id& list,
                const Marks& marks);

// What runs beside the pages, at start and now and then: closes the lists that are due in every library, finishes a closing
// that was cut off. Returns how many lists closed.
[[nodiscard]] Result<int> tend_checklists(store::Database& db, store::Keyring& keyring);
// Rewrites each open box with a chance of one in `one_in`, each by its own toss. Called at a steady pace this leaves gaps of any
// length and no box waits for another, so that neither a short gap nor a box rewritten alone tells a save. `wait` is called before
// each rewrite with how many there are: at which moment after the beat is random too.
Done stir_checklists(store::Database& db, store::Keyring& keyring, std::uint32_t one_in, const std::function<void(std::size_t)>& wait);
// The box of one open list, written anew with a fresh nonce.
Done rewrite_box(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& list);
// Counts and closes one list now, whatever its date (what tend_checklists does when it is due).
Done close_checklist(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& list);

// After a restore, which brings neither boxes nor tickets: open lists start empty, with new tickets for the same roster, and
// note the day, so that who had marked already is told.
Done start_lists_empty(store::Database& db, store::Keyring& keyring);

// A list as it was closed elsewhere or long ago, in words, with nobody on its roster: for a workbook from a file, and the
// example library.
[[nodiscard]] Result<Id> keep_closed(store::Tx& tx, const store::Scope& scope, const Checklist& closed);

}  // namespace kedge::guide

template <>
struct kedge::Codes<kedge::guide::ListState> {
  static constexpr std::array<std::string_view, 3> names{"open", "closed", "without_result"};
};
