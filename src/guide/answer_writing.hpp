// guide: how a version of an answer that all may read is written. Inside guide only.
#pragma once

#include "guide/workbook_store.hpp"

namespace kedge::guide {

[[nodiscard]] Result<Answer> answer_from(const rows::AnswerRow& row);
Done announce_answer(store::Tx& tx, const Place& place);
// Writes a new version of an answer, which `row` describes as it stands now (version 0: not yet there).
[[nodiscard]] Result<Answer> write_version(store::Tx& tx, const store::Scope& scope, rows::AnswerRow row, const Values& values);

}  // namespace kedge::guide
