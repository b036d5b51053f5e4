#include "identity/passwords.hpp"

#include <algorithm>
#include <chrono>
#include <semaphore>

#include "core/text.hpp"
#include "identity/common_passwords.hpp"

namespace kedge::identity {
namespace {

// Each derivation holds 64 MiB and about 0.15 s of a core.
std::counting_semaphore<2>& pool() {
  static std::counting_semaphore<2> places(2);
  return places;
}
class Place {
 public:
  Place() : held_(pool().try_acquire_for(std::chrono::seconds(10))) {}
  ~Place() {
    if (held_) pool().release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  bool held_;
};

// Letters and digits of the folded text: "Pass-Word 1" is "password1".
std::string bare(std::string_view typed) {
  std::string out;
  for (const char c : text::fold(typed))
    if (c != ' ' && c != '-' && c != '_' && c != '.') out += c;
  return out;
}
bool holds(const std::string& password, std::string_view part) {
  const auto word = bare(part);
  return word.size() >= 4 && password.find(word) != std::string::npos;
}
// A common one with digits or signs at its end, or twice the same, is common too.
bool is_common(const std::string& password) {
  auto stem = password;
  while (!stem.empty() && (std::ispunct(static_cast<unsigned char>(stem.back())) != 0 || std::isdigit(static_cast<unsigned char>(stem.back())) != 0))
    stem.pop_back();
  const auto half = password.substr(0, password.size() / 2);
  const auto known = [](std::string_view word) { return std::binary_search(kCommonPasswords.begin(), kCommonPasswords.end(), word); };
  return known(password) || known(stem) || (half + half == password && known(half)) || password.find_first_not_of(password[0]) == std::string::npos ||
         std::string_view("01234567890123456789").find(password) != std::string_view::npos ||
         std::string_view("98765432109876543210").find(password) != std::string_view::npos;
}

}  // namespace

Done check_password(std::string_view password, std::string_view name, std::string_view email) {
  if (text::length(password) < kPasswordLength) return fail_field("password", "identity.password.short");
  if (text::length(password) > kPasswordLongest) return fail_field("password", "identity.password.long");
  const auto plain = bare(password);
  if (plain.empty() || is_common(plain)) return fail_field("password", "identity.password.common");
  const auto local = email.substr(0, email.find('@'));
  if (holds(plain, email) || holds(plain, local) || (bare(local).size() >= 4 && bare(local).find(plain) != std::string::npos))
    return fail_field("password", "identity.password.yours");
  // the whole name always; one of its words when little else is left
  if (holds(plain, name)) return fail_field("password", "identity.password.yours");
  for (std::string_view rest = name; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, end);
    if (holds(plain, word) && plain.size() < bare(word).size() + 6) return fail_field("password", "identity.password.yours");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

Result<crypto::PasswordKeys> derive(std::string_view password, std::string_view salt) {
  const Place place;
  if (!place.held()) return fail(Fault::busy, "identity.busy");
  auto keys = crypto::from_password(password, salt);
  if (keys.verifier.empty()) return fail(Fault::busy, "identity.busy", "no memory for Argon2");
  return keys;
}

crypto::Key sealing_seed(const crypto::PasswordKeys& keys) { return keys.wrapping.derive("identity.sealing"); }

Result<Credential> make_credential(std::string_view password, std::string_view salt) {
  TRY(const auto keys, derive(password, salt));
  return Credential{std::string(salt), keys.verifier, crypto::public_key(sealing_seed(keys))};
}

}  // namespace kedge::identity
