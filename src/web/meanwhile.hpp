// web: two people who have the same form open. It carries what it showed of each field, as web::version_of says it, in its
// hidden field "version". So what somebody else saved meanwhile stays where the sender changed nothing, and is shown where both did.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/fields.hpp"

namespace kedge::web {

// The same for the same values: what a form carries of what it showed, so that two people don't overwrite each other unseen.
[[nodiscard]] std::string version_of(const std::vector<std::string>& values);
// Says at a field what somebody else saved there meanwhile: `now`, in words.
[[nodiscard]] FieldError overtaken(std::string_view field, std::string now);

struct Merged {
  std::vector<std::string> values;     // to save: as typed, or as kept where only somebody else changed it
  std::vector<std::size_t> taken;      // where it is as kept
  std::vector<std::size_t> differing;  // where both changed it, each otherwise
};
// `kept` and `typed` in the order of the form. A version that can't be read has shown nothing.
[[nodiscard]] Merged merge(std::string_view version, const std::vector<std::string>& kept, const std::vector<std::string>& typed);

// What a form comes back with when not everything could be saved.
struct Seen {
  std::string version;                                      // of what its reader has seen by then; empty: what is shown now
  std::vector<std::pair<std::size_t, std::string>> taken;  // fields that show what somebody else saved
};
// After a merge that found differences: the reader sees all of `kept` now.
[[nodiscard]] Seen seen_now(const Merged& merged, const std::vector<std::string>& kept);
void show_taken(const Seen& seen, std::vector<Field>& fields);

}  // namespace kedge::web
