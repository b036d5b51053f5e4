#include "store/keyring_backup.hpp"

#include <mutex>
#include <thread>

#include "sqlite_session.hpp"

namespace kedge::store {
namespace {

using Way = Statement::Passing;
using std::chrono::milliseconds;

// Not registered: these run on the keyring's own file alone.
struct Local : Statement {
  Local(std::string_view what, std::string_view text, std::vector<Kind> in, std::vector<Kind> out = {}) : Statement(Way{}, what, text, std::move(in), std::move(out)) {}
};

const Local kPut{"keyring.put",
                 "INSERT INTO wrapped (library_id, name, bytes, made_ms) VALUES (:library, :name, :bytes, :now) "
                 "ON CONFLICT (library_id, name) DO UPDATE SET bytes = :bytes, made_ms = :now",
                 {Kind::text, Kind::text, Kind::bytes, Kind::integer}};
const Local kGet{"keyring.get", "SELECT bytes FROM wrapped WHERE library_id = :library AND name = :name", {Kind::text, Kind::text}, {Kind::bytes}};
const Local kRemove{"keyring.remove", "DELETE FROM wrapped WHERE library_id = :library AND name = :name", {Kind::text, Kind::text}};
const Local kNames{"keyring.names",
                   "SELECT name FROM wrapped WHERE library_id = :library AND substr(name, 1, length(:prefix)) = :prefix ORDER BY name",
                   {Kind::text, Kind::text},
                   {Kind::text}};
const Local kErasures{"keyring.erasures", "SELECT library_id, name, at_ms FROM erasure ORDER BY library_id, name", {}, {Kind::text, Kind::text, Kind::integer}};

const Local kAll{"keyring.all", "SELECT library_id, name, bytes FROM wrapped ORDER BY library_id, name", {}, {Kind::text, Kind::text, Kind::bytes}};
const Local kNote{"keyring.note", "INSERT INTO erasure (library_id, name, at_ms) VALUES (:library, :name, :at) ON CONFLICT DO NOTHING",
                  {Kind::text, Kind::text, Kind::integer}};
const Local kErased{"keyring.erased", "SELECT at_ms FROM erasure WHERE library_id = :library AND name = :name", {Kind::text, Kind::text}, {Kind::integer}};

const OnRow kNothing = [](const Columns& /*row*/) -> Done { return {}; };

constexpr std::string_view kInstallation = "installation";

std::string place(const Id& library, std::string_view name) { return library.text() + "/" + std::string(name); }

class FileKeyring final : public Keyring {
 public:
  FileKeyring(std::unique_ptr<SqliteSession> session, const Clock& clock) : session_(std::move(session)), clock_(clock) {}

  Done prepare() {
    TRY_DONE(session_->execute("PRAGMA journal_mode = WAL"));
    return inside([&]() -> Done {
      TRY_DONE(session_->execute(
          "CREATE TABLE IF NOT EXISTS wrapped (library_id TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, made_ms INTEGER NOT NULL, "
          "PRIMARY KEY (library_id, name)) STRICT;"
          "CREATE TABLE IF NOT EXISTS erasure (library_id TEXT NOT NULL, name TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (library_id, name)) STRICT"));
      TRY(const auto found, load("", kInstallation));
      const auto raw = found ? *found : std::string(crypto::Key::random().bytes());
      if (!found) TRY_DONE(store("", kInstallation, raw));
      TRY(const auto key, crypto::Key::from_bytes(raw));
      take_key(key);
      return {};
    });
  }

  [[nodiscard]] crypto::Key installation() const override { return installation_; }

  Done put(const Id& library, std::string_view name, std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    bool replaced = false;
    TRY_DONE(inside([&]() -> Done {
      TRY(const auto old, load(library.text(), name));
      replaced = old.has_value();
      return store(library.text(), name, crypto::seal(wrapping_, bytes, place(library, name)));
    }));
    return replaced ? forget_log() : Done{};
  }

