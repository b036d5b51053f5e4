#include "web/gate.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "identity/sessions.hpp"
#include "web/error_page.hpp"
#include "web/forgery.hpp"
#include "web/live.hpp"
#include "web/pressing.hpp"
#include "web/wire.hpp"

namespace kedge::web {
namespace {

constexpr std::int64_t kNoticeSeconds = 120;
constexpr std::int64_t kFormSecretSeconds = 12 * 3600;

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";

// For the errors that the server meets before there is a handler.
Error error_of(int status) {
  switch (status) {
    case 401: return {Fault::signed_out, "web.signed_out", {}, {}, {}};
    case 404: return {Fault::not_found, "web.not_found", {}, {}, {}};
    case 405: return {Fault::invalid, "web.method", {}, {}, {}};
    case 408: return {Fault::timeout, "web.too_slow", {}, {}, {}};
    case 413: return {Fault::too_large, "web.form.too_large", {}, {}, {}};
    case 429: return {Fault::too_many, "web.too_many", {}, {}, {}};
    case 431: return {Fault::too_large, "web.header.too_large", {}, {}, {}};
    case 503: return {Fault::busy, "web.busy", {}, {}, {}};
    default: return {Fault::invalid, "web.request.broken", {}, {}, {}};
  }
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out += c;
  }
  return out + "\"";
}

std::string error_json(const locale::Words& words, const Error& error) {
  std::string out = "{\"error\":" + json_text(words.say(error));
  if (!error.fields.empty()) {
    out += ",\"fields\":{";
    for (const auto& field : error.fields) {
      if (out.back() != '{') out += ',';
      out += json_text(field.field) + ":" + json_text(words.say(field));
    }
    out += '}';
  }
  return out + "}";
}

bool is_message_key(std::string_view key) {
  return !key.empty() && key.size() <= 80 && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos;
}

}  // namespace

Roles allowed(Access access) {
  switch (access) {
    case Access::anyone:
    case Access::bearer:
    case Access::member: return {Role::administrator, Role::lead, Role::staff, Role::intern, Role::board, Role::trainer};
    case Access::staff: return {Role::administrator, Role::lead, Role::staff, Role::intern};
    case Access::board: return {Role::administrator, Role::lead, Role::staff, Role::intern, Role::board};
    case Access::lead: return {Role::administrator, Role::lead};
    case Access::administrator: return {Role::administrator};
  }
  return {};
}

std::optional<Language> accepted_language(std::string_view header) {
  std::optional<Language> best;
  double best_weight = 0;
  for (int items = 0; !header.empty() && items < 20; ++items) {
    const auto comma = header.find(',');
    const auto item = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    const auto semicolon = item.find(';');
    const auto tag = text::trim(item.substr(0, semicolon));
    double weight = 1;
    if (semicolon != std::string_view::npos) {
      const auto q = item.find("q=", semicolon);
      if (q != std::string_view::npos) weight = item.size() > q + 2 && item[q + 2] == '1' ? 1 : 0;
      if (q != std::string_view::npos && item.size() > q + 4 && item[q + 2] == '0' && item[q + 4] >= '0' && item[q + 4] <= '9')
        weight = (item[q + 4] - '0') / 10.0 + (item.size() > q + 5 && item[q + 5] >= '0' && item[q + 5] <= '9' ? (item[q + 5] - '0') / 100.0 : 0);
    }
    const auto language = language_of(tag.substr(0, tag.find('-')));
    if (language && weight > best_weight) {
      best = language;
      best_weight = weight;
    }
  }
  return best;
}

Gate::Gate(House& house, const Router& router, const Live* live)
    : house_(house), router_(router), live_(live), assets_(house.assets), rate_(house.settings.requests_per_second, house.settings.request_burst), measures_(house.clock.now_ms()) {}

Reply Gate::answer(Request&& moved) {
  Request request = std::move(moved);
  const auto began = std::chrono::steady_clock::now();
  if (auto reply = fixed(request)) {
    settle(*reply, request, nullptr, true);
    return *std::move(reply);
  }
  if (!rate_.allows(request.peer, began)) return refuse(request, 429).header("Retry-After", "5");
  std::optional<Error> early;
  if (auto read = wire::read_body(request); !read) early = std::move(read).error();
  auto match = router_.find(request.method, request.path);
  request.parameters = std::move(match.parameters);
  const std::int64_t known = live_ != nullptr ? live_->position() : 0;  // before anything is read

  auto who = ask(request);
  if (!who && !early) early = who.error();
  const bool known_member = who && who->has_value();
  const auto chosen = language_of(request.cookie(cookie_name("kedge_language")));
  const auto accepted = accepted_language(request.header("accept-language"));
  const Language language = chosen ? *chosen : known_member ? (*who)->member.language : accepted.value_or(Language::en);

  Context context(house_, request, language);
  context.assets_ = &assets_;
  context.live_after_ = known;
  if (known_member) {
    context.scope_ = (*who)->scope();
    context.room_ = room_of(request.cookie(cookie_name(kRoomCookie)));
    context.who_ = *std::move(*who);
  }
  if (const auto said = Fields::parse(request.cookie(cookie_name("kedge_notice"))); said && !said->items().empty()) {
    const auto& items = said->items();
    if (is_message_key(items.front().first)) context.notice_ = {items.front().first, {items.begin() + 1, items.end()}};
  }

  Reply reply = routed(request, context, match, early);
  const bool anonymous = match.route != nullptr && match.route->privacy == Privacy::anonymous;
  settle(reply, request, &context, anonymous);
  if (!anonymous) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    const auto spent = took.count();
    const auto pattern = match.route != nullptr ? match.route->pattern : "-";
    measures_.count(match.route != nullptr ? match.route->method : "-", pattern, reply.status, took);
    spdlog::info("{} {} {} {}.{} ms", request.method, pattern, reply.status, spent / 1000, spent / 100 % 10);
  }
  return reply;
}

