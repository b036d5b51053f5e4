// guide pages: which place of which workbook a request speaks of.
#pragma once

#include "guide/pages/card.hpp"
#include "guide/records.hpp"
#include "guide/workbook.hpp"
#include "web/context.hpp"
#include "web/request.hpp"

namespace kedge::guide {

struct Asked {
  Place place;
  Voice voice = Voice::team;
};

// {id}, {prompt}, {voice} of the pattern and ?row= of the query. Errors: not_found.
[[nodiscard]] Result<Asked> asked(const web::Request& request);
// The answer's fields as they were typed: every field of the form but the hidden ones.
[[nodiscard]] Values typed(const web::Request& request);
// What was typed into fields that come back, and what is wrong with it.
void fill_in(std::vector<FieldView>& fields, const Values& typed, const Error& error, const web::Context& context);
// The hidden field "version". Errors: invalid.
[[nodiscard]] Result<std::int64_t> read_version(const web::Request& request);
// The hidden field "shown": what a row showed of the records that it names (records.hpp). Errors: invalid.
[[nodiscard]] Result<ShownValues> shown(const web::Request& request);
// The section's page, at the prompt's card.
[[nodiscard]] web::Url back_to(const Workbook& book, const Place& place);
// The same after something was done there: the card says it.
[[nodiscard]] web::Url done_at(const Workbook& book, const Place& place);

}  // namespace kedge::guide
