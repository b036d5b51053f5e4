#include "directory/pages/merge_page.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "directory/pages/columns.hpp"
#include "directory/pages/views/merge.hpp"

namespace kedge::directory::pages {
namespace {

web::Url url_of(const Organization& one) { return web::Url::path("/directory/organizations/{}", one.id); }
web::Url url_of(const Contact& one) { return web::Url::path("/directory/contacts/{}", one.id); }

struct Everything {
  store::Shared<std::vector<Organization>> organizations;
  store::Shared<std::vector<Contact>> contacts;

  [[nodiscard]] std::string name(const Organization& one) const { return one.name; }
  [[nodiscard]] std::string name(const Contact& one) const { return one.name + ", " + at(one); }
  [[nodiscard]] std::string at(const Contact& one) const {
    const auto* organization = by_id(*organizations, one.organization);
    return organization == nullptr ? std::string() : organization->name;
  }
};
Result<Everything> everything(store::Read& db, const store::Scope& scope) {
  Everything all;
  TRY(all.organizations, organizations(db, scope));
  TRY(all.contacts, contacts(db, scope));
  return all;
}

template <class Record>
void add(const locale::Words& words, const Everything& all, const std::vector<Record>& records, const std::vector<Pair>& pairs, std::vector<DoublesView::One>& out) {
  for (const auto& pair : pairs) {
    const auto* first = by_id(records, pair.first);
    const auto* second = by_id(records, pair.second);
    if (first == nullptr || second == nullptr) continue;
    out.push_back({web::Url::path("/directory/duplicates/{}/{}", pair.first, pair.second), all.name(*first), all.name(*second), reasons_words(words, pair.reasons)});
  }
}

Result<DoublesView> doubles_view(store::Read& db, const web::Context& context) {
  const auto& scope = context.scope();
  DoublesView view;
  view.fragment = web::Url::path("/directory/duplicates");
  TRY(const auto all, everything(db, scope));
  TRY(const auto found, doubles(db, scope));
  add(context.words(), all, *all.organizations, found.organizations, view.organizations);
  add(context.words(), all, *all.contacts, found.contacts, view.contacts);
  TRY(const auto gone, merged(db, scope));
  for (const auto& one : gone) {
    DoublesView::Gone line{one.name, {}, {}, web::Url::path("/directory/merged/{}/separation", one.id)};
    if (const auto* at = by_id(*all.organizations, one.survivor)) line.into = at->name, line.url = url_of(*at);
    if (const auto* who = by_id(*all.contacts, one.survivor)) line.into = all.name(*who), line.url = url_of(*who);
    if (!line.into.empty()) view.merged.push_back(std::move(line));  // else that one was removed since
  }
  return view;
}

// Two records of one kind that are both there.
template <class Record>
struct Two {
  Record first;
  Record second;
};
struct Couple {
  std::optional<Two<Organization>> organizations;
  std::optional<Two<Contact>> contacts;
};
Result<Couple> couple(const web::Request& request, const Everything& all) {
  TRY(const auto first, request.id("first"));
  TRY(const auto second, request.id("second"));
  Couple two;
  if (first == second) return fail(Fault::not_found, "directory.gone");
  const auto *a = by_id(*all.organizations, first), *b = by_id(*all.organizations, second);
  if (a != nullptr && b != nullptr) two.organizations = {*a, *b};
  const auto *c = by_id(*all.contacts, first), *d = by_id(*all.contacts, second);
  if (c != nullptr && d != nullptr) two.contacts = {*c, *d};
  if (!two.organizations && !two.contacts) return fail(Fault::not_found, "directory.gone");
  return two;
}

constexpr std::string_view kPlace = "organization";  // the choice of where a contact is

template <class Record>
void add_rows(const locale::Words& words, const Two<Record>& two, const web::Request& request, MergeView& view) {
  for (const auto& [code, member] : fields_of(two.first)) {
    const auto &a = two.first.*member, &b = two.second.*member;
    if (a.empty() && b.empty()) continue;
    MergeView::Row row{field_label(words, two.first, code), field_words(words, code, a), field_words(words, code, b), {}, false};
    if (!a.empty() && !b.empty() && a != b) row.name = "pick-" + std::string(code);
    row.second_chosen = !row.name.empty() && request.form.first(row.name) == "second";
    view.rows.push_back(std::move(row));
  }
  view.first_version = two.first.version;
  view.second_version = two.second.version;
  view.first_url = url_of(two.first);
  view.second_url = url_of(two.second);
}

template <class Record>
void add_reasons(const locale::Words& words, const Two<Record>& two, MergeView& view) {
  const std::vector<Record> both{two.first, two.second};
  for (const auto& pair : pairs_of(std::span<const Record>(both))) view.reasons = reasons_words(words, pair.reasons);
}

Result<web::Reply> pair_page(const web::Request& request, web::Context& context, const Error* error) {
  const auto& words = context.words();
  MergeView view{.form = web::Form(context, error), .first = {}, .second = {}, .first_url = {}, .second_url = {}, .reasons = {}, .rows = {}, .action = {}, .apart = {}};
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    TRY(const auto all, everything(db, context.scope()));
    TRY(const auto two, couple(request, all));
    if (two.organizations) {
      view.organizations = true;
      view.first = two.organizations->first.name;
      view.second = two.organizations->second.name;
      add_rows(words, *two.organizations, request, view);
      add_reasons(words, *two.organizations, view);
    } else {
      const auto& [first, second] = *two.contacts;
      view.first = all.name(first);
      view.second = all.name(second);
      add_rows(words, *two.contacts, request, view);
      add_reasons(words, *two.contacts, view);
      MergeView::Row place{column_word(words, Column::organization), all.at(first), all.at(second), {}, false};
      if (first.organization != second.organization) place.name = "pick-" + std::string(kPlace);
      place.second_chosen = request.form.first(place.name) == "second";
      view.rows.insert(view.rows.begin(), std::move(place));
    }
    return {};
  }));
  view.action = web::Url::path("/directory/duplicates/{}/{}", std::string(request.parameter("first")), std::string(request.parameter("second")));
  view.apart = view.action.under("/apart");
  const web::Frame frame{std::string(words.plain("directory.merge.title")), "directory", &context};
  return web::Reply::html(web::render(words, views::merge, view, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

std::int64_t number_in(const web::Request& request, std::string_view field) { return std::atoll(std::string(request.form.first(field)).c_str()); }

// The one that stays is the first, and where people work in two places the one whose place was chosen.
template <class Record>
Result<web::Url> merge_two(store::Tx& tx, const web::Request& request, const web::Context& context, Two<Record> two) {
  two.first.version = number_in(request, "first_version");
  two.second.version = number_in(request, "second_version");
  const bool second_stays = request.form.first("pick-" + std::string(kPlace)) == "second";
  Taken taken;
  for (const auto& [code, member] : fields_of(two.first))
    if ((request.form.first("pick-" + std::string(code)) == "second") != second_stays) taken.emplace(code);
  const auto& kept = second_stays ? two.second : two.first;
  TRY_DONE(merge(tx, context.scope(), kept, second_stays ? two.first : two.second, taken));
  return url_of(kept);
}

}  // namespace

// GET /directory/duplicates
Result<web::Reply> show_doubles(const web::Request& request, web::Context& context) {
  TRY(const auto view, context.read([&](store::Read& db) { return doubles_view(db, context); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::doubles_list, view, context));
  const web::Frame frame{std::string(context.words().plain("directory.doubles.title")), "directory", &context, "directory"};
  return web::Reply::html(web::render(context.words(), views::doubles, view, frame));
}

// GET /directory/duplicates/{first}/{second}
Result<web::Reply> show_pair(const web::Request& request, web::Context& context) { return pair_page(request, context, nullptr); }

// POST /directory/duplicates/{first}/{second}
Result<web::Reply> merge_pair(const web::Request& request, web::Context& context) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto all, everything(tx, context.scope()));
    TRY(const auto two, couple(request, all));
    return two.organizations ? merge_two(tx, request, context, *two.organizations) : merge_two(tx, request, context, *two.contacts);
  });
  if (!where) {
    if (where.error().fault == Fault::conflict) return pair_page(request, context, &where.error());
    return fail(where.error());
  }
  TRY(const auto first, request.id("first"));
  TRY(const auto second, request.id("second"));
  const auto& gone = where->text().ends_with(first.text()) ? second : first;
  context.say_next_with_undo("directory.merge.done", web::Url::path("/directory/merged/{}/separation", gone));
  return web::Reply::see_other(*where);
}

// POST /directory/duplicates/{first}/{second}/apart
Result<web::Reply> tell_pair_apart(const web::Request& request, web::Context& context) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto first, request.id("first"));
    TRY(const auto second, request.id("second"));
    TRY(const auto all, everything(tx, context.scope()));
    TRY_DONE(couple(request, all));
    TRY_DONE(tell_apart(tx, context.scope(), first, second));
    return web::Url::path("/directory/duplicates");
  }));
  context.say_next("directory.doubles.apart.done");
  return web::Reply::see_other(where);
}

// POST /directory/merged/{id}/separation
Result<web::Reply> separate(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(take_apart(tx, context.scope(), id));
    TRY(const auto all, organizations(tx, context.scope()));
    const auto* organization = by_id(*all, id);
    return organization != nullptr ? url_of(*organization) : web::Url::path("/directory/contacts/{}", id);
  }));
  context.say_next("directory.merge.undone");
  return web::Reply::see_other(where);
}

}  // namespace kedge::directory::pages
