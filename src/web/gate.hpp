// web: every request passes here. Session, access, forms of others, limits, language, errors, headers, one line of log.
// The only place that makes a Scope from a session. Knows nothing of sockets, so that tests call it as the server does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/assets.hpp"
#include "web/context.hpp"
#include "web/measures.hpp"
#include "web/rate.hpp"
#include "web/router.hpp"

namespace kedge::web {

// Who may open a route of this access, apart from nobody.
[[nodiscard]] Roles allowed(Access access);

class Gate {
 public:
  // `live` may be nothing: then /live answers 503.
  Gate(House& house, const Router& router, const Live* live);

  [[nodiscard]] Reply answer(Request&& request);
  // What is said to a request that the server itself refuses (too large, too slow, too many). Reads nothing.
  [[nodiscard]] Reply refuse(const Request& request, int status) const;

 private:
  struct Asker;
  [[nodiscard]] std::optional<Reply> fixed(const Request& request) const;
  [[nodiscard]] Reply measures(const Request& request) const;
  [[nodiscard]] Reply routed(const Request& request, Context& context, const Router::Match& match, const std::optional<Error>& early) const;
  [[nodiscard]] Result<std::optional<identity::SignedIn>> ask(const Request& request) const;
  [[nodiscard]] Done permit(const Request& request, const Context& context, const Route& route) const;
  [[nodiscard]] Done own_form(const Request& request, const Context& context, const Route& route) const;
  [[nodiscard]] Reply failed(const Request& request, const Context& context, const Error& error, Privacy privacy) const;
  void settle(Reply& reply, const Request& request, const Context* context, bool quiet) const;
  void set_cookies(Reply& reply, const Request& request, const Context& context) const;
  void cache(Reply& reply, const Request& request) const;
  [[nodiscard]] std::string cookie_name(std::string_view name) const;
  [[nodiscard]] std::string cookie_line(std::string_view name, std::string_view value, std::int64_t keep_seconds) const;

  House& house_;
  const Router& router_;
  const Live* live_;
  Assets assets_;
  Rate rate_;
  Measures measures_;
};

// The language asked for by Accept-Language, or nothing when we speak none of them.
[[nodiscard]] std::optional<Language> accepted_language(std::string_view header);

}  // namespace kedge::web
