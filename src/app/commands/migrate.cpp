// kedge migrate
#include <iostream>

#include "app/installation.hpp"
#include "app/wiring.hpp"

namespace kedge::app {

void add_migrate(Program& program) {
  program.command(program.root(), "migrate", "Bring the tables to what this version needs; harmless to repeat", Program::Output::text,
                  [&program]() -> Result<Exit> {
                    TRY(const auto opened, open_installation(program, Make::yes));
                    TRY_DONE(opened.db->migrate(migrations()));
                    std::cout << program.words().say("app.migrated") << "\n";
                    return Exit::ok;
                  });
}

}  // namespace kedge::app
