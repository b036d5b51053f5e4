#include "app/settings.hpp"

#include <fstream>

#include <CLI/CLI.hpp>

#include "mail/message.hpp"

namespace kedge::app {
namespace {

// The last one counts, so that a wrapper's option can be said again.
CLI::Option* last(CLI::Option* option) { return option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)->capture_default_str(); }

tl::unexpected<Error> wrong(std::string key, std::vector<std::pair<std::string, std::string>> arguments) {
  return fail(Error{Fault::invalid, std::move(key), {}, {}, std::move(arguments)});
}

bool is_loopback(const std::string& address) { return address == "::1" || address == "localhost" || address.starts_with("127."); }

}  // namespace

std::string Settings::database_url() const {
  return database.empty() ? "sqlite:" + (std::filesystem::path(data) / "kedge.db").string() : database;
}

void add_data_settings(CLI::App& command, Settings& settings, const locale::Words& words) {
  const auto help = [&words](locale::Message message) { return std::string(words.plain(message)); };
  last(command.add_option("--data", settings.data, help("app.help.data")))->envname("KEDGE_DATA");
  last(command.add_option("--database", settings.database, help("app.help.database")))
      ->envname("KEDGE_DATABASE");
  last(command.add_option("--database-owner", settings.database_owner,
                          help("app.help.database_owner")))
      ->envname("KEDGE_DATABASE_OWNER");
  last(command.add_option("--log", settings.log, help("app.help.log")))
      ->envname("KEDGE_LOG")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
}

void add_mail_settings(CLI::App& command, Settings& settings, const locale::Words& words) {
  const auto help = [&words](locale::Message message) { return std::string(words.plain(message)); };
  last(command.add_option("--mail-server", settings.mail.url, help("app.help.mail_server")))->envname("KEDGE_MAIL_SERVER");
  last(command.add_option("--mail-from", settings.mail.from, help("app.help.mail_from")))->envname("KEDGE_MAIL_FROM");
  last(command.add_option("--mail-user", settings.mail.user, help("app.help.mail_user")))->envname("KEDGE_MAIL_USER");
  last(command.add_option("--mail-password-file", settings.mail_password_file, help("app.help.mail_password_file")))->envname("KEDGE_MAIL_PASSWORD_FILE");
  last(command.add_option("--mail-authorities", settings.mail.authorities, help("app.help.mail_authorities")))->envname("KEDGE_MAIL_AUTHORITIES");
  command.add_flag("--mail-unencrypted", settings.mail.unencrypted, help("app.help.mail_unencrypted"))->envname("KEDGE_MAIL_UNENCRYPTED");
}

void add_serving_settings(CLI::App& command, Settings& settings, const locale::Words& words) {
  const auto help = [&words](locale::Message message) { return std::string(words.plain(message)); };
  last(command.add_option("--port", settings.port, help("app.help.port")))->envname("KEDGE_PORT");
  last(command.add_option("--listen", settings.listen, help("app.help.listen")))->envname("KEDGE_LISTEN");
  last(command.add_option("--public-url", settings.public_url, help("app.help.public_url")))
      ->envname("KEDGE_PUBLIC_URL");
  command.add_option("--behind-proxy", settings.behind_proxy, help("app.help.behind_proxy"))
      ->delimiter(',')
      ->envname("KEDGE_BEHIND_PROXY");
  command.add_flag("--no-compression", settings.no_compression, help("app.help.no_compression"))->envname("KEDGE_NO_COMPRESSION");
  last(command.add_option("--workers", settings.workers, help("app.help.workers")))
      ->envname("KEDGE_WORKERS")
      ->check(CLI::Range(0, 256));
  last(command.add_option("--requests-per-second", settings.requests_per_second, help("app.help.requests_per_second")))
      ->envname("KEDGE_REQUESTS_PER_SECOND")
      ->check(CLI::NonNegativeNumber);
  last(command.add_option("--most-streams", settings.most_streams, help("app.help.most_streams")))
      ->envname("KEDGE_MOST_STREAMS")
      ->check(CLI::PositiveNumber);
  add_mail_settings(command, settings, words);
  command.add_option("--metrics-for", settings.metrics_for, help("app.help.metrics_for"))->delimiter(',')->envname("KEDGE_METRICS_FOR");
}

Done read_settings_file(CLI::App& command, const CLI::App& serving, const Settings& settings) {
  const auto path = std::filesystem::path(settings.data) / "kedge.conf";
  std::ifstream file(path);
  if (!file) return {};
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigINI().from_config(file);
    for (const auto& item : items) {
      const auto name = "--" + item.name;
      if (!item.parents.empty() || item.name == "data" || serving.get_option_no_throw(name) == nullptr)
        return wrong("app.settings.unknown", {{"file", path.string()}, {"name", item.name}});
      auto* option = command.get_option_no_throw(name);
      if (option == nullptr || option->count() > 0) continue;  // a setting of serve alone, or said already
      if (option->get_expected_max() == 0) option->add_result(item.inputs.empty() ? "true" : item.inputs.front());
      else option->add_result(item.inputs);
      option->run_callback();
    }
  } catch (const CLI::Error& error) {
    return wrong("app.settings.broken", {{"file", path.string()}, {"what", error.what()}});
  }
  return {};
}

Done check_serving(const Settings& settings) {
  if (!is_loopback(settings.listen) && settings.behind_proxy.empty()) return wrong("app.settings.open_address", {{"address", settings.listen}});
  const auto& url = settings.public_url;
  const bool fits = url.starts_with("http://") || url.starts_with("https://");
  if (!url.empty() && (!fits || url.ends_with('/'))) return wrong("app.settings.public_url", {{"url", url}});
  return {};
}

Result<mail::Server> mail_server(const Settings& settings) {
  auto server = settings.mail;
  if (!server.on()) return server;
  const auto scheme = server.url.find("://");
  const auto host = scheme == std::string::npos ? std::string() : server.url.substr(scheme + 3);
  if ((!server.url.starts_with("smtp://") && !server.url.starts_with("smtps://")) || host.empty() || host.find_first_of("/@? ") != std::string::npos)
    return wrong("app.settings.mail_server", {{"url", server.url}});
  if (!mail::is_address(server.from)) return wrong("app.settings.mail_from", {{"address", server.from}});
  if (settings.public_url.empty()) return wrong("app.settings.mail_links", {});
  if (server.unencrypted && !is_loopback(host.substr(0, host.rfind(':')))) return wrong("app.settings.mail_unencrypted", {{"url", server.url}});
  if (settings.mail_password_file.empty()) return server;
  std::ifstream file(settings.mail_password_file);
  if (!file || !std::getline(file, server.password)) return fail(Error{Fault::not_found, "app.file.unreadable", {}, {}, {{"file", settings.mail_password_file}}});
  return server;
}

}  // namespace kedge::app
