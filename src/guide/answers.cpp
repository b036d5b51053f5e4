// What the team writes together: saved by the version that was read, so that nobody overwrites a colleague unseen.
#include <algorithm>

#include "core/text.hpp"
#include "guide/answer_writing.hpp"
#include "guide/fields.hpp"
#include "guide/records.hpp"
#include "guide/sheets.hpp"
#include "guide/workbook.hpp"
#include "guide/workbook_store.hpp"
#include "identity/identity.hpp"

namespace kedge::guide {

Result<Answer> answer_from(const rows::AnswerRow& row) {
  TRY(auto values, values_from(row.body));
  Answer answer{row.id, {row.workbook, row.prompt, row.row}, row.voice, row.member, std::move(values), row.version, row.position, row.changed_ms, row.changed_by, {}};
  if (row.voice == Voice::personal && row.member.empty()) answer.sheet = Id::parse(row.key).value_or(Id());
  return answer;
}

Done announce_answer(store::Tx& tx, const Place& place) {
  TRY_DONE(tx.touch("workbook/" + place.workbook.text()));
  return tx.touch("answer/" + place.workbook.text() + "/" + place.prompt);
}

Result<Answer> write_version(store::Tx& tx, const store::Scope& scope, rows::AnswerRow row, const Values& values) {
  const bool first = row.version == 0;
  row.body = to_json(values);
  row.version += 1;
  row.changed_ms = tx.now_ms();
  row.changed_by = scope.actor;
  if (first) {
    TRY_DONE(rows::add_answer(tx, scope, row));
  } else {
    TRY_DONE(rows::update_answer(tx, scope, row));
  }
  TRY_DONE(rows::add_revision(tx, scope, {tx.fresh_id(), row.id, row.version, row.body, scope.actor, tx.now_ms(), false, false}));
  TRY_DONE(tx.record("answer", row.id, {"body"}));
  TRY_DONE(announce_answer(tx, {row.workbook, row.prompt, row.row}));
  return answer_from(row);
}

namespace {

Result<Revision> from_row(const rows::RevisionRow& row) {
  TRY(auto values, values_from(row.body));
  return Revision{row.id, row.version, std::move(values), row.member, row.at_ms, row.beside, row.settled};
}

// The row that stands at a place for the team, or a new one that nothing was saved in.
Result<rows::AnswerRow> row_at(store::Tx& tx, const store::Scope& scope, const Place& place) {
  TRY(auto found, rows::answer_at(tx, scope, place, Voice::team, Id()));
  if (found) return *std::move(found);
  TRY(const auto position, rows::next_position(tx, scope, place));
  return rows::AnswerRow{tx.fresh_id(), place.workbook, place.prompt, place.row, Voice::team, Id(), "{}", 0, position, 0, Id()};
}

}  // namespace

// Random: a row of one's own must not tell the moment at which it was made.
std::string fresh_row() { return Id::random().text(); }

Result<std::vector<Answer>> answers(store::Read& db, const store::Scope& scope, const Id& workbook) {
  TRY(const auto kept, rows::answers(db, scope, workbook));
  std::vector<Answer> all;
  all.reserve(kept.size());
  for (const auto& row : kept) {
    TRY(auto answer, answer_from(row));
    all.push_back(std::move(answer));
  }
  return all;
}

Result<Answer> answer(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto row, rows::answer(db, scope, id));
  return answer_from(row);
}

Result<Answer> save_team(store::Tx& tx, const store::Scope& scope, const Place& place, const Values& typed, std::int64_t read_version,
                         const ShownValues& shown) {
  TRY(const auto book, workbook(tx, scope, place.workbook));
  TRY(auto good, checked(book.definition(), place, Voice::team, typed));
  TRY(auto row, row_at(tx, scope, place));
  TRY(const auto kept, values_from(row.body));
  TRY(const auto values, with_records(tx, scope, *book.definition().prompt(place.prompt), std::move(good), kept, shown));
  if (row.version > 0 && row.body == to_json(values)) return answer_from(row);  // the same words, whoever was first
  if (row.version != read_version) return fail(Fault::conflict, "guide.answer.changed");
  return write_version(tx, scope, std::move(row), values);
}

Done keep_beside(store::Tx& tx, const store::Scope& scope, const Place& place, const Values& typed, std::int64_t read_version) {
  TRY(const auto book, workbook(tx, scope, place.workbook));
  TRY(const auto values, checked(book.definition(), place, Voice::team, typed));
  TRY(const auto found, rows::answer_at(tx, scope, place, Voice::team, Id()));
  if (!found) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto waiting, besides(tx, scope, place.workbook));
  for (const auto& earlier : waiting) {
    if (earlier.answer != found->id || earlier.member != scope.actor) continue;
    if (earlier.values == values) return {};
    if (holds(values, earlier.values)) TRY_DONE(rows::settle(tx, scope, earlier.revision));
  }
  TRY_DONE(rows::add_revision(tx, scope, {tx.fresh_id(), found->id, read_version, to_json(values), scope.actor, tx.now_ms(), true, false}));
  return announce_answer(tx, place);
}

