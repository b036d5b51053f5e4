#include "lineage/pages/raising.hpp"

#include "core/text.hpp"
#include "lineage/pages/views/raising.hpp"

namespace kedge::lineage::pages {
namespace {

struct Typed {
  Ref ref;
  std::string statement;
  std::string theme;
  web::Url next;
};

RaiseForm fields(const web::Form& form, const Typed& typed, std::vector<web::Choice> themes) {
  const auto& words = form.context().words();
  RaiseForm raise;
  raise.ref = typed.ref;
  raise.next = typed.next.text();
  raise.statement = form.field(web::FieldKind::area, "statement", "lineage.statement.label", typed.statement)
                        .limited(kStatementLength).needed().helped(std::string(words.plain("lineage.statement.help")));
  raise.theme = form.field(web::FieldKind::select, "theme", "lineage.theme.label", typed.theme)
                    .helped(std::string(words.plain("lineage.theme.help"))).of(std::move(themes));
  return raise;
}

// Only a path of ours is ever gone to.
web::Url next_of(std::string_view text) { return text.empty() ? web::Url() : web::Url::from_stored(text); }

Result<web::Reply> page(web::Context& context, const Typed& typed, const Error* error) {
  RaisingPage view{web::Form(context, error), {}, {}};
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(auto themes, theme_choices(context, db, typed.theme));
    view.raise = fields(view.form, typed, std::move(themes));
    if (typed.ref.kind.empty()) return {};
    TRY_DONE(may_start_from(context, db, typed.ref));
    TRY(view.on, show(context, db, typed.ref));
    return {};
  }));
  const web::Frame frame{std::string(context.words().plain("lineage.raise.title")), "findings", &context};
  return web::Reply::html(web::render(context.words(), views::raising, view, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

}  // namespace

Result<std::vector<web::Choice>> theme_choices(web::Context& context, store::Read& db, std::string_view chosen,
                                               const std::set<std::string>& in_use) {
  TRY(const auto all, themes(db, context.scope(), context.language()));
  std::vector<web::Choice> choices{{"", std::string(context.words().plain("lineage.theme.none")), chosen.empty()}};
  for (const auto& theme : all)
    if (!theme.hidden || theme.code == chosen || in_use.contains(theme.code)) choices.push_back({theme.code, theme.label, theme.code == chosen});
  return choices;
}

Result<RaiseForm> raise_form(web::Context& context, store::Read& db, const Ref& ref, std::string_view statement, std::string_view theme,
                             const web::Url& next) {
  TRY(auto themes, theme_choices(context, db, theme));
  return fields(web::Form(context), {ref, std::string(statement), std::string(theme), next}, std::move(themes));
}

// GET /findings/new
Result<web::Reply> new_finding(const web::Request& request, web::Context& context) {
  const auto& query = request.query;
  return page(context, {{std::string(query.first("ref_kind")), std::string(query.first("ref_id"))}, text::clean(query.first("statement")),
                        std::string(query.first("theme")), next_of(query.first("next"))}, nullptr);
}

// POST /findings
Result<web::Reply> raise_finding(const web::Request& request, web::Context& context) {
  const Typed typed{{request.line("ref_kind"), request.line("ref_id")}, request.text("statement"), request.line("theme"),
                    next_of(request.form.first("next"))};
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    NewFinding finding{typed.statement, typed.theme, Voice::team, {}};
    if (!typed.ref.kind.empty()) {
      TRY_DONE(may_start_from(context, tx, typed.ref));
      finding.rests_on.push_back(typed.ref);
    }
    TRY(const auto id, raise(tx, context.scope(), finding));
    return typed.next.empty() ? web::Url::path("/findings/{}", id) : typed.next;
  });
  if (!where) {
    if (where.error().fault == Fault::invalid) return page(context, typed, &where.error());
    return fail(where.error());
  }
  context.say_next("lineage.raise.done");
  return web::Reply::see_other(*where);
}

}  // namespace kedge::lineage::pages
