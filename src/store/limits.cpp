#include "store/limits.hpp"

namespace kedge::store {
namespace {

const Query<std::int64_t(Bytes, std::int64_t, std::int64_t)> kCount{
    "store.attempt",
    "INSERT INTO attempt (key_hash, since_ms, until_ms, count) VALUES (:key, :now, :until, 1) ON CONFLICT (key_hash) DO UPDATE SET "
    "count = CASE WHEN attempt.until_ms <= :now THEN 1 ELSE attempt.count + 1 END, "
    "since_ms = CASE WHEN attempt.until_ms <= :now THEN :now ELSE attempt.since_ms END, "
    "until_ms = CASE WHEN attempt.until_ms <= :now THEN :until ELSE attempt.until_ms END RETURNING count"};
const Query<void(Bytes)> kForgive{"store.forgive", "DELETE FROM attempt WHERE key_hash = :key"};

}  // namespace

Result<bool> allow(Tx& tx, const std::string& key_hash, std::int64_t most, std::int64_t window_ms) {
  TRY(const auto count, tx.one(kCount, Bytes{key_hash}, tx.now_ms(), tx.now_ms() + window_ms));
  return count <= most;
}

Done forgive(Tx& tx, const std::string& key_hash) {
  TRY_DONE(tx.run(kForgive, Bytes{key_hash}));
  return {};
}

}  // namespace kedge::store
