#include "store/testing.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "sql.hpp"

namespace kedge::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "test database: %s\n", what.c_str());
  std::abort();
}
void must(const Done& done, const char* what) {
  if (!done) give_up(fmt::format("{}: {} {}", what, done.error().key, done.error().detail));
}

std::string fingerprint(const std::vector<Migration>& migrations) {
  std::string text;
  for (const auto& migration : migrations) text += migration_hash(migration);
  return crypto::to_hex(crypto::hash(text).substr(0, 8));
}

const char* superuser() { return std::getenv("KEDGE_TEST_PG"); }

// Percent-encoded for an address.
std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.') out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// The address of another database and role on the superuser's cluster.
std::string address(const std::string& role, const std::string& database) {
  char* wrong = nullptr;
  auto* options = PQconninfoParse(superuser(), &wrong);
  if (options == nullptr) give_up("KEDGE_TEST_PG is no address");
  std::string out = fmt::format("postgresql:///{}?user={}", database, role);
  for (auto* option = options; option->keyword != nullptr; ++option) {
    const std::string_view name = option->keyword;
    if (option->val != nullptr && (name == "host" || name == "port")) out += fmt::format("&{}={}", name, encoded(option->val));
  }
  PQconninfoFree(options);
  return out;
}

void as_superuser(const std::string& sql, bool may_fail = false) {
  auto* connection = PQconnectdb(superuser());
  auto* result = PQexec(connection, sql.c_str());
  const auto status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !may_fail) give_up(sql + ": " + PQerrorMessage(connection));
  PQclear(result);
  PQfinish(connection);
}

void make_roles() {
  for (const auto* role : {"kedge_test_owner", "kedge_test_server"})
    as_superuser(fmt::format("DO $$ BEGIN PERFORM pg_advisory_xact_lock(77); IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{0}') THEN "
                             "CREATE ROLE {0} LOGIN; END IF; END $$", role));
}

Settings pg_settings(const std::string& database) {
  Settings settings;
  settings.url = address("kedge_test_server", database);
  settings.owner_url = address("kedge_test_owner", database);
  return settings;
}

void migrate(const Settings& settings, const std::vector<Migration>& migrations) {
  static const SystemClock clock;
  auto database = Database::open(settings, clock);
  if (!database) give_up("open: " + database.error().detail);
  must((*database)->migrate(migrations), "migrate");
}

// Templates of this process, one a set of migrations; removed when it ends.
struct Templates {
  std::mutex mutex;
  std::map<std::string, std::string> made;
  fs::path folder;
  ~Templates() {
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
    if (superuser() != nullptr)
      for (const auto& [print, name] : made)
        if (print.starts_with("pg")) as_superuser("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", true);
  }
  std::string sqlite(const std::vector<Migration>& migrations) {
    const std::lock_guard lock(mutex);
    auto& name = made["sqlite" + fingerprint(migrations)];
    if (!name.empty()) return name;
    if (folder.empty()) folder = fresh_folder();
    const auto file = (folder / (fingerprint(migrations) + ".db")).string();
    Settings settings;
    settings.url = "sqlite:" + file;
    migrate(settings, migrations);
    return name = file;
  }
  std::string postgresql(const std::vector<Migration>& migrations) {
    const std::lock_guard lock(mutex);
    auto& name = made["pg" + fingerprint(migrations)];
    if (!name.empty()) return name;
    make_roles();
    const auto database = fmt::format("kedge_template_{}_{}", ::getpid(), fingerprint(migrations));
    as_superuser("CREATE DATABASE " + database + " OWNER kedge_test_owner TEMPLATE template0 ENCODING 'UTF8'");
    migrate(pg_settings(database), migrations);
    return name = database;
  }
  static fs::path fresh_folder() {
    auto pattern = (fs::temp_directory_path() / "kedge_test_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) give_up("no temporary folder");
    return pattern;
  }
};

Templates& templates() {
  static Templates all;
  return all;
}

const SystemClock& system_clock() {
  static const SystemClock clock;
  return clock;
}

}  // namespace

std::vector<Migration> joined(std::initializer_list<std::span<const Migration>> parts) {
  std::vector<Migration> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

bool TestDatabase::available(Engine engine) { return engine == Engine::sqlite || superuser() != nullptr; }

TestDatabase::TestDatabase(Engine engine, const std::vector<Migration>& migrations, const Clock* clock)
    : clock_(clock != nullptr ? clock : &system_clock()), folder_(Templates::fresh_folder()) {
  static std::atomic<int> count = 0;
  crypto::start();
  if (engine == Engine::sqlite) {
    const auto file = folder_ / "kedge.db";
    fs::copy_file(templates().sqlite(migrations), file);
    settings_.url = "sqlite:" + file.string();
  } else {
    const auto from = templates().postgresql(migrations);
    pg_name_ = fmt::format("kedge_test_{}_{}", ::getpid(), ++count);
    as_superuser(fmt::format("CREATE DATABASE {} OWNER kedge_test_owner TEMPLATE {}", pg_name_, from));
    settings_ = pg_settings(pg_name_);
  }
  reopen();
}

void TestDatabase::reopen() {
  database_.reset();
  database_ = another();
}

std::unique_ptr<Database> TestDatabase::another() const {
  auto opened = Database::open(settings_, *clock_);
  if (!opened) give_up("open: " + opened.error().key + " " + opened.error().detail);
  return std::move(*opened);
}

TestDatabase::~TestDatabase() {
  database_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  if (!pg_name_.empty()) as_superuser("DROP DATABASE IF EXISTS " + pg_name_ + " WITH (FORCE)", true);
}

}  // namespace kedge::store
