// kedge library add|list; export and import have a file of their own
#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/library.hpp"
#include "app/installation.hpp"
#include "core/text.hpp"
#include "identity/members.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

void add_list_command(Program& program, CLI::App& group) {
  program.command(group, "list", program.help("app.help.library.list"), Program::Output::text_or_json, [&program]() -> Result<Exit> {
    TRY(const auto opened, open_migrated(program));
    TRY(const auto libraries, opened.db->read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
    json all = json::array();
    for (const auto& library : libraries) {
      if (program.json()) all.push_back({{"id", library.id.text()}, {"name", library.name}, {"example", library.example}});
      else std::cout << library.id.text() << "  " << library.name << "\n";
    }
    if (program.json()) std::cout << all.dump(2) << "\n";
    return Exit::ok;
  });
}

struct NewLibrary {
  std::string name;
  std::string lead;
  std::string email;
  std::string language = "en";
  std::string zone = "America/Chicago";
  std::string state;
  std::vector<std::string> branches;
};

// The password is read from standard input: as an option it would stand in the list of processes.
Result<Exit> add(const Program& program, const NewLibrary& asked) {
  identity::Founding founding;
  founding.library.name = asked.name;
  founding.library.language = language_of(asked.language).value_or(Language::en);
  founding.library.time_zone = asked.zone;
  founding.library.state = asked.state;
  founding.branches = asked.branches;
  founding.lead_name = asked.lead;
  founding.lead_email = asked.email;
  std::getline(std::cin, founding.password);
  TRY(const auto opened, open_migrated(program));
  TRY(const auto joined, opened.db->write(store::InstallationScope{}, [&](store::Tx& tx) -> Result<identity::Joined> {
    TRY(const auto all, identity::libraries(tx));
    const auto same = [&](const identity::Library& library) { return text::fold(library.name) == text::fold(text::clean_line(asked.name)); };
    if (std::ranges::any_of(all, same)) return fail(Error{Fault::conflict, "app.library.there", {}, {}, {{"name", asked.name}}});
    return identity::found(tx, *opened.keyring, founding);
  }));
  if (program.json()) {
    std::cout << json{{"library", joined.session.library.text()}, {"member", joined.session.member.text()}, {"recovery_code", joined.recovery_code}}.dump(2) << "\n";
    return Exit::ok;
  }
  std::cout << joined.session.library.text() << "\n" << program.words().say("app.library.recovery_code", locale::arg("code", joined.recovery_code)) << "\n";
  return Exit::ok;
}

void add_add_command(Program& program, CLI::App& group) {
  auto asked = std::make_shared<NewLibrary>();
  auto& command = program.command(group, "add", program.help("app.help.library.add"),
                                  Program::Output::text_or_json, [&program, asked]() { return add(program, *asked); });
  command.add_option("--name", asked->name, program.help("app.help.library.name"))->required();
  command.add_option("--lead", asked->lead, program.help("app.help.library.lead"))->required();
  command.add_option("--email", asked->email, program.help("app.help.library.email"))->required();
  command.add_option("--language", asked->language, program.help("app.help.library.language"))->check(CLI::IsMember({"en", "es"}))->capture_default_str();
  command.add_option("--time-zone", asked->zone, program.help("app.help.library.time_zone"))->capture_default_str();
  command.add_option("--state", asked->state, program.help("app.help.library.state"));
  command.add_option("--branch", asked->branches, program.help("app.help.library.branch"));
}

}  // namespace

void add_library(Program& program) {
  auto& group = program.group("library", program.help("app.help.library"));
  add_list_command(program, group);
  add_add_command(program, group);
  add_library_file_commands(program, group);
}

}  // namespace kedge::app
