#include "guide/pages/sheets_page.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/sheets.hpp"

namespace kedge::guide {
namespace {

web::Url sheets_url(const Id& workbook) { return web::Url::path("/workbooks/{}/sheets", workbook); }
web::Url sheet_url(const Sheet& sheet, std::string_view section) { return web::Url::path("/workbooks/{}/sheets/{}/sections/{}", sheet.workbook, sheet.id, section); }

web::Url paper_url(const Id& workbook, std::string_view which) {
  return web::Url::path("/workbooks/{}/document", workbook).with("of", "blank").with("sheet", which).with("format", "pdf");
}

// The staff care list on paper: a lead counts it, everybody may print it.
web::Url care_url(const Id& workbook, const std::string& prompt, bool lead) {
  return lead ? web::Url::path("/workbooks/{}/prompts/{}/papers", workbook, prompt) : web::Url::path("/workbooks/{}/prompts/{}/papers/document", workbook, prompt).with("format", "pdf");
}

// Sections that ask something on a sheet.
std::vector<const Section*> sections_of(const Guide& guide) {
  auto all = guide.shown();
  std::erase_if(all, [](const Section* section) { return std::ranges::none_of(section->prompts, on_sheet); });
  return all;
}

// The sheet of the address, of the workbook of the address. Errors: not_found.
Result<Sheet> sheet_of(store::Read& db, const web::Request& request, const web::Context& context) {
  TRY(const auto workbook_id, request.id("id"));
  TRY(const auto id, request.id("sheet"));
  TRY(auto found, sheet(db, context.scope(), id));
  if (found.workbook != workbook_id) return fail(Fault::not_found, "web.not_found");
  return found;
}

Result<web::Reply> list_reply(web::Context& context, const Id& id, const Error* wrong) {
  TRY(const auto view, context.read([&](store::Read& db) -> Result<SheetsView> {
    TRY(const auto book, workbook(db, context.scope(), id));
    TRY(const auto all, sheets(db, context.scope(), id));
    TRY(const auto written, answers(db, context.scope(), id));
    std::set<Id> begun;
    for (const auto& answer : written)
      if (!answer.sheet.empty() && !answer.blank()) begun.insert(answer.sheet);
    const web::Form form(context, wrong);
    SheetsView made;
    made.workbook = id;
    made.title = book.title;
    made.back = web::Url::path("/workbooks/{}", id);
    made.make = sheets_url(id);
    made.print_missing = paper_url(id, "missing");
    made.may_lead = context.scope().roles.any({Role::administrator, Role::lead});
    made.count = form.field(web::FieldKind::number, "count", "guide.sheet.how_many", "").needed();
    const auto sections = sections_of(book.definition());
    for (const auto& section : book.definition().shown())
      for (const auto& prompt : section->prompts)
        if (made.care.empty() && prompt.kind == Kind::checklist && !prompt.left_out()) made.care = care_url(id, prompt.id, made.may_lead);
    for (const auto& one : all) {
      SheetLine line{one.code, one.name, one.typed ? SheetLine::State::typed : begun.contains(one.id) ? SheetLine::State::begun : SheetLine::State::missing, {}, {}, {}, {}};
      if (!sections.empty()) line.type = sheet_url(one, sections.front()->id);
      line.print = paper_url(id, one.id.text());
      line.print_large = line.print.with("print", "large");
      line.removal = web::Url::path("/workbooks/{}/sheets/{}/removal", id, one.id);
      if (!one.typed) ++made.missing;
      made.lines.push_back(std::move(line));
    }
    made.at_once = std::min(made.missing, kMostSheetsAtOnce);
    return made;
  }));
  const web::Frame frame{std::string(context.words().plain("guide.sheet.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::sheets, view, frame), wrong != nullptr ? 422 : 200);
}

Result<SheetSectionView> section_of_sheet(store::Read& db, web::Context& context, const Sheet& sheet, std::string_view section_id, const Error* wrong) {
  TRY(const auto all, material(db, context, sheet.workbook));
  const auto& guide = all.written->book.definition();
  const auto* section = guide.section(section_id);
  const auto sections = sections_of(guide);
  if (section == nullptr || std::ranges::find(sections, section) == sections.end()) return fail(Fault::not_found, "guide.section.unknown");
  const auto language = context.language();
  const web::Form form(context, wrong);
  SheetSectionView view;
  view.sheet = sheet;
  view.title = std::string(section->title.in(language).words);
  if (const auto title = section->title.in(language); !title.translated) view.language = code(title.language);
  view.sheets = sheets_url(sheet.workbook);
  view.naming = web::Url::path("/workbooks/{}/sheets/{}/name", sheet.workbook, sheet.id).with("section", section->id);
  view.marking = web::Url::path("/workbooks/{}/sheets/{}/typed", sheet.workbook, sheet.id);
  view.name = form.field(web::FieldKind::line, "name", "guide.sheet.name_field", sheet.name).limited(kSheetName).helped(std::string(context.words().plain("guide.sheet.name_help")));
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const bool current = sections[i] == section;
    view.sections.push_back({std::string(sections[i]->title.in(language).words), sheet_url(sheet, sections[i]->id), Progress::untouched, current});
    if (current && i + 1 < sections.size()) {
      view.next = sheet_url(sheet, sections[i + 1]->id);
      view.next_title = std::string(sections[i + 1]->title.in(language).words);
    }
  }
  for (const auto& one : *all.written->records.organizations) view.organizations.push_back(one.name);
  for (const auto& one : *all.written->records.contacts) view.contacts.push_back(one.name);
  for (const auto& one : *all.written->records.members)
    if (one.standing == identity::Standing::active) view.members.push_back(one.name);
  for (const auto& prompt : section->prompts) {
    if (!on_sheet(prompt)) continue;
    auto one = card(prompt, all, context);
    one.own = sheet_voice(prompt, sheet.id, all, context);
    one.fragment = sheet_place_url({sheet.workbook, prompt.id, ""}, sheet.id);
    view.cards.push_back(std::move(one));
  }
  return view;
}

web::Reply section_page(web::Context& context, const SheetSectionView& view, int status) {
  const web::Frame frame{context.words().say("guide.sheet.of", locale::arg("code", view.sheet.code)) + ": " + view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::sheet_section, view, frame), status);
}

// What was typed, and what is wrong with it, in its fields; somebody else's newer words are told on top.
Result<web::Reply> with_errors(web::Context& context, const Sheet& sheet, const Place& place, const Values& values, const Error& error) {
  TRY(auto view, context.read([&](store::Read& db) -> Result<SheetSectionView> {
    TRY(const auto book, workbook(db, context.scope(), sheet.workbook));
    const auto* section = book.definition().section_of(place.prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return section_of_sheet(db, context, sheet, section->id, nullptr);
  }));
  if (error.fields.empty()) view.problems.push_back({web::Url::here("card-" + place.prompt), context.words().say(error)});
  for (auto& one : view.cards) {
    if (one.id != place.prompt) continue;
    const bool stored = std::ranges::any_of(one.own.entries, [&](const EntryView& entry) { return entry.row == place.row; });
    if (!stored && !one.own.added.empty()) {
      one.own.added.front().row = place.row;
      one.own.added.front().save = sheet_place_url(place, sheet.id);
    }
    for (auto& entry : stored ? one.own.entries : one.own.added) {
      if (entry.row != place.row) continue;
      entry.wrong = true;
      entry.fields.change([&](std::vector<FieldView>& all) { fill_in(all, values, error, context); });
      for (const auto& field : entry.fields)
        if (!field.error.empty()) view.problems.push_back({web::Url::here(field.id), field.label + ": " + field.error});
    }
  }
  return section_page(context, view, error.fault == Fault::conflict ? 409 : 422);
}

}  // namespace

// GET /workbooks/{id}/sheets
Result<web::Reply> show_sheets(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return list_reply(context, id, nullptr);
}

// POST /workbooks/{id}/sheets
Result<web::Reply> make_sheets_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto count = text::number(request.line("count")).value_or(0);
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(make_sheets(tx, context.scope(), id, count));
    return sheets_url(id);
  });
  if (!where) return where.error().fault == Fault::invalid ? list_reply(context, id, &where.error()) : fail(where.error());
  context.say_next("guide.sheet.made", {{"count", std::to_string(count)}});
  return web::Reply::see_other(*where);
}

