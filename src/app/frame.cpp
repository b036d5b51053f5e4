// What every page's frame asks of the whole: places, the thread, the doors of the example.
#include "app/wiring.hpp"
#include <algorithm>

#include "directory/pages/routes.hpp"
#include "guide/pages/routes.hpp"
#include "identity/pages/routes.hpp"
#include "lineage/lineage.hpp"
#include "plan/pages/routes.hpp"
#include "plan/plan.hpp"
#include "search/pages/source.hpp"
#include "web/gate.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

constexpr Roles kStaff{Role::administrator, Role::lead, Role::staff, Role::intern};
constexpr Roles kReaders{Role::administrator, Role::lead, Role::staff, Role::intern, Role::board};

constexpr Roles kTrainer{Role::trainer};
constexpr Roles kBoard{Role::board};

struct Place {
  std::string_view code;
  std::string_view label;  // message key
  std::string_view path;
  Roles roles;
};
// Five at most (LOOK); the fifth is the member's own.
const Place kPlaces[] = {
    {"workbook", "app.place.workbook", "/workbooks", kStaff},
    {"board", "app.place.board", "/board", kBoard},
    {"findings", "app.place.findings", "/findings", kReaders},
    {"actions", "app.place.actions", "/actions", kReaders},
    {"directory", "app.place.directory", "/directory", kStaff},
    {"progress", "app.place.progress", "/progress", kTrainer},
};

std::vector<web::NavItem> places(const web::Context& context, std::string_view current) {
  std::vector<web::NavItem> items;
  for (const auto& place : kPlaces)
    if (context.scope().roles.any(place.roles))
      items.push_back({std::string(context.words().plain(place.label)), web::Url::from_stored(place.path), place.code == current});
  items.push_back({context.who().member.name, web::Url::path("/account"), current == "people" || current == "settings"});
  return items;
}

struct Waiting {
  std::size_t findings = 0;
  std::size_t actions = 0;
};

Result<Waiting> waiting(const web::Context& context) {
  return context.house().db.read(context.scope(), [&](store::Read& db) -> Result<Waiting> {
    TRY(const auto findings, lineage::findings(db, context.scope()));
    TRY(const auto actions, plan::actions(db, context.scope(), context.today()));
    const auto open = [](const plan::Action& action) { return action.status == plan::Status::proposed || action.status == plan::Status::started; };
    return Waiting{findings->size(), static_cast<std::size_t>(std::ranges::count_if(*actions, open))};
  });
}

// The golden thread as far as this version carries it, and how much waits at each knot.
std::vector<web::Knot> thread(const web::Context& context, std::string_view current) {
  if (!context.scope().roles.any(kReaders)) return {};
  if (current != "workbook" && current != "findings" && current != "actions") return {};
  const auto counted = waiting(context);
  if (!counted) return {};  // the page itself says what is wrong
  const auto& words = context.words();
  std::vector<web::Knot> knots;
  const auto knot = [&](const Place& place, std::string count) {
    if (context.scope().roles.any(place.roles))
      knots.push_back({std::string(words.plain(place.label)), web::Url::from_stored(place.path), std::move(count), place.code == current});
  };
  const auto place_of = [](std::string_view code) -> const Place& { return *std::ranges::find(kPlaces, code, &Place::code); };
  knot(place_of("workbook"), {});
  knot(place_of("findings"), words.number(static_cast<std::int64_t>(counted->findings)));
  knot(place_of("actions"), words.number(static_cast<std::int64_t>(counted->actions)));
  return knots;
}

// Who may find a thing is who may open the page that shows it, as its route says; a source without such a page is found by nobody.
std::vector<search::pages::Searched> searched() {
  std::vector<search::pages::Searched> all;
  const auto router = web::merged(routes());
  if (!router) return all;  // nothing is served then
  for (const auto& slice : slices())
    for (auto* source : slice.search)
      for (const auto* route : router->all())
        if (route->method == "GET" && route->pattern == source->page()) all.push_back({source, web::allowed(route->access)});
  return all;
}

}  // namespace

void wire(web::House& house) {
  plan::pages::wire();
  directory::pages::wire();
  guide::wire();
  search::pages::wire(searched());
  house.nav = places;
  house.thread = thread;
  house.banner = identity::pages::example_banner;
  house.erase_member = erase_member;
  house.library_tables = tables_of_a_library();
}

}  // namespace kedge::app