  Result<std::optional<std::string>> get(const Id& library, std::string_view name) override {
    const std::lock_guard lock(mutex_);
    session_->begin_work();
    TRY(const auto sealed, load(library.text(), name));
    if (!sealed) return std::optional<std::string>();
    TRY(auto bytes, crypto::open(wrapping_, *sealed, place(library, name)));
    return std::optional(std::move(bytes));
  }

  Done destroy(const Id& library, std::string_view name) override {
    const std::lock_guard lock(mutex_);
    TRY_DONE(inside([&] { return remove(library, name); }));
    return forget_log();
  }

  Done destroy_all(const Id& library, std::string_view prefix) override {
    TRY(const auto all, names(library, prefix));
    const std::lock_guard lock(mutex_);
    TRY_DONE(inside([&]() -> Done {
      for (const auto& name : all) TRY_DONE(remove(library, name));
      return {};
    }));
    return forget_log();
  }

  Result<std::vector<std::string>> names(const Id& library, std::string_view prefix) override {
    const std::lock_guard lock(mutex_);
    session_->begin_work();
    std::vector<std::string> all;
    const Value values[] = {std::string_view(library.text()), prefix};
    TRY_DONE(session_->run(kNames, values, [&](const Columns& row) -> Done {
      all.emplace_back(row.text(0));
      return {};
    }));
    return all;
  }

  Result<std::vector<Erasure>> erasures() override {
    const std::lock_guard lock(mutex_);
    session_->begin_work();
    return load_erasures();
  }

  Result<KeyringCopy> copy() {
    const std::lock_guard lock(mutex_);
    KeyringCopy all;
    all.installation = installation_;
    TRY_DONE(inside([&]() -> Done {
      TRY(all.kept, load_all());
      TRY(all.erasures, load_erasures());
      return {};
    }));
    return all;
  }

  Result<std::int64_t> take_in(const KeyringCopy& from) {
    const std::lock_guard lock(mutex_);
    std::int64_t came = 0;
    std::optional<crypto::Key> taken_over;
    TRY_DONE(inside([&]() -> Done {
      came = 0;
      TRY(const auto own, load_all());
      TRY(const auto gone, load_erasures());
      const auto wrapping = own.empty() && gone.empty() ? wrapping_of(from.installation) : wrapping_;
      if (own.empty() && gone.empty()) {
        TRY_DONE(store("", kInstallation, from.installation.bytes()));
        taken_over = from.installation;
      }
      for (const auto& erasure : from.erasures) TRY_DONE(note(erasure.library, erasure.name, erasure.at_ms));
      for (const auto& key : from.kept) {
        TRY(const bool destroyed, is_erased(key.library, key.name));
        TRY(const auto there, load(key.library.text(), key.name));
        if (destroyed || there) continue;
        TRY_DONE(store(key.library.text(), key.name, crypto::seal(wrapping, key.bytes, place(key.library, key.name))));
        ++came;
      }
      return {};
    }));
    if (taken_over) take_key(*taken_over);
    TRY_DONE(forget_log());
    return came;
  }

 private:
  template <class Work>
  Done inside(const Work& work) {
    session_->begin_work();
    TRY_DONE(session_->execute("BEGIN IMMEDIATE"));
    auto done = work();
    if (done) done = session_->execute("COMMIT");
    if (session_->in_transaction()) (void)session_->execute("ROLLBACK");
    return done;
  }

  static crypto::Key wrapping_of(const crypto::Key& installation) { return installation.derive("keyring"); }
  void take_key(const crypto::Key& installation) {
    installation_ = installation;
    wrapping_ = wrapping_of(installation);
  }

