// kedge library export|import
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/library.hpp"
#include "app/installation.hpp"
#include "app/library_file.hpp"
#include "app/wiring.hpp"
#include "archive/zip.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

struct Exporting {
  std::string out, library;
};
struct Importing {
  std::string file, name;
  bool dry_run = false;
};

// Whole or not at all, for its owner's eyes alone; an older one of the name is replaced.
Done write_file(const std::string& path, std::string_view bytes) {
  const auto unwritable = [&] { return fail(Error{Fault::unavailable, "app.file.unwritable", {}, {}, {{"file", path}}}); };
  const auto part = path + ".part";
  const int handle = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (handle < 0) return unwritable();
  bool whole = true;
  for (auto rest = bytes; whole && !rest.empty();) {
    const auto written = ::write(handle, rest.data(), rest.size());
    whole = written > 0;
    if (whole) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  whole = ::fsync(handle) == 0 && whole;
  whole = ::close(handle) == 0 && whole;
  std::error_code error;
  if (whole) std::filesystem::rename(part, path, error);
  if (whole && !error) return {};
  std::filesystem::remove(part, error);
  return unwritable();
}

Result<std::string> read_file(const std::string& path) {
  TRY_DONE(require_file(path));
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > archive::Limits().zip_bytes) return fail(Fault::too_large, "archive.too_large", "zip");
  std::ifstream file(path, std::ios::binary);
  std::string bytes(error ? 0 : size, '\0');
  if (error || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return fail(Error{Fault::not_found, "app.file.unreadable", {}, {}, {{"file", path}}});
  return bytes;
}

json counts_json(const std::vector<TableCount>& tables) {
  json counts = json::object();
  for (const auto& table : tables) counts[table.table] = table.rows;
  return counts;
}

void print_counts(const Program& program, const std::vector<TableCount>& tables) {
  for (const auto& table : tables)
    if (table.rows > 0) std::cout << "  " << table.table << " " << table.rows << "  " << table_words(program.words(), table.table) << "\n";
}

Result<Exit> export_to(const Program& program, const Exporting& asked) {
  TRY(const auto opened, open_migrated(program));
  TRY(const auto library, find_library(*opened.db, asked.library));
  web::House house{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock(), .public_url = {}, .assets = assets_folder()};
  house.settings.version = KEDGE_VERSION;
  wire(house);
  TRY(const auto made, export_library(house, library, console_scope(library.id)));
  TRY_DONE(write_file(asked.out, made.zip));
  if (program.json()) {
    std::cout << json{{"file", asked.out}, {"library", library.id.text()}, {"bytes", made.zip.size()}, {"files", made.files}, {"rows", counts_json(made.tables)}}.dump(2) << "\n";
    return Exit::ok;
  }
  print_counts(program, made.tables);
  std::cout << program.words().say("library_file.exported", locale::arg("file", asked.out)) << "\n" << program.words().plain("library_file.keep") << "\n" << program.words().plain("library_file.private") << "\n";
  return Exit::ok;
}

std::string address(const Program& program, const std::string& path) {
  const auto& settings = program.settings();
  return (settings.public_url.empty() ? "http://" + settings.listen + ":" + std::to_string(settings.port) : settings.public_url) + path;
}

Result<Exit> import_from(const Program& program, const Importing& asked) {
  TRY(const auto zip, read_file(asked.file));
  TRY(const auto opened, open_migrated(program));
  TRY(const auto made, import_library(*opened.db, zip, asked.name, asked.dry_run ? Import::rehearsed : Import::kept));
  if (program.json()) {
    json doors = json::array();
    for (const auto& door : made.doors) doors.push_back({{"member", door.member.text()}, {"name", door.name}, {"link", address(program, "/reset/" + door.token)}});
    std::cout << json{{"file", asked.file}, {"kept", !asked.dry_run}, {"library", asked.dry_run ? json(nullptr) : json(made.library.text())}, {"name", made.name},
                      {"rows", counts_json(made.tables)}, {"ended_lists", made.ended_lists}, {"links", doors}}.dump(2) << "\n";
    return Exit::ok;
  }
  const auto& words = program.words();
  const auto done = asked.dry_run ? locale::Message("library_file.would_import") : locale::Message("library_file.imported");
  std::cout << words.say(done, locale::arg("name", made.name)) << "\n";
  print_counts(program, made.tables);
  if (made.ended_lists > 0) std::cout << words.say("library_file.ended_lists", locale::arg("count", made.ended_lists)) << "\n";
  if (asked.dry_run) return Exit::ok;
  if (program.settings().public_url.empty() && !made.doors.empty()) program.tell(words.say("app.link.no_public_url", locale::arg("url", address(program, ""))));
  std::cout << words.plain("library_file.links") << "\n";
  for (const auto& door : made.doors) std::cout << "  " << door.name << "  " << address(program, "/reset/" + door.token) << "\n";
  return Exit::ok;
}

}  // namespace

void add_library_file_commands(Program& program, CLI::App& group) {
  auto exporting = std::make_shared<Exporting>();
  auto& leaving = program.command(group, "export", program.help("library_file.help.export"), Program::Output::text_or_json,
                                  [&program, exporting]() { return export_to(program, *exporting); });
  leaving.add_option("--out", exporting->out, program.help("library_file.help.export.out"))->required();
  add_library_option(program, leaving, exporting->library);
  auto importing = std::make_shared<Importing>();
  auto& arriving = program.command(group, "import", program.help("library_file.help.import"), Program::Output::text_or_json,
                                   [&program, importing]() { return import_from(program, *importing); });
  arriving.add_option("FILE", importing->file, program.help("library_file.help.import.file"))->required();
  arriving.add_flag("--dry-run", importing->dry_run, program.help("library_file.help.import.dry_run"));
  arriving.add_option("--name", importing->name, program.help("library_file.help.import.name"));
  arriving.add_option("--public-url", program.settings().public_url, program.help("app.help.member.public_url"))->envname("KEDGE_PUBLIC_URL");
}

}  // namespace kedge::app
