// A new action, straight from what it came from.
#include "core/text.hpp"
#include "plan/pages/form.hpp"
#include "plan/pages/views/new_action.hpp"

namespace kedge::plan::pages {
namespace {

struct Origin {
  lineage::Ref from;
  Id workbook;
};

Result<web::Reply> page(web::Context& context, const Origin& origin, const std::string& step, const Error* error) {
  NewActionPage page{web::Form(context, error), {}, origin.from, {}, origin.workbook.text()};
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    if (!origin.from.kind.empty()) {
      TRY_DONE(lineage::pages::may_start_from(context, db, origin.from));
      TRY(page.from_line, lineage::pages::show(context, db, origin.from));
      if (page.workbook.empty()) {
        TRY(page.workbook, lineage::pages::workbook_of(context, db, origin.from));
      }
    }
    TRY(const auto names, owners(db, context));
    Action action;
    action.step = step;
    page.fields = fields_of(page.form, action, names);
    return {};
  }));
  const web::Frame frame{std::string(context.words().plain("plan.new")), "actions", &context};
  return web::Reply::html(web::render(context.words(), views::new_action, page, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

}  // namespace

// GET /actions/new
Result<web::Reply> new_action(const web::Request& request, web::Context& context) {
  const auto& query = request.query;
  const Origin origin{{std::string(query.first("from_kind")), std::string(query.first("from_id"))}, Id::parse(query.first("workbook")).value_or(Id())};
  return page(context, origin, text::clean_line(query.first("step")), nullptr);
}

// POST /actions
Result<web::Reply> make_action(const web::Request& request, web::Context& context) {
  TRY(const auto workbook, request.field_id("workbook"));
  const Origin origin{{request.line("from_kind"), request.line("from_id")}, workbook};
  std::string_view said = "plan.made";
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    std::vector<lineage::Ref> from;
    if (!origin.from.kind.empty()) {
      TRY_DONE(lineage::pages::may_start_from(context, tx, origin.from));
      from.push_back(origin.from);
    }
    Action fresh;
    fresh.workbook = workbook;
    TRY(const auto action, typed_action(tx, request, context, fresh));
    said = said_after(context, action, "plan.made");
    TRY(const auto id, open_action(tx, context.scope(), action, from));
    return web::Url::path("/actions/{}", id);
  });
  if (!where) {
    if (where.error().fault == Fault::invalid) return page(context, origin, {}, &where.error());
    return fail(where.error());
  }
  context.say_next(said);
  return web::Reply::see_other(*where);
}

}  // namespace kedge::plan::pages
