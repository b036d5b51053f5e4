// plan pages: actions as rows of a table, for the list and for the guide's action table.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "web/context.hpp"
#include "web/fields.hpp"

namespace kedge::plan::pages {

struct ActionRow {
  Id id;
  web::Url url;
  std::string step;
  std::string who;           // empty: nobody yet
  std::string due;           // words; empty: no day yet
  Status status = Status::proposed;
  std::string status_words;
  bool late = false;
  bool quiet = false;        // nobody looked at it for long
  bool look = false;         // the promised look has come
  bool left_behind = false;  // who owned it has left
};

// The names of everybody who may own an action, read once a page.
struct Owners {
  Date today;                                 // the library's
  std::map<std::string, std::string> names;   // by "member:<id>" and "contact:<id>", those who left too
  std::set<std::string> left;                 // codes of those who left
  std::vector<web::Choice> choices;           // nobody, the members, the contacts with their organization
};
[[nodiscard]] Result<Owners> owners(store::Read& db, const web::Context& context);
[[nodiscard]] Result<Owners> owners(store::Read& db, const store::Scope& scope, const locale::Words& words, const Date& today);
// "member:<id>", "contact:<id>" or "".
[[nodiscard]] std::string owner_code(const Action& action);
[[nodiscard]] std::string status_words(const locale::Words& words, Status status);
[[nodiscard]] ActionRow row(const Action& action, const Owners& owners, const web::Context& context);

// What the guide's action table shows: the actions of one workbook and where a new one is made.
struct ActionTable {
  std::vector<ActionRow> rows;
  web::Url self;       // this table alone
  web::Url add;        // empty: the reader may not
};
[[nodiscard]] Result<ActionTable> table_of(store::Read& db, const web::Context& context, const Id& workbook);

}  // namespace kedge::plan::pages
