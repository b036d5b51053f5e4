// GET /workbooks/{id}/sections/{section} and the cards on it.
#include "guide/pages/section_page.hpp"

#include <algorithm>
#include <map>

#include "guide/pages/list_view.hpp"
#include "guide/pages/parts.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/views/card.hpp"
#include "guide/pages/views/section.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "web/presence.hpp"

namespace kedge::guide {
namespace {

// One line of "what became of it", once, however many answers it rests on.
void add_line(SectionView& view, std::string text, std::string_view label, web::Url url) {
  for (const auto& line : view.became)
    if (line.url == url) return;
  view.became.push_back({std::move(text), std::string(label), std::move(url)});
}

// What became of the answers and bands of a whole library, by each of them: a section has dozens.
struct Became {
  std::string kind;  // "finding" or "action"
  std::string id;
  std::string text;
};
using Thread = std::multimap<std::string, Became>;
std::string key_of(const lineage::Ref& ref) { return ref.kind + " " + ref.id; }

store::Kept<Thread> kept_thread{"evidence", "finding", "link", "action", "check_in", "contact"};

Result<Thread> read_thread(store::Read& db, const store::Scope& scope, const Date& today) {
  Thread thread;
  TRY(const auto findings, lineage::findings(db, scope));
  TRY(const auto actions, plan::actions(db, scope, today));
  TRY(const auto evidence, lineage::all_evidence(db, scope));
  TRY(const auto from_findings, lineage::links_from(db, scope, "finding"));
  std::map<std::string, std::string> sentences;
  std::map<std::string, std::string> steps;
  for (const auto& finding : *findings) sentences.emplace(finding.id.text(), finding.statement);
  for (const auto& action : *actions) steps.emplace(action.id.text(), action.step);
  const auto add_action = [&](const lineage::Ref& ground, const lineage::Link& link) {
    const auto step = link.to.kind == "action" ? steps.find(link.to.id) : steps.end();
    if (step != steps.end()) thread.emplace(key_of(ground), Became{"action", step->first, step->second});
  };
  for (const auto& one : *evidence) {
    const auto sentence = sentences.find(one.finding.text());
    if (sentence == sentences.end()) continue;
    thread.emplace(key_of(one.ref), Became{"finding", sentence->first, sentence->second});
    for (const auto& link : *from_findings)
      if (link.from.id == sentence->first) add_action(one.ref, link);
  }
  for (const auto* kind : {"answer", "band"}) {
    TRY(const auto links, lineage::links_from(db, scope, kind));
    for (const auto& link : *links) add_action(link.from, link);
  }
  return thread;
}

// What of a card others can rest on: its answers, and what its closed lists say.
std::vector<lineage::Ref> grounds_of(const CardView& card, const Material& material) {
  std::vector<lineage::Ref> refs;
  for (const auto& answer : material.written->answers)
    if (answer.place.prompt == card.id) refs.push_back({"answer", answer.id.text()});
  for (const auto& list : card.list)
    for (const auto& closed : list.closed)
      for (const auto& row : closed.rows)
        if (!row.raising.empty()) refs.push_back(band_ref(closed.id, row.id));
  return refs;
}

// What became of a section: findings that rest on its answers and bands, actions that came from either.
Done add_became(store::Read& db, const web::Context& context, const Material& material, SectionView& view) {
  const auto today = context.today();
  TRY(const auto thread, kept_thread.of(db, context.scope(), today.text(), [&](store::Read& read, const store::Scope& library) { return read_thread(read, library, today); }));
  for (const auto& card : view.cards) {
    for (const auto& ref : grounds_of(card, material)) {
      const auto [first, last] = thread->equal_range(key_of(ref));
      for (auto at = first; at != last; ++at) {
        const auto& became = at->second;
        const bool action = became.kind == "action";
        add_line(view, became.text, action ? context.words().plain("guide.became.action") : context.words().plain("guide.became.finding"),
                 action ? web::Url::path("/actions/{}", became.id) : web::Url::path("/findings/{}", became.id));
      }
    }
  }
  return {};
}

// A long reading begins on the page, and the rest opens.
void fold_reading(CardView& card) {
  constexpr std::size_t kShown = 2;
  if (card.kind != Kind::reading || card.blocks.size() < kShown + 3) return;
  const auto cut = card.blocks.begin() + static_cast<std::ptrdiff_t>(kShown);
  card.more.assign(std::make_move_iterator(cut), std::make_move_iterator(card.blocks.end()));
  card.blocks.erase(cut, card.blocks.end());
}

// Who else is at the team's answers; asked outside of the snapshot, so that a reader never waits for a second session.
void add_presence(web::Context& context, CardView& card) {
  if (card.team.asked && !card.alone) card.present = web::presence(context, card.topic);
}

}  // namespace

Result<SectionView> section_view(store::Read& db, web::Context& context, const Id& workbook, std::string_view section_id) {
  TRY(auto material, guide::material(db, context, workbook));
  TRY_DONE(keep_team_words(db, context, material));
  const auto& guide = material.written->book.definition();
  const auto* section = guide.section(section_id);
  if (section == nullptr || section->hidden) return fail(Fault::not_found, "guide.section.unknown");
  const auto language = context.language();

  SectionView view;
  view.workbook = workbook;
  view.workbook_title = material.written->book.title;
  view.workbook_url = web::Url::path("/workbooks/{}", workbook);
  view.id = section->id;
  view.title = std::string(section->title.in(language).words);
  view.lede = std::string(section->lede.in(language).words);
  if (const auto title = section->title.in(language); !title.translated) view.language = code(title.language);
  view.print = web::Url::path("/workbooks/{}/page", workbook);
  const auto shown = guide.shown();
  const auto steps = progress(guide, material.written->answers, material.own, material.steps);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool current = shown[i] == section;
    view.sections.push_back({std::string(shown[i]->title.in(language).words), section_url(workbook, shown[i]->id), steps[i].progress, current});
    if (current && i + 1 < shown.size()) {
      view.next_title = std::string(shown[i + 1]->title.in(language).words);
      view.next = section_url(workbook, shown[i + 1]->id);
    }
  }
  view.people = std::count_if(material.written->records.members->begin(), material.written->records.members->end(), [](const auto& one) { return one.standing == identity::Standing::active; });
  for (const auto& one : *material.written->records.organizations) view.organizations.push_back(one.name);
  for (const auto& one : *material.written->records.contacts) view.contacts.push_back(one.name);
  for (const auto& one : *material.written->records.members)
    if (one.standing == identity::Standing::active) view.members.push_back(one.name);
  view.cards.reserve(section->prompts.size());
  for (const auto& prompt : section->prompts)
    if (!prompt.left_out()) view.cards.push_back(card(prompt, material, context));
  for (auto& one : view.cards) {
    fold_reading(one);
    TRY_DONE(add_part(db, context, material, one));
  }
  for (std::size_t i = 0; i + 1 < view.cards.size(); ++i) view.cards[i].onward.push_back({view.cards[i + 1].label, web::Url::here("card-" + view.cards[i + 1].id)});
  TRY_DONE(add_became(db, context, material, view));
  return view;
}

