#include "web/head.hpp"

#include <algorithm>

#include "web/wire.hpp"

namespace kedge::web::wire {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

// What tells where one request ends and the next begins, and for whom it is: said twice or otherwise, a proxy could read it otherwise.
struct Framing {
  int lengths = 0;
  int codings = 0;
  int hosts = 0;
  bool plain_length = true;
  bool only_chunked = true;

  void read(std::string_view name, std::string_view value) {
    if (name == "host") ++hosts;
    if (name == "content-length") {
      ++lengths;
      plain_length = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    }
    if (name == "transfer-encoding") {
      ++codings;
      only_chunked = beast::iequals(value, "chunked");
    }
  }
  // Beast lets an unknown, repeated or HTTP/1.0 coding pass and would read its body as the next request.
  [[nodiscard]] bool sound(unsigned version) const {
    if (codings > 1 || (codings == 1 && (!only_chunked || lengths > 0 || version != 11))) return false;
    return lengths <= 1 && plain_length && (hosts == 1 || (hosts == 0 && version != 11));
  }
};

}  // namespace

int read_head(const Head& head, Request& request) {
  request.method = std::string(head.method_string());
  Framing framing;
  for (const auto& field : head) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    std::string value(field.value());
    framing.read(name, value);
    if (name == "cookie") read_cookies(value, request);
    request.headers.emplace_back(std::move(name), std::move(value));
  }
  if (!framing.sound(head.version())) return 400;
  const auto method = head.method();
  if (method != http::verb::get && method != http::verb::head && method != http::verb::post) return 405;
  if (const auto read = read_target({head.target().data(), head.target().size()}, request); !read) return 400;
  const auto expect = request.header("expect");
  return expect.empty() || beast::iequals(expect, "100-continue") ? 0 : 417;
}

void read_language(const Head& head, Request& request) {
  if (const auto asked = head.find(http::field::accept_language); asked != head.end()) request.headers.emplace_back("accept-language", std::string(asked->value()));
  if (const auto kept = head.find(http::field::cookie); kept != head.end()) read_cookies(kept->value(), request);
}

}  // namespace kedge::web::wire
