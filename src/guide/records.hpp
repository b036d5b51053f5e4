// guide: the records that answers name. Organizations, contacts and members stand in the team's answers by id, so that
// they are the same record wherever they appear; a person writing alone just writes their names.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "directory/directory.hpp"
#include "directory/merging.hpp"
#include "guide/workbook.hpp"
#include "identity/identity.hpp"

namespace kedge::guide {

// What a row showed of the records it names when it was read: names, phone and e-mail, by column. Nothing: it was not seen.
using ShownValues = std::optional<Values>;
[[nodiscard]] Values shown_of(const Prompt& prompt, const Values& named);
[[nodiscard]] bool names_records(const Prompt& prompt);

// Puts ids in place of typed names: an organization of that name or a new one, a contact there or a new one, whose phone
// and e-mail are kept with the contact. `kept` is the row as it is stored. Fields that are ids already stay; a name that was
// left as it was shown means the same record, whatever it is called by now. Of phone and e-mail only what was changed against
// `shown` is written, and never a blank over what was not seen.
// Errors: those of directory; conflict "guide.answer.changed" when somebody else has changed phone or e-mail meanwhile.
[[nodiscard]] Result<Values> with_records(store::Tx& tx, const store::Scope& scope, const Prompt& prompt, Values values, const Values& kept, const ShownValues& shown);

// The records of a library, for reading answers.
struct Records {
  store::Shared<std::vector<directory::Organization>> organizations;
  store::Shared<std::vector<directory::Contact>> contacts;
  store::Shared<std::vector<identity::Member>> members;
  std::string former = {};  // whose work has lost its writer
  store::Shared<directory::Survivors> survivors = {};  // where merged records are now; may be missing

  // The id by which a record that an answer names is found: its own, or that of what it was merged into.
  [[nodiscard]] std::string now(const std::string& id) const;
};
// `former`: what a member is called who left and took the name away.
[[nodiscard]] Result<Records> records(store::Read& db, const store::Scope& scope, std::string_view former = {});
// Puts names in place of ids, and the contact's phone and e-mail where the prompt has columns for them.
[[nodiscard]] Values with_names(const Records& records, const Prompt& prompt, Values values);

}  // namespace kedge::guide
