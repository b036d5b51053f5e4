// guide: the records that answers name. Organizations, contacts and members stand in the team's answers by id, so that
// they are the same record wherever they appear; a person writing alone just writes their names.
#pragma once

#include <vector>

#include "directory/directory.hpp"
#include "guide/workbook.hpp"
#include "identity/identity.hpp"

namespace kedge::guide {

// Puts ids in place of typed names: an organization of that name or a new one, a contact there or a new one, whose phone
// and e-mail are kept with the contact. Fields that are ids already stay. Errors: those of directory.
[[nodiscard]] Result<Values> with_records(store::Tx& tx, const store::Scope& scope, const Prompt& prompt, Values values);

// The records of a library, for reading answers.
struct Records {
  store::Shared<std::vector<directory::Organization>> organizations;
  store::Shared<std::vector<directory::Contact>> contacts;
  store::Shared<std::vector<identity::Member>> members;
};
[[nodiscard]] Result<Records> records(store::Read& db, const store::Scope& scope);
// Puts names in place of ids, and the contact's phone and e-mail where the prompt has columns for them.
[[nodiscard]] Values with_names(const Records& records, const Prompt& prompt, Values values);

}  // namespace kedge::guide
