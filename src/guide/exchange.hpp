// guide: a workbook as one JSON file and back (docs/workbook.schema.json).
// It holds the guide, what the team agreed on, and, for whoever asks for it, their own answers in clear. What colleagues
// share is theirs and is not in it.
#pragma once

#include <string>
#include <string_view>

#include "guide/workbook.hpp"

namespace kedge::guide {

constexpr int kExchangeVersion = 1;
constexpr std::size_t kLargestExchange = 8 * 1024 * 1024;  // bytes

// `key`: with the reader's own answers; null without. Organizations, contacts and members stand in it by name.
[[nodiscard]] Result<std::string> export_workbook(store::Read& db, const store::Scope& scope, const Id& workbook, const crypto::Key* key);
// A new workbook with new ids. Nothing of it is kept when anything in it is wrong.
// Errors: too_large; newer_version "guide.import.version"; invalid "guide.import.broken" and fields {"answers/3/row", key}.
[[nodiscard]] Result<Id> import_workbook(store::Tx& tx, const store::Scope& scope, std::string_view json, const crypto::Key* key);

}  // namespace kedge::guide
