// app: the settings of an installation, by option, environment (KEDGE_*) and file (<data>/kedge.conf); the first that
// says something counts. docs/settings.md lists them, and a test compares it with `kedge serve --help`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "core/result.hpp"
#include "locale/words.hpp"
#include "mail/server.hpp"

namespace kedge::app {

struct Settings {
  // where the data is: every command
  std::string data = "data";
  std::string database;        // empty: SQLite in the data folder
  std::string database_owner;  // PostgreSQL: the role that owns the tables
  std::string log = "info";
  // how it is served
  std::uint16_t port = 8080;
  std::string listen = "127.0.0.1";
  std::string public_url;              // empty: http://<listen>:<port>
  std::vector<std::string> behind_proxy;
  bool no_compression = false;
  int workers = 0;
  double requests_per_second = 100.0;
  std::int64_t most_streams = 2000;
  std::vector<std::string> metrics_for;
  // who takes our letters
  mail::Server mail;                // its password is read from the file
  std::string mail_password_file;

  [[nodiscard]] std::string database_url() const;
  [[nodiscard]] std::filesystem::path keyring() const { return std::filesystem::path(data) / "keys.db"; }
};

void add_data_settings(CLI::App& command, Settings& settings, const locale::Words& words);
// Those of mail, which serve has too.
void add_mail_settings(CLI::App& command, Settings& settings, const locale::Words& words);
void add_serving_settings(CLI::App& command, Settings& settings, const locale::Words& words);
// Fills in from <data>/kedge.conf what neither option nor environment said. `serving` tells which names exist at all.
// Errors: invalid "app.settings.unknown" (arguments file, name), "app.settings.broken".
Done read_settings_file(CLI::App& command, const CLI::App& serving, const Settings& settings);
// Errors: invalid: an address open to others without --behind-proxy, a public URL that is none.
Done check_serving(const Settings& settings);
// Who takes our letters, with the password from its file. Errors: invalid: not an address of a server, no sender, no public URL
// for the links, unencrypted but not on this computer; not_found "app.file.unreadable".
[[nodiscard]] Result<mail::Server> mail_server(const Settings& settings);

}  // namespace kedge::app
