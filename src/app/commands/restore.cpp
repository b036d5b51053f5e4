// kedge restore
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "store/backup.hpp"

namespace kedge::app {

void add_restore(Program& program) {
  auto file = std::make_shared<std::string>();
  auto& command = program.command(program.root(), "restore", "Read a backup into an empty database of either engine", Program::Output::text_or_json,
                                  [&program, file]() -> Result<Exit> {
                                    TRY(const auto opened, open_installation(program, Make::yes));
                                    TRY(const auto summary, store::restore(*opened.db, migrations(), *file));
                                    Hands hands{*opened.db, *opened.keyring, program.clock()};
                                    for (const auto& slice : slices())
                                      if (slice.after_restore != nullptr) TRY_DONE(slice.after_restore(hands));
                                    if (program.json())
                                      std::cout << nlohmann::json{{"file", *file}, {"tables", summary.tables}, {"rows", summary.rows}}.dump(2) << "\n";
                                    else
                                      std::cout << program.words().say("app.restore.done", locale::arg("file", *file)) << "\n";
                                    return Exit::ok;
                                  });
  command.add_option("FILE", *file, "A file that `kedge backup` wrote")->required();
}

}  // namespace kedge::app
