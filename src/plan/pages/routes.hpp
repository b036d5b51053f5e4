// plan pages: actions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "identity/identity.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"
#include "web/route.hpp"

namespace kedge::search::pages {
class Source;
}

namespace kedge::plan::pages {

extern const std::span<const web::Route> kRoutes;
extern const std::span<search::pages::Source* const> kSources;  // what can be found of it

// Says how an action reads on the thread (lineage::pages::show_kind). Once, before the server starts.
void wire();

// What the weekly letters are written with.
struct Digesting {
  store::Database& db;
  store::Keyring& keyring;
  std::string_view public_url;
  std::int64_t now_ms = 0;
};
// Puts this week's letter into the outbox for each owner and lead who wants one, has an address and a password, and has
// something to be told: from Monday at seven in their library's zone (plan::week_to_write), once a week. Repeating it is harmless.
Done write_digests(const Digesting& with);
// The same for one library, whatever the day, for the week of that Monday; how many were written.
[[nodiscard]] Result<std::int64_t> write_digests(const Digesting& with, const identity::Library& library, const Date& monday);

}  // namespace kedge::plan::pages