web::Reply section_reply(web::Context& context, const SectionView& view, int status) {
  auto title = view.title;
  if (!view.problems.empty()) title = context.words().say("guide.error_title", locale::arg("title", view.title));
  web::Frame frame{title + " \xE2\x80\x93 " + view.workbook_title, "workbook", &context};
  frame.says_within = std::ranges::any_of(view.cards, &CardView::acted);
  return web::Reply::html(web::render(context.words(), views::section, view, frame), status);
}

// GET /workbooks/{id}/sections/{section}
Result<web::Reply> show_section(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(auto view, context.read([&](store::Read& db) { return section_view(db, context, id, request.parameter("section")); }));
  for (auto& card : view.cards) {
    add_presence(context, card);
    card.acted = card.id == request.query.first("at") && !context.notice().empty();
  }
  return section_reply(context, view, 200);
}

// GET /workbooks/{id}/prompts/{prompt}: one card for a live page, else the page at the card
Result<web::Reply> show_card(const web::Request& request, web::Context& context) {
  TRY(const auto asked, guide::asked(request));
  TRY(const auto book, context.read([&](store::Read& db) { return workbook(db, context.scope(), asked.place.workbook); }));
  const auto* section = book.definition().section_of(asked.place.prompt);
  if (section == nullptr || section->hidden) return fail(Fault::not_found, "guide.prompt.unknown");
  if (!request.wants_fragment()) return web::Reply::see_other(back_to(book, asked.place));
  TRY(auto view, context.read([&](store::Read& db) { return section_view(db, context, asked.place.workbook, section->id); }));
  for (auto& one : view.cards) {
    if (one.id != asked.place.prompt) continue;
    add_presence(context, one);
    return web::Reply::html(web::render(context.words(), views::card, one, context));
  }
  return fail(Fault::not_found, "guide.prompt.unknown");
}

}  // namespace kedge::guide
