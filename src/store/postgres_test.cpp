// What only PostgreSQL can show: rows hidden by the server, connections that go away.
#include <atomic>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include "store/testing.hpp"

namespace kedge::store {
namespace {

constexpr Migration kThings[] = {{"things", 1, "things", R"(
CREATE TABLE thing (
  library_id $id NOT NULL,  -- class: library; retention: ever
  name $text NOT NULL,  -- class: library; retention: ever
  PRIMARY KEY (library_id, name)
) $strict;
$scoped(thing);
)"}};

const Query<void(Id, std::string)> kAdd{"test.pg.add", "INSERT INTO thing (library_id, name) VALUES (:library, :name)"};
const Query<std::int64_t()> kForgot{"test.pg.forgot", "SELECT COUNT(*) FROM thing"};
const Query<void()> kForgotToo{"test.pg.forgot_too", "UPDATE thing SET name = 'taken'"};

class Postgres : public ::testing::Test {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(Engine::postgresql);
    database_ = std::make_unique<TestDatabase>(Engine::postgresql, joined({kThings}));
  }
  Database& db() { return database_->db(); }
  Done add(const Scope& scope, const std::string& name) {
    return db().write(scope, [&](Tx& tx) -> Done {
      TRY_DONE(tx.run(kAdd, scope.library, name));
      return {};
    });
  }
  std::int64_t counted(const Scope& scope) {
    return db().read(scope, [](Read& read) { return read.one(kForgot); }).value_or(-1);
  }
  // Those of this database alone: other test programs share the cluster.
  void end_all_sessions() {
    const auto& url = database_->settings().url;  // postgresql:///name?...
    const auto name = url.substr(14, url.find('?') - 14);
    auto* connection = PQconnectdb(std::getenv("KEDGE_TEST_PG"));
    PQclear(PQexec(connection, ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'").c_str()));
    PQfinish(connection);
  }
  const Scope ours{Id::random(), {}, {}};
  const Scope theirs{Id::random(), {}, {}};
  std::unique_ptr<TestDatabase> database_;
};

TEST_F(Postgres, HidesRowsOfOthersFromAQueryThatForgotTheLibrary) {
  ASSERT_TRUE(add(ours, "a").has_value());
  ASSERT_TRUE(add(theirs, "b").has_value());
  EXPECT_EQ(counted(ours), 1);
  EXPECT_EQ(db().write(ours, [](Tx& tx) { return tx.run(kForgotToo); }).value(), 1);
  EXPECT_EQ(db().read(InstallationScope{}, [](Read& read) { return read.one(kForgot); }).value(), 2);
  const auto foreign = db().write(ours, [&](Tx& tx) { return tx.run(kAdd, theirs.library, "c"); });
  EXPECT_EQ(foreign.error().fault, Fault::forbidden);
  EXPECT_EQ(foreign.error().key, "store.other_library");
}

TEST_F(Postgres, HidesThemFromTheOwnerOfTheTablesToo) {
  ASSERT_TRUE(add(ours, "a").has_value());
  auto settings = database_->settings();
  settings.url = settings.owner_url;
  const SystemClock clock;
  const auto owner = std::move(*Database::open(settings, clock));
  EXPECT_EQ(owner->read(theirs, [](Read& read) { return read.one(kForgot); }).value(), 0);
}

TEST_F(Postgres, ComesBackByItselfWhenTheServerEndedItsSessions) {
  ASSERT_TRUE(add(ours, "a").has_value());
  end_all_sessions();
  EXPECT_TRUE(add(ours, "b").has_value());
  end_all_sessions();
  EXPECT_EQ(counted(ours), 2);
}

TEST_F(Postgres, RunsAgainWhatLostItsConnectionBeforeTheCommit) {
  int runs = 0;
  const auto done = db().write(ours, [&](Tx& tx) -> Done {
    if (++runs == 1) end_all_sessions();
    TRY_DONE(tx.run(kAdd, ours.library, "a"));
    return {};
  });
  EXPECT_TRUE(done.has_value());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(counted(ours), 1);
}

TEST_F(Postgres, SaysThatItIsAwayWhileItIs) {
  auto settings = database_->settings();
  settings.url = "postgresql:///nowhere?host=/nonexistent";
  const SystemClock clock;
  const auto opened = Database::open(settings, clock);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().fault, Fault::unavailable);
}

TEST_F(Postgres, KeepsWritersOutWhileTheInstallationWrites) {
  std::thread other;
  std::atomic<bool> entered = false;
  const auto done = db().write(InstallationScope{}, [&](Tx&) -> Done {
    other = std::thread([&] { EXPECT_TRUE(db().write(ours, [&](Tx&) -> Done { entered = true; return {}; }).has_value()); });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_FALSE(entered);
    return {};
  });
  other.join();
  EXPECT_TRUE(done.has_value());
  EXPECT_TRUE(entered);
}

TEST_F(Postgres, LetsTwoLibrariesWriteAtTheSameTime) {
  const auto done = db().write(ours, [&](Tx& tx) -> Done {
    TRY_DONE(tx.run(kAdd, ours.library, "a"));
    EXPECT_TRUE(add(theirs, "b").has_value());
    return {};
  });
  EXPECT_TRUE(done.has_value());
}

}  // namespace
}  // namespace kedge::store