// What needs no session, no language and no line of log.
std::optional<Reply> Gate::fixed(const Request& request) const {
  if (request.method == "POST") return std::nullopt;
  const std::string_view path = request.path;
  if (path.starts_with("/assets/")) return assets_.answer(request, path.substr(8));
  if (path == "/favicon.ico" || path == "/favicon.svg") return assets_.answer(request, path.substr(1));
  if (path == "/robots.txt") return Reply::text("User-agent: *\nDisallow: /\n");
  if (path == "/metrics") return measures(request);
  if (path == "/health") {
    const auto alive = house_.db.last_change();
    return alive ? Reply::text("ok\n") : Reply::text("database away\n", 503);
  }
  return std::nullopt;
}

// For this machine alone, and who was named for it. A proxy that nobody believes stands on this machine too: what passed one is not from here.
Reply Gate::measures(const Request& request) const {
  const auto& readers = house_.settings.metrics_readers;
  const bool passed_on = !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty();
  const bool local = !passed_on && (request.peer == "127.0.0.1" || request.peer == "::1");
  if (!local && std::ranges::find(readers, request.peer) == readers.end()) return refuse(request, 404);
  return Reply::text(measures_.text(house_.settings.version, house_.db.last_change().has_value()));
}

Result<std::optional<identity::SignedIn>> Gate::ask(const Request& request) const {
  const auto cookie = request.cookie(cookie_name("kedge_session"));
  if (cookie.empty() || cookie.size() > 512) return std::optional<identity::SignedIn>();
  auto who = house_.db.read(store::InstallationScope{}, [&](store::Read& db) { return identity::resume(db, house_.keyring, cookie); });
  if (who) return std::optional<identity::SignedIn>(*std::move(who));
  if (who.error().fault == Fault::signed_out) return std::optional<identity::SignedIn>();
  return fail(std::move(who).error());
}

Reply Gate::routed(const Request& request, Context& context, const Router::Match& match, const std::optional<Error>& early) const {
  if (match.route == nullptr) {
    if (early) return failed(request, context, *early, Privacy::logged);
    if (match.methods.empty()) return failed(request, context, error_of(404), Privacy::logged);
    Reply reply = failed(request, context, error_of(405), Privacy::logged);
    reply.status = 405;
    return std::move(reply).header("Allow", match.methods);
  }
  const Route& route = *match.route;
  if (early) return failed(request, context, *early, route.privacy);
  if (const auto done = permit(request, context, route); !done) {
    if (done.error().fault != Fault::signed_out || request.method == "POST" || request.wants_fragment() || route.pattern == "/live")
      return failed(request, context, done.error(), route.privacy);
    return Reply::see_other(Url::path("/sign-in").with("next", request.path));
  }
  if (const auto done = own_form(request, context, route); !done) return failed(request, context, done.error(), route.privacy);
  // by the day, and only while reading: no row of a session stands beside a save
  if (context.signed_in() && !context.who().used_today && request.method != "POST" && route.privacy == Privacy::logged) {
    if (const auto noted = context.write([&](store::Tx& tx) { return identity::note_use(tx, context.who()); }); !noted)
      spdlog::warn("session: {}", noted.error().key);
  }
  try {
    auto reply = route.handler(request, context);
    return reply ? *std::move(reply) : failed(request, context, reply.error(), route.privacy);
  } catch (const std::exception& problem) {
    return failed(request, context, Error{Fault::internal, "web.internal", problem.what(), {}, {}}, route.privacy);
  }
}

Done Gate::permit(const Request& /*request*/, const Context& context, const Route& route) const {
  if (route.access == Access::anyone || route.access == Access::bearer) return {};
  if (!context.signed_in()) return fail(Fault::signed_out, "web.signed_out");
  if (!context.who().member.roles.any(allowed(route.access))) return fail(Fault::forbidden, "web.forbidden");
  return {};
}

