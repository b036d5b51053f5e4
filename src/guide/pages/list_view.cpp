#include "guide/pages/list_view.hpp"

#include <algorithm>

namespace kedge::guide {
namespace {

constexpr int kSuggestedDays = 7;  // a list is open for a week, unless somebody says otherwise

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

std::vector<ListItem> guide_items(const Prompt& prompt, const std::vector<std::string>& proposals) {
  std::vector<ListItem> items;
  for (const auto& row : prompt.rows) items.push_back({row.id, "", {}, {}});
  for (const auto& label : proposals) items.push_back({"proposal-" + std::to_string(items.size()), label, {}, {}});
  return items;
}

// What a closed list says of a practice can become a finding or an action.
void add_ways_on(const Id& book, ClosedListView& closed) {
  if (!closed.result) return;
  for (auto& row : closed.rows) {
    row.raising = web::Url::path("/workbooks/{}/lists/{}/bands/{}/finding", book, closed.id, row.id);
    row.acting = action_from(band_ref(closed.id, row.id));
  }
}

Done add_own_marks(store::Read& db, const web::Context& context, const Checklist& list, ListView& view) {
  if (context.room().on) {
    view.stage = ListView::Stage::room;
    return {};
  }
  const auto key = context.member_key();
  if (!list.asks(context.scope().actor)) {
    view.stage = ListView::Stage::not_asked;
    return {};
  }
  const auto marks = key ? own_marks(db, context.house().keyring, context.scope(), *key, list.id) : Result<Marks>(fail(key.error()));
  if (!marks) {
    view.stage = ListView::Stage::ticket_lost;
    return {};
  }
  const auto has = [](const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  for (auto& row : view.rows) {
    row.well = has(marks->well, row.id);
    row.better = has(marks->better, row.id);
  }
  view.comment = marks->comment;
  view.stage = ListView::Stage::marking;
  return {};
}

// Links each closed list that has a result to the one before it that has one.
void link_rounds(const std::vector<Checklist>& newest_first, const web::Context& context, std::vector<ClosedListView>& closed) {
  std::vector<const Checklist*> said;  // as in `closed`, which leaves out the open one
  for (const auto& list : newest_first)
    if (list.state != ListState::open) said.push_back(&list);
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (!said[i]->has_result()) continue;
    const auto before = std::find_if(said.begin() + static_cast<std::ptrdiff_t>(i) + 1, said.end(),
                                     [&](const Checklist* list) { return list->has_result() && list->closes_on < said[i]->closes_on; });
    if (before == said.end()) continue;
    closed[i].before_on = context.words().date((*before)->closes_on);
    closed[i].rounds = rounds_url(said[i]->id, (*before)->id);
  }
}

}  // namespace

std::string band_words(const std::optional<disclosure::Band>& band, const web::Context& context) {
  if (!band) return {};
  switch (*band) {
    case disclosure::Band::few: return std::string(context.words().plain("guide.band.few"));
    case disclosure::Band::some: return std::string(context.words().plain("guide.band.some"));
    case disclosure::Band::most: return std::string(context.words().plain("guide.band.most"));
  }
  return {};
}

Result<SaidOfItem> said_of_item(const Checklist& list, const Prompt* prompt, std::string_view item_id, const web::Context& context) {
  for (const auto& item : list.items) {
    if (item.id != item_id || !list.has_result() || !item.well || !item.better) continue;
    const auto* given = prompt == nullptr ? nullptr : prompt->row(item.id);
    SaidOfItem said;
    said.practice = item.label.empty() && given != nullptr ? in(given->label, context) : item.label;
    said.sentence = context.words().say("guide.band.sentence", locale::arg("practice", said.practice),
                                        locale::arg("well", band_words(item.well, context)), locale::arg("better", band_words(item.better, context)));
    if (given != nullptr) said.theme = given->theme;
    return said;
  }
  return fail(Fault::not_found, "guide.answer.unknown");
}

std::vector<MarkRow> mark_rows(const Prompt& prompt, const std::vector<ListItem>& items, const web::Context& context) {
  std::vector<MarkRow> rows;
  std::string group;
  for (const auto& item : items) {
    MarkRow row;
    row.id = item.id;
    row.label = item.label;
    row.well_band = band_words(item.well, context);
    row.better_band = band_words(item.better, context);
    if (const auto* given = prompt.row(item.id)) {
      row.label = in(given->label, context);
      row.help = in(given->help, context);
      if (given->group != group) {
        group = given->group;
        for (const auto& one : prompt.groups)
          if (one.id == group) row.group = in(one.label, context);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

web::Url rounds_url(const Id& later, const Id& earlier) { return web::Url::path("/lists/{}/beside/{}", later, earlier); }

Done add_list(store::Read& db, const web::Context& context, const Material& material, CardView& card) {
  const auto* prompt = material.written->book.definition().prompt(card.id);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  const auto& scope = context.scope();
  const auto& book = material.written->book.id;
  ListView view;
  view.may_lead = scope.roles.any({Role::administrator, Role::lead});
  view.open = web::Url::path("/workbooks/{}/prompts/{}/lists", book, card.id);
  view.propose = web::Url::path("/workbooks/{}/prompts/{}/proposals", book, card.id);
  view.withdraw = web::Url::path("/workbooks/{}/prompts/{}/proposals/removal", book, card.id);
  view.date_typed = Date::from_days(context.today().days() + kSuggestedDays).text();
  view.sheet = web::Url::path("/workbooks/{}/prompts/{}/talk", book, card.id);
  if (view.may_lead) view.papers = web::Url::path("/workbooks/{}/prompts/{}/papers", book, card.id);
  TRY(const auto lists, checklists(db, scope, book, card.id));
  TRY(view.proposals, proposals(db, scope, book, card.id));
  TRY(const auto asked, would_be_asked(db, scope));
  const bool enough = static_cast<std::int64_t>(asked.size()) >= std::max(disclosure::kSmallestGroup, context.library().threshold);
  view.rows = mark_rows(*prompt, guide_items(*prompt, view.proposals), context);
  view.stage = enough ? ListView::Stage::may_open : ListView::Stage::talk;
  view.may_propose = prompt->own_rows;
  for (const auto& member : asked) view.would_ask.push_back(material.name_of(member));
  std::sort(view.would_ask.begin(), view.would_ask.end(), [&](const auto& a, const auto& b) { return context.words().compare(a, b) < 0; });
  for (const auto& list : lists) {
    if (list.state == ListState::open) {
      view.rows = mark_rows(*prompt, list.items, context);
      view.closes_on = context.words().date(list.closes_on);
      view.said = list.said;
      if (!list.restarted_on.empty()) view.restarted_on = context.words().date(list.restarted_on);
      view.save = web::Url::path("/lists/{}/marks", list.id);
      for (const auto& member : list.roster) view.asked.push_back(material.name_of(member));
      std::sort(view.asked.begin(), view.asked.end(), [&](const auto& a, const auto& b) { return context.words().compare(a, b) < 0; });
      TRY_DONE(add_own_marks(db, context, list, view));
      continue;
    }
    if (view.stage == ListView::Stage::may_open && context.today().days() - list.closes_on.days() < kPauseDays) view.stage = ListView::Stage::waiting;
    ClosedListView closed{list.id, context.words().date(list.closes_on), list.has_result(), list.state == ListState::without_result,
                          mark_rows(*prompt, list.items, context), list.comments, {}, {}};
    add_ways_on(book, closed);
    view.closed.push_back(std::move(closed));
  }
  link_rounds(lists, context, view.closed);
  card.list.push_back(std::move(view));
  return {};
}

}  // namespace kedge::guide
