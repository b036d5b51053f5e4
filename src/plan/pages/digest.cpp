#include "plan/pages/digest.hpp"

#include <algorithm>

#include "mail/mail.hpp"
#include "plan/asking.hpp"
#include "plan/pages/routes.hpp"
#include "plan/pages/rows.hpp"
#include "plan/pages/views/digest.hpp"
#include "web/letter.hpp"

namespace kedge::plan::pages {
namespace {

constexpr std::size_t kMostOfAGroup = 12;
constexpr Roles kLeads{Role::administrator, Role::lead};
constexpr Roles kActs{Role::administrator, Role::lead, Role::staff, Role::intern};

// What a letter is made of.
struct Writing {
  store::Tx& tx;
  store::Keyring& keyring;
  std::string_view public_url;
  const identity::Library& library;
  const Owners& names;
  const locale::Words& words;
};

std::string when(const Writing& writing, const Action& action) {
  if (action.due.empty()) return writing.words.say("plan.digest.look", locale::arg("date", action.next_look()));
  return writing.words.say("plan.digest.due", locale::arg("date", action.due));
}

std::string whose(const Writing& writing, const Action& action) {
  const auto who = writing.names.names.find(owner_code(action));
  return who == writing.names.names.end() ? std::string(writing.words.plain("plan.owner.nobody")) : who->second;
}

enum class Whose : std::uint8_t { readers, others };

// The reader's own are answered from the letter; others are looked at in the library.
Result<web::Letter::Part> group(const Writing& writing, locale::Message heading, const std::vector<Action>& actions, Whose of) {
  const auto& words = writing.words;
  web::Letter::Part part{std::string(words.plain(heading)), {}};
  for (std::size_t at = 0; at < std::min(actions.size(), kMostOfAGroup); ++at) {
    const auto& action = actions[at];
    if (of == Whose::others) {
      part.items.push_back({action.step, whose(writing, action) + " \xC2\xB7 " + when(writing, action),
                            {std::string(words.plain("plan.digest.open")), web::whole_url(writing.public_url, web::Url::path("/actions/{}", action.id))}});
      continue;
    }
    TRY(const auto token, ask(writing.tx, writing.tx.scope(), action.id, Goes::by_letter));
    part.items.push_back({action.step, when(writing, action),
                          {std::string(words.plain("plan.digest.say")), web::whole_url(writing.public_url, web::Url::path("/asked/{}", token))}});
  }
  if (actions.size() > kMostOfAGroup)
    part.items.push_back({words.say("plan.digest.more", locale::arg("count", actions.size() - kMostOfAGroup)), {},
                          {std::string(words.plain("plan.actions.all")), web::whole_url(writing.public_url, web::Url::path("/actions"))}});
  return part;
}

Result<web::Letter> letter_of(const Writing& writing, const identity::Member& reader, const Digest& digest) {
  const auto& words = writing.words;
  web::Letter letter{.subject = words.say("plan.digest.subject", locale::arg("library", writing.library.name)),
                     .lede = {words.say("plan.digest.hello", locale::arg("name", reader.name)), std::string(words.plain("plan.digest.lede"))},
                     .notes = {std::string(words.plain("plan.digest.links"))},
                     .off = {std::string(words.plain("plan.digest.off")),
                             web::whole_url(writing.public_url, web::Url::path("/letters/off/{}", digest_token(writing.keyring, writing.library.id, reader.id)))}};
  const auto add = [&](locale::Message heading, const std::vector<Action>& actions, Whose of) -> Done {
    if (actions.empty()) return {};
    TRY(auto part, group(writing, heading, actions, of));
    letter.parts.push_back(std::move(part));
    return {};
  };
  TRY_DONE(add("plan.digest.late", digest.late, Whose::readers));
  TRY_DONE(add("plan.digest.to_look", digest.look, Whose::readers));
  TRY_DONE(add("plan.digest.soon", digest.soon, Whose::readers));
  TRY_DONE(add("plan.digest.nobodys", digest.nobodys, Whose::others));
  TRY_DONE(add("plan.digest.others_late", digest.others_late, Whose::others));
  TRY_DONE(add("plan.digest.others_quiet", digest.others_quiet, Whose::others));
  return letter;
}

struct Readers {
  std::vector<identity::Member> members;
  Date today;
};

// Who may get one and has none for this week.
Result<Readers> readers(store::Database& db, const store::Scope& scope, const identity::Library& library, const Date& monday, std::int64_t now_ms) {
  return db.read(scope, [&](store::Read& read) -> Result<Readers> {
    Readers found{{}, Date::at(now_ms, library.time_zone)};
    TRY(const auto choices, digest_choices(read, scope));
    TRY(const auto members, identity::members(read, scope));
    for (const auto& one : members) {
      const auto choice = choices.find(one.id);
      const bool open = choice == choices.end() || (choice->second.wanted && choice->second.sent_on < monday);
      if (open && one.has_password && mail::is_address(one.email) && one.roles.any(kActs)) found.members.push_back(one);
    }
    return found;
  });
}

// One reader's, with its links and its place in the outbox, in one transaction.
Result<bool> write_one(const Digesting& with, const identity::Library& library, const identity::Member& reader, const Date& today, const Date& monday) {
  const store::Scope scope{library.id, reader.id, reader.roles};
  return with.db.write(scope, [&](store::Tx& tx) -> Result<bool> {
    TRY(const bool begun, begin_digest(tx, scope, reader.id, monday));
    if (!begun) return false;
    const auto& words = locale::words(reader.language);
    TRY(const auto all, actions(tx, scope, today));
    TRY(const auto names, owners(tx, scope, words, today));
    const auto gone = [&](const Action& action) { return names.left.contains(owner_code(action)); };
    const auto digest = digest_of(*all, reader.id, reader.roles.any(kLeads) ? Reads::all : Reads::own, today, gone);
    if (digest.empty()) return false;  // a week without anything to say is one without a letter
    TRY(const auto letter, letter_of({tx, with.keyring, with.public_url, library, names, words}, reader, digest));
    TRY_DONE(mail::post(tx, with.keyring, scope, {.kind = mail::Kind::digest, .about = reader.id, .message = web::message_of(words, letter, reader.email)}));
    return true;
  });
}

web::Reply off_reply(const web::Request& request, const web::Context& context, bool done) {
  const DigestOffPage page{web::Url::path("/letters/off/{}", request.parameter("token")), done};
  web::Frame frame{std::string(context.words().plain("plan.digest.off_title")), "", &context};
  frame.bare = true;
  return web::Reply::html(web::render(context.words(), views::digest_off, page, frame)).header("Referrer-Policy", "no-referrer");
}

}  // namespace

Result<std::int64_t> write_digests(const Digesting& with, const identity::Library& library, const Date& monday) {
  std::int64_t written = 0;
  const store::Scope scope{library.id, Id(), {}};
  TRY(const auto found, readers(with.db, scope, library, monday, with.now_ms));
  for (const auto& reader : found.members) {
    TRY(const bool one, write_one(with, library, reader, found.today, monday));
    if (one) ++written;
  }
  return written;
}

Done write_digests(const Digesting& with) {
  TRY(const auto libraries, with.db.read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); }));
  for (const auto& library : libraries) {
    const auto monday = week_to_write(with.now_ms, library.time_zone);
    if (!monday || library.example) continue;
    TRY_DONE(write_digests(with, library, *monday));
  }
  return {};
}

