// Saving, sharing, taking back, pulling together: what happens to one answer.
#include "guide/pages/answer_page.hpp"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "guide/fields.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/views/beside.hpp"
#include "guide/pages/views/pulling.hpp"

namespace kedge::guide {
namespace {

// What a form sends.
struct Sent {
  Values values;
  std::int64_t read_version = 0;
  ShownValues shown;
};

Result<Sent> sent(const web::Request& request) {
  Sent sent;
  sent.values = typed(request);
  TRY(sent.read_version, read_version(request));
  TRY(sent.shown, guide::shown(request));
  return sent;
}

struct Saved {
  std::int64_t version = 0;
  ShownValues shown;  // what the row says now of the records that it names
  Workbook book;
};

// With what the directory now has of a row's contact, which may be more than was typed.
Result<ShownValues> shown_now(store::Read& db, const web::Context& context, const Prompt& prompt, const Answer& answer) {
  if (!names_records(prompt)) return ShownValues();
  TRY(const auto known, records(db, context.scope()));
  return ShownValues(shown_of(prompt, with_names(known, prompt, answer.values)));
}

Result<Saved> save(store::Tx& tx, const web::Context& context, const Asked& asked, const Sent& sent) {
  TRY(auto book, workbook(tx, context.scope(), asked.place.workbook));
  if (asked.voice == Voice::team) {
    TRY(const auto answer, save_team(tx, context.scope(), asked.place, sent.values, sent.read_version, sent.shown));
    TRY(auto shown, shown_now(tx, context, *book.definition().prompt(asked.place.prompt), answer));
    return Saved{answer.version, std::move(shown), std::move(book)};
  }
  TRY(const auto key, context.member_key());
  TRY(const auto answer, save_private(tx, context.scope(), key, {asked.place, sent.values, sent.read_version}));
  return Saved{answer.version, ShownValues(), std::move(book)};
}

// The empty row of the page takes the place of the one that was sent, when nothing of that one is kept yet.
Done as_sent(store::Read& db, const web::Context& context, const Asked& asked, const Workbook& book, SectionView& page) {
  const auto* prompt = book.definition().prompt(asked.place.prompt);
  if (prompt == nullptr || !has_rows(*prompt)) return {};
  TRY(const auto all, material(db, context, asked.place.workbook));
  for (auto& card : page.cards)
    if (card.id == asked.place.prompt)
      for (auto& entry : asked.voice == Voice::team ? card.team.added : card.own.added) entry = new_row(*prompt, asked.place, asked.voice, all, context);
  return {};
}

// The page again, with what was typed in its fields and what is wrong beside them. The form keeps the version that was read:
// with a newer one it would overwrite what its writer has not seen.
Result<web::Reply> with_errors(web::Context& context, const Asked& asked, const Values& values, std::int64_t version, const Error& error) {
  TRY(auto view, context.read([&](store::Read& db) -> Result<SectionView> {
    TRY(const auto book, workbook(db, context.scope(), asked.place.workbook));
    const auto* section = book.definition().section_of(asked.place.prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    TRY(auto page, section_view(db, context, asked.place.workbook, section->id));
    TRY_DONE(as_sent(db, context, asked, book, page));
    return page;
  }));
  for (auto& card : view.cards) {
    if (card.id != asked.place.prompt) continue;
    auto& voice = asked.voice == Voice::team ? card.team : card.own;
    const bool stored = std::ranges::any_of(voice.entries, [&](const EntryView& entry) { return entry.row == asked.place.row; });
    for (auto& entry : stored ? voice.entries : voice.added) {
      if (entry.row != asked.place.row) continue;
      entry.version = version;
      entry.wrong = true;
      entry.fields.change([&](std::vector<FieldView>& all) { fill_in(all, values, error, context); });
      for (const auto& field : entry.fields)
        if (!field.error.empty()) view.problems.push_back({web::Url::here(field.id), field.label + ": " + field.error});
    }
  }
  return section_reply(context, view, 422);
}

// The entry of an answer at a place, as it stands now.
Result<EntryView> entry_now(web::Context& context, const Place& place, Voice voice) {
  return context.read([&](store::Read& db) -> Result<EntryView> {
    TRY(const auto all, material(db, context, place.workbook));
    const auto* prompt = all.written->book.definition().prompt(place.prompt);
    if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    auto view = card(*prompt, all, context);
    for (auto& entry : voice == Voice::team ? view.team.entries : view.own.entries)
      if (entry.row == place.row) return entry;
    return fail(Fault::not_found, "guide.answer.unknown");
  });
}

// Somebody was faster, or the writer on another device: what was typed is kept beside the answer, and both are shown.
Result<web::Reply> beside(const web::Request& request, web::Context& context, const Asked& asked, const Values& values, std::int64_t version) {
  const bool own = asked.voice == Voice::personal;
  TRY_DONE(context.write([&](store::Tx& tx) -> Done {
    if (!own) return keep_beside(tx, context.scope(), asked.place, values, version);
    TRY(const auto key, context.member_key());
    return keep_private_beside(tx, context.scope(), key, asked.place, values);
  }));
  if (!request.wants_fragment()) {
    context.say_next(own ? "guide.beside.own_notice" : "guide.beside.notice");
    TRY(const auto book, context.read([&](store::Read& db) { return workbook(db, context.scope(), asked.place.workbook); }));
    return web::Reply::see_other(done_at(book, asked.place));
  }
  TRY(const auto entry, entry_now(context, asked.place, asked.voice));
  return web::Reply::html(web::render(context.words(), views::conflict, entry, context), 409);
}

// Why a text was not saved: kept beside a newer one, or the page again with what is wrong at its fields.
Result<web::Reply> not_saved(const web::Request& request, web::Context& context, const Asked& asked, const Sent& sent, const Error& error) {
  if (error.key == "guide.answer.changed" || error.key == "guide.answer.changed_elsewhere") return beside(request, context, asked, sent.values, sent.read_version);
  if (error.fault == Fault::invalid && !error.fields.empty() && !request.wants_fragment()) return with_errors(context, asked, sent.values, sent.read_version, error);
  return fail(error);
}

// Sharing and taking back come from the answer's own form: what was typed since the last save is saved first. Sent twice, both do
// the same once; a key of the form would drop what was written after going back to its page.
template <class Work>
Result<web::Reply> saved_and(const web::Request& request, web::Context& context, std::string_view said, Work&& work) {
  TRY(auto asked, guide::asked(request));
  asked.voice = Voice::personal;
  std::optional<Sent> words;
  if (!request.form.first("version").empty()) {
    TRY(words, guide::sent(request));
  }
  const auto where = context.write([&](store::Tx& tx) -> Result<web::Url> {
    if (words) TRY_DONE(save(tx, context, asked, *words));
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(work(tx, asked.place));
    return done_at(book, asked.place);
  });
  if (!where) return words ? not_saved(request, context, asked, *words, where.error()) : fail(where.error());
  context.say_next(said);
  return web::Reply::see_other(*where);
}

}  // namespace

// POST /workbooks/{id}/prompts/{prompt}/{voice}?row=
Result<web::Reply> save_answer(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto sent, guide::sent(request));
  const auto saved = context.write([&](store::Tx& tx) { return save(tx, context, asked, sent); });
  if (!saved) return not_saved(request, context, asked, sent, saved.error());
  if (!request.wants_fragment()) {
    context.say_next("guide.saved");
    return web::Reply::see_other(done_at(saved->book, asked.place));
  }
  nlohmann::json told{{"version", std::to_string(saved->version)}, {"saved", context.words().plain("guide.saved_now")}};
  if (saved->shown) told["shown"] = *saved->shown;
  return web::Reply::json(told.dump());
}

// POST .../removal and .../restoration: a row goes, and comes back
Result<web::Reply> remove_answer_row(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    TRY_DONE(remove_row(tx, context.scope(), asked.place, asked.voice));
    return done_at(book, asked.place);
  }));
  context.say_next_with_undo("guide.row.removed", place_url(asked.place, asked.voice, "restoration"));
  return web::Reply::see_other(where);
}

Result<web::Reply> restore_answer_row(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto book, workbook(tx, context.scope(), asked.place.workbook));
    if (asked.voice == Voice::team) {
      TRY_DONE(restore_row(tx, context.scope(), asked.place));
    } else {
      TRY(const auto key, context.member_key());
      TRY_DONE(restore_own_row(tx, context.scope(), key, asked.place));
    }
    return done_at(book, asked.place);
  }));
  context.say_next("guide.row.restored");
  return web::Reply::see_other(where);
}

// POST .../sharing: a clear copy for the team
Result<web::Reply> share_answer(const web::Request& request, web::Context& context) {
  return saved_and(request, context, "guide.shared", [&](store::Tx& tx, const Place& place) -> Done {
    TRY(const auto key, context.member_key());
    return share(tx, context.scope(), key, place);
  });
}

// POST .../taking-back
Result<web::Reply> take_back_answer(const web::Request& request, web::Context& context) {
  return saved_and(request, context, "guide.taken_back", [&](store::Tx& tx, const Place& place) { return take_back(tx, context.scope(), place); });
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
    return done_at(book, asked.place);
  }));
  return web::Reply::see_other(where);
}

}  // namespace kedge::guide
