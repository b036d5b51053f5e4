#include "guide/sheets.hpp"

#include <algorithm>
#include <set>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "guide/answer_writing.hpp"
#include "guide/fields.hpp"
#include "guide/sheet_store.hpp"

namespace kedge::guide {
namespace {

constexpr std::string_view kLetters = "CDFHJKMNPRTWXY347";  // none of them looks like another, by hand either; no vowels, no words

std::string fresh_code() {
  std::string code;
  for (int i = 0; i < 3; ++i) code += kLetters[crypto::random_below(static_cast<std::uint32_t>(kLetters.size()))];
  return code;
}

Sheet sheet_of(const rows::SheetRow& row) { return {row.id, row.workbook, row.code, row.name, row.typed}; }

// Its answers stand on the pages of the workbook.
Done tell(store::Tx& tx, const rows::SheetRow& row, std::string_view field) {
  TRY_DONE(tx.record("sheet", row.id, {std::string(field)}));
  return tx.touch("workbook/" + row.workbook.text());
}

}  // namespace

bool on_sheet(const Prompt& prompt) {
  return prompt.answerable() && !prompt.left_out() && prompt.share != Share::never && prompt.kind != Kind::checklist && prompt.kind != Kind::actions;
}

Voice voice_on_sheet(const Prompt& prompt) { return prompt.asked(Voice::personal) ? Voice::personal : Voice::team; }

Result<std::vector<Sheet>> sheets(store::Read& db, const store::Scope& scope, const Id& workbook) {
  TRY(const auto kept, rows::standing_sheets(db, scope, workbook));
  std::vector<Sheet> all;
  for (const auto& row : kept) all.push_back(sheet_of(row));
  return all;
}

Result<Sheet> sheet(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto row, rows::sheet(db, scope, id));
  return sheet_of(row);
}

Done make_sheets(store::Tx& tx, const store::Scope& scope, const Id& workbook_id, std::int64_t count) {
  TRY(const auto book, workbook(tx, scope, workbook_id));
  TRY(const auto kept, rows::sheets(tx, scope, book.id));
  if (count < 1 || count > kMostSheetsAtOnce) return fail_field("count", "guide.sheet.count");
  if (kept.size() + static_cast<std::size_t>(count) > kMostSheets) return fail_field("count", "guide.sheet.too_many");
  std::set<std::string> taken;
  std::int64_t position = 0;
  for (const auto& row : kept) {
    taken.insert(row.code);
    position = std::max(position, row.position);
  }
  for (std::int64_t made = 0; made < count; ++made) {
    auto code = fresh_code();
    while (!taken.insert(code).second) code = fresh_code();
    const rows::SheetRow row{tx.fresh_id(), book.id, code, "", false, ++position};
    TRY_DONE(rows::add_sheet(tx, scope, row));
    TRY_DONE(tell(tx, row, "code"));
  }
  return {};
}

Done name_sheet(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& typed) {
  TRY(auto row, rows::sheet(tx, scope, id));
  row.name = text::clean_line(typed);
  if (const auto length = text::length(row.name); length > kSheetName)
    return fail(Error{Fault::invalid, "guide.answer.too_long", {}, {{"name", "guide.answer.too_long", {{"limit", std::to_string(kSheetName)}, {"length", std::to_string(length)}}}}, {}});
  TRY_DONE(rows::update_sheet(tx, scope, row));
  return tell(tx, row, "name");
}

Done mark_sheet(store::Tx& tx, const store::Scope& scope, const Id& id, Typed typed) {
  TRY(auto row, rows::sheet(tx, scope, id));
  row.typed = typed == Typed::whole;
  TRY_DONE(rows::update_sheet(tx, scope, row));
  return tell(tx, row, "typed");
}

Done remove_sheet(store::Tx& tx, const store::Scope& scope, const Id& id) {
  const auto row = rows::sheet(tx, scope, id);
  if (!row) return row.error().fault == Fault::not_found ? Done() : fail(row.error());
  TRY_DONE(rows::remove_sheet(tx, scope, *row, tx.now_ms()));
  return tell(tx, *row, "removed");
}

Done restore_sheet(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(rows::restore_sheet(tx, scope, id));
  TRY(const auto row, rows::sheet(tx, scope, id));
  return tell(tx, row, "removed");
}

Result<Answer> save_on_sheet(store::Tx& tx, const store::Scope& scope, const Id& sheet_id, const Place& place, const Values& typed, std::int64_t read_version) {
  TRY(const auto of, rows::sheet(tx, scope, sheet_id));
  TRY(const auto book, workbook(tx, scope, place.workbook));
  const auto* prompt = book.definition().prompt(place.prompt);
  if (of.workbook != place.workbook || prompt == nullptr || !on_sheet(*prompt)) return fail(Fault::not_found, "guide.prompt.unknown");
  TRY(const auto values, checked(book.definition(), place, voice_on_sheet(*prompt), typed));
  TRY(const auto found, rows::answer_by(tx, scope, place, Voice::personal, of.id.text()));
  if (found && found->body == to_json(values)) return answer_from(*found);
  if ((found ? found->version : 0) != read_version) return fail(Fault::conflict, "guide.sheet.changed");
  if (found) return write_version(tx, scope, *found, values);
  TRY(const auto position, rows::next_position(tx, scope, place));
  return write_version(tx, scope, {tx.fresh_id(), place.workbook, place.prompt, place.row, Voice::personal, Id(), "{}", 0, position, 0, Id(), of.id.text()}, values);
}

}  // namespace kedge::guide