Done Gate::own_form(const Request& request, const Context& context, const Route& route) const {
  if (request.method != "POST" || route.access == Access::bearer) return {};
  if (!forgery::from_own_site(request, house_.public_url)) return fail(Fault::forbidden, "web.form.foreign", "another site");
  const auto header = request.header("kedge-csrf");
  const auto token = header.empty() ? request.form.first("csrf") : header;
  if (context.signed_in() && forgery::fits(token, context.who().csrf)) return {};
  // a page from before signing in may still be open
  if (route.access == Access::anyone && forgery::fits(token, context.cookie("kedge_form"))) return {};
  return fail(Fault::forbidden, "web.form.foreign", "token");
}

Reply Gate::failed(const Request& request, const Context& context, const Error& error, Privacy privacy) const {
  const int status = error.fields.empty() ? status_of(error.fault) : status_of_form(error);
  // an anonymous route leaves no line, not even of a save that failed: it would tell when somebody tried
  if (privacy == Privacy::logged && (status >= 500 || error.fault == Fault::forbidden)) spdlog::warn("{}: {}", error.key, error.detail);
  Reply reply = request.wants_fragment() ? Reply::json(error_json(context.words(), error), status)
                                         : Reply::html(error_page(&context, context.words(), assets_, status, error, request.method == "POST"), status);
  if (status == 503) reply.header("Retry-After", "5");
  return reply;
}

Reply Gate::refuse(const Request& request, int status) const {
  const auto chosen = language_of(request.cookie(cookie_name("kedge_language")));
  const auto& words = locale::words(chosen ? *chosen : accepted_language(request.header("accept-language")).value_or(Language::en));
  const Error error = error_of(status);
  Reply reply = request.wants_fragment() ? Reply::json(error_json(words, error), status)
                                         : Reply::html(error_page(nullptr, words, assets_, status, error, request.method == "POST"), status);
  settle(reply, request, nullptr, true);
  return reply;
}

std::string Gate::cookie_name(std::string_view name) const { return house_.secure() ? "__Host-" + std::string(name) : std::string(name); }

std::string Gate::cookie_line(std::string_view name, std::string_view value, std::int64_t keep_seconds) const {
  std::string line = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", cookie_name(name), value);
  if (keep_seconds != 0) line += fmt::format("; Max-Age={}", std::max<std::int64_t>(keep_seconds, 0));
  if (house_.secure()) line += "; Secure";
  return line;
}

void Gate::set_cookies(Reply& reply, const Request& request, const Context& context) const {
  for (const auto& [name, value, keep] : context.cookies_) {
    if (value.find_first_of("; ,\"\\\r\n") != std::string::npos) continue;  // none of ours has one of these
    reply.header("Set-Cookie", cookie_line(name, value, keep));
  }
  if (context.form_secret_fresh_) reply.header("Set-Cookie", cookie_line("kedge_form", context.form_secret_, kFormSecretSeconds));
  if (context.next_notice_) {
    std::string said = context.next_notice_->key;
    for (const auto& [name, value] : context.next_notice_->arguments) said += "&" + wire::encode(name) + "=" + wire::encode(value);
    if (said.size() < 2000) reply.header("Set-Cookie", cookie_line("kedge_notice", said, kNoticeSeconds));
  } else if (!context.notice_.key.empty() && reply.status == 200 && request.method == "GET" && !request.wants_fragment()) {
    reply.header("Set-Cookie", cookie_line("kedge_notice", "", -1));
  }
}

// Whoever says cacheable gets an ETag over the plain bytes; everything else is never stored.
void Gate::cache(Reply& reply, const Request& request) const {
  if (!reply.cacheable || reply.live) {
    if (!reply.has_header("Cache-Control")) reply.header("Cache-Control", "no-store");
    return;
  }
  if (!reply.has_header("Cache-Control")) reply.header("Cache-Control", "private, no-cache");
  if (reply.has_header("ETag") || reply.status != 200 || request.method == "POST") return;
  const std::string tag = "W/\"" + crypto::to_hex(crypto::hash(reply.bytes())).substr(0, 20) + "\"";
  reply.header("ETag", tag);
  if (request.header("if-none-match").find(tag) == std::string_view::npos) return;
  reply.status = 304;
  reply.body.clear();
}

void Gate::settle(Reply& reply, const Request& request, const Context* context, bool quiet) const {
  if (context != nullptr) set_cookies(reply, request, *context);
  cache(reply, request);
  if (house_.settings.compress) pressing::press(reply, request.header("accept-encoding"));
  reply.header("Content-Security-Policy", std::string(kPolicy));
  reply.header("X-Content-Type-Options", "nosniff");
  if (!reply.has_header("Referrer-Policy")) reply.header("Referrer-Policy", quiet && context != nullptr ? "no-referrer" : "same-origin");
  reply.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
  reply.header("Cross-Origin-Opener-Policy", "same-origin");
  reply.header("Cross-Origin-Resource-Policy", "same-origin");
  reply.header("X-Robots-Tag", "noindex, nofollow");
  if (house_.secure()) reply.header("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace kedge::web
