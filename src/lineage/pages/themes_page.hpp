// lineage pages: the themes as a library names them.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::lineage::pages {

struct ThemeRow {
  web::Url url;
  std::string label;    // as it reads now
  std::string about;
  std::string shipped;  // empty: that is how it reads
  bool hidden = false;
};
struct ThemesPage {
  std::vector<ThemeRow> rows;
};

struct ThemePage {
  web::Form form;
  ThemeRow theme;
  std::vector<web::Field> labels;  // label_<language>
  bool renamed = false;            // in any language
  std::string version = {};        // of the names that are shown
  web::Url save;
  web::Url shipped;
  web::Url offering;               // hides it, or offers it again
};

Result<web::Reply> list_themes(const web::Request& request, web::Context& context);        // GET /themes
Result<web::Reply> show_theme(const web::Request& request, web::Context& context);         // GET /themes/{code}
Result<web::Reply> save_theme(const web::Request& request, web::Context& context);         // POST /themes/{code}
Result<web::Reply> bring_label_back(const web::Request& request, web::Context& context);   // POST /themes/{code}/shipped
Result<web::Reply> hide_theme(const web::Request& request, web::Context& context);         // POST /themes/{code}/hiding
Result<web::Reply> offer_theme_again(const web::Request& request, web::Context& context);  // POST /themes/{code}/offering

}  // namespace kedge::lineage::pages
