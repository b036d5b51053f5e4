#include "identity/second.hpp"

#include <memory>
#include <mutex>

#include <liboath/oath.h>

#include "core/text.hpp"
#include "identity/passwords.hpp"
#include "identity/rules.hpp"
#include "identity/sessions.hpp"

namespace kedge::identity {
namespace {

const Limit kBySecond{"second.member", 10};
constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kStepSeconds = 30;
constexpr std::size_t kWindow = 1;  // steps before and after: clocks differ
constexpr std::size_t kDigits = 6;

std::string sealed(const store::Keyring& keyring, const Id& member, std::string_view secret) {
  return crypto::seal(keyring.installation().derive("identity.second"), secret, member.text());
}
Result<std::string> unsealed(const store::Keyring& keyring, const Id& member, const store::Bytes& bytes) {
  return crypto::open(keyring.installation().derive("identity.second"), bytes.raw, member.text());
}

std::string base32(const std::string& secret) {
  char* out = nullptr;
  std::size_t size = 0;
  if (oath_base32_encode(secret.data(), secret.size(), &out, &size) != OATH_OK) return {};
  const std::unique_ptr<char, decltype(&std::free)> kept(out, std::free);
  return {out, size};
}

std::string in_groups(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && at % 4 == 0) out += ' ';
    out += text[at];
  }
  return out;
}

// As a URI wants it: every byte that is no letter, digit or - . _ ~ percent-encoded.
std::string percent(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') out += c;
    else out.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
  }
  return out;
}

SecondStart started(const SignedIn& who, const std::string& secret) {
  const auto text = base32(secret);
  const auto issuer = percent("Kedge, " + who.library.name);  // apps compare it with what stands before the colon
  return {in_groups(text), "otpauth://totp/" + issuer + ":" + percent(who.member.email) + "?secret=" + text + "&issuer=" + issuer};
}

std::string digits_of(std::string_view typed) {
  std::string digits;
  for (const char c : typed)
    if (c >= '0' && c <= '9') digits += c;
    else if (c != ' ' && c != '-') return {};
  return digits.size() == kDigits ? digits : std::string();
}

// The half minute that these digits belong to; nothing when they fit none of now.
std::optional<std::int64_t> step_of(const std::string& secret, const std::string& digits, std::int64_t now_ms) {
  static std::once_flag once;
  std::call_once(once, oath_init);
  int position = 0;
  std::uint64_t counter = 0;
  const auto found = oath_totp_validate3(secret.data(), secret.size(), static_cast<time_t>(now_ms / 1000), kStepSeconds, 0, kWindow, &position, &counter, digits.c_str());
  if (found < 0) return std::nullopt;
  return static_cast<std::int64_t>(counter);
}

// True when they fit and were not used before.
Result<bool> use_digits(store::Tx& tx, const store::Keyring& keyring, const Id& library, const Id& member, const tables::SecondRow& row, const std::string& digits) {
  TRY(const auto secret, unsealed(keyring, member, row.sealed));
  const auto step = step_of(secret, digits, tx.now_ms());
  if (!step || *step <= row.last_step) return false;
  TRY_DONE(tables::use_second(tx, library, member, *step));
  return true;
}

}  // namespace

Result<SecondStart> start_second(store::Tx& tx, const store::Keyring& keyring, const SignedIn& who) {
  if (who.library.example) return fail(Fault::forbidden, "identity.example.fixed");
  if (!who.member.has_password) return fail(Fault::conflict, "identity.second.password");
  TRY(const auto kept, tables::second(tx, who.library.id, who.member.id));
  if (kept && !kept->confirmed_on.empty()) return fail(Fault::conflict, "identity.second.there");
  std::string secret(kSecretBytes, '\0');
  crypto::fill_random(secret.data(), secret.size());
  TRY_DONE(tables::put_second(tx, who.library.id, who.member.id, store::Bytes{sealed(keyring, who.member.id, secret)}));
  return started(who, secret);
}

