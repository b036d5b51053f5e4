// kedge restore
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "store/backup.hpp"

namespace kedge::app {
namespace {

Result<Exit> restore(const Program& program, const std::string& file) {
  TRY_DONE(require_file(file));
  TRY(const auto opened, open_installation(program, Make::yes));
  TRY(const auto summary, store::restore(*opened.db, migrations(), file));
  Hands hands{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock()};
  TRY_DONE(after_restore(hands));
  TRY(const auto without, members_without_part(opened));
  if (program.json()) {
    std::cout << nlohmann::json{{"file", file}, {"tables", summary.tables}, {"rows", summary.rows}, {"members_without_key", without}}.dump(2) << "\n";
    return Exit::ok;
  }
  std::cout << program.words().say("app.restore.done", locale::arg("file", file)) << "\n";
  if (without > 0) std::cout << program.words().say("app.keys.missing", locale::arg("count", without)) << "\n";
  return Exit::ok;
}

}  // namespace

void add_restore(Program& program) {
  auto file = std::make_shared<std::string>();
  auto& command = program.command(program.root(), "restore", program.help("app.help.restore"), Program::Output::text_or_json,
                                  [&program, file]() { return restore(program, *file); });
  command.add_option("FILE", *file, program.help("app.help.restore.file"))->required();
}

}  // namespace kedge::app
