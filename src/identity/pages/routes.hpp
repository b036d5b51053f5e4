// identity pages: welcome, signing in, ways in, the account, people and settings.
#pragma once

#include <span>

#include "web/context.hpp"
#include "web/route.hpp"

namespace kedge::search::pages {
class Source;
}

namespace kedge::identity::pages {

extern const web::Routes kRoutes;
extern const std::span<search::pages::Source* const> kSources;  // what can be found of it

// The doors on every page of the example library, for House::banner.
[[nodiscard]] web::Banner example_banner(const web::Context& context);

// The job identity::kResetAskedJob: writes the letters with their links.
Done send_asked_resets(store::Database& db, store::Keyring& keyring, std::string_view public_url, const store::Job& job);

}  // namespace kedge::identity::pages
