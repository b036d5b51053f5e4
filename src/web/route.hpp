// web: the table of routes. A route without an access rule does not compile: Access has no default.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::web {

class Context;

enum class Access : std::uint8_t {
  anyone,         // no session needed; a handler that shows nothing of a library
  member,         // anybody of the library, board and trainer too
  staff,          // who fills the workbook: administrator, lead, staff, intern
  board,          // staff, and the board that reads
  lead,           // lead or administrator
  administrator,
  bearer,         // whoever has the address, whose token is the secret: no session and no form secret asked (a mail program's own POST)
};

using Handler = Result<Reply> (*)(const Request&, Context&);

enum class Privacy : std::uint8_t {
  logged,     // one line a request: pattern, status, milliseconds
  anonymous,  // no line, no metric, no last-seen
};

struct Route {
  std::string_view method;   // GET, POST
  std::string_view pattern;  // "/workbooks/{id}/sections/{section}"
  Access access;
  Handler handler;
  Privacy privacy = Privacy::logged;

  constexpr Route(std::string_view the_method, std::string_view the_pattern, Access the_access, Handler the_handler,
                  Privacy the_privacy = Privacy::logged)
      : method(the_method), pattern(the_pattern), access(the_access), handler(the_handler), privacy(the_privacy) {}
};

using Routes = std::span<const Route>;

}  // namespace kedge::web
