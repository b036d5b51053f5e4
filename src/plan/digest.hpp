// plan: the weekly letter: whose it is, whether they want it, and what of the actions stands in it. Owns the table digest.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "store/keyring.hpp"

namespace kedge::plan {

// What one reader is told. Each action stands once, in the first group that it fits.
struct Digest {
  // of the reader's own
  std::vector<Action> late;
  std::vector<Action> look;    // a promised look has come, or nobody looked for kQuietDays
  std::vector<Action> soon;    // due within a week
  // of the library's others, for who leads
  std::vector<Action> nobodys; // nobody owns it, or who did has left
  std::vector<Action> others_late;
  std::vector<Action> others_quiet;
  [[nodiscard]] bool empty() const {
    return late.empty() && look.empty() && soon.empty() && nobodys.empty() && others_late.empty() && others_quiet.empty();
  }
};
enum class Reads : std::uint8_t { own, all };  // who leads reads of all
constexpr std::int64_t kSoonDays = 7;
// `gone`: whether who owns an action has left.
[[nodiscard]] Digest digest_of(const std::vector<Action>& actions, const Id& reader, Reads reads, const Date& today, const std::function<bool(const Action&)>& gone);

// The Monday of that day's week.
[[nodiscard]] Date monday_of(const Date& day);
// The Monday of the week in which letters may be written at an instant: from seven o'clock on Monday to seven on Thursday, in
// the library's zone (later days for a server that was off). Nothing at other times.
[[nodiscard]] std::optional<Date> week_to_write(std::int64_t now_ms, const std::string& zone);

struct DigestChoice {
  bool wanted = true;
  Date sent_on;  // the Monday; empty: none yet
};
// Of each member who ever chose or got one.
[[nodiscard]] Result<std::map<Id, DigestChoice>> digest_choices(store::Read& db, const store::Scope& scope);
enum class Weekly : std::uint8_t { on, off };
Done choose_digest(store::Tx& tx, const store::Scope& scope, const Id& member, Weekly choice);
// False when this week's is written already, or they want none.
[[nodiscard]] Result<bool> begin_digest(store::Tx& tx, const store::Scope& scope, const Id& member, const Date& monday);
Done forget_digest(store::Tx& tx, const store::Scope& scope, const Id& member);  // repeating it is harmless

// What the link at the end of a letter holds: signed by the installation, so that an old letter's works too; it can end the
// letters of one member and nothing else.
[[nodiscard]] std::string digest_token(const store::Keyring& keyring, const Id& library, const Id& member);
struct DigestReader {
  Id library;
  Id member;
};
// Errors: not_found "web.not_found".
[[nodiscard]] Result<DigestReader> read_digest_token(const store::Keyring& keyring, std::string_view token);

}  // namespace kedge::plan
