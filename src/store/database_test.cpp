// What both engines promise alike. Each test runs on SQLite and, when KEDGE_TEST_PG names a cluster, on PostgreSQL.
#include "store/database.hpp"

#include <atomic>
#include <set>
#include <stdexcept>
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

TEST_P(Store, UndoesEverythingWhenTheWorkFails) {
  const auto done = db().write(ours, [&](Tx& tx) -> Done {
    TRY_DONE(put(tx, Id::random(), "one"));
    TRY_DONE(tx.touch("note"));
    return fail(Fault::conflict, "test.changed_my_mind");
  });
  EXPECT_EQ(done.error().key, "test.changed_my_mind");
  EXPECT_EQ(count(ours), 0);
  EXPECT_EQ(db().last_change().value(), 0);
}

TEST_P(Store, UndoesEverythingWhenAFailedStatementWasPassedOver) {
  const auto id = Id::random();
  const auto done = db().write(ours, [&](Tx& tx) -> Done {
    TRY_DONE(put(tx, id, "one"));
    (void)put(tx, id, "again");
    EXPECT_FALSE(put(tx, Id::random(), "after").has_value());
    return {};
  });
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().key, "store.duplicate");
  EXPECT_EQ(count(ours), 0);
}

TEST_P(Store, TurnsAnExceptionIntoAFaultAndUndoes) {
  const auto done = db().write(ours, [&](Tx& tx) -> Done {
    TRY_DONE(put(tx, Id::random(), "one"));
    throw std::runtime_error("library");
  });
  EXPECT_EQ(done.error().fault, Fault::internal);
  EXPECT_EQ(count(ours), 0);
}

TEST_P(Store, NamesWhatTheDatabaseRefuses) {
  const auto id = Id::random();
  ASSERT_TRUE(add(ours, id, "one").has_value());
  EXPECT_EQ(add(ours, id, "other").error().key, "store.duplicate");
  EXPECT_EQ(add(ours, Id::random(), "one").error().fault, Fault::conflict);
  EXPECT_EQ(add(Scope{Id::random(), {}, {}}, Id::random(), "no such library").error().key, "store.referenced");
  const auto negative = db().write(ours, [&](Tx& tx) { return tx.run(kAdd, ours.library, Id::random(), "n", true, 0.5, Date(), std::nullopt, -1); });
  EXPECT_EQ(negative.error().fault, Fault::invalid);
  EXPECT_EQ(note(ours, Id::random()).error().fault, Fault::not_found);
  EXPECT_EQ(count(ours), 1);
}

TEST_P(Store, RefusesAScopeWithoutALibrary) {
  EXPECT_EQ(db().read(Scope{}, [](Read& read) { return read.one(kCountAll); }).error().key, "store.no_library");
  EXPECT_EQ(db().write(Scope{}, [](Tx&) -> Done { return {}; }).error().key, "store.no_library");
}

TEST_P(Store, ReadsOneSnapshotWhileOthersWrite) {
  const auto seen = db().read(ours, [&](Read& read) -> Result<std::int64_t> {
    TRY(const auto before, read.one(kCount, ours.library));
    EXPECT_EQ(before, 0);
    EXPECT_TRUE(add(ours, Id::random(), "meanwhile").has_value());
    return read.one(kCount, ours.library);
  });
  EXPECT_EQ(seen.value(), 0);
  EXPECT_EQ(count(ours), 1);
}

TEST_P(Store, AnswersAQueryInsideTheRowsOfItself) {
  for (const auto* text : {"a", "b", "c"}) ASSERT_TRUE(add(ours, Id::random(), text).has_value());
  static const Query<Id(Id)> kIds{"test.ids", "SELECT id FROM note WHERE library_id = :library ORDER BY id"};
  std::int64_t inner = 0;
  const auto done = db().read(ours, [&](Read& read) {
    return read.each(kIds, [&](const Id&) -> Done {
      TRY(const auto all, read.all(kIds, ours.library));
      inner += static_cast<std::int64_t>(all.size());
      return {};
    }, ours.library);
  });
  EXPECT_TRUE(done.has_value());
  EXPECT_EQ(inner, 9);
}

