// search pages: what the page of a search shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/words.hpp"
#include "web/context.hpp"
#include "web/html.hpp"

namespace kedge::search::pages {

constexpr std::size_t kOnePage = 20;

struct Hit {
  std::string kind;    // in words
  std::vector<Stretch> title;
  std::vector<Stretch> where;
  std::vector<Stretch> text;
  web::Url url;
};

struct KindLink {
  std::string label;
  std::int64_t count = 0;
  web::Url url;
  bool current = false;
};

struct SearchPage {
  std::string typed;
  bool lost = false;         // the address is of a session that has ended
  std::vector<Hit> hits;     // of this page
  std::int64_t count = 0;    // of all pages
  bool more = false;         // there are more than are shown
  std::vector<KindLink> kinds;
  std::string meant;         // what may have been meant
  web::Url meant_url;
  std::int64_t first = 1;    // number of the first hit of this page
  web::Url previous;
  web::Url next;
  bool private_too = false;  // the reader is somebody who writes privately: it is said that nothing of that is found
};

// The words that somebody looks for stand in no address: it carries them sealed to the session, so that neither the list of
// visited pages of a shared computer nor the log of a proxy tells them, and nobody else can open it.
[[nodiscard]] std::string sealed_words(const web::Context& context, std::string_view words);
// Nothing when it is of another session, or was changed.
[[nodiscard]] std::optional<std::string> opened_words(const web::Context& context, std::string_view sealed);

// GET /search
Result<web::Reply> show_search(const web::Request& request, web::Context& context);
// POST /search
Result<web::Reply> ask(const web::Request& request, web::Context& context);

}  // namespace kedge::search::pages