Result<SecondStart> second_started(store::Read& db, const store::Keyring& keyring, const SignedIn& who) {
  TRY(const auto kept, tables::second(db, who.library.id, who.member.id));
  if (!kept || !kept->confirmed_on.empty()) return fail(Fault::conflict, "identity.second.none");
  TRY(const auto secret, unsealed(keyring, who.member.id, kept->sealed));
  return started(who, secret);
}

Done confirm_second(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view code) {
  TRY_DONE(count_attempt(db, keyring, kBySecond, who.member.id.text(), "identity.too_many"));
  return db.write(who.scope(), [&](store::Tx& tx) -> Done {
    TRY(const auto kept, tables::second(tx, who.library.id, who.member.id));
    if (!kept || !kept->confirmed_on.empty()) return fail(Fault::conflict, "identity.second.none");
    const auto digits = digits_of(code);
    if (digits.empty()) return fail_field("code", "identity.second.wrong");
    TRY(const bool fits, use_digits(tx, keyring, who.library.id, who.member.id, *kept, digits));
    if (!fits) return fail_field("code", "identity.second.wrong");
    TRY_DONE(tables::confirm_second(tx, who.library.id, who.member.id, tables::day_of(tx)));
    return tx.record("member", who.member.id, {"second_step"}, store::Precision::day);
  });
}

Result<bool> has_second(store::Read& db, const store::Scope& scope, const Id& member) {
  TRY(const auto kept, tables::second(db, scope.library, member));
  return kept && !kept->confirmed_on.empty();
}

Done end_second(store::Database& db, store::Keyring& keyring, const SignedIn& who, std::string_view password) {
  TRY_DONE(prove_password(db, keyring, who, password));
  return db.write(who.scope(), [&](store::Tx& tx) -> Done {
    TRY_DONE(tables::drop_second(tx, who.library.id, who.member.id));
    return tx.record("member", who.member.id, {"second_step"}, store::Precision::day);
  });
}

Done prove_second(store::Database& db, store::Keyring& keyring, const Id& library, const Id& member, std::string_view typed, std::string field) {
  TRY_DONE(count_attempt(db, keyring, kBySecond, member.text(), "identity.too_many"));
  const store::Scope scope{library, member, {}};
  const auto digits = digits_of(typed);
  bool fits = false;
  if (digits.empty()) {
    TRY(fits, fits_recovery_code(db, keyring, library, member, typed));
  } else {
    TRY(fits, db.write(scope, [&](store::Tx& tx) -> Result<bool> {
      TRY(const auto kept, tables::second(tx, library, member));
      if (!kept) return false;
      return use_digits(tx, keyring, library, member, *kept, digits);
    }));
  }
  if (!fits) return fail_field(std::move(field), "identity.second.wrong");
  return forgive_attempts(db, keyring, kBySecond, member.text());
}

Done pass_second(store::Database& db, store::Keyring& keyring, std::string_view cookie, std::string_view typed) {
  const auto hashed = cookie_hash(cookie);
  TRY(const auto waiting, db.read(store::InstallationScope{}, [&](store::Read& read) { return tables::waiting_session(read, hashed); }));
  if (!waiting || !waiting->awaits) return fail(Fault::signed_out, "identity.signed_out");
  TRY_DONE(prove_second(db, keyring, waiting->library, waiting->member, typed, "code"));
  const store::Scope scope{waiting->library, waiting->member, {}};
  return db.write(scope, [&](store::Tx& tx) { return tables::open_session(tx, waiting->library, waiting->session, end_of(waiting->shared ? Term::shared : Term::own, tx.now_ms())); });
}

Result<bool> awaits_second(store::Read& db, std::string_view cookie) {
  TRY(const auto waiting, tables::waiting_session(db, cookie_hash(cookie)));
  if (!waiting) return fail(Fault::signed_out, "identity.signed_out");
  return waiting->awaits;
}

}  // namespace kedge::identity
