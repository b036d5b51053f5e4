#include "mail/message.hpp"

#include <memory>
#include <mutex>

#include <gmime/gmime.h>

#include "core/text.hpp"

namespace kedge::mail {
namespace {

// The library is started once in a process.
void start() {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Kept = std::unique_ptr<T, Unref>;

// One alternative: UTF-8, encoded so that no line is too long and none begins with what a server would change.
Kept<GMimePart> part(const char* subtype, const std::string& language, const std::string& text) {
  Kept<GMimePart> made(g_mime_part_new_with_type("text", subtype));
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(made.get()), "charset", "utf-8");
  g_mime_object_set_header(GMIME_OBJECT(made.get()), "Content-Language", language.c_str(), nullptr);
  const Kept<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  const Kept<GMimeDataWrapper> content(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(made.get(), content.get());
  g_mime_part_set_content_encoding(made.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return made;
}

std::string with_crlf(std::string_view lines) {
  std::string out;
  out.reserve(lines.size() + lines.size() / 40);
  for (const char c : lines) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// An address: GMime would write a long one as encoded words, and a domain of "xn--..." decoded, in bytes that headers can't hold.
void add_as_it_is(GMimeObject* message, const char* name, const std::string& value) {
  g_mime_object_append_header(message, name, "", nullptr);
  auto* header = g_mime_header_list_get_header(g_mime_object_get_header_list(message), name);
  g_mime_header_set_raw_value(header, (" " + value + "\n").c_str());
}

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Parts between dots, none empty, each of these characters (RFC 5321, 4.1.2: no quoted parts, no address in brackets).
bool is_dotted(std::string_view text, std::string_view others) {
  bool begun = false;
  for (const char c : text) {
    if (c == '.' && !begun) return false;
    if (c != '.' && !is_alphanumeric(c) && others.find(c) == std::string_view::npos) return false;
    begun = c != '.';
  }
  return begun;
}

// Of an address that is written into a header between < and >.
bool is_web_address(std::string_view address) {
  for (const char c : address)
    if (c <= 0x20 || c >= 0x7f || c == '<' || c == '>' || c == '"') return false;
  return !address.empty() && address.size() <= 900;
}

}  // namespace

bool is_address(std::string_view address) {
  const auto at = address.find('@');
  if (address.size() > 254 || at == std::string_view::npos || at > 64 || !text::is_email(address)) return false;
  return is_dotted(address.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(address.substr(at + 1), "-");
}

Result<std::string> compose(const Message& message, const std::string& from, std::string_view name, std::int64_t now_ms) {
  if (!is_address(message.to) || !is_address(from)) return fail(Fault::invalid, "mail.address");
  start();
  const Kept<GMimeMessage> made(g_mime_message_new(TRUE));
  auto* headers = GMIME_OBJECT(made.get());
  add_as_it_is(headers, "From", "Kedge <" + from + ">");
  add_as_it_is(headers, "To", message.to);
  g_mime_message_set_subject(made.get(), text::clean_line(message.subject).c_str(), "utf-8");
  const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> at(g_date_time_new_from_unix_utc(now_ms / 1000), g_date_time_unref);
  g_mime_message_set_date(made.get(), at.get());
  g_mime_message_set_message_id(made.get(), (std::string(name) + from.substr(from.find('@'))).c_str());
  g_mime_object_append_header(headers, "Auto-Submitted", "auto-generated", nullptr);
  if (is_web_address(message.off)) {
    add_as_it_is(headers, "List-Unsubscribe", "<" + message.off + ">");
    g_mime_object_append_header(headers, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", nullptr);
  }
  const Kept<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
  for (const auto& one : {part("plain", message.language, message.text), part("html", message.language, message.html)})
    g_mime_multipart_add(both.get(), GMIME_OBJECT(one.get()));
  g_mime_message_set_mime_part(made.get(), GMIME_OBJECT(both.get()));
  const std::unique_ptr<char, decltype(&g_free)> written(g_mime_object_to_string(headers, nullptr), g_free);
  return with_crlf(written.get());
}

}  // namespace kedge::mail
