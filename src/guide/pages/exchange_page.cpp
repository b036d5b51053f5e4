#include "guide/pages/exchange_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/exchange.hpp"
#include "guide/pages/parts.hpp"
#include "guide/thread.hpp"
#include "guide/pages/views/import.hpp"
#include "guide/pages/views/whole.hpp"
#include "web/names.hpp"

namespace kedge::guide {
namespace {

Filling filling_of(std::string_view word) {
  if (word == "mine") return Filling::mine;
  return word == "blank" ? Filling::blank : Filling::team;
}

// The material as the page is to show it: a blank page knows no answers, one's own page only these.
void leave_out(Material& all, Filling filling) {
  if (filling != Filling::mine) all.own.clear();
  if (filling == Filling::team) return;
  if (filling == Filling::blank) all.locked = false;  // nothing is opened, and what is asked of one alone is printed too
  auto without = std::make_shared<Written>(*all.written);
  without->answers.clear();
  all.written = std::move(without);
}

// The findings of this workbook; what is gone is left out on paper.
Done add_findings(store::Read& db, web::Context& context, const Workbook& book, WholeView& view) {
  TRY(const auto closed, closed_lists(db, context.scope(), book));
  TRY(auto thread, thread_of(db, context.scope(), book.id, closed));
  TRY(const auto themes, lineage::themes(db, context.scope(), context.language()));
  for (auto& finding : thread.findings) {
    if (finding.state == lineage::State::dismissed) continue;
    WholeFinding one;
    one.statement = std::move(finding.statement);
    for (const auto& theme : themes)
      if (theme.code == finding.theme) one.theme = theme.label;
    TRY(one.grounds, lineage::pages::show_all(context, db, thread.grounds[finding.id]));
    std::erase_if(one.grounds, [](const auto& line) { return line.gone; });
    view.findings.push_back(std::move(one));
  }
  return {};
}

Result<WholeView> whole_view(store::Read& db, web::Context& context, const Id& id, Filling filling) {
  TRY(auto all, material(db, context, id));
  leave_out(all, filling);
  const auto& guide = all.written->book.definition();
  const auto language = context.language();
  const auto page = web::Url::path("/workbooks/{}/page", id);
  WholeView view;
  view.workbook = id;
  view.title = all.written->book.title;
  view.library = context.library().name;
  view.guide_title = std::string(guide.title.in(language).words);
  view.introduction = std::string(guide.introduction.in(language).words);
  view.printed = context.words().date(context.today());
  view.filling = filling;
  view.team = page;
  view.mine = page.with("of", "mine");
  view.blank = page.with("of", "blank");
  view.back = web::Url::path("/workbooks/{}", id);
  for (const auto* section : guide.shown()) {
    WholeSection whole{std::string(section->title.in(language).words), std::string(section->lede.in(language).words), {}};
    for (const auto& prompt : section->prompts) {
      if (prompt.left_out()) continue;
      if (filling == Filling::team && prompt.share == Share::never && !prompt.asked(Voice::team)) continue;  // never the team's
      auto one = card(prompt, all, context);
      if (filling == Filling::team) TRY_DONE(add_part(db, context, all, one));
      if (filling == Filling::mine) one.shared.clear();
      else one.shared.insert(one.shared.begin(), one.mine_shared.begin(), one.mine_shared.end());
      whole.cards.push_back(std::move(one));
    }
    view.sections.push_back(std::move(whole));
  }
  if (filling == Filling::team) TRY_DONE(add_findings(db, context, all.written->book, view));
  return view;
}

web::Reply import_reply(web::Context& context, const ImportView& view, int status) {
  const web::Frame frame{std::string(context.words().plain("guide.import.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::import, view, frame), status);
}

}  // namespace

std::vector<FieldView> says_short(const std::vector<FieldView>& fields, const std::string& heading) {
  std::vector<FieldView> all;
  for (const auto& field : fields)
    if (field.widget != Widget::area && field.widget != Widget::tick && !field.shown.empty() && field.shown != heading) all.push_back(field);
  for (const auto& field : fields)
    if (field.widget == Widget::tick && !field.value.empty()) {
      all.push_back(field);
      all.back().shown = "\xE2\x9C\x93";
    }
  return all;
}

bool says_something(const VoiceView& voice) {
  return std::ranges::any_of(voice.entries, [](const EntryView& entry) { return !entry.blank; });
}

// GET /workbooks/{id}/page?of=team|mine|blank
Result<web::Reply> show_whole(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  const auto filling = filling_of(request.query.first("of"));
  TRY(const auto view, context.read([&](store::Read& db) { return whole_view(db, context, id, filling); }));
  const web::Frame frame{view.title, "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::whole, view, frame));
}

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
