#include "web/own_routes.hpp"

#include <array>

#include "core/text.hpp"
#include "web/context.hpp"
#include "web/presence.hpp"
#include "web/presence_line.hpp"
#include "web/views/help.hpp"

namespace kedge::web {
namespace {

constexpr std::int64_t kLanguageSeconds = 365LL * 24 * 3600;

Result<Reply> show_help(const Request&, Context& context) {
  return Reply::html(render(context.words(), views::help, Frame{std::string(context.words().plain("web.help.title")), "", &context}));
}
Result<Reply> show_privacy(const Request&, Context& context) {
  return Reply::html(render(context.words(), views::privacy, Frame{std::string(context.words().plain("web.privacy")), "", &context}));
}

constexpr std::array<Route, 8> kRoutes{{{"GET", "/help", Access::anyone, show_help},
                                        {"GET", "/help/privacy", Access::anyone, show_privacy},
                                        {"POST", "/language", Access::anyone, choose_language},
                                        {"POST", "/room", Access::staff, start_room},
                                        {"POST", "/room/end", Access::staff, end_room},
                                        {"GET", "/live", Access::member, follow_changes},
                                        {"POST", "/presence", Access::staff, say_present},
                                        {"GET", "/presence", Access::staff, show_presence}}};

}  // namespace

Routes own_routes() { return kRoutes; }

// POST /language: for this browser; whoever is signed in sets their own on their page.
Result<Reply> choose_language(const Request& request, Context& context) {
  const auto language = language_of(request.form.first("language"));
  if (!language) return fail_field("language", "web.field.choice");
  context.set_cookie("kedge_language", code(*language), kLanguageSeconds);
  return Reply::see_other(Url::from_stored(request.form.first("back")));
}

// GET /live: an event stream. A browser that reconnects names the last event it saw, a page the change it knows.
Result<Reply> follow_changes(const Request& request, Context& context) {
  const auto last = request.header("last-event-id");
  Reply reply;
  reply.content_type = "text/event-stream";
  reply.live = LiveSeat{context.library().id, std::string(context.session_cookie()), text::number(last.empty() ? request.query.first("after") : last).value_or(0)};
  return reply;
}

// GET /presence?topic=...: the line that names the others, for a page that was told of a change.
Result<Reply> show_presence(const Request& request, Context& context) {
  const auto topic = request.query.first("topic");
  if (!presence_allowed(topic)) return fail(Fault::not_found, "web.not_found");
  return Reply::html(presence_line(context, topic));
}

}  // namespace kedge::web
