// Compiled by wrong_code_test.sh: as it is it must compile, with each WRONG it must not.
#include "web/html.hpp"

using kedge::web::Html;
using kedge::web::SafeHtml;
using kedge::web::Url;

void write(Html& out, const std::string& typed) {
  out.raw("<p>");
  out.text(typed);
  out.url(Url::path("/rows/{}", typed));
  out.text(SafeHtml(Html(out.words())));
#if WRONG == 1  // an address is not a text
  out.url(typed);
#elif WRONG == 2  // nor made of one
  out.url(Url(typed));
#elif WRONG == 3  // what was typed is never written as it is
  out.raw(typed);
#elif WRONG == 4
  out.raw(std::string_view(typed));
#elif WRONG == 5
  out.text(SafeHtml(typed));
#elif WRONG == 6  // the pattern of an address is constant
  out.url(Url::path(typed.c_str()));
#elif WRONG == 7  // and has a hole for each segment
  out.url(Url::path("/rows/{}"));
#elif WRONG == 8  // it stays on this site
  out.url(Url::path("//rows"));
#elif WRONG == 9
  out.url(Url::path("javascript:x"));
#elif WRONG == 10  // true is no word
  out.text(true);
#endif
}
