// kedge check
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

struct Looked {
  std::string what;   // a code: "tables", "queries", "keys", "ledger"
  std::string which;  // the library, of a ledger
  std::optional<Error> wrong;
};

template <class T>
std::optional<Error> wrong_of(const Result<T>& done) { return done ? std::nullopt : std::optional<Error>(done.error()); }

Result<std::vector<Looked>> look(const Installation& opened) {
  std::vector<Looked> all;
  TRY(const bool migrated, opened.db->migrated(migrations()));
  all.push_back({"tables", {}, migrated ? std::nullopt : std::optional<Error>(Error{Fault::conflict, "app.not_migrated", {}, {}, {}})});
  if (!migrated) return all;
  all.push_back({"queries", {}, wrong_of(store::prepare_all(*opened.db))});
  all.push_back({"keys", {}, wrong_of(opened.keyring->names(Id(), ""))});
  // what happened before a library was known: joining by a code or a link
  all.push_back({"ledger", {}, wrong_of(opened.db->read(store::InstallationScope{}, [](store::Read& db) { return store::verify_ledger(db, Id()); }))});
  TRY(const auto libraries, opened.db->read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
  for (const auto& library : libraries)
    all.push_back({"ledger", library.name, wrong_of(opened.db->read(console_scope(library.id), [&](store::Read& db) {
                     return store::verify_ledger(db, library.id);
                   }))});
  return all;
}

Result<Exit> check(const Program& program) {
  TRY(const auto opened, open_installation(program, Make::no));
  TRY(const auto all, look(opened));
  auto worst = Exit::ok;
  json said = json::array();
  for (const auto& one : all) {
    if (one.wrong) worst = Exit::failed;
    if (program.json()) {
      said.push_back({{"check", one.what}, {"library", one.which}, {"ok", !one.wrong}, {"what", one.wrong ? program.words().say(*one.wrong) : ""}});
      continue;
    }
    std::cout << (one.wrong ? "WRONG  " : "ok     ") << one.what << (one.which.empty() ? "" : ": " + one.which) << "\n";
    if (one.wrong) program.tell(*one.wrong);
  }
  if (program.json()) std::cout << json{{"ok", worst == Exit::ok}, {"checks", said}}.dump(2) << "\n";
  return worst;
}

}  // namespace

void add_check(Program& program) {
  program.command(program.root(), "check", "Prove that tables, queries, keys and every library's ledger are whole", Program::Output::text_or_json,
                  [&program]() { return check(program); });
}

}  // namespace kedge::app
