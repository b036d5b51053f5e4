// kedge library add|list
#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "core/text.hpp"
#include "identity/members.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

void add_list_command(Program& program, CLI::App& group) {
  program.command(group, "list", "List the libraries of this installation", Program::Output::text_or_json, [&program]() -> Result<Exit> {
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
  auto& command = program.command(group, "add", "Found a library with its first member, whose password is read from standard input",
                                  Program::Output::text_or_json, [&program, asked]() { return add(program, *asked); });
  command.add_option("--name", asked->name, "Name of the library")->required();
  command.add_option("--lead", asked->lead, "Name of the first member, administrator and lead")->required();
  command.add_option("--email", asked->email, "E-mail address that the lead signs in with")->required();
  command.add_option("--language", asked->language, "Language of the library: en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
  command.add_option("--time-zone", asked->zone, "Time zone of the library, such as America/Chicago")->capture_default_str();
  command.add_option("--state", asked->state, "State, such as IL");
  command.add_option("--branch", asked->branches, "A branch; say it again for each");
}

}  // namespace

void add_library(Program& program) {
  auto& group = program.group("library", "The libraries of this installation");
  add_list_command(program, group);
  add_add_command(program, group);
}

}  // namespace kedge::app
