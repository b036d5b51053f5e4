// kedge init [--example]
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/example.hpp"
#include "app/installation.hpp"
#include "app/wiring.hpp"

namespace kedge::app {

void add_init(Program& program) {
  auto example = std::make_shared<bool>(false);
  auto& command = program.command(program.root(), "init", program.help("app.help.init"), Program::Output::text_or_json,
                                  [&program, example]() -> Result<Exit> {
                                    TRY(const auto opened, open_installation(program, Make::yes));
                                    TRY_DONE(opened.db->migrate(migrations()));
                                    if (*example) TRY_DONE(found_example(program));
                                    if (program.json()) {
                                      std::cout << nlohmann::json{{"data", program.settings().data}, {"example", *example}}.dump(2) << "\n";
                                      return Exit::ok;
                                    }
                                    std::cout << program.words().say("app.made", locale::arg("folder", program.settings().data)) << "\n";
                                    return Exit::ok;
                                  });
  command.add_flag("--example", *example, program.help("app.help.init.example"));
}

}  // namespace kedge::app
