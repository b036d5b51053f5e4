// kedge migrate
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"

namespace kedge::app {

void add_migrate(Program& program) {
  program.command(program.root(), "migrate", program.help("app.help.migrate"), Program::Output::text_or_json,
                  [&program]() -> Result<Exit> {
                    TRY(const auto opened, open_installation(program, Make::yes));
                    TRY(const bool before, opened.db->migrated(migrations()));
                    TRY_DONE(opened.db->migrate(migrations()));
                    if (program.json()) std::cout << nlohmann::json{{"changed", !before}}.dump(2) << "\n";
                    else std::cout << program.words().say("app.migrated") << "\n";
                    return Exit::ok;
                  });
}

}  // namespace kedge::app
