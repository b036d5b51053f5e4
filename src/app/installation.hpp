// app: an installation as the commands of the console see it: its database, its keys, its libraries.
#pragma once

#include <memory>
#include <string>

#include "app/program.hpp"
#include "identity/identity.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"

namespace kedge::app {

struct Installation {
  std::unique_ptr<store::Database> db;
  std::unique_ptr<store::Keyring> keyring;
};

// Assets as the build makes them in a checkout, or as a package installs them.
[[nodiscard]] std::string assets_folder();

// Whether there is a database already, for the commands that would rather not make one. True for PostgreSQL.
[[nodiscard]] bool has_data(const Settings& settings);

enum class Make : std::uint8_t { no, yes };
// Opens what is there; `Make::yes` makes the data folder first. Does not migrate. Errors: not_found "app.no_data",
// unavailable, newer_version.
[[nodiscard]] Result<Installation> open_installation(const Program& program, Make make);
// The same, and the tables are what this program needs: errors conflict "app.not_migrated".
[[nodiscard]] Result<Installation> open_migrated(const Program& program);

// The library of this name or id; the only one when `named` is empty.
// Errors: not_found "app.library.unknown", conflict "app.library.which" when there are several, conflict "app.library.ambiguous"
// when several have this name.
[[nodiscard]] Result<identity::Library> find_library(store::Database& db, const std::string& named);
// How many members of all libraries have a key whose part is not in this keyring.
[[nodiscard]] Result<std::int64_t> members_without_part(const Installation& opened);
// Errors: not_found "app.file.unreadable".
Done require_file(const std::string& path);
// On whose behalf the console acts: nobody's, with an administrator's rights.
[[nodiscard]] store::Scope console_scope(const Id& library);

// Adds --library to a command.
void add_library_option(const Program& program, CLI::App& command, std::string& named);

}  // namespace kedge::app
