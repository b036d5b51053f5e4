// store: a fresh database for a test, on either engine. For tests alone.
//
//   class Finding : public ::testing::TestWithParam<store::Engine> {};
//   KEDGE_ON_BOTH_ENGINES(Finding);
//   TEST_P(Finding, IsAcceptedOnce) {
//     KEDGE_NEEDS_ENGINE(GetParam());
//     store::TestDatabase database(GetParam(), store::joined({identity::kMigrations, lineage::kMigrations}));
//     database->write(scope, ...);
//   }
//
// PostgreSQL needs KEDGE_TEST_PG, the address of a superuser on a cluster of tests (tests/pg-cluster prints one);
// the program itself then works as a role without rights of its own, so that row-level security holds.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace kedge::store {

[[nodiscard]] std::vector<Migration> joined(std::initializer_list<std::span<const Migration>> parts);

class TestDatabase {
 public:
  // Whether this engine can be tested here.
  [[nodiscard]] static bool available(Engine engine);
  // Aborts the test program when the database can't be made. `clock` must outlive it; without one, the system's.
  explicit TestDatabase(Engine engine = Engine::sqlite, const std::vector<Migration>& migrations = {}, const Clock* clock = nullptr);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  [[nodiscard]] Database& db() { return *database_; }
  Database* operator->() { return database_.get(); }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  // The folder of this database: the file kedge.db is in it (SQLite); empty for use by the test (PostgreSQL).
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  // A second connection to the same database, as another process would have it.
  [[nodiscard]] std::unique_ptr<Database> another() const;
  // Closes and opens again.
  void reopen();

 private:
  const Clock* clock_;
  Settings settings_;
  std::filesystem::path folder_;
  std::string pg_name_;
  std::unique_ptr<Database> database_;
};

}  // namespace kedge::store

#define KEDGE_ON_BOTH_ENGINES(suite)                                                                                            \
  INSTANTIATE_TEST_SUITE_P(Store, suite, ::testing::Values(::kedge::store::Engine::sqlite, ::kedge::store::Engine::postgresql), \
                           [](const auto& chosen) { return chosen.param == ::kedge::store::Engine::sqlite ? "sqlite" : "postgresql"; })
#define KEDGE_NEEDS_ENGINE(engine) \
  if (!::kedge::store::TestDatabase::available(engine)) GTEST_SKIP() << "PostgreSQL: KEDGE_TEST_PG is not set"
