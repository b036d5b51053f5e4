#include "web/presence.hpp"

#include <algorithm>
#include <array>

#include "web/own_routes.hpp"

namespace kedge::web {
namespace {

constexpr std::int64_t kTermMs = 60'000;

struct Seen {
  std::string topic;
  Id member;
};

const store::Query<Id(Id, std::string, Id, std::int64_t)> kOthers{
    "web.presence_others",
    "SELECT member_id FROM presence WHERE library_id = :library AND topic = :topic AND member_id <> :member AND seen_ms > :since "
    "ORDER BY member_id"};
const store::Query<std::int64_t(Id, std::string, Id)> kSeen{
    "web.presence_seen", "SELECT seen_ms FROM presence WHERE library_id = :library AND topic = :topic AND member_id = :member"};
const store::Query<Seen(Id, std::int64_t)> kGone{
    "web.presence_gone", "SELECT topic, member_id FROM presence WHERE library_id = :library AND seen_ms <= :since ORDER BY topic, member_id"};
const store::Query<void(Id, std::string, Id, std::int64_t)> kCome{
    "web.presence_come",
    "INSERT INTO presence (library_id, topic, member_id, seen_ms) VALUES (:library, :topic, :member, :seen) "
    "ON CONFLICT (library_id, topic, member_id) DO UPDATE SET seen_ms = excluded.seen_ms"};
const store::Query<void(Id, std::string, Id)> kLeave{
    "web.presence_leave", "DELETE FROM presence WHERE library_id = :library AND topic = :topic AND member_id = :member"};

}  // namespace

Done forget_absent(store::Tx& tx, const store::Scope& scope) {
  TRY(const auto gone, tx.all(kGone, scope.library, tx.now_ms() - kTermMs));
  for (const auto& row : gone) {
    TRY_DONE(tx.run(kLeave, scope.library, row.topic, row.member));
    TRY_DONE(tx.touch(row.topic));
  }
  return {};
}

bool presence_allowed(std::string_view topic) {
  if (topic.empty() || topic.size() > 120) return false;
  if (topic.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/_.-") != std::string_view::npos) return false;
  static constexpr std::array<std::string_view, 6> kNever{"checklist", "mark", "pulse", "encounter", "box", "presence"};
  return std::ranges::none_of(kNever, [&](std::string_view word) { return topic.starts_with(word) || topic.find("/" + std::string(word)) != std::string_view::npos; });
}

std::vector<std::string> presence(Context& context, std::string_view topic) {
  if (!context.signed_in() || !presence_allowed(topic)) return {};
  const auto since = context.now_ms() - kTermMs;
  auto names = context.read([&](store::Read& db) -> Result<std::vector<std::string>> {
    const auto& scope = context.scope();
    TRY(const auto others, db.all(kOthers, scope.library, std::string(topic), scope.actor, since));
    if (others.empty()) return std::vector<std::string>();
    std::vector<std::string> found;
    TRY(const auto members, identity::members(db, scope));
    for (const auto& member : members)
      if (std::ranges::find(others, member.id) != others.end()) found.push_back(member.name);
    return found;
  });
  return names ? *std::move(names) : std::vector<std::string>();
}

// POST /presence: "I am here" every half minute while a page is open, "leave" when it goes. Touches the feed only when somebody comes or goes.
Result<Reply> say_present(const Request& request, Context& context) {
  const auto topic = std::string(request.form.first("topic"));
  if (!presence_allowed(topic)) return fail(Fault::invalid, "web.form.broken", "no such topic");
  const bool leaving = request.form.has("leave");
  TRY_DONE(context.write([&](store::Tx& tx) -> Done {
    const auto& scope = context.scope();
    TRY(const auto seen, tx.maybe(kSeen, scope.library, topic, scope.actor));
    const bool there = seen && *seen > tx.now_ms() - kTermMs;
    TRY_DONE(leaving ? tx.run(kLeave, scope.library, topic, scope.actor) : tx.run(kCome, scope.library, topic, scope.actor, tx.now_ms()));
    if (there == leaving) TRY_DONE(tx.touch(topic));
    return forget_absent(tx, scope);
  }));
  Reply reply;
  reply.status = 204;
  reply.content_type.clear();
  return reply;
}

}  // namespace kedge::web
