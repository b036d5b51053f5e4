// kedge check
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "identity/departures.hpp"
#include "store/keyring_backup.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

enum class Mark : std::uint8_t { ok, note, wrong };  // a note is said and does not make the check fail

struct Looked {
  std::string what;   // a code: "tables", "queries", "keys", "key_backup", "members_keys", "ledger"
  std::string which;  // the library, where it is of one
  std::optional<Error> said;
  Mark mark = Mark::ok;
};

Looked looked(std::string what, std::string which, std::optional<Error> wrong) {
  const auto mark = wrong ? Mark::wrong : Mark::ok;
  return {std::move(what), std::move(which), std::move(wrong), mark};
}

template <class T>
std::optional<Error> wrong_of(const Result<T>& done) { return done ? std::nullopt : std::optional<Error>(done.error()); }

// Older than the horizon, its file may still hold what people were told is gone.
Result<Looked> key_backup(const Program& program, store::Keyring& keyring) {
  TRY(const auto last, store::last_key_backup(keyring));
  if (!last) return Looked{"key_backup", {}, Error{Fault::not_found, "app.keys.never", {}, {}, {}}, Mark::note};
  if (!last->too_old(program.clock().now_ms())) return Looked{"key_backup", {}, {}, Mark::ok};
  return Looked{"key_backup", {}, Error{Fault::conflict, "app.keys.last_too_old", {}, {}, {{"date", Date::at(last->made_ms, "UTC").text()}}}, Mark::wrong};
}

Result<Looked> members_keys(const Installation& opened, const identity::Library& library) {
  TRY(const auto without, identity::members_without_part(*opened.db, *opened.keyring, library.id));
  if (without.empty()) return Looked{"members_keys", library.name, {}, Mark::ok};
  return Looked{"members_keys", library.name, Error{Fault::not_found, "app.keys.missing", {}, {}, {{"count", std::to_string(without.size())}}}, Mark::wrong};
}

Result<std::vector<Looked>> look(const Program& program, const Installation& opened) {
  std::vector<Looked> all;
  TRY(const bool migrated, opened.db->migrated(migrations()));
  all.push_back(looked("tables", {}, migrated ? std::nullopt : std::optional<Error>(Error{Fault::conflict, "app.not_migrated", {}, {}, {}})));
  if (!migrated) return all;
  all.push_back(looked("queries", {}, wrong_of(store::prepare_all(*opened.db))));
  all.push_back(looked("keys", {}, wrong_of(store::copy_keyring(program.settings().keyring().string(), program.clock()))));  // every one opens
  TRY(auto backup, key_backup(program, *opened.keyring));
  all.push_back(std::move(backup));
  // what happened before a library was known: joining by a code or a link
  all.push_back(looked("ledger", {}, wrong_of(opened.db->read(store::InstallationScope{}, [](store::Read& db) { return store::verify_ledger(db, Id()); }))));
  TRY(const auto libraries, opened.db->read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
  for (const auto& library : libraries) {
    TRY(auto keys, members_keys(opened, library));
    all.push_back(std::move(keys));
    all.push_back(looked("ledger", library.name, wrong_of(opened.db->read(console_scope(library.id), [&](store::Read& db) {
                           return store::verify_ledger(db, library.id);
                         }))));
  }
  return all;
}

std::string_view sign_of(Mark mark) {
  switch (mark) {
    case Mark::ok: return "ok     ";
    case Mark::note: return "note   ";
    case Mark::wrong: return "WRONG  ";
  }
  return {};
}

Result<Exit> check(const Program& program) {
  TRY(const auto opened, open_installation(program, Make::no));
  TRY(const auto all, look(program, opened));
  auto worst = Exit::ok;
  json said = json::array();
  for (const auto& one : all) {
    if (one.mark == Mark::wrong) worst = Exit::failed;
    if (program.json()) {
      said.push_back({{"check", one.what}, {"library", one.which}, {"ok", one.mark != Mark::wrong}, {"what", one.said ? program.words().say(*one.said) : ""}});
      continue;
    }
    std::cout << sign_of(one.mark) << one.what << (one.which.empty() ? "" : ": " + one.which) << "\n";
    std::cout.flush();
    if (one.said) program.tell(*one.said);
  }
  if (program.json()) std::cout << json{{"ok", worst == Exit::ok}, {"checks", said}}.dump(2) << "\n";
  return worst;
}

}  // namespace

void add_check(Program& program) {
  program.command(program.root(), "check", program.help("app.help.check"), Program::Output::text_or_json,
                  [&program]() { return check(program); });
}

}  // namespace kedge::app