namespace {

// The fields that take running words, so that what several people wrote can stand one after the other.
bool joins(const Prompt& prompt, const std::string& field) {
  const auto* column = prompt.column(field);
  if (column != nullptr) return column->kind == ColumnKind::long_text;
  return field == "text" || field == "reason" || field == "outcome";
}

// Adds one shared answer to what the team has: words under the writer's name, the rest where nothing stands yet.
void add_words(const Prompt& prompt, const std::string& writer, const Values& shared, Values& team) {
  for (const auto& [field, value] : shared) {
    if (value.empty()) continue;
    auto& here = team[field];
    if (!joins(prompt, field)) {
      if (here.empty() && field != "choice") here = value;
      continue;
    }
    if (!here.empty()) here += "\n\n";
    here += writer.empty() ? value : writer + ": " + value;  // who left may have taken the name away
  }
}

// Empty: who left took the name away, or a sheet has none.
Result<std::string> writer_of(store::Read& db, const store::Scope& scope, const Answer& answer) {
  if (!answer.member.empty()) {
    TRY(const auto writer, identity::member(db, scope, answer.member));
    return writer.name;
  }
  if (answer.sheet.empty()) return std::string();
  TRY(const auto all, sheets(db, scope, answer.place.workbook));
  const auto of = std::ranges::find(all, answer.sheet, &Sheet::id);
  return of == all.end() ? std::string() : of->name;
}

}  // namespace

Done pull(store::Tx& tx, const store::Scope& scope, const Place& place, const std::vector<Id>& shared) {
  TRY(const auto book, workbook(tx, scope, place.workbook));
  const auto* prompt = book.definition().prompt(place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  for (const auto& id : shared) {
    TRY(const auto source, answer(tx, scope, id));
    if (source.place.workbook != place.workbook || source.place.prompt != place.prompt || source.voice != Voice::personal)
      return fail(Fault::not_found, "guide.answer.unknown");
    TRY(const auto writer, writer_of(tx, scope, source));
    // a row that somebody added alone becomes a new row of the team's; a given one is joined
    const bool new_row = has_rows(*prompt) && prompt->row(source.place.row) == nullptr;
    const Place target{place.workbook, place.prompt, new_row ? fresh_row() : source.place.row};
    TRY(const auto row, row_at(tx, scope, target));
    TRY(auto values, values_from(row.body));
    if (new_row) values = source.values;
    else add_words(*prompt, writer, source.values, values);
    TRY_DONE(save_team(tx, scope, target, values, row.version));
  }
  return {};
}

Done remove_row(store::Tx& tx, const store::Scope& scope, const Place& place, Voice voice) {
  if (voice == Voice::personal) {
    TRY(const auto own, rows::private_at(tx, scope, place));
    if (!own) return fail(Fault::not_found, "guide.answer.unknown");
    TRY(const auto copy, rows::answer_at(tx, scope, place, Voice::personal, scope.actor));
    if (copy) {
      TRY_DONE(rows::empty_answer(tx, scope, copy->id, tx.now_ms()));
      TRY_DONE(tx.record("answer", copy->id, {"shared"}));
      TRY_DONE(announce_answer(tx, place));
    }
    TRY_DONE(rows::mark_private(tx, scope, own->id, tx.now_ms()));
    return {};
  }
  TRY(const auto found, rows::answer_at(tx, scope, place, Voice::team, Id()));
  if (!found) return fail(Fault::not_found, "guide.answer.unknown");
  TRY_DONE(rows::mark_answer(tx, scope, found->id, tx.now_ms()));
  TRY_DONE(tx.record("answer", found->id, {"removed"}));
  return announce_answer(tx, place);
}

Done restore_row(store::Tx& tx, const store::Scope& scope, const Place& place) {
  TRY(const auto found, rows::answer_at(tx, scope, place, Voice::team, Id()));
  if (!found) return fail(Fault::not_found, "guide.answer.unknown");
  TRY_DONE(rows::mark_answer(tx, scope, found->id, std::nullopt));
  TRY_DONE(tx.record("answer", found->id, {"removed"}));
  return announce_answer(tx, place);
}

Result<std::vector<Revision>> revisions(store::Read& db, const store::Scope& scope, const Id& answer) {
  TRY(const auto kept, rows::revisions(db, scope, answer));
  std::vector<Revision> all;
  for (const auto& row : kept) {
    TRY(auto revision, from_row(row));
    all.push_back(std::move(revision));
  }
  return all;
}

Result<std::vector<Beside>> besides(store::Read& db, const store::Scope& scope, const Id& workbook) {
  TRY(const auto kept, rows::besides(db, scope, workbook));
  std::vector<Beside> all;
  for (const auto& row : kept) {
    TRY(auto values, values_from(row.body));
    all.push_back({row.id, row.answer, std::move(values), row.member, row.at_ms});
  }
  return all;
}

Done settle(store::Tx& tx, const store::Scope& scope, const Id& revision) {
  TRY(const auto row, rows::revision(tx, scope, revision));
  TRY(const auto answer, rows::answer(tx, scope, row.answer));
  TRY_DONE(rows::settle(tx, scope, revision));
  TRY_DONE(tx.record("answer", answer.id, {"settled"}));
  return announce_answer(tx, {answer.workbook, answer.prompt, answer.row});
}

}  // namespace kedge::guide
