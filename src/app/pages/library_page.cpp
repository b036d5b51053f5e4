#include "app/pages/library_page.hpp"

#include "app/library_file.hpp"
#include "app/views/library_page.hpp"

namespace kedge::app::pages {

// GET /settings/export
Result<web::Reply> show_export(const web::Request& /*request*/, web::Context& context) {
  const auto& words = context.words();
  LibraryPage page;
  for (const auto& one : leaving()) page.holds.push_back(table_words(words, one.table->name));
  for (const auto& name : staying()) page.stays.push_back(table_words(words, name));
  const web::Frame frame{std::string(words.plain("library_file.page.title")), "settings", &context};
  return web::Reply::html(web::render(words, views::library_page, page, frame));
}

// POST /settings/export: the file itself; what was made is noted, so that it is no GET
Result<web::Reply> make_export(const web::Request& /*request*/, web::Context& context) {
  TRY(auto made, export_library(context.house(), context.library(), context.scope()));
  return web::Reply::file(std::move(made.zip), "application/zip", made.name);
}

}  // namespace kedge::app::pages
