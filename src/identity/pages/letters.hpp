// identity pages: the letters that open a way in.
#pragma once

#include <string>
#include <string_view>

#include "identity/identity.hpp"
#include "mail/mail.hpp"
#include "web/letter.hpp"

namespace kedge::identity::pages {

// In the library's language: nobody knows the reader's yet. `by` is who invites.
[[nodiscard]] mail::Letter invitation_letter(const Library& library, const std::string& by, const Id& invitation, const std::string& to, const web::Url& link);
// In the member's language. `by` is the administrator who made the link; empty: the member asked.
[[nodiscard]] mail::Letter reset_letter(const Library& library, const Member& member, const std::string& by, const web::Url& link);
// How it stands with a letter, in a sentence.
[[nodiscard]] std::string in_words(const locale::Words& words, const mail::Standing& standing);

}  // namespace kedge::identity::pages
