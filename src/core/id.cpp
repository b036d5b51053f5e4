#include "core/id.hpp"

#include <array>

#include "core/crypto.hpp"

namespace kedge {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string uuid_text(std::array<std::uint8_t, 16> bytes, std::uint8_t version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | (version << 4));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);  // RFC 9562, 4.1: the variant
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHex[bytes[i] >> 4];
    text += kHex[bytes[i] & 0x0f];
  }
  return text;
}

std::array<std::uint8_t, 16> random_bytes() {
  std::array<std::uint8_t, 16> bytes{};
  crypto::fill_random(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

std::optional<Id> Id::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : kHex.find(text[i]) == std::string_view::npos) return std::nullopt;
  }
  return Id(std::string(text));
}

Id Id::fresh(std::int64_t now_ms) {
  auto bytes = random_bytes();
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(now_ms >> (40 - 8 * i));
  return Id(uuid_text(bytes, 7));
}

Id Id::random() { return Id(uuid_text(random_bytes(), 4)); }

}  // namespace kedge
