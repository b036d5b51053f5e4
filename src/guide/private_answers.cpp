// What a member writes alone: sealed to the member's key until it is shared (PRIVACY.md 3).
#include <algorithm>

#include "guide/fields.hpp"
#include "guide/sweep.hpp"
#include "guide/workbook.hpp"
#include "guide/workbook_store.hpp"
#include "identity/identity.hpp"
#include "store/erasures.hpp"

namespace kedge::guide {
namespace {

// Binds a ciphertext to library, member and row, so that it can't be moved to another.
std::string bound_to(const store::Scope& scope, const Place& place) {
  return "private_answer/" + scope.library.text() + "/" + scope.actor.text() + "/" + place.workbook.text() + "/" + place.prompt + "/" + place.row;
}

// A length tells something too: texts are padded to the next 256 bytes before they are sealed.
std::string padded(std::string text) {
  constexpr std::size_t kBlock = 256;
  text.resize((text.size() / kBlock + 1) * kBlock, ' ');
  return text;
}

Result<Values> opened(const crypto::Key& key, const store::Scope& scope, const Place& place, const store::Bytes& sealed) {
  TRY(const auto plain, crypto::open(key, sealed.raw, bound_to(scope, place)));
  return values_from(plain);
}

Result<PrivateAnswer> from_row(const crypto::Key& key, const store::Scope& scope, const rows::PrivateRow& row) {
  const Place place{row.workbook, row.prompt, row.row};
  TRY(auto values, opened(key, scope, place, row.sealed));
  return PrivateAnswer{row.id, place, std::move(values), row.version, row.position, row.shared_version, row.changed_on};
}

Result<rows::PrivateRow> own_row(store::Read& db, const store::Scope& scope, const Place& place) {
  TRY(auto found, rows::private_at(db, scope, place));
  if (!found) return fail(Fault::not_found, "guide.answer.unknown");
  return *std::move(found);
}

constexpr std::string_view kErasedAnswer = "answer/";
std::string erased_name(const Id& copy) { return std::string(kErasedAnswer) + copy.text(); }
// The clear copy that the team reads: a new one, or the one that is there under a new version.
Done write_copy(store::Tx& tx, const store::Scope& scope, const Place& place, const Values& values) {
  TRY(const auto copy, rows::answer_at(tx, scope, place, Voice::personal, scope.actor));
  rows::AnswerRow clear = copy ? *copy
                               : rows::AnswerRow{tx.fresh_id(), place.workbook, place.prompt, place.row, Voice::personal, scope.actor, {}, 0, 0, 0, {}};
  clear.body = to_json(values);
  clear.version += 1;
  clear.changed_ms = tx.now_ms();
  clear.changed_by = scope.actor;
  if (copy) {
    TRY_DONE(rows::update_answer(tx, scope, clear));
  } else {
    TRY(clear.position, rows::next_position(tx, scope, place));
    TRY_DONE(rows::add_answer(tx, scope, clear));
  }
  TRY_DONE(rows::add_revision(tx, scope, {tx.fresh_id(), clear.id, clear.version, clear.body, scope.actor, tx.now_ms(), false, false}));
  return tx.record("answer", clear.id, {"shared"});
}

Done announce_shared(store::Tx& tx, const Place& place) {
  TRY_DONE(tx.touch("workbook/" + place.workbook.text()));
  return tx.touch("answer/" + place.workbook.text() + "/" + place.prompt);
}

}  // namespace

Result<std::vector<PrivateAnswer>> private_answers(store::Read& db, const store::Scope& scope, const crypto::Key& key, const Id& workbook) {
  TRY(const auto kept, rows::private_answers(db, scope, workbook));
  std::vector<PrivateAnswer> all;
  all.reserve(kept.size());
  for (const auto& row : kept) {
    TRY(auto answer, from_row(key, scope, row));
    all.push_back(std::move(answer));
  }
  return all;
}

Result<PrivateAnswer> save_private(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const PrivateSave& save) {
  TRY(const auto book, workbook(tx, scope, save.place.workbook));
  TRY(const auto values, checked(book.definition(), save.place, Voice::personal, save.values));
  TRY(const auto found, rows::private_at(tx, scope, save.place));
  TRY(const auto library, identity::library(tx, scope));

  rows::PrivateRow row;
  if (found) {
    row = *found;
    TRY(const auto kept, opened(key, scope, save.place, row.sealed));
    if (kept == values) return from_row(key, scope, row);
    if (row.version != save.read_version) return fail(Fault::conflict, "guide.answer.changed_elsewhere");
  } else {
    TRY(row.position, rows::next_private_position(tx, scope, save.place));
    row.id = Id::random();  // an ordered id would tell the moment; only the day is kept
    row.workbook = save.place.workbook;
    row.member = scope.actor;
    row.prompt = save.place.prompt;
    row.row = save.place.row;
  }
  row.sealed.raw = crypto::seal(key, padded(to_json(values)), bound_to(scope, save.place));
  row.version += 1;
  row.changed_on = Date::at(tx.now_ms(), library.time_zone);
  if (found) {
    TRY_DONE(rows::update_private(tx, scope, row));
  } else {
    TRY_DONE(rows::add_private(tx, scope, row));
  }
  TRY_DONE(rows::add_private_revision(tx, scope, row));
  if (row.shared_version > 0) {  // a removed row that comes back by being written in again is not shared any more
    TRY(const auto copy, rows::answer_at(tx, scope, save.place, Voice::personal, scope.actor));
    if (!copy || copy->body == to_json({})) {
      row.shared_version = 0;
      TRY_DONE(rows::mark_shared(tx, scope, row.id, 0));
    }
  }
  return from_row(key, scope, row);
}

Done keep_private_beside(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place, const Values& typed) {
  TRY(const auto book, workbook(tx, scope, place.workbook));
  TRY(const auto values, checked(book.definition(), place, Voice::personal, typed));
  TRY(const auto row, own_row(tx, scope, place));
  TRY(const auto library, identity::library(tx, scope));
  TRY(const auto earlier, rows::private_besides(tx, scope, row.id));
  for (const auto& one : earlier) {
    if (one.settled) continue;
    TRY(const auto said, opened(key, scope, place, one.sealed));
    if (said == values) return {};
    if (holds(values, said)) TRY_DONE(rows::settle_private(tx, scope, row.id, one.number));
  }
  const std::int64_t number = earlier.empty() ? 1 : earlier.front().number + 1;
  return rows::add_private_beside(
      tx, scope, {row.id, number, {crypto::seal(key, padded(to_json(values)), bound_to(scope, place))}, Date::at(tx.now_ms(), library.time_zone), false});
}

Result<std::vector<PrivateBeside>> private_besides(store::Read& db, const store::Scope& scope, const crypto::Key& key, const std::vector<PrivateAnswer>& own,
                                                   const Id& workbook) {
  TRY(const auto waiting, rows::waiting_besides(db, scope, workbook));
  std::vector<PrivateBeside> all;
  for (const auto& row : waiting) {
    const auto answer = std::ranges::find(own, row.answer, &PrivateAnswer::id);
    if (answer == own.end()) continue;
    TRY(auto values, opened(key, scope, answer->place, row.sealed));
    all.push_back({row.answer, row.number, std::move(values), row.changed_on});
  }
  return all;
}

Done settle_private(store::Tx& tx, const store::Scope& scope, const Id& answer, std::int64_t number) { return rows::settle_private(tx, scope, answer, number); }

Done share(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place) {
  TRY(const auto book, workbook(tx, scope, place.workbook));
  const auto* prompt = book.definition().prompt(place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  if (prompt->share == Share::never) return fail(Fault::forbidden, "guide.answer.never_shared");
  TRY(const auto row, own_row(tx, scope, place));
  TRY(const auto own, from_row(key, scope, row));
  TRY_DONE(write_copy(tx, scope, place, own.values));
  TRY_DONE(rows::mark_shared(tx, scope, row.id, row.version));
  return announce_shared(tx, place);
}

Done take_back(store::Tx& tx, const store::Scope& scope, const Place& place) {
  TRY(const auto copy, rows::answer_at(tx, scope, place, Voice::personal, scope.actor));
  if (copy) {
    TRY_DONE(rows::delete_answer(tx, scope, copy->id));
    TRY_DONE(store::tell_erased(tx, erased_name(copy->id)));
    TRY_DONE(tx.record("answer", copy->id, {"shared"}));
    TRY_DONE(announce_shared(tx, place));
  }
  TRY(const auto own, rows::private_at(tx, scope, place));
  if (own) TRY_DONE(rows::mark_shared(tx, scope, own->id, 0));
  return {};
}

Done restore_own_row(store::Tx& tx, const store::Scope& scope, const crypto::Key& key, const Place& place) {
  TRY(const auto own, own_row(tx, scope, place));
  TRY_DONE(rows::mark_private(tx, scope, own.id, std::nullopt));
  if (own.shared_version == 0) return {};
  TRY(const auto kept, rows::private_revisions(tx, scope, own.id));
  for (const auto& revision : kept) {
    if (revision.version != own.shared_version) continue;
    TRY(const auto values, opened(key, scope, place, revision.sealed));
    TRY_DONE(write_copy(tx, scope, place, values));
    return announce_shared(tx, place);
  }
  return rows::mark_shared(tx, scope, own.id, 0);  // the text that was shared is too old to be among the revisions
}

Result<std::vector<PrivateRevision>> private_revisions(store::Read& db, const store::Scope& scope, const crypto::Key& key, const Place& place) {
  TRY(const auto row, own_row(db, scope, place));
  TRY(const auto kept, rows::private_revisions(db, scope, row.id));
  std::vector<PrivateRevision> all;
  for (const auto& revision : kept) {
    TRY(auto values, opened(key, scope, place, revision.sealed));
    all.push_back({revision.version, std::move(values), revision.changed_on, false});
  }
  TRY(const auto late, rows::private_besides(db, scope, row.id));
  for (const auto& one : late) {
    TRY(auto values, opened(key, scope, place, one.sealed));
    all.push_back({0, std::move(values), one.changed_on, true});
  }
  std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.changed_on > b.changed_on; });
  return all;
}

Done take_back_again(store::Database& db, store::Keyring& keyring) {
  TRY(const auto erasures, keyring.erasures());
  for (const auto& erasure : erasures) {
    if (erasure.library.empty() || !erasure.name.starts_with(kErasedAnswer)) continue;
    const auto id = Id::parse(std::string_view(erasure.name).substr(kErasedAnswer.size()));
    if (!id) continue;
    const store::Scope scope{erasure.library, Id(), {}};
    TRY_DONE(db.write(scope, [&](store::Tx& tx) -> Done {
      TRY(const auto copy, rows::maybe_answer(tx, scope, *id));
      if (!copy || copy->voice != Voice::personal) return {};
      const store::Scope writer{erasure.library, copy->member, {}};
      return take_back(tx, writer, {copy->workbook, copy->prompt, copy->row});
    }));
  }
  return {};
}

Done erase_private(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY_DONE(rows::erase_private(tx, scope, member));
  TRY(const auto gone, identity::member(tx, scope, member));
  return gone.name.empty() ? rows::forget_writer(tx, scope, member) : Done{};
}

}  // namespace kedge::guide
