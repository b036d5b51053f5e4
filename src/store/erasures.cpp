#include "store/erasures.hpp"

#include <algorithm>

namespace kedge::store {

Done tell_erased(Tx& tx, std::string_view name) { return tx.later({std::string(kErasedJob), std::string(name), 0, std::string(name)}); }

Done note_erased(Keyring& keyring, const Job& job) { return note_erasure(keyring, job.library, job.body); }

// A key that is destroyed is noted, so it gets one for a moment.
Done note_erasure(Keyring& keyring, const Id& library, std::string_view name) {
  TRY(const bool noted, erased(keyring, library, name));
  if (noted) return {};
  TRY_DONE(keyring.put(library, name, "-"));
  return keyring.destroy(library, name);
}

Result<bool> erased(Keyring& keyring, const Id& library, std::string_view name) {
  TRY(const auto all, keyring.erasures());
  return std::ranges::any_of(all, [&](const Erasure& one) { return one.library == library && one.name == name; });
}

}  // namespace kedge::store
