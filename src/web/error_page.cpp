#include "web/error_page.hpp"

#include "web/views/error.hpp"

namespace kedge::web {
namespace {

Problem problem_of(const locale::Words& words, int status, const Error& error, bool sent) {
  Problem page{status, {}, words.say(error), {}};
  const auto title = [&](locale::Message message) { page.title = words.plain(message); };
  switch (error.fault) {
    case Fault::not_found:
      title("web.error.not_found");
      // the inner key names what was missing; the reader knows what they looked for, but not that a link works once
      if (!error.key.ends_with(".used_up")) page.message = words.plain("web.not_found");
      break;
    case Fault::signed_out: title("web.error.signed_out"); break;
    case Fault::forbidden: title("web.error.forbidden"); break;
    case Fault::conflict: title("web.error.conflict"); break;
    case Fault::invalid:
    case Fault::too_large: title("web.error.invalid"); break;
    case Fault::too_many:
    case Fault::busy:
    case Fault::timeout: title("web.error.busy"); break;
    case Fault::unavailable:
    case Fault::newer_version: title("web.error.unavailable"); break;
    case Fault::internal:
      title("web.error.internal");
      page.message = words.plain("web.internal");
      break;
  }
  if (!error.fields.empty()) page.message = words.say(error.fields.front());
  if (sent && (error.fault == Fault::invalid || error.fault == Fault::too_large || error.fault == Fault::busy || error.fault == Fault::timeout))
    page.advice = words.plain("web.error.go_back");
  return page;
}

}  // namespace

Html error_page(const Context* context, const locale::Words& words, const Assets& assets, int status, const Error& error, bool sent) {
  const auto page = problem_of(words, status, error, sent);
  if (context == nullptr) return render(words, views::bare_error, page, assets.url("kedge.css"), assets.url("favicon.svg"));
  return render(words, views::error, page, Frame{page.title, {}, context});
}

}  // namespace kedge::web
