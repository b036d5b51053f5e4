#include "app/installation.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "app/wiring.hpp"
#include "core/paths.hpp"
#include "core/text.hpp"
#include "identity/departures.hpp"

namespace kedge::app {
namespace {

Done make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  if (!std::filesystem::create_directories(folder, error)) return fail(Fault::unavailable, "app.data_folder", folder.string() + ": " + error.message());
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  return {};
}

}  // namespace

std::string assets_folder() {
  const auto share = share_folder();
  std::error_code ignored;
  const auto built = share / "build" / "assets";
  return (std::filesystem::is_directory(built, ignored) ? built : share / "assets").string();
}

bool has_data(const Settings& settings) {
  if (!settings.database.empty() && !settings.database.starts_with("sqlite:")) return true;
  std::error_code ignored;
  return std::filesystem::exists(settings.database_url().substr(7), ignored);
}

Result<Installation> open_installation(const Program& program, Make make) {
  const auto& settings = program.settings();
  if (make == Make::no && !has_data(settings)) return fail(Fault::not_found, "app.no_data", settings.database_url());
  TRY_DONE(make_folder(settings.data));
  Installation opened;
  store::Settings database{.url = settings.database_url(), .owner_url = settings.database_owner};
  TRY(opened.db, store::Database::open(database, program.clock()));
  TRY(opened.keyring, store::Keyring::open(settings.keyring().string(), program.clock()));
  return opened;
}

Result<Installation> open_migrated(const Program& program) {
  TRY(auto opened, open_installation(program, Make::no));
  TRY(const bool migrated, opened.db->migrated(migrations()));
  if (!migrated) return fail(Fault::conflict, "app.not_migrated");
  return opened;
}

Result<identity::Library> find_library(store::Database& db, const std::string& named) {
  TRY(auto all, db.read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); }));
  if (named.empty()) {
    if (all.empty()) return fail(Fault::not_found, "app.library.none");
    if (all.size() > 1) return fail(Fault::conflict, "app.library.which");
    return std::move(all.front());
  }
  for (auto& library : all)
    if (library.id.text() == named) return std::move(library);
  std::erase_if(all, [&](const identity::Library& library) { return text::fold(library.name) != text::fold(named); });
  if (all.size() > 1) return fail(Error{Fault::conflict, "app.library.ambiguous", {}, {}, {{"name", named}}});
  if (all.size() == 1) return std::move(all.front());
  return fail(Error{Fault::not_found, "app.library.unknown", {}, {}, {{"name", named}}});
}

Result<std::int64_t> members_without_part(const Installation& opened) {
  TRY(const auto libraries, opened.db->read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
  std::int64_t count = 0;
  for (const auto& library : libraries) {
    TRY(const auto without, identity::members_without_part(*opened.db, *opened.keyring, library.id));
    count += static_cast<std::int64_t>(without.size());
  }
  return count;
}

Done require_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) return {};
  return fail(Error{Fault::not_found, "app.file.unreadable", {}, {}, {{"file", path}}});
}

store::Scope console_scope(const Id& library) { return store::Scope{library, Id(), Roles{Role::administrator, Role::lead}}; }

void add_library_option(const Program& program, CLI::App& command, std::string& named) {
  command.add_option("--library", named, program.help("app.help.which_library"))->envname("KEDGE_LIBRARY");
}

}  // namespace kedge::app
