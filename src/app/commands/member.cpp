// kedge member add|invite
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "identity/joining.hpp"
#include "identity/members.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

struct Asked {
  std::string library;
  std::string name;
  std::string email;
  std::vector<std::string> roles = {"staff"};
};

Roles roles_of(const Asked& asked) {
  Roles roles;
  for (const auto& code : asked.roles)
    if (const auto role = from_code<Role>(code)) roles.add(*role);
  return roles;
}

std::string address(const Program& program, const std::string& path) {
  const auto& settings = program.settings();
  if (!settings.public_url.empty()) return settings.public_url + path;
  const auto here = "http://" + settings.listen + ":" + std::to_string(settings.port);
  program.tell(program.words().say("app.link.no_public_url", locale::arg("url", here)));
  return here + path;
}

void print(const Program& program, const Id& member, const std::string& link) {
  if (!program.json()) {
    std::cout << link << "\n";
    return;
  }
  json said{{"link", link}};
  if (!member.empty()) said["member"] = member.text();
  std::cout << said.dump(2) << "\n";
}

Result<Exit> add(const Program& program, const Asked& asked) {
  TRY(const auto opened, open_migrated(program));
  TRY(const auto library, find_library(*opened.db, asked.library));
  const auto scope = console_scope(library.id);
  struct Added {
    Id member;
    std::string token;
  };
  TRY(const auto added, opened.db->write(scope, [&](store::Tx& tx) -> Result<Added> {
    TRY(const auto id, identity::add_member(tx, scope, {.name = asked.name, .email = asked.email, .roles = roles_of(asked)}));
    TRY(auto token, identity::make_reset_link(tx, scope, id));
    return Added{id, std::move(token)};
  }));
  print(program, added.member, address(program, "/reset/" + added.token));
  return Exit::ok;
}

Result<Exit> invite(const Program& program, const Asked& asked) {
  TRY(const auto opened, open_migrated(program));
  TRY(const auto library, find_library(*opened.db, asked.library));
  const auto scope = console_scope(library.id);
  TRY(const auto token, opened.db->write(scope, [&](store::Tx& tx) {
    return identity::invite(tx, scope, {.roles = roles_of(asked), .email = asked.email});
  }));
  print(program, Id(), address(program, "/invitation/" + token));
  return Exit::ok;
}

void add_options(CLI::App& command, Program& program, Asked& asked) {
  command.add_option("--role", asked.roles, program.help("app.help.member.role"))
      ->delimiter(',')
      ->check(CLI::IsMember({"administrator", "lead", "staff", "intern", "board", "trainer"}))
      ->default_str("staff");
  command.add_option("--public-url", program.settings().public_url, program.help("app.help.member.public_url"))->envname("KEDGE_PUBLIC_URL");
  add_library_option(program, command, asked.library);
}

}  // namespace

void add_member(Program& program) {
  auto& group = program.group("member", program.help("app.help.member"));
  auto asked = std::make_shared<Asked>();
  auto& adding = program.command(group, "add", program.help("app.help.member.add"), Program::Output::text_or_json,
                                 [&program, asked]() { return add(program, *asked); });
  adding.add_option("--name", asked->name, program.help("app.help.member.name"))->required();
  adding.add_option("--email", asked->email, program.help("app.help.member.email"))->required();
  add_options(adding, program, *asked);
  auto& inviting = program.command(group, "invite", program.help("app.help.member.invite"), Program::Output::text_or_json,
                                   [&program, asked]() { return invite(program, *asked); });
  inviting.add_option("--email", asked->email, program.help("app.help.member.invite.email"));
  add_options(inviting, program, *asked);
}

}  // namespace kedge::app
