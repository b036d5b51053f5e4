// guide: which fields an answer has and what may stand in them. Pure.
#pragma once

#include <string>

#include "guide/workbook.hpp"

namespace kedge::guide {

// The fields typed for a prompt, cleaned and checked. Unknown fields are dropped.
// Errors: not_found "guide.prompt.unknown" (no such prompt or row), invalid with every field that can't be taken:
// "guide.answer.too_long", "guide.answer.no_option", "web.field.date", "web.field.email".
[[nodiscard]] Result<Values> checked(const Guide& guide, const Place& place, Voice voice, const Values& typed);

// Whether a prompt keeps rows ("row" of its places is not empty).
[[nodiscard]] bool has_rows(const Prompt& prompt);

// The first field of an answer that says something, for titles of rows. Quotations are said_in_full of the pages.
[[nodiscard]] std::string said(const Prompt& prompt, const Values& values);

}  // namespace kedge::guide