// GET /workbooks/{id}/sheets/{sheet}/sections/{section}
Result<web::Reply> show_sheet(const web::Request& request, web::Context& context) {
  TRY(const auto view, context.read([&](store::Read& db) -> Result<SheetSectionView> {
    TRY(const auto of, sheet_of(db, request, context));
    return section_of_sheet(db, context, of, request.parameter("section"), nullptr);
  }));
  return section_page(context, view, 200);
}

// GET /workbooks/{id}/sheets/{sheet}/prompts/{prompt}: one card for a live page, else the page at the card
Result<web::Reply> show_sheet_card(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto view, context.read([&](store::Read& db) -> Result<SheetSectionView> {
    TRY(const auto of, sheet_of(db, request, context));
    TRY(const auto book, workbook(db, context.scope(), of.workbook));
    const auto* section = book.definition().section_of(asked.place.prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return section_of_sheet(db, context, of, section->id, nullptr);
  }));
  for (const auto& one : view.cards) {
    if (one.id != asked.place.prompt) continue;
    if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::sheet_card, one, context));
    for (const auto& link : view.sections)
      if (link.current) return web::Reply::see_other(link.url.at("card-" + one.id));
  }
  return fail(Fault::not_found, "guide.prompt.unknown");
}

// POST /workbooks/{id}/sheets/{sheet}/prompts/{prompt}?row=
Result<web::Reply> save_sheet_answer(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto version, read_version(request));
  const auto values = typed(request);
  TRY(const auto of, context.read([&](store::Read& db) { return sheet_of(db, request, context); }));
  const auto saved = context.write([&](store::Tx& tx) { return save_on_sheet(tx, context.scope(), of.id, asked.place, values, version); });
  if (!saved) {
    const auto& error = saved.error();
    const bool told = error.key == "guide.sheet.changed" || (error.fault == Fault::invalid && !error.fields.empty());
    return told && !request.wants_fragment() ? with_errors(context, of, asked.place, values, error) : fail(error);
  }
  if (request.wants_fragment())
    return web::Reply::json(nlohmann::json{{"version", std::to_string(saved->version)}, {"saved", context.words().plain("guide.saved_now")}}.dump());
  context.say_next("guide.saved");
  return web::Reply::see_other(sheet_place_url({asked.place.workbook, asked.place.prompt, ""}, of.id));
}

