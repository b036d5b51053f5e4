// lineage: a database with two libraries for the tests of what stands on library and member, without identity's own
// tables (only their keys). For tests alone.
#pragma once

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "core/clock.hpp"
#include "store/database.hpp"
#include "store/testing.hpp"

namespace kedge::lineage {

inline constexpr std::string_view kStandInSql = R"(
CREATE TABLE library (
  library_id $id NOT NULL CHECK (library_id = id), -- class: library; retention: with the library
  id $id NOT NULL PRIMARY KEY                      -- class: library; retention: with the library
) $strict;
$scoped(library);
CREATE TABLE member (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(member);
)";
inline const store::Migration kStandIn[] = {{"identity", 1, "stand_in", kStandInSql}};
inline const store::Query<void(Id)> kSeedLibrary{"test.library", "INSERT INTO library (library_id, id) VALUES (:library, :library)"};
inline const store::Query<void(Id, Id)> kSeedMember{"test.member", "INSERT INTO member (library_id, id) VALUES (:library, :id)"};

class ThreadTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  explicit ThreadTest(std::initializer_list<std::span<const store::Migration>> modules) {
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    if (!store::TestDatabase::available(GetParam())) return;
    auto migrations = store::joined({std::span<const store::Migration>(kStandIn)});
    for (const auto& each : modules) migrations.insert(migrations.end(), each.begin(), each.end());
    database_ = std::make_unique<store::TestDatabase>(GetParam(), migrations, &clock_);
    seed(here_);
    seed(elsewhere_);
  }
  void SetUp() override { KEDGE_NEEDS_ENGINE(GetParam()); }

  [[nodiscard]] store::TestDatabase& database() { return *database_; }
  template <class F>
  auto write(F&& work) { return database_->db().write(here_, std::forward<F>(work)); }
  template <class F>
  auto write(const store::Scope& scope, F&& work) { return database_->db().write(scope, std::forward<F>(work)); }
  template <class F>
  auto read(F&& work) { return database_->db().read(here_, std::forward<F>(work)); }
  template <class F>
  auto read(const store::Scope& scope, F&& work) { return database_->db().read(scope, std::forward<F>(work)); }

  FixedClock clock_{1'790'000'000'000};  // 2026-09-21
  store::Scope here_{Id::random(), Id::random(), {Role::staff}};
  store::Scope elsewhere_{Id::random(), Id::random(), {Role::staff}};

 private:
  void seed(const store::Scope& scope) {
    const auto done = write(scope, [&](store::Tx& tx) -> Done {
      TRY_DONE(tx.run(kSeedLibrary, scope.library));
      TRY_DONE(tx.run(kSeedMember, scope.library, scope.actor));
      return {};
    });
    if (!done) std::abort();
  }
  std::unique_ptr<store::TestDatabase> database_;
};

// What went wrong at a field, or "" when it did not.
template <class T>
std::string wrong_at(const Result<T>& result, std::string_view field) {
  if (result) return {};
  for (const auto& error : result.error().fields)
    if (error.field == field) return error.key;
  return {};
}

}  // namespace kedge::lineage
