#include "identity/pages/letters.hpp"


namespace kedge::identity::pages {

mail::Letter invitation_letter(const Library& library, const std::string& by, const Id& invitation, const std::string& to, const web::Url& link) {
  const auto& words = locale::words(library.language);
  web::Letter letter{.subject = words.say("identity.letter.invitation.subject", locale::arg("library", library.name)),
                     .lede = {words.say("identity.letter.invitation.lede", locale::arg("name", by), locale::arg("library", library.name)),
                              std::string(words.plain("identity.letter.invitation.what"))},
                     .button = {std::string(words.plain("identity.letter.invitation.do")), link},
                     .notes = {std::string(words.plain("identity.letter.invitation.once")), std::string(words.plain("identity.letter.mistake"))}};
  return {.kind = mail::Kind::invitation, .about = invitation, .message = web::message_of(words, letter, to)};
}

mail::Letter reset_letter(const Library& library, const Member& member, const std::string& by, const web::Url& link) {
  const auto& words = locale::words(member.language);
  const auto why = by.empty() ? words.say("identity.letter.reset.asked", locale::arg("library", library.name))
                              : words.say("identity.letter.reset.made", locale::arg("name", by), locale::arg("library", library.name));
  web::Letter letter{.subject = words.say("identity.letter.reset.subject", locale::arg("library", library.name)),
                     .lede = {words.say("identity.letter.hello", locale::arg("name", member.name)), why, std::string(words.plain("identity.letter.reset.private"))},
                     .button = {std::string(words.plain("identity.letter.reset.do")), link},
                     .notes = {std::string(words.plain("identity.letter.reset.once")), std::string(words.plain("identity.letter.reset.not_you"))}};
  return {.kind = mail::Kind::reset, .about = member.id, .message = web::message_of(words, letter, member.email)};
}

std::string in_words(const locale::Words& words, const mail::Standing& standing) {
  switch (standing.state) {
    case mail::State::waiting: return std::string(words.plain("mail.state.waiting"));
    case mail::State::sent: return std::string(words.plain("mail.state.sent"));
    case mail::State::given_up: break;
  }
  return words.say("mail.state.given_up", locale::arg("why", web::why_not_taken(words, standing.why)));
}

}  // namespace kedge::identity::pages
