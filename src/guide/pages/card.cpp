#include "guide/pages/card.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "guide/fields.hpp"
#include "guide/pages/views/entry.hpp"
#include "guide/pages/written.hpp"
#include "guide/records.hpp"
#include "guide/sheets.hpp"
#include "web/names.hpp"

namespace kedge::guide {
namespace {

std::string in(const Text& text, Language language) { return std::string(text.in(language).words); }

// The fields of a text that came too late, to read.
std::vector<FieldView> reading_of(const Prompt& prompt, const Place& place, Voice voice, const Values& named, const web::Context& context) {
  auto all = fields(prompt, place, voice, named, context);
  std::erase_if(all, [](const FieldView& field) { return field.shown.empty(); });
  return all;
}

// Two rows of one organization are told apart by who and when; a given row by the first words that stand in it.
std::string sign_of(const Prompt& prompt, const std::string& row, const std::vector<FieldView>& fields) {
  const bool given = prompt.kind == Kind::matrix && prompt.row(row) != nullptr;
  std::string sign;
  for (const auto& field : fields) {
    if (field.shown.empty() || field.widget == Widget::tick) continue;
    if (given) return text::shorten(text::clean_line(field.shown), 60);
    if (field.widget != Widget::contact && field.widget != Widget::member && field.widget != Widget::date) continue;
    sign += (sign.empty() ? "" : " \xC2\xB7 ") + text::shorten(field.shown, 40);
  }
  return sign;
}

// `values` with the names that the records have by now.
Said said_of(const Prompt& prompt, const Place& place, Voice voice, const Values& values, const web::Context& context) {
  Said said;
  said.title = row_title(prompt, place.row, values, context.language());
  auto all = fields(prompt, place, voice, values, context);
  if (!place.row.empty()) said.sign = sign_of(prompt, place.row, all);
  said.fields = std::move(all);
  return said;
}

EntryView entry(const Prompt& prompt, const Place& place, Voice voice, Said said, bool blank, const web::Context& context) {
  EntryView view;
  view.row = place.row;
  view.title = std::move(said.title);
  view.sign = std::move(said.sign);
  view.fields = std::move(said.fields);
  if (const auto* given = prompt.row(place.row)) view.about = in(given->help, context.language());
  view.id = "form-" + std::string(code_of(voice)) + "-" + prompt.id + (place.row.empty() ? "" : "-" + place.row);
  view.blank = blank;
  view.save = place_url(place, voice, "");
  view.removable = has_rows(prompt) && prompt.row(place.row) == nullptr;
  if (view.removable) view.removal = view.save.under("/removal");
  view.revisions = view.save.under("/revisions");
  if (voice == Voice::personal) {
    view.sharing = view.save.under("/sharing");
    view.taking_back = view.save.under("/taking-back");
  }
  view.raising = view.save.under("/finding");
  return view;
}

// Of today the hour, else the day.
std::string when_of(std::int64_t at_ms, const web::Context& context) {
  const auto& zone = context.library().time_zone;
  const auto day = Date::at(at_ms, zone);
  return day == context.today() ? context.words().say("guide.when.today", locale::arg("time", context.words().moment(at_ms, zone)))
                                : context.words().say("guide.when.day", locale::arg("day", context.words().date(day)));
}

TeamSaid team_said(const Prompt& prompt, const Place& place, const Values& values, const Records& records, const web::Context& context) {
  if (!names_records(prompt)) return {said_of(prompt, place, Voice::team, values, context), {}, {}};
  const auto named = with_names(records, prompt, values);
  return {said_of(prompt, place, Voice::team, named, context), to_json(shown_of(prompt, named)), {}};
}

const TeamSaid* team_words_at(const Material& material, const Place& place) {
  if (!material.team) return nullptr;
  const auto found = material.team->find({place.prompt, place.row});
  return found == material.team->end() ? nullptr : &found->second;
}

EntryView team_entry(const Prompt& prompt, const Place& place, const Answer* answer, const Material& material, const web::Context& context) {
  static const Values kNone;
  const auto& written = answer != nullptr ? answer->values : kNone;
  const auto kept = team_words_at(material, place);
  auto words = kept ? TeamSaid(*kept) : team_said(prompt, place, written, material.written->records, context);
  auto view = entry(prompt, place, Voice::team, std::move(words.said), written.empty(), context);
  view.shown = std::move(words.shown);
  view.written = std::move(words.written);
  view.live = "answer/" + place.workbook.text() + "/" + prompt.id;
  if (answer == nullptr) return view;
  view.version = answer->version;
  view.acting = action_from({"answer", answer->id.text()});
  view.has_revisions = answer->version > 0;
  view.blank = answer->blank();
  if (!view.blank) {
    const auto when = when_of(answer->changed_ms, context);
    view.saved = answer->changed_by.empty()
                     ? context.words().say("guide.saved_when", locale::arg("when", when))
                     : context.words().say("guide.saved_by", locale::arg("when", when), locale::arg("name", material.name_of(answer->changed_by)));
  }
  for (const auto& beside : material.written->besides) {
    if (beside.answer != answer->id) continue;
    view.besides.push_back({"beside-" + beside.revision.text(), false, beside.member == context.scope().actor, material.name_of(beside.member),
                            when_of(beside.at_ms, context),
                            reading_of(prompt, place, Voice::team, with_names(material.written->records, prompt, beside.values), context),
                            web::Url::path("/workbooks/{}/besides/{}/taking", place.workbook, beside.revision),
                            web::Url::path("/workbooks/{}/besides/{}/joining", place.workbook, beside.revision),
                            web::Url::path("/workbooks/{}/besides/{}/settling", place.workbook, beside.revision)});
  }
  return view;
}

web::Url own_beside_url(const Place& place, std::int64_t number, std::string_view noun) {
  auto url = web::Url::path("/workbooks/{}/prompts/{}/personal/besides/{}/{}", place.workbook, place.prompt, std::to_string(number), noun);
  return place.row.empty() ? url : std::move(url).with("row", place.row);
}

EntryView own_entry(const Prompt& prompt, const Place& place, const PrivateAnswer* own, const Material& material, const web::Context& context) {
  static const Values kNone;
  const auto& written = own != nullptr ? own->values : kNone;
  auto said = names_records(prompt) ? said_of(prompt, place, Voice::personal, with_names(material.written->records, prompt, written), context)
                                    : said_of(prompt, place, Voice::personal, written, context);
  auto view = entry(prompt, place, Voice::personal, std::move(said), written.empty(), context);
  if (prompt.share == Share::never) view.shared = EntryView::Shared::never;
  if (own == nullptr) return view;
  view.version = own->version;
  view.has_revisions = own->version > 0;
  if (prompt.share != Share::never && own->shared_version > 0) {
    view.shared = own->shared_version == own->version ? EntryView::Shared::yes : EntryView::Shared::changed_since;
    for (const auto& answer : material.written->answers)  // the copy that colleagues read
      if (answer.place.prompt == place.prompt && answer.place.row == place.row && answer.voice == Voice::personal && answer.member == context.scope().actor)
        view.acting = action_from({"answer", answer.id.text()});
  }
  if (!view.blank) view.saved = context.words().say("guide.saved_on", locale::arg("day", context.words().date(own->changed_on)));
  for (const auto& late : material.own_besides) {
    if (late.answer != own->id) continue;
    view.besides.push_back({view.id + "-beside-" + std::to_string(late.number), true, true, {}, context.words().date(late.changed_on),
                            reading_of(prompt, place, Voice::personal, late.values, context), own_beside_url(place, late.number, "taking"),
                            own_beside_url(place, late.number, "joining"), own_beside_url(place, late.number, "settling")});
  }
  return view;
}

// The places of a prompt that somebody sees: its one answer; or the given rows first, then the ones that were added.
template <class Written>
std::vector<std::pair<Place, const Written*>> places(const Prompt& prompt, const Id& workbook, const std::vector<const Written*>& written) {
  std::vector<std::pair<Place, const Written*>> all;
  const auto at = [&](const std::string& row) -> const Written* {
    const auto found = std::find_if(written.begin(), written.end(), [&](const Written* one) { return one->place.row == row; });
    return found == written.end() ? nullptr : *found;
  };
  if (!has_rows(prompt)) {
    all.emplace_back(Place{workbook, prompt.id, ""}, at(""));
    return all;
  }
  if (prompt.kind == Kind::matrix)
    for (const auto& row : prompt.rows) all.emplace_back(Place{workbook, prompt.id, row.id}, at(row.id));
  for (const auto* one : written)
    if (prompt.row(one->place.row) == nullptr) all.emplace_back(one->place, one);
  return all;
}

store::Kept<TeamWords> kept_team_words{"workbook", "guide", "answer", "organization", "contact", "phone", "member"};
store::Kept<Written> kept_written{"workbook", "guide", "answer", "answer_revision", "organization", "contact", "phone", "member", "sheet"};

Result<Written> read_written(store::Read& db, const store::Scope& scope, const Id& workbook_id, std::string_view former, const locale::Words& words) {
  Written all;
  TRY(all.book, workbook(db, scope, workbook_id));
  TRY(all.answers, answers(db, scope, workbook_id));
  TRY(all.besides, besides(db, scope, workbook_id));
  TRY(all.records, records(db, scope, former));
  TRY(const auto books, workbooks(db, scope));  // newest first
  TRY(const auto paper, sheets(db, scope, workbook_id));
  for (const auto& sheet : paper) all.sheets.emplace(sheet.id, sheet.name.empty() ? words.say("guide.sheet.of", locale::arg("code", sheet.code)) : sheet.name);
  for (const auto& book : books)
    if (!all.before && book.opened_ms < all.book.opened_ms && book.definition().slug == all.book.definition().slug) all.before = book.id;
  return all;
}

void add_shared(CardView& view, const Prompt& prompt, const Material& material, const web::Context& context) {
  for (const auto& answer : material.written->answers) {
    if (answer.place.prompt != prompt.id || answer.voice != Voice::personal || answer.blank()) continue;
    const bool mine = answer.member == context.scope().actor && !context.room().on;  // it stands in its own field already
    SharedView shared;
    shared.answer = answer.id;
    shared.who = material.written->writer_of(answer);
    if (has_rows(prompt) && prompt.kind == Kind::matrix) shared.title = row_title(prompt, answer.place.row, answer.values, context.language());
    for (auto& field : fields(prompt, answer.place, Voice::personal, answer.values, context))
      if (!field.shown.empty()) shared.fields.push_back(std::move(field));
    shared.raising = web::Url::path("/workbooks/{}/answers/{}/finding", material.written->book.id, answer.id);
    shared.acting = action_from({"answer", answer.id.text()});
    (mine ? view.mine_shared : view.shared).push_back(std::move(shared));
  }
  view.can_pull = view.team.asked && !(view.shared.empty() && view.mine_shared.empty());
}

// What was said when it was asked for the first time, to read beside the second.
void add_earlier(CardView& view, const Prompt& prompt, const Material& material, const web::Context& context) {
  const auto& book = material.written->book;
  const auto* before = prompt.earlier.empty() ? nullptr : book.definition().prompt(prompt.earlier);
  if (before == nullptr || has_rows(*before)) return;
  const auto voice = view.own.asked ? Voice::personal : Voice::team;
  const auto is_it = [&](const auto& one) { return one.place.prompt == before->id; };
  const Values* values = nullptr;
  if (voice == Voice::personal) {
    if (const auto own = std::ranges::find_if(material.own, is_it); own != material.own.end()) values = &own->values;
  } else {
    const auto team = std::ranges::find_if(material.written->answers, [&](const Answer& one) { return is_it(one) && one.voice == Voice::team; });
    if (team != material.written->answers.end()) values = &team->values;
  }
  if (values != nullptr) view.earlier = reading_of(*before, {book.id, before->id, ""}, voice, *values, context);
}

// The places of the same question in the workbook before, as far as they say something.
template <class Written>
std::vector<BeforeEntry> before_of(const Prompt& prompt, Voice voice, const Id& workbook, const std::vector<const Written*>& written, const Records& records, const web::Context& context) {
  std::vector<BeforeEntry> all;
  for (const auto& [place, one] : places(prompt, workbook, written)) {
    if (one == nullptr) continue;
    const auto named = with_names(records, prompt, one->values);
    auto said = reading_of(prompt, place, voice, named, context);
    if (!said.empty()) all.push_back({place.row.empty() ? std::string() : row_title(prompt, place.row, named, context.language()), std::move(said)});
  }
  return all;
}

void add_before(CardView& view, const Prompt& prompt, const Material& material, const web::Context& context) {
  if (!material.before) return;
  const auto& book = material.before->book;
  const auto* then = book.definition().prompt(prompt.id);
  if (then == nullptr || then->kind != prompt.kind) return;
  view.before.workbook = book.title;
  const auto& records = material.before->records;
  if (view.own.asked) {
    std::vector<const PrivateAnswer*> own;
    for (const auto& one : material.own_before)
      if (one.place.prompt == then->id) own.push_back(&one);
    view.before.own = before_of(*then, Voice::personal, book.id, own, records, context);
  }
  if (view.team.asked) {
    std::vector<const Answer*> team;
    for (const auto& one : material.before->answers)
      if (one.place.prompt == then->id && one.voice == Voice::team) team.push_back(&one);
    view.before.team = before_of(*then, Voice::team, book.id, team, records, context);
  }
}

}  // namespace

web::Url section_url(const Id& workbook, std::string_view section) {
  return web::Url::path("/workbooks/{}/sections/{}", workbook, section);
}

web::Url action_from(const lineage::Ref& ref) { return web::Url::path("/actions/new").with("from_kind", ref.kind).with("from_id", ref.id); }

web::Url place_url(const Place& place, Voice voice, std::string_view noun) {
  auto url = noun.empty() ? web::Url::path("/workbooks/{}/prompts/{}/{}", place.workbook, place.prompt, code_of(voice))
                          : web::Url::path("/workbooks/{}/prompts/{}/{}/{}", place.workbook, place.prompt, code_of(voice), noun);
  return place.row.empty() ? url : std::move(url).with("row", place.row);
}

web::Url sheet_place_url(const Place& place, const Id& sheet) {
  auto url = web::Url::path("/workbooks/{}/sheets/{}/prompts/{}", place.workbook, sheet, place.prompt);
  return place.row.empty() ? url : std::move(url).with("row", place.row);
}

std::string Written::name_of(const Id& member) const {
  for (const auto& one : *records.members)
    if (one.id == member) return one.name;
  return records.former;
}

std::string Written::writer_of(const Answer& answer) const {
  const auto sheet = sheets.find(answer.sheet);
  return sheet != sheets.end() ? sheet->second : name_of(answer.member);
}

Result<store::Shared<Written>> written_of(store::Read& db, const web::Context& context, const Id& workbook_id) {
  // in the reader's language: who left may be called "a former colleague" there, and a sheet of paper by its code
  const auto former = web::former_colleague(context.words());
  return kept_written.of(db, context.scope(), workbook_id.text() + " " + std::string(context.words().code()),
                         [&](store::Read& read, const store::Scope& library) { return read_written(read, library, workbook_id, former, context.words()); });
}

Result<Material> material(store::Read& db, const web::Context& context, const Id& workbook_id) {
  Material all;
  const auto& scope = context.scope();
  TRY(all.written, written_of(db, context, workbook_id));
  if (all.written->before) {
    TRY(all.before, written_of(db, context, *all.written->before));
  }
  TRY(all.steps, steps_of(db, scope, workbook_id, context.today()));
  const auto key = context.member_key();
  all.locked = !key.has_value();
  if (key) {
    TRY(all.own, private_answers(db, scope, *key, workbook_id));
    TRY(all.own_besides, private_besides(db, scope, *key, all.own, workbook_id));
    if (all.before) {
      TRY(all.own_before, private_answers(db, scope, *key, all.before->book.id));
    }
  }
  return all;
}

Done keep_team_words(store::Read& db, const web::Context& context, Material& all) {
  const auto& book = all.written->book;
  const auto key = book.id.text() + " " + std::string(code(context.language())) + " " + all.written->records.former;
  TRY(all.team, kept_team_words.of(db, context.scope(), key, [&](store::Read&, const store::Scope&) -> Result<TeamWords> {
    TeamWords words;
    for (const auto& answer : all.written->answers) {
      const auto* prompt = book.definition().prompt(answer.place.prompt);
      if (prompt == nullptr || answer.voice != Voice::team) continue;
      auto one = team_said(*prompt, answer.place, answer.values, all.written->records, context);
      const std::vector<FieldView>& fields = one.said.fields;
      one.written = std::make_shared<const web::SafeHtml>(web::render(context.words(), views::entry_fields, fields, in(prompt->label, context.language())));
      words.insert_or_assign({answer.place.prompt, answer.place.row}, std::move(one));
    }
    return words;
  }));
  return {};
}

EntryView new_row(const Prompt& prompt, const Place& place, Voice voice, const Material& material, const web::Context& context) {
  auto row = voice == Voice::team ? team_entry(prompt, place, nullptr, material, context) : own_entry(prompt, place, nullptr, material, context);
  if (prompt.kind == Kind::goals)  // what came of it comes later
    row.fields.change([](auto& all) { std::erase_if(all, [](const FieldView& field) { return field.name != "text"; }); });
  return row;
}

VoiceView sheet_voice(const Prompt& prompt, const Id& sheet, const Material& material, const web::Context& context) {
  const auto& workbook = material.written->book.id;
  const auto voice = voice_on_sheet(prompt);
  const auto typed_at = [&](const Place& place, const Answer* answer) {
    static const Values kNone;
    const auto& values = answer != nullptr ? answer->values : kNone;
    auto view = entry(prompt, place, voice, said_of(prompt, place, voice, values, context), values.empty(), context);
    view.id = "form-sheet-" + prompt.id + (place.row.empty() ? "" : "-" + place.row);
    view.save = sheet_place_url(place, sheet);
    view.removable = false;
    if (answer != nullptr) view.version = answer->version;
    if (answer != nullptr && !answer->blank()) view.saved = context.words().say("guide.saved_when", locale::arg("when", when_of(answer->changed_ms, context)));
    return view;
  };
  VoiceView view;
  view.voice = voice;
  view.asked = true;
  std::vector<const Answer*> written;
  for (const auto& answer : material.written->answers)
    if (answer.place.prompt == prompt.id && answer.sheet == sheet && !sheet.empty() && !(answer.blank() && has_rows(prompt) && prompt.row(answer.place.row) == nullptr)) written.push_back(&answer);
  for (const auto& [place, answer] : places(prompt, workbook, written)) view.entries.push_back(typed_at(place, answer));
  if (prompt.kind == Kind::goals || prompt.kind == Kind::list || (prompt.kind == Kind::matrix && prompt.own_rows)) view.added.push_back(typed_at({workbook, prompt.id, fresh_row()}, nullptr));
  return view;
}

bool team_open(const CardView& card) {
  if (!card.own.asked || !card.shared.empty() || !card.mine_shared.empty()) return true;
  if (std::ranges::any_of(card.team.added, &EntryView::wrong)) return true;
  return std::ranges::any_of(card.team.entries, [](const EntryView& entry) { return !entry.blank || entry.wrong || !entry.besides.empty(); });
}

EntryView::Shared seen_by(const VoiceView& own) {
  using Shared = EntryView::Shared;
  if (own.entries.empty()) return Shared::no;
  const auto is = [](Shared state) { return [state](const EntryView& entry) { return entry.shared == state; }; };
  if (std::ranges::any_of(own.entries, is(Shared::never))) return Shared::never;
  const auto shared = [](const EntryView& entry) { return entry.shared == Shared::yes || entry.shared == Shared::changed_since; };
  if (!std::ranges::all_of(own.entries, shared)) return Shared::no;
  return std::ranges::any_of(own.entries, is(Shared::changed_since)) ? Shared::changed_since : Shared::yes;
}

CardView card(const Prompt& prompt, const Material& material, const web::Context& context) {
  const auto language = context.language();
  const auto& workbook = material.written->book.id;
  CardView view;
  view.id = prompt.id;
  view.kind = prompt.kind;
  view.label = in(prompt.label, language);
  view.help = in(prompt.help, language);
  if (const auto label = prompt.label.in(language); !label.translated) view.language = code(label.language);
  view.together = in(prompt.together, language);
  view.blocks = blocks(prompt.body.in(language).words);
  view.sources = prompt.sources;
  view.locked = material.locked;
  view.topic = "answer/" + workbook.text() + "/" + prompt.id;
  view.fragment = web::Url::path("/workbooks/{}/prompts/{}", workbook, prompt.id);
  for (const auto& link : prompt.links)
    view.links.push_back({in(link.label, language), link.url.starts_with("/") ? web::Url::from_stored(link.url) : web::Url::outside(link.url).value_or(web::Url())});

  const auto filling = std::count_if(material.written->records.members->begin(), material.written->records.members->end(), [](const identity::Member& member) {
    return member.standing == identity::Standing::active && member.roles.any({Role::administrator, Role::lead, Role::staff, Role::intern});
  });
  view.alone = filling <= 1 && prompt.asked(Voice::team) && prompt.share != Share::never;
  view.team.asked = prompt.asked(Voice::team) && prompt.kind != Kind::actions && prompt.kind != Kind::checklist;
  view.own.asked = prompt.asked(Voice::personal) && !view.alone && prompt.kind != Kind::actions && prompt.kind != Kind::checklist;
  view.own.voice = Voice::personal;
  if (context.room().on && view.own.asked) {
    view.own.asked = false;
    view.apart = !view.team.asked;
  }

  const bool rows_grow = prompt.kind == Kind::goals || prompt.kind == Kind::list || (prompt.kind == Kind::matrix && prompt.own_rows);
  view.pull = place_url({workbook, prompt.id, ""}, Voice::team, "pulling");

  if (view.own.asked && !material.locked) {
    std::vector<const PrivateAnswer*> written;
    for (const auto& own : material.own)
      if (own.place.prompt == prompt.id) written.push_back(&own);
    const auto all = places(prompt, workbook, written);
    view.own.entries.reserve(all.size());
    for (const auto& [place, own] : all) view.own.entries.push_back(own_entry(prompt, place, own, material, context));
    if (rows_grow) view.own.added.push_back(new_row(prompt, {workbook, prompt.id, fresh_row()}, Voice::personal, material, context));
  }
  if (view.team.asked) {
    std::vector<const Answer*> written;
    for (const auto& answer : material.written->answers)
      if (answer.place.prompt == prompt.id && answer.voice == Voice::team) written.push_back(&answer);
    const auto all = places(prompt, workbook, written);
    view.team.entries.reserve(all.size());
    for (const auto& [place, answer] : all) {
      view.team.entries.push_back(team_entry(prompt, place, answer, material, context));
      if (place.row.empty()) view.team_version = view.team.entries.back().version;
    }
    if (rows_grow) view.team.added.push_back(new_row(prompt, {workbook, prompt.id, fresh_row()}, Voice::team, material, context));
  }
  add_shared(view, prompt, material, context);
  add_earlier(view, prompt, material, context);
  add_before(view, prompt, material, context);
  return view;
}

}  // namespace kedge::guide