TEST_P(Store, LosesNothingWhenEightThreadsWriteAndSomeOfThemFail) {
  const auto id = Id::random();
  ASSERT_TRUE(add(ours, id, "counted").has_value());
  ASSERT_TRUE(add(theirs, id, "counted").has_value());
  constexpr int kEach = 60;
  std::atomic<int> kept = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      const auto& scope = t % 4 == 3 ? theirs : ours;
      for (int i = 0; i < kEach; ++i) {
        const auto done = db().write(scope, [&](Tx& tx) -> Done {
          TRY_DONE(tx.run(kRaise, scope.library, id));
          TRY_DONE(tx.record("note", id, {"count"}));
          if (i % 5 == 4) return fail(Fault::conflict, "test.no");
          if (i % 5 == 3) TRY_DONE(put(tx, id, "duplicate"));
          return {};
        });
        ++(done ? kept : refused);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(kept, 8 * kEach * 3 / 5);
  EXPECT_EQ(refused, 8 * kEach * 2 / 5);
  EXPECT_EQ(note(ours, id)->count + note(theirs, id)->count, kept);
  for (const auto& scope : {ours, theirs}) EXPECT_TRUE(db().read(scope, [&](Read& read) { return verify_ledger(read, scope.library); }).has_value());
}

TEST_P(Store, LetsOneWriteAfterTheOtherInALibraryAlsoWithoutARowInCommon) {
  std::atomic<int> kept = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) kept += db().write(ours, [&](Tx& tx) { return tx.record("note", Id::random(), {"text"}); }).has_value() ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(kept, 200);
  EXPECT_TRUE(db().read(ours, [&](Read& read) { return verify_ledger(read, ours.library); }).has_value());
}

TEST_P(Store, StopsAStatementThatTakesTooLongAndKeepsTheOthersOfItsGroup) {
  auto settings = database_->settings();
  settings.statement_timeout = std::chrono::milliseconds(300);
  const SystemClock clock;
  const auto hasty = std::move(*Database::open(settings, clock));
  // a write that works for ever: an interrupted one takes its whole group with it on SQLite
  static const Query<void(Id)> kEndless{
      "test.endless",
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
      "UPDATE note SET count = (SELECT COUNT(*) FROM n) WHERE library_id = :library"};
  ASSERT_TRUE(add(theirs, Id::random(), "for the endless one").has_value());
  std::atomic<int> kept = 0;
  std::vector<std::thread> threads;
  Done slow;
  threads.emplace_back([&] { slow = hasty->write(theirs, [&](Tx& tx) -> Done { TRY_DONE(tx.run(kEndless, theirs.library)); return {}; }); });
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&] { kept += hasty->write(ours, [&](Tx& tx) { return put(tx, Id::random(), Id::random().text()); }).has_value() ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  ASSERT_FALSE(slow.has_value());
  EXPECT_EQ(slow.error().fault, Fault::timeout);
  EXPECT_EQ(kept, 6);
  EXPECT_EQ(count(ours), 6);
}

