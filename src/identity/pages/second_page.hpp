// identity pages: the second step of signing in: set up, asked for, taken away.
#pragma once

#include <string>

#include "identity/pages/parts.hpp"
#include "identity/second.hpp"

namespace kedge::identity::pages {

struct SecondView {
  SecondStart start;      // empty: nothing is being set up
  bool confirmed = false;
  web::Field code;
  web::Field current;     // the password, to take it away
};

// The page that asks for it while signing in: `cookie` is of the session that waits.
[[nodiscard]] web::Reply second_reply(const web::Context& context, const std::string& cookie, const std::string& next, const Error* wrong = nullptr);

[[nodiscard]] Result<web::Reply> show_second(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> begin_second(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> confirm_own_second(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> end_own_second(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
