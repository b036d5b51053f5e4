// lineage pages: the themes as a library names them.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::lineage::pages {

struct ThemeRow {
  std::string label;   // as it reads now
  std::string about;
  web::Field name;     // name_<code>
  web::Field hidden;   // hidden_<code>
};
struct ThemesPage {
  web::Form form;
  std::vector<ThemeRow> rows;
};

Result<web::Reply> list_themes(const web::Request& request, web::Context& context);  // GET /themes
Result<web::Reply> save_themes(const web::Request& request, web::Context& context);  // POST /themes

}  // namespace kedge::lineage::pages
