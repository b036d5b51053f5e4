#include "identity/vault.hpp"

#include <cassert>

#include "store/erasures.hpp"

namespace kedge::identity::vault {
namespace {

constexpr std::string_view kSession = "session";
constexpr std::string_view kParts = "member/";

std::string bound_to(const Owner& owner, std::string_view what) {
  return "identity/" + owner.library.text() + "/" + owner.member.text() + "/" + std::string(what);
}
std::string outer(const Owner& owner, std::string_view what, std::string_view inner) {
  assert(owner.part);
  return crypto::seal(owner.part->derive("identity.wrap"), inner, bound_to(owner, what));
}
Result<std::string> inner(const Owner& owner, std::string_view what, std::string_view wrapped) {
  if (!owner.part) return fail(Fault::forbidden, "crypto.wrong_key");
  return crypto::open(owner.part->derive("identity.wrap"), wrapped, bound_to(owner, what));
}
// Codes and cookies are random enough to be keys by their hash.
crypto::Key key_of(std::string_view secret, std::string_view purpose) { return crypto::Key::from_bytes(crypto::hash(secret))->derive(purpose); }

std::string wrap_by(const Owner& owner, std::string_view what, const crypto::Key& key, const crypto::Key& by) {
  return outer(owner, what, crypto::seal(by, key.bytes(), bound_to(owner, what)));
}
Result<crypto::Key> open_by(const Owner& owner, std::string_view what, std::string_view wrapped, const crypto::Key& by) {
  TRY(const auto sealed, inner(owner, what, wrapped));
  TRY(const auto bytes, crypto::open(by, sealed, bound_to(owner, what)));
  return crypto::Key::from_bytes(bytes);
}

}  // namespace

Result<crypto::Key> make_part(store::Keyring& keyring, const Id& library, const Id& member) {
  const auto fresh = crypto::Key::random();
  TRY_DONE(keyring.put(library, part_name(member), fresh.bytes()));
  return fresh;
}
Result<std::optional<crypto::Key>> part(store::Keyring& keyring, const Id& library, const Id& member) {
  TRY(const auto bytes, keyring.get(library, part_name(member)));
  if (!bytes) return std::optional<crypto::Key>();
  TRY(const auto key, crypto::Key::from_bytes(*bytes));
  return std::optional(key);
}
Result<bool> destroyed(store::Keyring& keyring, const Id& library, const Id& member) { return store::erased(keyring, library, part_name(member)); }
Done destroy_part(store::Keyring& keyring, const Id& library, const Id& member) {
  TRY_DONE(keyring.destroy(library, part_name(member)));
  return store::note_erasure(keyring, library, part_name(member));  // also of who had none
}
Done destroy_parts(store::Keyring& keyring, const Id& library) { return keyring.destroy_all(library, kParts); }
std::string part_name(const Id& member) { return std::string(kParts) + member.text(); }
std::optional<Id> member_of_part(std::string_view name) { return name.starts_with(kParts) ? Id::parse(name.substr(kParts.size())) : std::nullopt; }
std::string erased_name(const Id& member) { return "name/" + member.text(); }
crypto::Key installation_key(store::Keyring& keyring, std::string_view purpose) { return keyring.installation().derive(purpose); }

// The earlier password's wrap was made as the present one's: both are bound alike.
Result<std::string> wrap_for_password(const Owner& owner, const crypto::Key& key, std::string_view sealing_key) {
  TRY(const auto sealed, crypto::seal_to(sealing_key, key.bytes()));
  return outer(owner, code_of(Wrap::password), sealed);
}
Result<crypto::Key> open_by_password(const Owner& owner, const tables::WrapRow& wrap, const crypto::PasswordKeys& keys) {
  TRY(const auto sealed, inner(owner, code_of(Wrap::password), wrap.wrapped.raw));
  TRY(const auto bytes, crypto::open_sealed(sealing_seed(keys), sealed));
  return crypto::Key::from_bytes(bytes);
}
std::string wrap_for_code(const Owner& owner, const crypto::Key& key, std::string_view plain_code) {
  return wrap_by(owner, code_of(Wrap::recovery), key, key_of(plain_code, "identity.recovery"));
}
Result<crypto::Key> open_by_code(const Owner& owner, const tables::WrapRow& wrap, std::string_view plain_code) {
  return open_by(owner, code_of(Wrap::recovery), wrap.wrapped.raw, key_of(plain_code, "identity.recovery"));
}
std::string wrap_for_cookie(const Owner& owner, const crypto::Key& key, std::string_view cookie) {
  return wrap_by(owner, kSession, key, key_of(cookie, "identity.session"));
}
Result<crypto::Key> open_by_cookie(const Owner& owner, std::string_view wrapped, std::string_view cookie) {
  return open_by(owner, kSession, wrapped, key_of(cookie, "identity.session"));
}
std::string wrap_for_example(const Owner& owner, const crypto::Key& key) { return outer(owner, code_of(Wrap::example), key.bytes()); }
Result<crypto::Key> open_example(const Owner& owner, const tables::WrapRow& wrap) {
  TRY(const auto bytes, inner(owner, code_of(Wrap::example), wrap.wrapped.raw));
  return crypto::Key::from_bytes(bytes);
}

const tables::WrapRow* find(const std::vector<tables::WrapRow>& wraps, Wrap kind) {
  for (const auto& wrap : wraps)
    if (wrap.kind == kind) return &wrap;
  return nullptr;
}

}  // namespace kedge::identity::vault
