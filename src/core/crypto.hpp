// core: the few cryptographic operations that the product needs, all by libsodium.
// Bytes are std::string; keys are 32 bytes and wiped when they go.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kedge::crypto {

// Call once at start of a program; repeating it is harmless.
void start();
void fill_random(void* out, std::size_t size);
[[nodiscard]] std::uint32_t random_below(std::uint32_t limit);

// 32 secret bytes; wiped on destruction.
class Key {
 public:
  static constexpr std::size_t kSize = 32;
  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  [[nodiscard]] static Key random();
  // Errors: internal when there are not 32 bytes.
  [[nodiscard]] static Result<Key> from_bytes(std::string_view bytes);
  [[nodiscard]] std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), kSize}; }
  // A key for one purpose, derived by keyed BLAKE2b over the purpose's name.
  [[nodiscard]] Key derive(std::string_view purpose) const;

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

// XChaCha20-Poly1305 with a fresh random nonce in front; `bound_to` is authenticated, not kept.
[[nodiscard]] std::string seal(const Key& key, std::string_view plain, std::string_view bound_to);
// Errors: forbidden "crypto.wrong_key" when key, context or bytes do not fit.
[[nodiscard]] Result<std::string> open(const Key& key, std::string_view sealed, std::string_view bound_to);

// A key pair seeded by a member's key: others seal to the public part, only the member opens.
[[nodiscard]] std::string public_key(const Key& seed);
[[nodiscard]] Result<std::string> seal_to(std::string_view public_key, std::string_view plain);
[[nodiscard]] Result<std::string> open_sealed(const Key& seed, std::string_view sealed);

// From a password: Argon2id (64 MiB, 3 passes), 64 bytes split into what the database keeps and what wraps the key.
struct PasswordKeys {
  std::string verifier;  // 32 bytes, kept
  Key wrapping;          // never kept
};
[[nodiscard]] std::string fresh_salt();  // 16 bytes
[[nodiscard]] PasswordKeys from_password(std::string_view password, std::string_view salt);
[[nodiscard]] bool same(std::string_view a, std::string_view b);  // in constant time

[[nodiscard]] std::string keyed_hash(const Key& key, std::string_view message);  // 32 bytes, BLAKE2b
[[nodiscard]] std::string hash(std::string_view message);                        // 32 bytes, BLAKE2b
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_base64url(std::string_view bytes);  // no padding
[[nodiscard]] Result<std::string> from_base64url(std::string_view text);
// A token of 128 random bits, 22 characters for addresses and cookies.
[[nodiscard]] std::string fresh_token();
// `length` characters of 31 without look-alikes (no 0 O 1 I L): 4.95 bits each.
[[nodiscard]] std::string fresh_code(std::size_t length);

}  // namespace kedge::crypto
