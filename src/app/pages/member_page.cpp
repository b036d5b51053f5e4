#include "app/pages/member_page.hpp"

#include "app/library_file.hpp"
#include "app/member_data.hpp"
#include "app/views/member_page.hpp"

namespace kedge::app::pages {

// GET /account/data
Result<web::Reply> show_own_data(const web::Request& /*request*/, web::Context& context) {
  const auto& words = context.words();
  OwnDataPage page;
  page.locked = !context.member_key().has_value();
  TRY(const auto kinds, own_kinds(context));
  for (const auto& kind : kinds) page.kinds.push_back({table_words(words, kind.table), kind.rows, kind.goes});
  const web::Frame frame{std::string(words.plain("own_data.title")), "people", &context};
  return web::Reply::html(web::render(words, views::member_page, page, frame));
}

// POST /account/data: the file. It holds what was written alone, so that nothing keeps it.
Result<web::Reply> take_own_data(const web::Request& /*request*/, web::Context& context) {
  TRY(auto made, own_file(context));
  return web::Reply::file(std::move(made), "application/json", "kedge-own-data.json");
}

}  // namespace kedge::app::pages
