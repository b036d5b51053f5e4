#include "core/crypto.hpp"

#include <cstring>
#include <vector>

#include <sodium.h>

namespace kedge::crypto {
namespace {

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

struct Pair {
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret{};
  ~Pair() { sodium_memzero(secret.data(), secret.size()); }
};

Pair pair_from(const Key& seed) {
  Pair pair;
  crypto_box_seed_keypair(pair.open.data(), pair.secret.data(), bytes_of(seed.bytes()));
  return pair;
}

tl::unexpected<Error> wrong_key() { return fail(Fault::forbidden, "crypto.wrong_key"); }

}  // namespace

void start() {
  if (sodium_init() < 0) std::abort();  // without randomness there is nothing to do
}

void fill_random(void* out, std::size_t size) { randombytes_buf(out, size); }
std::uint32_t random_below(std::uint32_t limit) { return randombytes_uniform(limit); }

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::random() {
  Key key;
  fill_random(key.bytes_.data(), kSize);
  return key;
}

Result<Key> Key::from_bytes(std::string_view bytes) {
  if (bytes.size() != kSize) return fail(Fault::internal, "crypto.wrong_key", "a key has 32 bytes");
  Key key;
  std::memcpy(key.bytes_.data(), bytes.data(), kSize);
  return key;
}

Key Key::derive(std::string_view purpose) const {
  Key key;
  crypto_generichash(key.bytes_.data(), kSize, bytes_of(purpose), purpose.size(), bytes_.data(), kSize);
  return key;
}

std::string seal(const Key& key, std::string_view plain, std::string_view bound_to) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  std::string sealed(kNonce + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  fill_random(sealed.data(), kNonce);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + kNonce, &written, bytes_of(plain), plain.size(), bytes_of(bound_to),
                                             bound_to.size(), nullptr, bytes_of(sealed), bytes_of(key.bytes()));
  sealed.resize(kNonce + written);
  return sealed;
}

Result<std::string> open(const Key& key, std::string_view sealed, std::string_view bound_to) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() < kNonce + kTag) return wrong_key();
  std::string plain(sealed.size() - kNonce - kTag, '\0');
  unsigned long long written = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), &written, nullptr, bytes_of(sealed) + kNonce, sealed.size() - kNonce,
                                                 bytes_of(bound_to), bound_to.size(), bytes_of(sealed), bytes_of(key.bytes())) != 0)
    return wrong_key();
  plain.resize(written);
  return plain;
}

std::string public_key(const Key& seed) {
  const auto pair = pair_from(seed);
  return {reinterpret_cast<const char*>(pair.open.data()), pair.open.size()};
}

Result<std::string> seal_to(std::string_view public_key, std::string_view plain) {
  if (public_key.size() != crypto_box_PUBLICKEYBYTES) return wrong_key();
  std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal(bytes_of(sealed), bytes_of(plain), plain.size(), bytes_of(public_key)) != 0) return wrong_key();
  return sealed;
}

Result<std::string> open_sealed(const Key& seed, std::string_view sealed) {
  if (sealed.size() < crypto_box_SEALBYTES) return wrong_key();
  const auto pair = pair_from(seed);
  std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(bytes_of(plain), bytes_of(sealed), sealed.size(), pair.open.data(), pair.secret.data()) != 0) return wrong_key();
  return plain;
}

std::string fresh_salt() {
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  fill_random(salt.data(), salt.size());
  return salt;
}

PasswordKeys from_password(std::string_view password, std::string_view salt) {
  constexpr std::size_t kMemory = 64ULL * 1024 * 1024;
  std::array<unsigned char, 64> out{};
  PasswordKeys keys;
  if (salt.size() != crypto_pwhash_SALTBYTES ||
      crypto_pwhash(out.data(), out.size(), password.data(), password.size(), bytes_of(salt), 3, kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return keys;  // no memory: an empty verifier equals none
  keys.verifier.assign(reinterpret_cast<const char*>(out.data()), 32);
  keys.wrapping = *Key::from_bytes({reinterpret_cast<const char*>(out.data()) + 32, 32});
  sodium_memzero(out.data(), out.size());
  return keys;
}

bool same(std::string_view a, std::string_view b) { return !a.empty() && a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

std::string keyed_hash(const Key& key, std::string_view message) {
  std::string out(32, '\0');
  crypto_generichash(bytes_of(out), out.size(), bytes_of(message), message.size(), bytes_of(key.bytes()), Key::kSize);
  return out;
}

std::string hash(std::string_view message) {
  std::string out(32, '\0');
  crypto_generichash(bytes_of(out), out.size(), bytes_of(message), message.size(), nullptr, 0);
  return out;
}

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes_of(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string to_base64url(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

Result<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t written = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &written, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return fail(Fault::invalid, "crypto.not_base64");
  out.resize(written);
  return out;
}

std::string fresh_token() {
  std::string bytes(16, '\0');
  fill_random(bytes.data(), bytes.size());
  return to_base64url(bytes);
}

std::string fresh_code(std::size_t length) {
  constexpr std::string_view kLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  std::string code;
  while (code.size() < length) code += kLetters[random_below(static_cast<std::uint32_t>(kLetters.size()))];
  return code;
}

}  // namespace kedge::crypto
