#include "search/pages/routes.hpp"

#include <algorithm>
#include <array>

#include "search/pages/search_page.hpp"

namespace kedge::search::pages {
namespace {

using web::Access;
constexpr web::Route kAll[] = {
    {"GET", "/search", Access::member, show_search},
    {"POST", "/search", Access::member, ask},
};

// ---- the page of help: it is in no database

struct Chapter {
  std::string_view title;
  std::string_view text;
};
constexpr std::array kHelp{Chapter{"web.help.alone", "web.help.alone_text"},   Chapter{"web.help.together", "web.help.together_text"},
                           Chapter{"web.help.thread", "web.help.thread_text"}, Chapter{"web.help.care", "web.help.care_text"},
                           Chapter{"web.help.ways", "web.help.ways_text"},     Chapter{"web.help.hard", "web.help.hard_text"}};

Document document_of(const Chapter& chapter, const web::Context& context) {
  const auto said = [&](std::string_view key) { return std::string(context.words().plain(key)); };
  return {std::string(chapter.title), said(chapter.title), said("web.help.title"), said(chapter.text), web::Url::path("/help").text()};
}

Result<std::vector<Document>> all_help(store::Read& /*db*/, const store::Scope& /*library*/, const web::Context& context) {
  std::vector<Document> all;
  for (const auto& chapter : kHelp) all.push_back(document_of(chapter, context));
  return all;
}

Result<Document> one_of_help(store::Read& /*db*/, const web::Context& context, const std::string& id) {
  const auto found = std::ranges::find(kHelp, id, &Chapter::title);
  if (found == kHelp.end()) return fail(Fault::not_found, "web.not_found");
  return document_of(*found, context);
}

Source help{"help", "/help", {}, all_help, one_of_help};
constexpr std::array<Source*, 1> kOurs{&help};

}  // namespace

const std::span<const web::Route> kRoutes{kAll};
const std::span<Source* const> kSources{kOurs};

}  // namespace kedge::search::pages
