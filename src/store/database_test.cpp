// What both engines promise alike. Each test runs on SQLite and, when KEDGE_TEST_PG names a cluster, on PostgreSQL.
#include "store/database.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "store/limits.hpp"
#include "store/testing.hpp"

namespace kedge::store {
namespace {

constexpr Migration kNotes[] = {{"notes", 1, "notes", R"(
CREATE TABLE library (
  id $id NOT NULL PRIMARY KEY,  -- class: public; retention: ever
  name $text NOT NULL  -- class: public; retention: ever
) $strict;
$scoped(library, id);
CREATE TABLE note (
  library_id $id NOT NULL,  -- class: library; retention: ever
  id $id NOT NULL,  -- class: library; retention: ever
  text $text NOT NULL,  -- class: library; retention: ever
  open $bool NOT NULL,  -- class: library; retention: ever
  score $real,  -- class: library; retention: ever
  day $date,  -- class: library; retention: ever
  raw $bytes,  -- class: library; retention: ever
  count $int64 NOT NULL DEFAULT 0 CHECK (count >= 0),  -- class: library; retention: ever
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, text),
  FOREIGN KEY (library_id) REFERENCES library (id)
) $strict;
$scoped(note);
)"}};

struct Note {
  Id id;
  std::string text;
  bool open = false;
  std::optional<double> score;
  Date day;
  std::optional<Bytes> raw;
  std::int64_t count = 0;
  bool operator==(const Note&) const = default;
};

const Query<void(Id, std::string)> kFound{"test.found", "INSERT INTO library (id, name) VALUES (:library, :name)"};
const Query<void(Id, Id, std::string, bool, std::optional<double>, Date, std::optional<Bytes>, std::int64_t)> kAdd{
    "test.add", "INSERT INTO note (library_id, id, text, open, score, day, raw, count) VALUES (:library, :id, :text, :open, :score, :day, :raw, :count)"};
const Query<Note(Id, Id)> kNote{"test.note", "SELECT id, text, open, score, day, raw, count FROM note WHERE library_id = :library AND id = :id"};
const Query<std::int64_t(Id)> kCount{"test.count", "SELECT COUNT(*) FROM note WHERE library_id = :library"};
const Query<void(Id, Id)> kRaise{"test.raise", "UPDATE note SET count = count + 1 WHERE library_id = :library AND id = :id"};
const Query<std::int64_t()> kCountAll{"test.count_all", "SELECT COUNT(*) FROM note"};
const Query<std::string(Id, Id)> kTextOfDay{"test.day", "SELECT day FROM note WHERE library_id = :library AND id = :id"};

class Store : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    database_ = std::make_unique<TestDatabase>(GetParam(), joined({kNotes}));
    const auto done = db().write(InstallationScope{}, [&](Tx& tx) -> Done {
      TRY_DONE(tx.run(kFound, ours.library, "Harbor Grove"));
      TRY_DONE(tx.run(kFound, theirs.library, "Elsewhere"));
      return {};
    });
    ASSERT_TRUE(done.has_value()) << done.error().detail;
  }
  Database& db() { return database_->db(); }
  Done add(const Scope& scope, const Id& id, const std::string& text) {
    return db().write(scope, [&](Tx& tx) { return put(tx, id, text); });
  }
  static Done put(Tx& tx, const Id& id, const std::string& text) {
    TRY_DONE(tx.run(kAdd, tx.scope().library, id, text, true, 0.5, Date(), std::nullopt, 0));
    return {};
  }
  std::int64_t count(const Scope& scope) {
    return db().read(scope, [&](Read& read) { return read.one(kCount, scope.library); }).value_or(-1);
  }
  Result<Note> note(const Scope& scope, const Id& id) {
    return db().read(scope, [&](Read& read) { return read.one(kNote, scope.library, id); });
  }

  const Scope ours{Id::random(), Id::random(), {}};
  const Scope theirs{Id::random(), {}, {}};
  std::unique_ptr<TestDatabase> database_;
};
KEDGE_ON_BOTH_ENGINES(Store);

TEST_P(Store, GivesBackEveryTypeAsItWas) {
  const Note full{Id::random(), "Sala de espera \xC3\xB1", false, -0.25, *Date::parse("2026-03-14"), Bytes{std::string("\0\xff", 2)}, 1LL << 62};
  const Note empty{Id::random(), "", true, std::nullopt, Date(), Bytes{""}, 0};
  for (const auto& one : {full, empty}) {
    ASSERT_TRUE(db().write(ours, [&](Tx& tx) { return tx.run(kAdd, ours.library, one.id, one.text, one.open, one.score, one.day, one.raw, one.count); }).has_value());
    const auto found = note(ours, one.id);
    ASSERT_TRUE(found.has_value()) << found.error().detail;
    EXPECT_EQ(*found, one);
  }
}

TEST_P(Store, RefusesTextWithNulAndBrokenUtf8BeforeTheEngineSeesIt) {
  for (const auto& text : {std::string("a\0b", 3), std::string("\xff\xfe")}) {
    const auto done = add(ours, Id::random(), text);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().fault, Fault::invalid);
    EXPECT_EQ(done.error().key, "store.bad_text");
  }
  EXPECT_EQ(count(ours), 0);
}

TEST_P(Store, RefusesNumbersThatAreNone) {
  const auto done = db().write(ours, [&](Tx& tx) { return tx.run(kAdd, ours.library, Id::random(), "a", true, 0.0 / 0.0, Date(), std::nullopt, 0); });
  EXPECT_EQ(done.error().key, "store.bad_number");
}

TEST_P(Store, SaysWhenAColumnIsNotWhatTheQuerySays) {
  const auto id = Id::random();
  ASSERT_TRUE(add(ours, id, "a").has_value());
  // a null where no optional stands
  const auto null = db().read(ours, [&](Read& read) { return read.one(kTextOfDay, ours.library, id); });
  ASSERT_FALSE(null.has_value());
  EXPECT_EQ(null.error().fault, Fault::internal);
  for (const auto* sql : {"SELECT text FROM note", "SELECT score FROM note", "SELECT id FROM note", "SELECT CAST('7' AS TEXT)", "SELECT 0.5"}) {
    const Query<std::int64_t()> wrong("test.wrong", sql);
    const auto found = db().read(ours, [&](Read& read) { return read.one(wrong); });
    ASSERT_FALSE(found.has_value()) << sql;
    EXPECT_EQ(found.error().key, "store.wrong_type") << sql;
  }
}
}  // namespace
}  // namespace kedge::store