Result<web::Reply> choose_letter(const web::Request& request, web::Context& context) {
  const auto choice = request.form.first("letter") == "off" ? Weekly::off : Weekly::on;
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(choose_digest(tx, context.scope(), context.scope().actor, choice));
    return web::Url::path("/actions/feed");
  }));
  context.say_next(choice == Weekly::on ? "plan.digest.now_on" : "plan.digest.now_off");
  return web::Reply::see_other(where);
}

// Looking changes nothing: mail programs open every link.
Result<web::Reply> show_off(const web::Request& request, web::Context& context) {
  TRY_DONE(read_digest_token(context.house().keyring, request.parameter("token")));
  return off_reply(request, context, false);
}

// Also what a mail program sends by itself when its reader presses "unsubscribe" (RFC 8058): without a session, without a form.
Result<web::Reply> switch_off(const web::Request& request, web::Context& context) {
  auto& house = context.house();
  TRY(const auto reader, read_digest_token(house.keyring, request.parameter("token")));
  const store::Scope scope{reader.library, reader.member, {}};
  TRY_DONE(house.db.write(scope, [&](store::Tx& tx) -> Done {
    const auto member = identity::member(tx, scope, reader.member);
    if (!member || member->standing == identity::Standing::left) return {};  // they get none any more
    return choose_digest(tx, scope, reader.member, Weekly::off);
  }));
  return off_reply(request, context, true);
}

}  // namespace kedge::plan::pages
