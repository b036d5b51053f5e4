// Whatever stands behind /letters/off/: no one's letters end but by the link that was written for them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>

#include "plan/digest.hpp"

namespace {

using namespace kedge;

store::Keyring& keyring() {
  static const auto opened = [] {
    auto folder = std::filesystem::temp_directory_path() / ("kedge-fuzz-" + crypto::fresh_token());
    std::filesystem::create_directories(folder);
    auto made = *store::Keyring::open((folder / "keys.db").string());
    std::filesystem::remove_all(folder);  // the open file is enough
    return made;
  }();
  return *opened;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  const auto found = plan::read_digest_token(keyring(), token);
  if (found) std::abort();  // the key is fresh: nobody can have guessed it
  // and one that fits is found wherever it is changed
  static const Id library = Id::random();
  static const Id member = Id::random();
  auto good = plan::digest_token(keyring(), library, member);
  if (!plan::read_digest_token(keyring(), good)) std::abort();
  if (size < 2) return 0;
  auto& place = good[data[0] % (good.size() - 1)];  // the last character has spare bits
  if (place == static_cast<char>(data[1])) return 0;
  place = static_cast<char>(data[1]);
  const auto changed = plan::read_digest_token(keyring(), good);
  if (changed && (changed->library != library || changed->member != member)) std::abort();
  return 0;
}