TEST_P(Store, TellsTheFeedOnlyWhatIsSettledAndInOrder) {
  const auto woken = std::make_shared<std::atomic<int>>(0);  // the feed listens for longer than this test runs
  db().on_change([woken] { ++*woken; });
  const auto start = db().last_change().value();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      const Scope scope = t % 2 == 0 ? ours : theirs;
      for (int i = 0; i < 20; ++i)
        EXPECT_TRUE(db().write(scope, [&](Tx& tx) -> Done {
          TRY_DONE(tx.touch("a"));
          return tx.touch("b");
        }).has_value());
    });
  // read while they write: nothing twice, nothing missed
  std::int64_t at = start;
  std::size_t seen = 0;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (seen < 160 && std::chrono::steady_clock::now() < until) {
    const auto changes = db().changes_after(at, 7);
    ASSERT_TRUE(changes.has_value());
    for (const auto& change : *changes) {
      EXPECT_GT(change.sequence, at);
      EXPECT_FALSE(change.library.empty());
      at = change.sequence;
      ++seen;
    }
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(seen, 160U);
  EXPECT_EQ(db().last_change().value(), at);
  for (int i = 0; i < 1500 && *woken == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_GT(*woken, 0);
}

TEST_P(Store, WakesOtherProcessesOnTheSameDatabase) {
  const auto woken = std::make_shared<std::atomic<bool>>(false);
  const auto other = database_->another();
  other->on_change([woken] { *woken = true; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_TRUE(db().write(ours, [](Tx& tx) { return tx.touch("workbook"); }).has_value());
  for (int i = 0; i < 1500 && !*woken; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_TRUE(*woken);
}

TEST_P(Store, AnswersAFormThatIsSentTwiceAsTheFirstTime) {
  const auto send = [&] {
    return db().write(ours, [&](Tx& tx) -> Result<std::string> {
      TRY(const auto before, tx.answered("key-1"));
      if (before) return *before;
      TRY_DONE(put(tx, Id::random(), "once"));
      TRY_DONE(tx.answer("key-1", "saved"));
      return std::string("saved");
    });
  };
  EXPECT_EQ(send().value(), "saved");
  EXPECT_EQ(send().value(), "saved");
  EXPECT_EQ(count(ours), 1);
  const auto elsewhere = db().write(theirs, [](Tx& tx) { return tx.answered("key-1"); });
  EXPECT_FALSE(elsewhere->has_value());
}

TEST_P(Store, HandsEachJobToOneWorkerAndTakesItBackWhenItsLeaseEnds) {
  FixedClock clock(1'800'000'000'000);
  TestDatabase fresh(GetParam(), {}, &clock);
  ASSERT_TRUE(fresh->write(ours, [&](Tx& tx) -> Done {
    for (int i = 0; i < 20; ++i) TRY_DONE(tx.later({"test.work", std::to_string(i), tx.now_ms(), {}}));
    for (int i = 0; i < 3; ++i) TRY_DONE(tx.later({"test.once", "", tx.now_ms() + 60'000, "same"}));
    return {};
  }).has_value());
  std::mutex mutex;
  std::multiset<std::string> taken;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      while (true) {
        const auto job = fresh->take_job(std::chrono::seconds(30));
        ASSERT_TRUE(job.has_value()) << job.error().detail;
        if (!*job) return;
        EXPECT_EQ((*job)->library, ours.library);
        const std::lock_guard lock(mutex);
        taken.insert((*job)->body);
        if ((*job)->body != "7") {
          EXPECT_TRUE(fresh->job_done(**job).has_value());
        }
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken.size(), 20U);
  EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), 20U);

  clock.advance(31'000);  // the worker of job 7 is gone
  auto again = fresh->take_job(std::chrono::seconds(30)).value();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->body, "7");
  EXPECT_EQ(again->attempts, 2);
  ASSERT_TRUE(fresh->job_failed(*again, "the mail server is away").has_value());
  EXPECT_FALSE(fresh->take_job(std::chrono::seconds(30))->has_value());
  clock.advance(25'000);
  again = fresh->take_job(std::chrono::seconds(30)).value();
  ASSERT_TRUE(again.has_value());
  ASSERT_TRUE(fresh->job_done(*again).has_value());

  clock.advance(60'000);
  ASSERT_TRUE(fresh->take_job(std::chrono::seconds(30))->has_value());  // of the three with one key
  EXPECT_FALSE(fresh->take_job(std::chrono::seconds(30))->has_value());
}

TEST_P(Store, PutsAFailedJobBackOnlyWhenNoNewerOneWaits) {
  FixedClock clock(1'800'000'000'000);
  TestDatabase fresh(GetParam(), {}, &clock);
  const auto ask = [&] { return fresh->write(ours, [&](Tx& tx) { return tx.later({"test.once", "", 0, "same"}); }); };
  ASSERT_TRUE(ask().has_value());
  const auto running = fresh->take_job(std::chrono::seconds(30)).value();
  ASSERT_TRUE(running.has_value());
  ASSERT_TRUE(ask().has_value());
  ASSERT_TRUE(fresh->job_failed(*running, "no").has_value());
  EXPECT_TRUE(fresh->take_job(std::chrono::seconds(30))->has_value());
  clock.advance(7'200'000);
  const auto rest = fresh->take_job(std::chrono::seconds(30)).value();
  ASSERT_TRUE(rest.has_value());  // the lease of the newer one ended; the older is gone
  ASSERT_TRUE(fresh->job_done(*rest).has_value());
  EXPECT_FALSE(fresh->take_job(std::chrono::seconds(30))->has_value());
}

TEST_P(Store, CountsAttemptsWithinTheirWindow) {
  FixedClock clock(1'800'000'000'000);
  TestDatabase fresh(GetParam(), {}, &clock);
  const auto attempt = [&](const std::string& key) { return fresh->write(InstallationScope{}, [&](Tx& tx) { return allow(tx, key, 3, 60'000); }).value(); };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(attempt("a"));
  EXPECT_FALSE(attempt("a"));
  EXPECT_TRUE(attempt("b"));
  clock.advance(60'000);
  EXPECT_TRUE(attempt("a"));
  clock.advance(86'400'000 * 3);
  ASSERT_TRUE(tidy(fresh.db()).has_value());
  EXPECT_TRUE(attempt("a"));
}

TEST_P(Store, PreparesEveryQueryOfTheProgram) {
  const auto done = prepare_all(db());
  EXPECT_TRUE(done.has_value()) << done.error().detail;
  const Query<std::int64_t(std::string)> too_many("store.too_many", "SELECT COUNT(*) FROM note");
  const Query<Note()> too_few("store.too_few", "SELECT id, text FROM note");
  const Query<std::int64_t()> wrong_type("store.wrong_type", "SELECT text FROM note");
  const auto wrong = prepare_all(db());
  ASSERT_FALSE(wrong.has_value());
  for (const auto* name : {"store.too_many", "store.too_few", "store.wrong_type"}) EXPECT_NE(wrong.error().detail.find(name), std::string::npos) << name;
}

TEST_P(Store, LetsTwoMigrationsAtOnceWaitForEachOther) {
  static constexpr Migration kMore[] = {kNotes[0], {"notes", 2, "more", "ALTER TABLE note ADD COLUMN more $text;  -- class: library; retention: ever"}};
  ASSERT_FALSE(db().migrated(kMore).value());
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&] {
      const auto done = database_->another()->migrate(kMore);
      EXPECT_TRUE(done.has_value()) << done.error().detail;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(db().migrated(kMore).value());
  EXPECT_TRUE(add(ours, Id::random(), "after").has_value());  // also on sessions that prepared before
  EXPECT_EQ(db().migrate(kNotes).error().fault, Fault::newer_version);
}

TEST_P(Store, LeavesADatabaseOfANewerVersionAsItIs) {
  static constexpr Migration kMore[] = {kNotes[0], {"notes", 2, "more", "ALTER TABLE note ADD COLUMN more $text;  -- class: library; retention: ever"}};
  static constexpr Migration kOther[] = {kNotes[0], {"other", 1, "other", "CREATE TABLE other (id $id);"}};
  static const Query<std::string()> kRecorded{"test.recorded", "SELECT MAX(run_ms) || ' ' || COUNT(*) || ' ' || MAX(hash) FROM migration"};
  static const Query<std::int64_t()> kThere{"test.other_there", "SELECT COUNT(*) FROM other"};
  const auto recorded = [&] { return db().read(InstallationScope{}, [](Read& read) { return read.one(kRecorded); }).value(); };
  ASSERT_TRUE(add(ours, Id::random(), "kept").has_value());
  ASSERT_TRUE(db().migrate(kMore).has_value());
  const auto before = recorded();
  for (const auto older : {std::span<const Migration>(kNotes), std::span<const Migration>(kOther)}) {
    EXPECT_EQ(db().migrate(older).error().fault, Fault::newer_version);
    EXPECT_EQ(db().migrated(older).error().key, "store.newer_version");
  }
  EXPECT_EQ(recorded(), before);
  EXPECT_FALSE(db().read(InstallationScope{}, [](Read& read) { return read.one(kThere); }).has_value()) << "what the older version would add is not there";
  EXPECT_EQ(count(ours), 1);
  EXPECT_TRUE(db().migrated(kMore).value());
}

TEST_P(Store, RunsAMigrationWhollyOrNotAtAll) {
  static constexpr Migration kBroken[] = {kNotes[0], {"notes", 2, "good", "CREATE TABLE half (id $id);"}, {"notes", 3, "bad", "CREATE TABLE nonsense;"}};
  EXPECT_FALSE(db().migrate(kBroken).has_value());
  static const Query<std::int64_t()> kHalf{"test.half", "SELECT COUNT(*) FROM migration WHERE module = 'notes'"};
  EXPECT_EQ(db().read(InstallationScope{}, [](Read& read) { return read.one(kHalf); }).value(), 1);
  EXPECT_TRUE(add(ours, Id::random(), "still works").has_value());
}

TEST_P(Store, RefusesAMigrationWithAnotherTextButNotWithAnotherComment) {
  static const std::string kComment = std::string(kNotes[0].text) + "\n-- said better\n";
  static const std::string kOther = std::string(kNotes[0].text) + "\nCREATE TABLE more (id $id);\n";
  const Migration comment[] = {{"notes", 1, "notes", kComment}};
  const Migration other[] = {{"notes", 1, "notes", kOther}};
  EXPECT_TRUE(db().migrate(comment).has_value());
  EXPECT_EQ(db().migrate(other).error().fault, Fault::newer_version);
}

}  // namespace
}  // namespace kedge::store
