// guide: a workbook as one JSON file and back (docs/workbook-format.md, docs/workbook.schema.json).
// It holds the guide, what the team agreed on, what its closed lists said, its actions, the findings of both, the
// organizations and contacts that they name, and, for whoever asks for it, their own answers in clear. What a colleague
// shared can be taken back and is not in it; nor is anything of an open list.
#pragma once

#include <string>
#include <string_view>

#include "guide/workbook.hpp"

namespace kedge::guide {

constexpr int kExchangeVersion = 1;
constexpr std::size_t kLargestExchange = 8 * 1024 * 1024;  // bytes

// `key`: with the reader's own answers; null without. Organizations, contacts and members stand in it by name, one whose
// name went with them as `former`.
[[nodiscard]] Result<std::string> export_workbook(store::Read& db, const store::Scope& scope, const Id& workbook, const crypto::Key* key,
                                                  std::string_view former = {});

struct Imported {
  Id workbook;
  int without_owner = 0;  // actions whose owner has no account here: they came in as proposed, with nobody yet
};
// A new workbook with new ids. Organizations and contacts of the same name are taken as they stand here, never changed;
// others are made. Nothing of it is kept when anything in it is wrong.
// Errors: too_large; newer_version "guide.import.newer", "guide.import.older"; invalid "guide.import.broken" and fields
// {"answers/3/row", key}.
[[nodiscard]] Result<Imported> import_workbook(store::Tx& tx, const store::Scope& scope, std::string_view json, const crypto::Key* key);

}  // namespace kedge::guide
