#include "store/keyring_backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace kedge::store {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::string_view kLastBackup = "backup";  // in the keyring, of the installation

// The first line of the file, in the clear: what it is, from when, and the salt. The sealed rest is bound to it.
struct Envelope {
  std::string line;
  std::string sealed;
  std::string salt;
  KeyBackup about;
};

tl::unexpected<Error> broken() { return fail(Fault::invalid, "store.keys.broken"); }
tl::unexpected<Error> not_written() { return fail(Fault::unavailable, "store.backup_not_written"); }

std::string as_text(const KeyringCopy& copy, std::string_view leave_out, std::int64_t& keys) {
  json kept = json::array();
  json erasures = json::array();
  for (const auto& key : copy.kept) {
    if (key.name.starts_with(leave_out) || (key.library.empty() && key.name == kLastBackup)) continue;
    kept.push_back({key.library.text(), key.name, crypto::to_base64url(key.bytes)});
  }
  for (const auto& erasure : copy.erasures) erasures.push_back({erasure.library.text(), erasure.name, erasure.at_ms});
  keys = static_cast<std::int64_t>(kept.size());
  return json{{"installation", crypto::to_base64url(copy.installation.bytes())}, {"keys", kept}, {"erasures", erasures}}.dump();
}

Result<std::string> bytes_of(const json& text) { return crypto::from_base64url(text.get<std::string>()); }
Id library_of(const json& text) { return Id::parse(text.get<std::string>()).value_or(Id()); }

Result<KeyringCopy> from_text(const std::string& plain) {
  KeyringCopy copy;
  try {
    const auto all = json::parse(plain);
    TRY(const auto raw, bytes_of(all.at("installation")));
    TRY(copy.installation, crypto::Key::from_bytes(raw));
    for (const auto& key : all.at("keys")) {
      TRY(auto bytes, bytes_of(key.at(2)));
      copy.kept.push_back({library_of(key.at(0)), key.at(1).get<std::string>(), std::move(bytes)});
    }
    for (const auto& erasure : all.at("erasures")) copy.erasures.push_back({library_of(erasure.at(0)), erasure.at(1).get<std::string>(), erasure.at(2).get<std::int64_t>()});
  } catch (const json::exception&) {
    return broken();
  }
  return copy;
}

// Argon2id. Errors: busy when there is no memory for it.
Result<crypto::Key> key_from(std::string_view passphrase, std::string_view salt) {
  const auto keys = crypto::from_password(passphrase, salt);
  if (keys.verifier.empty()) return fail(Fault::busy, "store.unavailable", "no memory for Argon2id");
  return keys.wrapping.derive("keyring.backup");
}

bool write_all(int handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(handle, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(handle) == 0;
}

// The file that was replaced: no name leads to it any more, its bytes go too.
void overwrite(int handle) {
  struct stat found {};
  if (::fstat(handle, &found) == 0 && found.st_size > 0) (void)write_all(handle, std::string(static_cast<std::size_t>(found.st_size), '\0'));
  ::close(handle);
}

Done replace(const std::filesystem::path& file, std::string_view bytes) {
  auto part = file;
  part += ".part";
  const int handle = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (handle < 0) return not_written();
  const bool whole = write_all(handle, bytes);
  const bool closed = ::close(handle) == 0;
  const int before = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  std::error_code wrong;
  if (whole && closed) std::filesystem::rename(part, file, wrong);
  if (!whole || !closed || wrong) {
    if (before >= 0) ::close(before);
    std::filesystem::remove(part, wrong);
    return not_written();
  }
  if (before >= 0) overwrite(before);
  return {};
}

Result<Envelope> envelope_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) return fail(Error{Fault::not_found, "app.file.unreadable", {}, {}, {{"file", path.string()}}});
  Envelope envelope;
  std::getline(file, envelope.line);
  envelope.sealed.assign(std::istreambuf_iterator<char>(file), {});
  const auto header = json::parse(envelope.line, nullptr, false);
  if (!header.is_object() || !header.contains("kedge_keys")) return broken();
  if (header["kedge_keys"] != kFormat) return fail(Fault::newer_version, "store.newer_version", "format of the keys' backup");
  if (!header.contains("salt") || !header["salt"].is_string() || !header.contains("made_ms") || !header["made_ms"].is_number_integer()) return broken();
  TRY(envelope.salt, crypto::from_base64url(header["salt"].get<std::string>()));
  envelope.about.made_ms = header["made_ms"].get<std::int64_t>();
  return envelope;
}

std::string sealed_file(const KeyringCopy& copy, std::string_view leave_out, const crypto::Key& key, std::string_view salt, KeyBackup& about) {
  const auto plain = as_text(copy, leave_out, about.keys);
  const auto line = json{{"kedge_keys", kFormat}, {"made_ms", about.made_ms}, {"salt", crypto::to_base64url(salt)}}.dump();
  return line + "\n" + crypto::seal(key, plain, line);
}

Done note_backup(Keyring& keyring, const KeyBackup& about) { return keyring.put(Id(), kLastBackup, std::to_string(about.made_ms)); }

}  // namespace

Result<KeyBackup> back_up_keys(const std::string& keyring, const std::filesystem::path& file, std::string_view passphrase, std::string_view leave_out,
                               const Clock& clock) {
  if (text::length(passphrase) < kShortestPassphrase) return fail_field("passphrase", "store.keys.short_passphrase");
  const auto salt = crypto::fresh_salt();
  TRY(const auto key, key_from(passphrase, salt));
  KeyBackup about;
  for (int attempt = 0; attempt < 5; ++attempt) {
    about.made_ms = clock.now_ms();
    TRY(const auto copy, copy_keyring(keyring, clock));
    TRY_DONE(replace(file, sealed_file(copy, leave_out, key, salt, about)));
    TRY(const auto ring, Keyring::open(keyring, clock));
    TRY(const auto erasures, ring->erasures());
    if (erasures.size() != copy.erasures.size()) continue;  // something was destroyed meanwhile: it must not stay in the file
    TRY_DONE(note_backup(*ring, about));
    return about;
  }
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return fail(Fault::busy, "store.backup_not_written", "keys are being destroyed all the time");
}

Result<KeyBackup> look_at_key_backup(const std::filesystem::path& file) {
  TRY(const auto envelope, envelope_of(file));
  return envelope.about;
}

Result<KeyBackup> restore_keys(const std::string& keyring, const std::filesystem::path& file, std::string_view passphrase, const Clock& clock) {
  TRY(const auto envelope, envelope_of(file));
  TRY(const auto key, key_from(passphrase, envelope.salt));
  const auto plain = crypto::open(key, envelope.sealed, envelope.line);
  if (!plain) return fail_field("passphrase", "store.keys.wrong_passphrase");
  TRY(const auto copy, from_text(*plain));
  auto about = envelope.about;
  TRY(about.keys, take_in_keys(keyring, copy, clock));
  TRY(const auto ring, Keyring::open(keyring, clock));
  TRY_DONE(note_backup(*ring, about));
  return about;
}

Result<std::optional<KeyBackup>> last_key_backup(Keyring& keyring) {
  TRY(const auto found, keyring.get(Id(), kLastBackup));
  if (!found) return std::optional<KeyBackup>();
  return std::optional(KeyBackup{0, std::strtoll(found->c_str(), nullptr, 10)});
}

}  // namespace kedge::store
