// kedge mail: whether letters go out, and this week's now.
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "mail/postman.hpp"
#include "plan/digest.hpp"
#include "plan/pages/routes.hpp"
#include "web/letter.hpp"

namespace kedge::app {
namespace {

struct Asked {
  std::string to;
  std::string library;
};

Result<mail::Server> server(const Program& program) {
  TRY(auto found, mail_server(program.settings()));
  if (!found.on()) return fail(Fault::invalid, "app.mail.none");
  return found;
}

// One letter, past the outbox: so that what the server says is said here.
Result<Exit> test(const Program& program, const Asked& asked) {
  TRY(const auto through, server(program));
  const auto& words = program.words();
  const web::Letter letter{.subject = std::string(words.plain("app.mail.test.subject")), .lede = {words.say("app.mail.test.lede", locale::arg("url", program.settings().public_url))}};
  const auto now_ms = program.clock().now_ms();
  TRY(const auto message, mail::compose(web::message_of(words, letter, asked.to), through.from, Id::fresh(now_ms).text(), now_ms));
  const auto outcome = mail::Smtp(through).send(asked.to, message);
  if (program.json()) std::cout << nlohmann::json{{"sent", outcome.taken == mail::Taken::yes}, {"why", outcome.why}}.dump() << "\n";
  if (outcome.taken == mail::Taken::yes) {
    if (!program.json()) std::cout << words.say("app.mail.test.sent", locale::arg("address", asked.to)) << "\n";
    return Exit::ok;
  }
  return fail(Error{Fault::unavailable, "app.mail.test.not_sent", {}, {}, {{"why", web::why_not_taken(words, outcome.why)}}});
}

Result<Exit> digest(const Program& program, const Asked& asked) {
  TRY(const auto through, server(program));
  TRY(const auto opened, open_migrated(program));
  TRY(const auto library, find_library(*opened.db, asked.library));
  if (library.example) return fail(Fault::conflict, "app.mail.example");
  const auto now_ms = program.clock().now_ms();
  TRY(const auto written, plan::pages::write_digests({*opened.db, *opened.keyring, program.settings().public_url, now_ms}, library, plan::monday_of(Date::at(now_ms, library.time_zone))));
  if (program.json()) std::cout << nlohmann::json{{"written", written}}.dump() << "\n";
  else std::cout << program.words().say("app.mail.digest.written", locale::arg("count", written)) << "\n";
  return Exit::ok;
}

void add_options(CLI::App& command, Program& program) {
  add_mail_settings(command, program.settings(), program.words());
  command.add_option("--public-url", program.settings().public_url, program.help("app.help.member.public_url"))->envname("KEDGE_PUBLIC_URL");
}

}  // namespace

void add_mail(Program& program) {
  auto& group = program.group("mail", program.help("app.help.mail"));
  auto asked = std::make_shared<Asked>();
  auto& testing = program.command(group, "test", program.help("app.help.mail.test"), Program::Output::text_or_json, [&program, asked]() { return test(program, *asked); });
  testing.add_option("ADDRESS", asked->to, program.help("app.help.mail.test.address"))->required();
  add_options(testing, program);
  auto& digesting = program.command(group, "digest", program.help("app.help.mail.digest"), Program::Output::text_or_json, [&program, asked]() { return digest(program, *asked); });
  add_library_option(program, digesting, asked->library);
  add_options(digesting, program);
}

}  // namespace kedge::app
