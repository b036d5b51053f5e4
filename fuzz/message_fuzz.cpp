// What a letter's fields hold, whatever it is, stays inside its field: a mail program reads one message for one address.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

#include "core/text.hpp"
#include "mail/message.hpp"

namespace {

using namespace kedge;

void must(bool holds) {
  if (!holds) std::abort();
}

// Fields stand one after the other, each up to a zero byte.
std::string next(std::string_view& rest) {
  const auto end = rest.find('\0');
  std::string field(rest.substr(0, end));
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return field;
}

void check_lines(const std::string& written) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const char c = written[at];
    must(static_cast<unsigned char>(c) < 0x80);
    if (c == '\r') must(at + 1 < written.size() && written[at + 1] == '\n');
    if (c == '\n') must(at > 0 && written[at - 1] == '\r');
    length = c == '\n' ? 0 : length + 1;
    must(length <= 999);
  }
}

// As it was given: GMime shows an encoded domain ("xn--...") decoded.
void check_to(const std::string& written, const std::string& to) {
  const auto begin = written.find("\nTo:");
  must(begin != std::string::npos);
  std::string line;
  for (auto at = begin + 4; at < written.size() && !(written[at] == '\r' && written.substr(at, 3) != "\r\n " && written.substr(at, 3) != "\r\n\t"); ++at)
    if (std::string_view(" \t\r\n").find(written[at]) == std::string_view::npos) line += written[at];
  must(line == to);
}

void check_read(const std::string& written, bool ends) {
  auto* stream = g_mime_stream_mem_new_with_buffer(written.data(), written.size());
  auto* parser = g_mime_parser_new_with_stream(stream);
  auto* read = g_mime_parser_construct_message(parser, nullptr);
  must(read != nullptr);
  auto* to = g_mime_message_get_to(read);
  must(internet_address_list_length(to) == 1);
  must(INTERNET_ADDRESS_IS_MAILBOX(internet_address_list_get_address(to, 0)));
  must(g_mime_message_get_addresses(read, GMIME_ADDRESS_TYPE_BCC) == nullptr || internet_address_list_length(g_mime_message_get_addresses(read, GMIME_ADDRESS_TYPE_BCC)) == 0);
  must(g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(read))) == (ends ? 9 : 7));
  auto* body = g_mime_message_get_mime_part(read);
  must(GMIME_IS_MULTIPART(body) && g_mime_multipart_get_count(GMIME_MULTIPART(body)) == 2);
  g_object_unref(read);
  g_object_unref(parser);
  g_object_unref(stream);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  mail::Message message;
  message.to = next(rest);
  message.subject = next(rest);
  message.text = next(rest);
  message.html = next(rest);
  message.off = next(rest);
  message.language = "en";
  const auto refused = mail::compose(message, "kedge@elm.example", "letter", 1'790'000'000'000);
  must(refused.has_value() == mail::is_address(message.to));
  if (!refused) message.to = "ada@elm.example";
  const auto written = mail::compose(message, "kedge@elm.example", "letter", 1'790'000'000'000);
  must(written.has_value());
  check_lines(*written);
  check_to(*written, message.to);
  check_read(*written, written->substr(0, written->find("\r\n\r\n")).find("\nList-Unsubscribe-Post:") != std::string::npos);
  return 0;
}