  Result<std::vector<KeyringCopy::Kept>> load_all() {
    std::vector<KeyringCopy::Kept> all;
    TRY_DONE(session_->run(kAll, {}, [&](const Columns& row) -> Done {
      KeyringCopy::Kept key{Id::parse(row.text(0)).value_or(Id()), std::string(row.text(1)), {}};
      if (key.library.empty() && key.name == kInstallation) return {};
      TRY(key.bytes, crypto::open(wrapping_, row.bytes(2), place(key.library, key.name)));
      all.push_back(std::move(key));
      return {};
    }));
    return all;
  }

  Result<std::vector<Erasure>> load_erasures() {
    std::vector<Erasure> all;
    TRY_DONE(session_->run(kErasures, {}, [&](const Columns& row) -> Done {
      all.push_back({Id::parse(row.text(0)).value_or(Id()), std::string(row.text(1)), row.integer(2)});
      return {};
    }));
    return all;
  }

  Result<bool> is_erased(const Id& library, std::string_view name) {
    const Value values[] = {std::string_view(library.text()), name};
    TRY(const auto found, session_->run(kErased, values, kNothing));
    return found > 0;
  }

  Done note(const Id& library, std::string_view name, std::int64_t at_ms) {
    const Value values[] = {std::string_view(library.text()), name, at_ms};
    TRY_DONE(session_->run(kNote, values, kNothing));
    return {};
  }

  Done store(std::string_view library, std::string_view name, std::string_view bytes) {
    const Value values[] = {library, name, BytesView{bytes}, clock_.now_ms()};
    TRY_DONE(session_->run(kPut, values, kNothing));
    return {};
  }

  Result<std::optional<std::string>> load(std::string_view library, std::string_view name) {
    std::optional<std::string> found;
    const Value values[] = {library, name};
    TRY_DONE(session_->run(kGet, values, [&](const Columns& row) -> Done {
      found = std::string(row.bytes(0));
      return {};
    }));
    return found;
  }

  Done remove(const Id& library, std::string_view name) {
    const Value place_values[] = {std::string_view(library.text()), name};
    TRY(const auto removed, session_->run(kRemove, place_values, kNothing));
    if (removed == 0) return {};
    return note(library, name, clock_.now_ms());
  }

  // The log still holds the page with the key until it is cut to nothing.
  Done forget_log() {
    const auto until = std::chrono::steady_clock::now() + milliseconds(5000);
    while (true) {
      const int code = sqlite3_wal_checkpoint_v2(session_->raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
      if (code == SQLITE_OK) return {};
      if (std::chrono::steady_clock::now() > until) return fail(Fault::busy, "store.keyring_log_kept");
      std::this_thread::sleep_for(milliseconds(20));
    }
  }

  std::mutex mutex_;
  std::unique_ptr<SqliteSession> session_;
  const Clock& clock_;
  crypto::Key installation_;
  crypto::Key wrapping_;
};

Result<std::unique_ptr<FileKeyring>> opened(const std::string& path, const Clock& clock) {
  crypto::start();
  TRY(auto session, SqliteSession::open(path, SqliteSession::Mode::write, milliseconds(5000)));
  auto keyring = std::make_unique<FileKeyring>(std::move(session), clock);
  TRY_DONE(keyring->prepare());
  return keyring;
}

}  // namespace

Result<std::unique_ptr<Keyring>> Keyring::open(const std::string& path, const Clock& clock) {
  TRY(auto keyring, opened(path, clock));
  return std::unique_ptr<Keyring>(std::move(keyring));
}

Result<KeyringCopy> copy_keyring(const std::string& path, const Clock& clock) {
  TRY(const auto keyring, opened(path, clock));
  return keyring->copy();
}

Result<std::int64_t> take_in_keys(const std::string& path, const KeyringCopy& copy, const Clock& clock) {
  TRY(const auto keyring, opened(path, clock));
  return keyring->take_in(copy);
}

Result<std::unique_ptr<Keyring>> Keyring::open(const std::string& path) {
  static const SystemClock clock;
  return open(path, clock);
}

}  // namespace kedge::store
