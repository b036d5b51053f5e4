// The ledger: a hash chain a library, and beside it where it ends, so that neither a hole nor a cut stays unseen. Who rewrites
// both the entries and the end is not noticed here: only a copy that was kept elsewhere (a backup) would tell.
#include <fmt/format.h>

#include "store/database.hpp"

namespace kedge::store {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

struct Head {
  std::int64_t sequence = 0;
  Bytes digest;
};
const Query<Head(std::string)> kHead{"store.ledger_head", "SELECT sequence, digest FROM ledger_head WHERE library_id = :library"};
const Query<void(std::string, std::int64_t, Bytes)> kSetHead{
    "store.ledger_set_head",
    "INSERT INTO ledger_head (library_id, sequence, digest) VALUES (:library, :sequence, :digest) "
    "ON CONFLICT (library_id) DO UPDATE SET sequence = :sequence, digest = :digest"};
const Query<void(std::string, std::int64_t, std::int64_t, Id, std::string, Id, std::string, Bytes, Bytes)> kAdd{
    "store.ledger_add",
    "INSERT INTO ledger (library_id, sequence, made_ms, member_id, kind, record_id, fields, previous, digest) "
    "VALUES (:library, :sequence, :made, :member, :kind, :record, :fields, :previous, :digest)"};

struct Row {
  std::int64_t sequence = 0;
  std::int64_t made_ms = 0;
  Id member;
  std::string kind;
  Id record;
  std::string fields;
  Bytes previous;
  Bytes digest;
};
const Query<Row(std::string)> kRows{
    "store.ledger", "SELECT sequence, made_ms, member_id, kind, record_id, fields, previous, digest FROM ledger WHERE library_id = :library ORDER BY sequence"};

// Each piece with its length in front, so that no two rows are written alike.
std::string digest_of(std::string_view library, const Row& row) {
  std::string text;
  for (const std::string& piece : {std::string(library), std::to_string(row.sequence), std::to_string(row.made_ms), row.member.text(), row.kind,
                                   row.record.text(), row.fields, row.previous.raw})
    text += fmt::format("{}:", piece.size()) + piece;
  return crypto::hash(text);
}

}  // namespace

// After the end that is known, not after the last row that is found: what was cut off leaves a hole for ever.
Done Tx::record(std::string_view kind, const Id& record, std::initializer_list<std::string_view> fields, Precision precision) {
  const auto& library = scope_.library.text();
  TRY(const auto head, maybe(kHead, library));
  Row row;
  if (head) row.previous = head->digest;
  row.sequence = head ? head->sequence + 1 : 1;
  row.made_ms = precision == Precision::instant ? now_ms_ : now_ms_ - now_ms_ % kDayMs;
  row.member = scope_.actor;
  row.kind = std::string(kind);
  row.record = record;
  row.fields = fmt::format("{}", fmt::join(fields, ","));
  row.digest.raw = digest_of(library, row);
  TRY_DONE(run(kAdd, library, row.sequence, row.made_ms, row.member, row.kind, row.record, row.fields, row.previous, row.digest));
  TRY_DONE(run(kSetHead, library, row.sequence, row.digest));
  return {};
}

Done verify_ledger(Read& db, const Id& library) {
  std::int64_t expected = 1;
  std::string previous;
  const auto broken = [&] { return fail(Fault::internal, "store.ledger_broken", fmt::format("at {}", expected)); };
  TRY_DONE(db.each(kRows, [&](const Row& row) -> Done {
    if (row.sequence != expected || row.previous.raw != previous || row.digest.raw != digest_of(library.text(), row)) return broken();
    previous = row.digest.raw;
    ++expected;
    return {};
  }, library.text()));
  TRY(const auto head, db.maybe(kHead, library.text()));
  if ((head ? head->sequence : 0) != expected - 1 || (head ? head->digest.raw : "") != previous) return broken();
  return {};
}

}  // namespace kedge::store
