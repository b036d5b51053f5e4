// identity pages: what most of them are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identity/members.hpp"
#include "identity/sessions.hpp"
#include "web/fields.hpp"

namespace kedge::identity::pages {

struct Link {
  web::Url url;
  std::string words;
};
struct Hidden {
  std::string name;
  std::string value;
};
enum class Weight : std::uint8_t { plain, removes };

// A page with one thing to do.
struct FormPage {
  std::string title;
  std::vector<std::string> lede = {};   // paragraphs
  std::vector<web::Field> fields = {};
  std::vector<std::string> notes = {};  // what to know before pressing the button
  web::Url action;
  std::string button;
  std::vector<Hidden> hidden = {};
  std::vector<Link> links = {};
  Weight weight = Weight::plain;
  std::string more_label = {};
  std::vector<web::Field> more = {};    // folded away until one of them is wrong
  bool bare = false;                    // without the head of the library that the reader may be in

  [[nodiscard]] bool opened() const;
};
// `wrong`, when given, is what the form came back with.
[[nodiscard]] web::Reply form_reply(const web::Context& context, const FormPage& page, const Error* wrong = nullptr);
// Whether an error belongs beside the form; others make a page of their own.
[[nodiscard]] bool at_form(const Error& error);
[[nodiscard]] int status_at_form(const Error* wrong);

// A code or link that is shown once.
struct ShownOnce {
  std::string title;
  std::vector<std::string> lede = {};
  std::string whose = {};
  std::string secret;
  bool is_address = false;         // the secret is one to send, not a code to read aloud
  std::string picture = {};        // what the code image says; empty: none
  std::string picture_label = {};
  std::vector<std::string> notes = {};
  bool printed = false;            // to keep on paper
  Link next;
};
[[nodiscard]] web::Reply shown_once_reply(const web::Context& context, const ShownOnce& page);
// The printed recovery code of whoever is `name` at `library`.
[[nodiscard]] web::Reply recovery_code_reply(const web::Context& context, const std::string& code, const std::string& name, const std::string& library);

[[nodiscard]] std::string plain(const web::Context& context, locale::Message message);
[[nodiscard]] web::Frame frame_of(const web::Context& context, std::string title, std::string_view place = "people");
// "director or facilitator, staff".
[[nodiscard]] std::string roles_in_words(const web::Context& context, Roles roles);
// With a capital: as it stands alone, at a check or in a list of choices.
[[nodiscard]] std::string as_label(std::string words);
[[nodiscard]] std::string role_in_words(const web::Context& context, Role role);
// One check a role, named role-<code>; administrator only when `all`.
enum class Offer : std::uint8_t { all, but_administrator };
[[nodiscard]] std::vector<web::Field> role_checks(const web::Form& form, Roles now, Offer offer);
[[nodiscard]] Roles roles_of_form(const web::Request& request);
[[nodiscard]] web::Field language_field(const web::Form& form, Language now);
[[nodiscard]] Language language_of_form(const web::Request& request, Language otherwise);

// "https://..." + path.
[[nodiscard]] std::string whole_address(const web::Context& context, const web::Url& url);
// Adds that the address leads nowhere from another device, where this installation knows only its own computer's.
void note_local_address(const web::Context& context, ShownOnce& page);
// Puts the fresh session into the browser.
void let_in(web::Context& context, const FreshSession& session, Computer computer = Computer::own);
// Nobody keeps a page that came by a link.
[[nodiscard]] web::Reply unreferred(web::Reply reply);

}  // namespace kedge::identity::pages
