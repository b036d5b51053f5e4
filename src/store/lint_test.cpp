#include "store/lint.hpp"

#include <gtest/gtest.h>

#include "store/schema.hpp"

namespace kedge::store {
namespace {

TEST(Lint, RefusesWhatTheEnginesReadDifferently) {
  for (const auto* sql : {
           "SELECT a::text FROM t", "SELECT \"a\" FROM t", "SELECT * FROM t", "SELECT t.* FROM t", "SELECT a FROM t WHERE a LIKE :b", "SELECT LOWER(a) FROM t",
           "SELECT MAX(a, b) FROM t", "SELECT GREATEST(a, b) FROM t", "SELECT STRING_AGG(a, ',') FROM t", "SELECT GROUP_CONCAT(a) FROM t",
           "SELECT JSON_EXTRACT(a, '$.b') FROM t", "SELECT a -> 'b' FROM t", "WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x",
           "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", "ALTER TABLE t ALTER COLUMN a DROP NOT NULL", "SELECT SUM(a = 1) FROM t", "INSERT OR IGNORE INTO t (a) VALUES (1)",
           "SELECT NOW()", "SELECT CURRENT_TIMESTAMP", "SELECT a / 0 FROM t", "CREATE TABLE t (a BIGINT NOT NULL)", "SELECT RANDOM()"})
    EXPECT_FALSE(lint_sql(sql).empty()) << sql;
}

TEST(Lint, TakesWhatBothReadAlike) {
  for (const auto* sql : {
           "SELECT a, 'SELECT * :: \"' FROM t -- SELECT *", "SELECT COUNT(*) FILTER (WHERE a = 1) FROM t", "SELECT MAX(a), COALESCE(a, b) FROM t",
           "SELECT a FROM t WHERE name_folded LIKE :b", "SELECT SUM(CASE WHEN a = 1 THEN 1 ELSE 0 END) FROM t", "SELECT CAST(SUM(a) AS BIGINT), now FROM t WHERE made < :now",
           "INSERT INTO t (a) VALUES (:a) ON CONFLICT (a) DO UPDATE SET a = :a RETURNING a", "CREATE TABLE t (a $int64 NOT NULL)", "SELECT total FROM t"})
    EXPECT_TRUE(lint_sql(sql).empty()) << sql << "\n" << lint_sql(sql).front();
}

TEST(Lint, FindsNothingInTheStoreItself) {
  const auto found = lint_all(kMigrations);
  EXPECT_TRUE(found.empty()) << found.front();
}

// Everything else of the store names its library.
TEST(Lint, ListsTheQueriesOfTheStoreThatSeeEveryLibrary) {
  const std::vector<std::string> expected{"store.changes",  "store.job_any",  "store.job_done",     "store.job_failed", "store.job_superseded",
                                          "store.job_take", "store.last_change", "store.tidy.changes", "store.tidy.forms", "store.tidy.jobs"};
  EXPECT_EQ(queries_across_libraries(kMigrations), expected);
}

TEST(Schema, FollowsTablesThroughTheirChanges) {
  Schema schema;
  const auto wrong = read_migration(schema, R"(
CREATE TABLE a (  -- backup: no
  library_id $id NOT NULL,  -- class: library; retention: a year
  id $id NOT NULL,  -- class: library; retention: a year
  parent_id $id,  -- class: library; retention: a year
  text $text NOT NULL DEFAULT ',('  -- class: sealed; retention: until closing
    CHECK (text <> ''),
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, parent_id)
    REFERENCES a (library_id, id)
) $strict;
$scoped(a);
ALTER TABLE a RENAME COLUMN text TO words;
ALTER TABLE a ADD COLUMN more $bool;  -- class: public; retention: ever
)");
  for (const auto& problem : wrong) ADD_FAILURE() << problem.line << ": " << problem.what;
  const auto* table = schema.find("a");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->scoped);
  EXPECT_FALSE(table->backed_up);
  ASSERT_EQ(table->columns.size(), 5U);
  EXPECT_EQ(table->columns[3].name, "words");
  EXPECT_EQ(table->columns[3].privacy, "sealed");
  EXPECT_EQ(table->columns[3].retention, "until closing");
  EXPECT_EQ(table->columns[4].type, "bool");
  ASSERT_EQ(table->references.size(), 1U);
  EXPECT_EQ(table->references[0].columns, (std::vector<std::string>{"library_id", "parent_id"}));
  EXPECT_EQ(table->references[0].table, "a");
}

}  // namespace
}  // namespace kedge::store
