// mail: letters of a library and their outbox. Owns the table letter.
// A letter is written in the transaction of its cause and sent soon after by a thread of its own (postman.hpp); address, words
// and token are sealed until then and wiped at delivery. Knows nothing of members, nor of what a letter is about.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/codes.hpp"
#include "core/result.hpp"
#include "mail/message.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"

namespace kedge::mail {

extern const std::span<const store::Migration> kMigrations;

enum class Kind : std::uint8_t { invitation, reset, digest };
enum class State : std::uint8_t { waiting, sent, given_up };

struct Letter {
  Kind kind = Kind::invitation;
  Id about = {};        // whom or what it concerns: an invitation, a member
  Message message;
};

// How it stands with one that was written.
struct Standing {
  State state = State::waiting;
  std::string why;     // of one given up: "550", what the server answered; "unreachable"; empty otherwise
};

// Puts it into the outbox. At most kMostADay invitations a library in a day; links for a new password are limited by address
// where they are asked for, so that nobody who asks for many holds up the others.
// Errors: invalid "mail.address" (not one plain address); too_many "mail.too_many".
constexpr std::int64_t kMostADay = 300;
Done post(store::Tx& tx, const store::Keyring& keyring, const store::Scope& scope, const Letter& letter);
// How the newest letter of each is, of those of the last 14 days.
[[nodiscard]] Result<std::map<Id, Standing>> standings(store::Read& db, const store::Scope& scope, Kind kind);
// Takes what concerns it out of the outbox. Repeating it is harmless.
Done withdraw(store::Tx& tx, const store::Scope& scope, const Id& about);
// Deletes what was written more than 14 days ago. Daily.
Done tidy(store::Database& db);

}  // namespace kedge::mail

template <>
struct kedge::Codes<kedge::mail::Kind> {
  static constexpr std::array<std::string_view, 3> names{"invitation", "reset", "digest"};
};
template <>
struct kedge::Codes<kedge::mail::State> {
  static constexpr std::array<std::string_view, 3> names{"waiting", "sent", "given_up"};
};
