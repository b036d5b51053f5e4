#include "web/error_page.hpp"

namespace kedge::web {

Html error_page(const Context* /*context*/, const locale::Words& words, const Assets& /*assets*/, int status, const Error& error) {
  Html out(words);
  out.raw("<!doctype html><title>");
  out.text(status);
  out.raw("</title><p>");
  out.text(words.say(error));
  return out;
}

}  // namespace kedge::web