// POST /workbooks/{id}/sheets/{sheet}/name?section=
Result<web::Reply> name_sheet_page(const web::Request& request, web::Context& context) {
  TRY(const auto of, context.read([&](store::Read& db) { return sheet_of(db, request, context); }));
  const auto section = request.query.first("section");
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(name_sheet(tx, context.scope(), of.id, request.line("name")));
    return sheet_url(of, section);
  });
  if (where) {
    context.say_next("guide.saved");
    return web::Reply::see_other(*where);
  }
  if (where.error().fault != Fault::invalid) return fail(where.error());
  TRY(const auto view, context.read([&](store::Read& db) { return section_of_sheet(db, context, of, section, &where.error()); }));
  return section_page(context, view, 422);
}

// POST /workbooks/{id}/sheets/{sheet}/typed
Result<web::Reply> mark_sheet_page(const web::Request& request, web::Context& context) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto of, sheet_of(tx, request, context));
    TRY_DONE(mark_sheet(tx, context.scope(), of.id, request.form.first("typed") == "no" ? Typed::missing : Typed::whole));
    return sheets_url(of.workbook);
  }));
  return web::Reply::see_other(where);
}

// POST /workbooks/{id}/sheets/{sheet}/removal and .../restoration: with what was typed from it
Result<web::Reply> remove_sheet_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("sheet"));
  TRY(const auto book, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(sheet_of(tx, request, context));
    TRY_DONE(remove_sheet(tx, context.scope(), id));
    return sheets_url(book);
  }));
  context.say_next_with_undo("guide.sheet.removed", web::Url::path("/workbooks/{}/sheets/{}/restoration", book, id));
  return web::Reply::see_other(where);
}

Result<web::Reply> restore_sheet_page(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("sheet"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(restore_sheet(tx, context.scope(), id));
    TRY(const auto of, sheet_of(tx, request, context));
    return sheets_url(of.workbook);
  }));
  context.say_next("guide.sheet.restored");
  return web::Reply::see_other(where);
}

}  // namespace kedge::guide
