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

void add_data_settings(CLI::App& command, Settings& settings) {
  last(command.add_option("--data", settings.data, "Folder of the data: database, keys, settings"))->envname("KEDGE_DATA");
  last(command.add_option("--database", settings.database, "Database: sqlite:FILE or postgresql://...; SQLite in the data folder when not said"))
      ->envname("KEDGE_DATABASE");
  last(command.add_option("--database-owner", settings.database_owner,
                          "PostgreSQL: address with the role that owns the tables, for migrations; the same as --database when not said"))
      ->envname("KEDGE_DATABASE_OWNER");
  last(command.add_option("--log", settings.log, "What is logged: trace, debug, info, warn, error or off"))
      ->envname("KEDGE_LOG")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
}

void add_serving_settings(CLI::App& command, Settings& settings) {
  last(command.add_option("--port", settings.port, "Port; 0 takes any free one and prints it"))->envname("KEDGE_PORT");
  last(command.add_option("--listen", settings.listen, "Address to listen on; another than loopback needs --behind-proxy"))->envname("KEDGE_LISTEN");
  last(command.add_option("--public-url", settings.public_url, "Address that people use, for links, codes and cookies; http://ADDRESS:PORT when not said"))
      ->envname("KEDGE_PUBLIC_URL");
  command.add_option("--behind-proxy", settings.behind_proxy, "Addresses of proxies whose X-Forwarded-For is believed, separated by commas")
      ->delimiter(',')
      ->envname("KEDGE_BEHIND_PROXY");
  command.add_flag("--no-compression", settings.no_compression, "Leave the compression of pages to the proxy")->envname("KEDGE_NO_COMPRESSION");
  last(command.add_option("--workers", settings.workers, "Threads that answer requests; 0 takes twice the cores, at least four"))
      ->envname("KEDGE_WORKERS")
      ->check(CLI::Range(0, 256));
  last(command.add_option("--requests-per-second", settings.requests_per_second, "Requests that one client may send, lasting; 0 switches the limit off"))
      ->envname("KEDGE_REQUESTS_PER_SECOND")
      ->check(CLI::NonNegativeNumber);
  last(command.add_option("--most-streams", settings.most_streams, "Browsers that may follow changes at once"))
      ->envname("KEDGE_MOST_STREAMS")
      ->check(CLI::PositiveNumber);
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
