// store: what the pages of a library read again and again, kept in memory until the library's feed moves on.
//
//   store::Kept<std::vector<Finding>> kept_findings{"finding"};  // every table that the reading touches
//   TRY(const auto all, kept_findings.of(db, scope, "", [](store::Read& read, const store::Scope& of) { return read.all(kFindings, of.library); }));
//
// It can't go stale unnoticed: a transaction that changes a table named here without touching the feed fails
// ("store.untold"), and so does a reading of a table that is not named ("store.kept_reads_more"). What belongs to one
// member alone never stands in the feed, so it can't be kept: the reading gets a scope without an actor. A snapshot keeps
// values of the library that it was opened for, and of no other.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace kedge::store {

template <class T>
using Shared = std::shared_ptr<const T>;

// What is the same for every type: where a value stands, and when it is no longer true.
class KeptValues {
 public:
  explicit KeptValues(std::initializer_list<std::string_view> tables);
  KeptValues(const KeptValues&) = delete;
  KeptValues& operator=(const KeptValues&) = delete;

 protected:
  using Load = std::function<Result<Shared<void>>(Read&, const Scope&)>;
  [[nodiscard]] Result<Shared<void>> value(Read& db, const Scope& scope, std::string_view key, const Load& load);

 private:
  struct Entry {
    std::int64_t version = 0;  // of the feed
    std::uint64_t used = 0;
    Shared<void> value;
  };
  [[nodiscard]] Shared<void> find(const std::string& place, std::int64_t version);
  void keep(const std::string& place, std::int64_t version, const Shared<void>& value);

  std::vector<std::string_view> tables_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
  std::uint64_t uses_ = 0;
};

template <class T>
class Kept : public KeptValues {
 public:
  using KeptValues::KeptValues;
  // `load` is Result<T>(Read&, const Scope&); it depends on the library and on `key` alone. Inside a Tx it always reads.
  template <class F>
  [[nodiscard]] Result<Shared<T>> of(Read& db, const Scope& scope, std::string_view key, F&& load) {
    TRY(auto found, value(db, scope, key, [&](Read& read, const Scope& library) -> Result<Shared<void>> {
      TRY(auto loaded, load(read, library));
      return std::make_shared<const T>(std::move(loaded));
    }));
    return std::static_pointer_cast<const T>(std::move(found));
  }
};

// The table that a statement changes; empty when it only reads.
[[nodiscard]] std::string_view changed_table(std::string_view sql);
// The tables that a statement reads, by their names after FROM and JOIN.
[[nodiscard]] std::vector<std::string_view> read_tables(std::string_view sql);

}  // namespace kedge::store
