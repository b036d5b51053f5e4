// Saving, sharing, taking back, pulling together: what happens to one answer.
#include "guide/pages/answer_page.hpp"

#include <nlohmann/json.hpp>

#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/beside.hpp"
#include "guide/pages/views/pulling.hpp"

namespace kedge::guide {
namespace {

struct Saved {
  std::int64_t version = 0;
  Workbook book;
};

Result<Saved> save(store::Tx& tx, const web::Context& context, const Asked& asked, const Values& values, std::int64_t read_version) {
  TRY(auto book, workbook(tx, context.scope(), asked.place.workbook));
  if (asked.voice == Voice::team) {
    TRY(const auto answer, save_team(tx, context.scope(), asked.place, values, read_version));
    return Saved{answer.version, std::move(book)};
  }
  TRY(const auto key, context.member_key());
  TRY(const auto answer, save_private(tx, context.scope(), key, {asked.place, values, read_version}));
  return Saved{answer.version, std::move(book)};
}

// The page again, with what was typed in its fields and what is wrong beside them. The form keeps the version that was read:
// with a newer one it would overwrite what its writer has not seen.
Result<web::Reply> with_errors(web::Context& context, const Asked& asked, const Values& values, std::int64_t version, const Error& error) {
  TRY(auto view, context.read([&](store::Read& db) -> Result<SectionView> {
    TRY(const auto book, workbook(db, context.scope(), asked.place.workbook));
    const auto* section = book.definition().section_of(asked.place.prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return section_view(db, context, asked.place.workbook, section->id);
  }));
  for (auto& card : view.cards) {
    if (card.id != asked.place.prompt) continue;
    auto& entries = asked.voice == Voice::team ? card.team.entries : card.own.entries;
    for (auto& entry : entries) {
      if (entry.row != asked.place.row) continue;
      entry.version = version;
      for (auto& field : entry.fields) {
        if (const auto found = values.find(field.name); found != values.end()) field.value = found->second;
        for (auto& option : field.options) option.chosen = option.id == field.value;
        for (const auto& wrong : error.fields)
          if (wrong.field == field.name) field.error = context.words().say(wrong);
      }
    }
  }
  return section_reply(context, view, 422);
}

// The entry of the team's answer at a place, as it stands now.
Result<EntryView> entry_now(web::Context& context, const Place& place) {
  return context.read([&](store::Read& db) -> Result<EntryView> {
    TRY(const auto all, material(db, context, place.workbook));
    const auto* prompt = all.written->book.definition().prompt(place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    for (auto& entry : card(*prompt, all, context).team.entries)
      if (entry.row == place.row) return entry;
    return fail(Fault::not_found, "guide.answer.unknown");
  });
}

// Somebody was faster: what was typed is kept beside the answer, and both are shown.
Result<web::Reply> beside(const web::Request& request, web::Context& context, const Asked& asked, const Values& values, std::int64_t version) {
  TRY_DONE(context.write([&](store::Tx& tx) { return keep_beside(tx, context.scope(), asked.place, values, version); }));
  if (!request.wants_fragment()) {
    context.say_next("guide.beside.notice");
    TRY(const auto book, context.read([&](store::Read& db) { return workbook(db, context.scope(), asked.place.workbook); }));
    return web::Reply::see_other(back_to(book, asked.place));
  }
  TRY(const auto entry, entry_now(context, asked.place));
  return web::Reply::html(web::render(context.words(), views::conflict, entry, context), 409);
}

}  // namespace

// POST /workbooks/{id}/prompts/{prompt}/{voice}?row=
Result<web::Reply> save_answer(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto version, read_version(request));
  const auto values = typed(request);
  const auto saved = context.write([&](store::Tx& tx) { return save(tx, context, asked, values, version); });
  if (!saved) {
    const auto& error = saved.error();
    if (error.key == "guide.answer.changed") return beside(request, context, asked, values, version);
    if (error.fault == Fault::invalid && !error.fields.empty() && !request.wants_fragment()) return with_errors(context, asked, values, version, error);
    return fail(error);
  }
  if (!request.wants_fragment()) {
    context.say_next("guide.saved");
    return web::Reply::see_other(back_to(saved->book, asked.place));
  }
  return web::Reply::json(nlohmann::json{{"version", std::to_string(saved->version)}, {"saved", context.words().plain("guide.saved_now")}}.dump());
}

// POST .../rows: an empty row to fill
Result<web::Reply> add_row(const web::Request& request, web::Context& context) {
  TRY(auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    asked.place.row = fresh_row();
    TRY(const auto saved, save(tx, context, asked, typed(request), 0));
    return back_to(saved.book, asked.place);
  }));
  return web::Reply::see_other(where);
}

// POST .../removal and .../restoration: a row goes, and comes back
Result<web::Reply> remove_answer_row(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(remove_row(tx, context.scope(), asked.place, asked.voice));
    return back_to(book, asked.place);
  }));
  context.say_next_with_undo("guide.row.removed", place_url(asked.place, asked.voice, "restoration"));
  return web::Reply::see_other(where);
}

Result<web::Reply> restore_answer_row(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(restore_row(tx, context.scope(), asked.place, asked.voice));
    return back_to(book, asked.place);
  }));
  context.say_next("guide.row.restored");
  return web::Reply::see_other(where);
}

// POST .../sharing: a clear copy for the team
Result<web::Reply> share_answer(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto key, context.member_key());
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(share(tx, context.scope(), key, asked.place));
    return back_to(book, asked.place);
  }));
  context.say_next("guide.shared");
  return web::Reply::see_other(where);
}

// POST .../taking-back
Result<web::Reply> take_back_answer(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(take_back(tx, context.scope(), asked.place));
    return back_to(book, asked.place);
  }));
  context.say_next("guide.taken_back");
  return web::Reply::see_other(where);
}

// GET .../pulling: which shared texts go into the team's answer, and that their words stay there
Result<web::Reply> choose_pull(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto view, context.read([&](store::Read& db) -> Result<CardView> {
    TRY(const auto all, material(db, context, asked.place.workbook));
    const auto* prompt = all.written->book.definition().prompt(asked.place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return card(*prompt, all, context);
  }));
  if (!view.can_pull) return fail(Fault::not_found, "guide.answer.unknown");
  const web::Frame frame{std::string(context.words().plain("guide.pull.title")), "workbook", &context};
  return web::Reply::html(web::render(context.words(), views::pulling, view, frame));
}

// POST .../pulling
Result<web::Reply> pull_answers(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  std::vector<Id> chosen;
  for (const auto text : request.form.every("answer"))
    if (const auto id = Id::parse(text)) chosen.push_back(*id);
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(pull(tx, context.scope(), asked.place, chosen));
    return back_to(book, asked.place);
  }));
  return web::Reply::see_other(where);
}

}  // namespace kedge::guide
