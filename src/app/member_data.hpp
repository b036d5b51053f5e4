// app: what a member's own data is, over all modules: to see, to take along, and what becomes of it when they leave.
#pragma once

#include <string>
#include <vector>

#include "web/context.hpp"

namespace kedge::app {

struct OwnKind {
  std::string table;
  std::int64_t rows = 0;
  bool goes = false;   // when the member leaves; else it stays with the library
};
// Rows of the library that stand under the member's name, kind by kind; private answers among them, whether or not they can be
// opened. Not what others wrote about them: a trustee would read answers that the board does not open. What lies in a sealed box is in none: nobody could say whose it is.
[[nodiscard]] Result<std::vector<OwnKind>> own_kinds(web::Context& context);
// The same as one file (JSON): every column but the sealed ones, and what they wrote alone in clear words, which only their own
// session can open. Errors: forbidden "identity.locked" while it can't.
[[nodiscard]] Result<std::string> own_file(web::Context& context);

}  // namespace kedge::app
