#include "app/settings.hpp"

#include <fstream>

#include <CLI/CLI.hpp>

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

}  // namespace kedge::app
