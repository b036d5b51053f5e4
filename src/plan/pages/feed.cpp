#include "plan/pages/feed.hpp"

#include <algorithm>

#include "plan/digest.hpp"
#include "plan/pages/rows.hpp"
#include "plan/pages/views/feed.hpp"
#include "schedule/calendar_file.hpp"
#include "web/letter.hpp"

namespace kedge::plan::pages {
namespace {

constexpr std::string_view kEnding = ".ics";  // some programs ask for it
constexpr Roles kActs{Role::administrator, Role::lead, Role::staff, Role::intern};
constexpr Roles kReads{Role::administrator, Role::lead, Role::staff, Role::intern, Role::board};

Result<web::Reply> reply(web::Context& context, const std::string& token) {
  FeedPage page;
  TRY(const auto kept, context.read([&](store::Read& db) { return feed(db, context.scope()); }));
  page.letters = web::may_mail(context) && context.scope().roles.any(kActs);
  if (page.letters) {
    TRY(const auto choices, context.read([&](store::Read& db) { return digest_choices(db, context.scope()); }));
    const auto own = choices.find(context.scope().actor);
    page.letter_on = own == choices.end() || own->second.wanted;
    page.letter_to = context.who().member.email;
  }
  const auto& words = context.words();
  if (kept) page.made_on = words.date(kept->made_on);
  if (!token.empty()) page.address = context.house().public_url + web::Url::path("/calendar/{}", token + std::string(kEnding)).text();
  page.holds = web::Form(context).field(web::FieldKind::choice, "holds", "plan.feed.holds", std::string(code_of(kept ? kept->holds : Holds::mine)))
                   .of({{"mine", std::string(words.plain("plan.feed.mine"))}, {"all", std::string(words.plain("plan.feed.all"))}});
  const web::Frame frame{std::string(words.plain("plan.feed.title")), "actions", &context};
  return web::Reply::html(web::render(words, views::feed, page, frame));
}

// What one action has in a calendar: its day, and the day somebody looks again.
void add_days(const Action& action, const Owners& names, const locale::Words& words, const std::string& house, std::vector<schedule::CalendarDay>& days) {
  const auto who = names.names.find(owner_code(action));
  schedule::CalendarDay day;
  day.url = house + web::Url::path("/actions/{}", action.id).text();
  day.description = words.say("plan.feed.about", locale::arg("who", who == names.names.end() ? words.plain("plan.owner.nobody") : std::string_view(who->second)),
                              locale::arg("status", status_words(words, action.status)));
  day.changed_ms = action.looked_ms;
  day.version = action.version;
  if (!action.due.empty()) {
    day.uid = "due-" + action.id.text() + "@kedge";
    day.day = action.due;
    day.summary = action.step;
    days.push_back(day);
  }
  day.uid = "look-" + action.id.text() + "@kedge";
  day.day = action.next_look();
  day.summary = words.say("plan.feed.look", locale::arg("step", action.step));
  days.push_back(std::move(day));
}

// Nothing for who left or may not read actions any more.
Result<std::string> calendar_of(const web::House& house, const FoundFeed& found) {
  const store::Scope scope{found.library, found.member, {}};
  return house.db.read(scope, [&](store::Read& db) -> Result<std::string> {
    TRY(const auto member, identity::member(db, scope, found.member));
    if (member.standing != identity::Standing::active || !member.roles.any(kReads)) return fail(Fault::not_found, "web.not_found");
    TRY(const auto library, identity::library(db, scope));
    const auto& words = locale::words(member.language);
    TRY(const auto names, owners(db, scope, words, Date::at(house.clock.now_ms(), library.time_zone)));
    TRY(const auto all, actions(db, scope, names.today));
    std::vector<schedule::CalendarDay> days;
    for (const auto& action : *all)
      if (!action.finished() && (found.holds == Holds::all || action.owner_member == found.member)) add_days(action, names, words, house.public_url, days);
    return schedule::calendar_file(words.say("plan.feed.name", locale::arg("library", library.name)), days);
  });
}

}  // namespace

Result<web::Reply> show_feed(const web::Request& /*request*/, web::Context& context) { return reply(context, {}); }

// Nothing is kept by which a repeated sending could show the address again: it makes another one.
Result<web::Reply> renew_feed(const web::Request& request, web::Context& context) {
  const auto holds = from_code<Holds>(request.form.first("holds")).value_or(Holds::mine);
  TRY(const auto token, context.write([&](store::Tx& tx) { return make_feed(tx, context.scope(), holds, context.today()); }));
  return reply(context, token);
}

Result<web::Reply> drop_feed(const web::Request& /*request*/, web::Context& context) {
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(remove_feed(tx, context.scope(), context.scope().actor));
    return web::Url::path("/actions/feed");
  }));
  context.say_next("plan.feed.removed");
  return web::Reply::see_other(where);
}

Result<web::Reply> read_feed(const web::Request& request, web::Context& context) {
  auto token = request.parameter("token");
  if (token.ends_with(kEnding)) token.remove_suffix(kEnding.size());
  const auto& house = context.house();
  TRY(const auto found, house.db.read(store::InstallationScope{}, [&](store::Read& db) { return find_feed(db, token); }));
  TRY(auto calendar, calendar_of(house, found));
  auto reply = web::Reply::text(std::move(calendar));
  reply.content_type = "text/calendar; charset=utf-8";
  return reply;
}

}  // namespace kedge::plan::pages
