#include "guide/pages/guide_import_page.hpp"

#include "core/text.hpp"
#include "guide/pages/guide_edit_form.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/guide_import.hpp"
#include "guide/workbook.hpp"

namespace kedge::guide {
namespace {

constexpr std::string_view kFile = "guide.yaml";

// The file, or what was pasted.
std::string given(const web::Request& request) {
  for (const auto& upload : request.uploads)
    if (upload.field == "file" && !upload.bytes.empty()) return upload.bytes;
  return std::string(request.form.first("yaml"));
}

// What is to be shown of what is wrong or asked.
struct Came {
  std::string yaml;                 // as it was given
  const Error* error = nullptr;     // null: nothing is wrong
  const Taken* taken = nullptr;     // null: nothing is asked
  std::string title;                // of the guide in the file
};

// One problem of the file at its line: the field of an error is "guide.yaml:12".
std::string at_line(const FieldError& problem, const web::Context& context) {
  const auto colon = problem.field.rfind(':');
  const auto said = context.words().say(problem);
  if (colon == std::string::npos) return said;
  return context.words().say("guide_edit.import.line", locale::arg("line", problem.field.substr(colon + 1)), locale::arg("problem", said));
}

// The problems of the file all belong to the one field that holds it; those of other fields stay where they are.
Error at_the_field(const Error& error) {
  Error shown = error;
  if (error.fields.empty() ? error.fault == Fault::invalid : of_file(error)) shown.fields = {{"yaml", error.key, error.arguments}};
  return shown;
}

GuideImportView view_of(const web::Context& context, const Came& came) {
  const auto shown = came.error != nullptr ? at_the_field(*came.error) : Error{};
  GuideImportView view{web::Form(context, came.error != nullptr ? &shown : nullptr), {}, {}, false, {}, false, 0, {}, {}};
  view.yaml = view.form.field(web::FieldKind::area, "yaml", "guide_edit.import.text");
  view.yaml.value = text::is_utf8(came.yaml) ? came.yaml : std::string();
  if (came.error != nullptr && of_file(*came.error))
    for (const auto& problem : came.error->fields) view.problems.push_back(at_line(problem, context));
  if (came.taken == nullptr) return view;
  view.asks = true;
  view.taken_title = came.taken->title;
  view.replaceable = came.taken->replaceable;
  if (came.taken->by) view.version = came.taken->by->version;
  std::vector<web::Choice> choices;
  if (view.replaceable) choices.push_back({"replace", std::string(context.words().plain("guide_edit.import.replace"))});
  choices.push_back({"beside", std::string(context.words().plain("guide_edit.import.beside"))});
  view.decision = view.form.field(web::FieldKind::choice, "decision", "guide_edit.import.decision", view.replaceable ? "" : "beside").of(std::move(choices));
  view.title = view.form.field(web::FieldKind::line, "title", "guide_edit.import.name", came.title).limited(120);
  return view;
}

web::Reply reply(web::Context& context, const Came& came, int status) {
  const web::Frame frame{std::string(context.words().plain("guide_edit.import.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::guide_import, view_of(context, came), frame), status);
}

Result<Id> replace(store::Tx& tx, const web::Request& request, const web::Context& context, const Taken& taken, const Guide& guide) {
  if (!taken.by || !taken.replaceable) return fail_field("decision", "guide_edit.copy_first");
  TRY(const auto version, read_version(request));
  if (version != taken.by->version) return fail(Fault::conflict, "guide.changed");
  return put_guide(tx, context.scope(), guide);
}

Result<Id> take_in(store::Tx& tx, const web::Request& request, const web::Context& context, const Guide& guide) {
  TRY(const auto taken, taken_by(tx, context.scope(), guide.slug, context.language()));
  if (!taken) return put_guide(tx, context.scope(), guide);
  const auto decision = request.form.first("decision");
  if (decision == "beside") return put_beside(tx, context.scope(), guide, request.line("title"));
  if (decision == "replace") return replace(tx, request, context, *taken, guide);
  if (request.form.has("version")) return fail_field("decision", "guide_edit.import.decide");
  return fail(Fault::conflict, "guide_edit.import.taken");
}

}  // namespace

// GET /guides/import
Result<web::Reply> choose_guide_import(const web::Request&, web::Context& context) { return reply(context, {}, 200); }

// POST /guides/import: a file, or its text; where the short name is taken: what to do about it, and the version that was read
Result<web::Reply> import_guide_page(const web::Request& request, web::Context& context) {
  Came came;
  came.yaml = given(request);
  if (text::trim(came.yaml).empty()) {
    const Error nothing{Fault::invalid, "guide_edit.import.nothing", {}, {{"yaml", "guide_edit.import.nothing", {}}}, {}};
    came.error = &nothing;
    return reply(context, came, web::status_of_form(nothing));
  }
  const auto guide = parse_guide(came.yaml, kFile);
  if (!guide) {
    came.error = &guide.error();
    return reply(context, came, web::status_of_form(guide.error()));
  }
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto id, take_in(tx, request, context, *guide));
    return web::Url::path("/guides/{}", id);
  });
  if (where) {
    context.say_next("guide_edit.import.done");
    return web::Reply::see_other(*where);
  }
  const auto& error = where.error();
  if (error.fault != Fault::invalid && error.fault != Fault::conflict && error.fault != Fault::too_large) return fail(error);
  TRY(const auto taken, context.read([&](store::Read& db) { return taken_by(db, context.scope(), guide->slug, context.language()); }));
  const bool asked_first = error.key == "guide_edit.import.taken";
  came.error = asked_first ? nullptr : &error;
  came.taken = taken ? &*taken : nullptr;
  came.title = std::string(guide->title.in(context.language()).words);
  return reply(context, came, web::status_of_form(error));
}

}  // namespace kedge::guide
