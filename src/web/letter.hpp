// web: a letter by mail, said once and written twice: as plain text and as a page without a style of its own.
#pragma once

#include <string>
#include <vector>

#include "mail/message.hpp"
#include "web/context.hpp"
#include "web/html.hpp"

namespace kedge::web {

struct Letter {
  struct Link {
    std::string label = {};
    Url url = {};        // whole, of this installation
  };
  struct Item {
    std::string line;
    std::string note = {};  // under it; may be empty
    Link link = {};
  };
  struct Part {
    std::string heading;
    std::vector<Item> items;
  };
  std::string subject;
  std::vector<std::string> lede = {};   // paragraphs
  Link button = {};                     // the one thing to do; may be none
  std::vector<Part> parts = {};
  std::vector<std::string> notes = {};  // small, at the end
  Link off = {};                        // by which letters of this kind end; none: they are sent one at a time
};

// "https://..." + path: an address of this installation for somebody elsewhere. Empty when the public address is none.
[[nodiscard]] Url whole_url(std::string_view public_url, const Url& url);
[[nodiscard]] mail::Message message_of(const locale::Words& words, const Letter& letter, const std::string& to);
// Why one was not taken (mail::Standing, mail::Outcome), in words.
[[nodiscard]] std::string why_not_taken(const locale::Words& words, const std::string& why);
// Whether letters go out of this library. None does from the example: everybody may enter it.
[[nodiscard]] bool may_mail(const Context& context);

}  // namespace kedge::web
