// identity: a link for a new password to one's own address, asked for by whoever types that address.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "identity/identity.hpp"

namespace kedge::identity {

constexpr std::string_view kResetAskedJob = "identity.reset_asked";

// Counts the attempt and leaves the rest to a job, alike for addresses that we know and that we don't.
// Errors: invalid at email "identity.email.needed", "identity.email.broken"; too_many.
Done ask_reset_letter(store::Database& db, store::Keyring& keyring, std::string_view email, const std::string& peer);

// Writes the letter in the transaction that makes its link.
using WriteLetter = std::function<Done(store::Tx& tx, const Library& library, const Member& member, const std::string& token)>;
// The job: one link for each account of the address that has a password, but in the example. Its member is told of none, since
// they asked themselves. A link that was there stays: it ends by itself.
Done answer_reset_asked(store::Database& db, store::Keyring& keyring, const store::Job& job, const WriteLetter& write);

}  // namespace kedge::identity
