#include "core/zones.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include "core/text.hpp"

namespace kedge {
namespace {

// The ids that ICU lists, sorted.
std::vector<std::string> listed(USystemTimeZoneType kind, const char* country) {
  std::vector<std::string> zones;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> all(icu::TimeZone::createTimeZoneIDEnumeration(kind, country, nullptr, status));
  if (U_FAILURE(status) != 0 || all == nullptr) return zones;
  std::int32_t length = 0;
  while (const char* zone = all->next(&length, status)) zones.emplace_back(zone, static_cast<std::size_t>(length));
  std::ranges::sort(zones);
  return zones;
}

const std::vector<std::string>& every_zone() {
  static const auto zones = [] {
    auto all = listed(UCAL_ZONE_TYPE_ANY, nullptr);
    std::erase(all, "Etc/Unknown");
    return all;
  }();
  return zones;
}

// "America/New_York", and not "US/Eastern", "Etc/GMT+5" or "EST5EDT".
bool is_of_a_place(std::string_view zone) {
  static constexpr std::array<std::string_view, 10> kParts{"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"};
  return zone.find('/') != std::string_view::npos && std::ranges::find(kParts, zone.substr(0, zone.find('/'))) != kParts.end();
}

std::string folded_zone(std::string_view zone) {
  std::string plain(zone);
  std::ranges::replace(plain, '_', ' ');
  return text::fold(text::clean_line(plain));
}

}  // namespace

bool is_time_zone(const std::string& zone) { return std::ranges::binary_search(every_zone(), zone); }

std::vector<std::string> time_zones(std::string_view country) {
  auto zones = country.size() == 2 ? listed(UCAL_ZONE_TYPE_ANY, std::string(country).c_str()) : std::vector<std::string>();
  std::erase_if(zones, [](const std::string& zone) { return !is_of_a_place(zone); });
  const auto own = zones;
  for (const auto& zone : every_zone())
    if (is_of_a_place(zone) && !std::ranges::binary_search(own, zone)) zones.push_back(zone);
  return zones;
}

std::optional<std::string> time_zone_named(std::string_view typed) {
  const auto wanted = folded_zone(typed);
  std::vector<std::string> places;
  for (const auto& zone : every_zone()) {
    if (folded_zone(zone) == wanted) return zone;
    if (is_of_a_place(zone) && folded_zone(zone.substr(zone.rfind('/') + 1)) == wanted) places.push_back(zone);
  }
  return places.size() == 1 ? std::optional(places[0]) : std::nullopt;
}

}  // namespace kedge
