#include "identity/pages/logo_page.hpp"

#include "identity/logo.hpp"
#include "identity/pages/parts.hpp"
#include "identity/pages/views/logo.hpp"
#include "web/names.hpp"

namespace kedge::identity::pages {
namespace {

web::Url undo_of(const Id& former) { return web::Url::path("/settings/logo/{}/restoration", former); }

Result<web::Reply> logo_reply(web::Context& context, const Error* wrong) {
  const web::Form form(context, wrong);
  const auto& library = context.library();
  LogoPage page;
  if (!library.logo.empty()) page.image = web::logo_url(library);
  page.alternative = library.logo_alternative;
  page.file = form.field(web::FieldKind::line, "file", "identity.logo.file").helped(context.words().say("identity.logo.file.help", locale::arg("size", kLargestLogo / 1024), locale::arg("pixels", kWidestLogo)));
  page.file.required = library.logo.empty();
  page.words = form.field(web::FieldKind::line, "alternative", "identity.logo.alternative", library.logo_alternative).limited(kLogoAlternativeLength)
                   .helped(plain(context, "identity.logo.alternative.help"));
  return web::Reply::html(web::render(context.words(), views::logo, page, form, frame_of(context, plain(context, "identity.logo.title"), "settings")),
                          status_at_form(wrong));
}

std::string_view file_of(const web::Request& request) {
  for (const auto& upload : request.uploads)
    if (upload.field == "file") return upload.bytes;
  return {};
}

}  // namespace

// GET /settings/logo
Result<web::Reply> show_logo(const web::Request& /*request*/, web::Context& context) { return logo_reply(context, nullptr); }

// POST /settings/logo: another picture, or other words for the one that stands.
Result<web::Reply> save_logo(const web::Request& request, web::Context& context) {
  const auto file = file_of(request);
  const auto words = request.line("alternative");
  Id former;
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    if (file.empty() && !context.library().logo.empty()) {
      TRY_DONE(describe_logo(tx, context.scope(), words));
    } else {
      TRY(former, set_logo(tx, context.scope(), file, words));
    }
    return web::Url::path("/settings/logo");
  });
  if (!where) {
    if (at_form(where.error())) return logo_reply(context, &where.error());
    return fail(where.error());
  }
  if (former.empty()) context.say_next("identity.logo.saved");
  else context.say_next_with_undo("identity.logo.replaced", undo_of(former));
  return web::Reply::see_other(*where);
}

// POST /settings/logo/removal
Result<web::Reply> remove_logo_page(const web::Request& /*request*/, web::Context& context) {
  Id former;
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(former, remove_logo(tx, context.scope()));
    return web::Url::path("/settings/logo");
  }));
  if (!former.empty()) context.say_next_with_undo("identity.logo.removed", undo_of(former));
  return web::Reply::see_other(where);
}

// POST /settings/logo/{id}/restoration
Result<web::Reply> restore_logo_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(restore_logo(tx, context.scope(), id));
    return web::Url::path("/settings/logo");
  }));
  context.say_next("identity.logo.restored");
  return web::Reply::see_other(where);
}

// GET /logo/{id}: never other bytes under one id, so a browser may keep it.
Result<web::Reply> logo_file(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(auto file, context.read([&](store::Read& db) { return logo(db, context.scope(), id); }));
  web::Reply reply;
  reply.content_type = std::move(file.content_type);
  reply.body = std::move(file.bytes);
  reply.cacheable = true;
  return std::move(reply).header("Cache-Control", "private, max-age=31536000, immutable");
}

}  // namespace kedge::identity::pages
