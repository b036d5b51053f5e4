#include "web/letter.hpp"

#include "web/views/letter.hpp"

namespace kedge::web {
namespace {

void add_line(std::string& text, const Letter::Link& link, std::string_view before) {
  if (link.url.empty()) return;
  text.append(before).append(link.label).append("\n").append(before).append(link.url.text()).append("\n");
}

std::string plain_text(const Letter& letter) {
  std::string text;
  for (const auto& paragraph : letter.lede) text += paragraph + "\n\n";
  add_line(text, letter.button, "");
  for (const auto& part : letter.parts) {
    text += "\n" + part.heading + "\n\n";
    for (const auto& item : part.items) {
      text += "* " + item.line + "\n";
      if (!item.note.empty()) text += "  " + item.note + "\n";
      add_line(text, item.link, "  ");
      text += "\n";
    }
  }
  if (!letter.notes.empty()) text += "\n";
  for (const auto& note : letter.notes) text += note + "\n";
  if (!letter.off.url.empty()) text += "\n";
  add_line(text, letter.off, "");
  return text;
}

}  // namespace

Url whole_url(std::string_view public_url, const Url& url) { return Url::outside(std::string(public_url) + url.text()).value_or(Url()); }

mail::Message message_of(const locale::Words& words, const Letter& letter, const std::string& to) {
  return {.to = to,
          .subject = letter.subject,
          .text = plain_text(letter),
          .html = std::move(render(words, views::letter, letter)).take(),
          .language = std::string(words.code()),
          .off = letter.off.url.text()};
}

std::string why_not_taken(const locale::Words& words, const std::string& why) {
  const auto key = "mail.why." + why;
  if (locale::Words::knows(locale::Message(key))) return std::string(words.plain(locale::Message(key)));
  return words.say("mail.why.answer", locale::arg("code", why));
}

bool may_mail(const Context& context) { return context.house().mail.on() && !context.library().example; }

}  // namespace kedge::web
