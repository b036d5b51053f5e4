#include "web/meanwhile.hpp"

#include "core/crypto.hpp"

namespace kedge::web {
namespace {

constexpr std::size_t kDigits = 16;

std::string digits_of(const std::string& value) { return crypto::to_hex(crypto::hash(value)).substr(0, kDigits); }

}  // namespace

std::string version_of(const std::vector<std::string>& values) {
  std::string version;
  for (const auto& value : values) version += digits_of(value);
  return version;
}

FieldError overtaken(std::string_view field, std::string now) {
  if (now.empty()) return {std::string(field), "web.form.overtaken_empty", {}};
  return {std::string(field), "web.form.overtaken_now", {{"now", std::move(now)}}};
}

Merged merge(std::string_view version, const std::vector<std::string>& kept, const std::vector<std::string>& typed) {
  const bool readable = version.size() == kept.size() * kDigits;
  Merged merged{typed, {}, {}};
  for (std::size_t at = 0; at < kept.size(); ++at) {
    const auto shown = readable ? version.substr(at * kDigits, kDigits) : std::string_view();
    if (typed[at] == kept[at] || digits_of(kept[at]) == shown) continue;
    if (digits_of(typed[at]) == shown) {
      merged.values[at] = kept[at];
      merged.taken.push_back(at);
    } else {
      merged.differing.push_back(at);
    }
  }
  return merged;
}

Seen seen_now(const Merged& merged, const std::vector<std::string>& kept) {
  Seen seen{version_of(kept), {}};
  for (const auto at : merged.taken) seen.taken.emplace_back(at, kept[at]);
  return seen;
}

void show_taken(const Seen& seen, std::vector<Field>& fields) {
  for (const auto& [at, value] : seen.taken) {
    fields[at].value = value;
    auto choices = std::move(fields[at].choices);
    fields[at] = std::move(fields[at]).of(std::move(choices));
  }
}

}  // namespace kedge::web
