#include "web/forgery.hpp"

#include "core/crypto.hpp"

namespace kedge::web::forgery {
namespace {

constexpr std::size_t kBytes = 32;

void combine(std::string& bytes, std::string_view with) {
  for (std::size_t i = 0; i < kBytes; ++i) bytes[i] = static_cast<char>(bytes[i] ^ with[i]);
}

}  // namespace

std::string mask(std::string_view secret) {
  std::string random(kBytes, '\0');
  crypto::fill_random(random.data(), random.size());
  std::string masked = crypto::hash(secret);
  combine(masked, random);
  return crypto::to_base64url(random + masked);
}

bool fits(std::string_view token, std::string_view secret) {
  if (secret.empty() || token.size() > 128) return false;
  const auto bytes = crypto::from_base64url(token);
  if (!bytes || bytes->size() != 2 * kBytes) return false;
  std::string found = bytes->substr(kBytes);
  combine(found, std::string_view(*bytes).substr(0, kBytes));
  return crypto::same(found, crypto::hash(secret));
}

bool from_own_site(const Request& request, std::string_view public_url) {
  const auto site = request.header("sec-fetch-site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  const auto origin = request.header("origin");
  // "null" comes from our own pages under Referrer-Policy: no-referrer; the token decides
  if (origin.empty() || origin == "null" || origin == public_url) return true;
  const auto host = origin.find("://");
  return host != std::string_view::npos && !request.header("host").empty() && origin.substr(host + 3) == request.header("host");
}

}  // namespace kedge::web::forgery
