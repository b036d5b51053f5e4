// kedge serve
#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/example.hpp"
#include "app/installation.hpp"
#include "app/runner.hpp"
#include "app/wiring.hpp"
#include "core/log.hpp"
#include "core/paths.hpp"
#include "identity/example.hpp"
#include "identity/joining.hpp"
#include "mail/postman.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

std::string local_url(const Settings& settings, std::uint16_t port) {
  const bool v6 = settings.listen.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + settings.listen + "]" : settings.listen) + ":" + std::to_string(port);
}

// While there is no library but the example: the example when asked for, and the code that protects the founding.
Result<std::string> first_start(const Program& program, const Installation& opened, bool example) {
  TRY(const bool founded, opened.db->read(store::InstallationScope{}, [](store::Read& db) { return identity::has_libraries(db); }));
  if (founded) return std::string();
  TRY(const auto there, identity::example(*opened.db));
  if (example && !there) TRY_DONE(found_example(program));
  return opened.db->write(store::InstallationScope{}, [](store::Tx& tx) { return identity::make_founding_code(tx); });
}

web::ServerSettings server_settings(const Settings& settings) {
  web::ServerSettings server;
  server.address = settings.listen;
  server.port = settings.port;
  server.workers = settings.workers;
  server.trusted_proxies = settings.behind_proxy;
  return server;
}

Result<Exit> serve(const Program& program, bool example) {
  const auto& settings = program.settings();
  if (auto done = check_serving(settings); !done) {
    program.tell(done.error());
    return Exit::usage;
  }
  const auto post = mail_server(settings);
  if (!post && post.error().fault == Fault::invalid) {
    program.tell(post.error());
    return Exit::usage;
  }
  if (!post) return fail(post.error());
  if (share_folder().empty()) return fail(Fault::not_found, "app.content_missing");
  TRY(const auto opened, open_installation(program, Make::yes));
  TRY_DONE(opened.db->migrate(migrations()));
  Hands hands{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock(), .mail = *post, .public_url = settings.public_url};
  for (const auto& slice : slices())
    if (slice.at_start != nullptr) TRY_DONE(slice.at_start(hands));
  TRY(const auto code, first_start(program, opened, example));

  web::House house{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock(), .public_url = settings.public_url, .assets = assets_folder(), .mail = *post};
  house.settings = {.compress = !settings.no_compression,
                    .requests_per_second = settings.requests_per_second,
                    .request_burst = settings.requests_per_second * 10,
                    .most_streams = settings.most_streams,
                    .metrics_readers = settings.metrics_for,
                    .version = KEDGE_VERSION};
  wire(house);
  const auto tables = routes();
  TRY(const auto router, web::merged(tables));
  Runner runner(hands, slices());
  std::optional<mail::Postman> postman;
  if (post->on()) postman.emplace(*opened.db, *opened.keyring, *post);
  house.wake_jobs = [&runner] { runner.wake(); };
  TRY_DONE(web::serve(house, router, server_settings(settings), [&](std::uint16_t port) {
    if (house.public_url.empty()) house.public_url = local_url(settings, port);
    std::cout << program.words().say("app.open_at", locale::arg("url", house.public_url)) << "\n";
    if (!code.empty()) std::cout << program.words().say("app.founding_code", locale::arg("url", house.public_url), locale::arg("code", code)) << "\n";
    std::cout.flush();
  }));
  return Exit::ok;
}

}  // namespace

void add_serve(Program& program) {
  auto example = std::make_shared<bool>(false);
  auto& command = program.command(program.root(), "serve", program.help("app.help.serve"), Program::Output::text, [&program, example]() { return serve(program, *example); });
  add_serving_settings(command, program.settings(), program.words());
  command.add_flag("--example", *example, program.help("app.help.serve.example"));
}

}  // namespace kedge::app
