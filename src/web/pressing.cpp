#include "web/pressing.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include "core/text.hpp"

namespace kedge::web::pressing {
namespace {

constexpr std::size_t kWorthwhile = 1024;

std::string brotli(std::string_view plain) {
  std::string out(BrotliEncoderMaxCompressedSize(plain.size()), '\0');
  std::size_t size = out.size();
  const auto ok = BrotliEncoderCompress(5, 18, BROTLI_MODE_TEXT, plain.size(), reinterpret_cast<const std::uint8_t*>(plain.data()), &size,
                                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(ok == BROTLI_TRUE ? size : 0);
  return out;
}

std::string gzip(std::string_view plain) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};  // + 16: gzip's header
  std::string out(deflateBound(&stream, plain.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(result == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const auto item = accept_encoding.substr(0, comma);
    accept_encoding = comma == std::string_view::npos ? std::string_view() : accept_encoding.substr(comma + 1);
    const auto semicolon = item.find(';');
    if (text::trim(item.substr(0, semicolon)) != coding) continue;
    const auto weight = semicolon == std::string_view::npos ? std::string_view() : text::trim(item.substr(semicolon + 1));
    return !(weight.starts_with("q=0") && weight.find_first_of("123456789") == std::string_view::npos);
  }
  return false;
}

void press(Reply& reply, std::string_view accept_encoding) {
  const bool text = reply.content_type.starts_with("text/") || reply.content_type.starts_with("application/json") || reply.content_type.starts_with("image/svg");
  if (!text || reply.shared || reply.live || reply.body.size() <= kWorthwhile || reply.has_header("Content-Encoding")) return;
  reply.header("Vary", "Accept-Encoding");
  const bool by_brotli = accepts(accept_encoding, "br");
  if (!by_brotli && !accepts(accept_encoding, "gzip")) return;
  std::string small = by_brotli ? brotli(reply.body) : gzip(reply.body);
  if (small.empty()) return;
  reply.body = std::move(small);
  reply.header("Content-Encoding", by_brotli ? "br" : "gzip");
}

}  // namespace kedge::web::pressing
