#include "guide/pages/exchange_page.hpp"

#include "core/text.hpp"
#include "guide/exchange.hpp"
#include "guide/pages/views/import.hpp"
#include "web/names.hpp"

namespace kedge::guide {
namespace {

web::Reply import_reply(web::Context& context, const ImportView& view, int status) {
  const web::Frame frame{std::string(context.words().plain("guide.import.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::import, view, frame), status);
}

}  // namespace

// GET /workbooks/{id}/export.json?mine=1
Result<web::Reply> export_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  std::optional<crypto::Key> key;
  if (!request.query.first("mine").empty()) {
    TRY(key, context.member_key());
  }
  struct Exported {
    std::string title;
    std::string json;
  };
  TRY(auto exported, context.read([&](store::Read& db) -> Result<Exported> {
    TRY(const auto book, workbook(db, context.scope(), id));
    TRY(auto json, export_workbook(db, context.scope(), id, key ? &*key : nullptr, web::former_colleague(context.words())));
    return Exported{book.title, std::move(json)};
  }));
  return web::Reply::file(std::move(exported.json), "application/json", text::slug(exported.title) + ".json");
}

// GET /workbooks/import
Result<web::Reply> choose_import(const web::Request&, web::Context& context) { return import_reply(context, {}, 200); }

// POST /workbooks/import: a file, or its text
Result<web::Reply> import_page(const web::Request& request, web::Context& context) {
  std::string json(request.form.first("text"));
  for (const auto& upload : request.uploads)
    if (upload.field == "file" && !upload.bytes.empty()) json = upload.bytes;
  const auto key = context.member_key();
  int without_owner = 0;
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto imported, import_workbook(tx, context.scope(), json, key ? &*key : nullptr));
    without_owner = imported.without_owner;
    return web::Url::path("/workbooks/{}", imported.workbook);
  });
  if (where) {
    context.say_next(without_owner > 0 ? "guide.import.without_owner" : "guide.import.done");
    return web::Reply::see_other(*where);
  }
  const auto& error = where.error();
  if (error.fault != Fault::invalid && error.fault != Fault::newer_version && error.fault != Fault::too_large) return fail(error);
  ImportView view;
  view.error = context.words().say(error);
  for (const auto& problem : error.fields) view.problems.push_back(problem.field + ": " + context.words().say(problem));
  return import_reply(context, view, 422);
}

}  // namespace kedge::guide
