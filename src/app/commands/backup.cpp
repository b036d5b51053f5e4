// kedge backup
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "store/backup.hpp"

namespace kedge::app {

void add_backup(Program& program) {
  auto file = std::make_shared<std::string>();
  auto& command = program.command(program.root(), "backup", program.help("app.help.backup"), Program::Output::text_or_json,
                                  [&program, file]() -> Result<Exit> {
                                    TRY(const auto opened, open_migrated(program));
                                    TRY(const auto summary, store::backup(*opened.db, migrations(), *file));
                                    if (program.json())
                                      std::cout << nlohmann::json{{"file", *file}, {"tables", summary.tables}, {"rows", summary.rows}}.dump(2) << "\n";
                                    else
                                      std::cout << program.words().say("app.backup.made", locale::arg("file", *file)) << "\n";
                                    return Exit::ok;
                                  });
  command.add_option("FILE", *file, program.help("app.help.backup.file"))->required();
}

}  // namespace kedge::app
