// kedge key backup|restore
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "store/keyring_backup.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

// Keys of lists whose box is open: a restore starts them anew, so that no copy may hold one.
constexpr std::string_view kOfOpenLists = "checklist/";

struct Asked {
  std::string file;
  std::string passphrase_file;
  bool older = false;
};

enum class Typed : std::uint8_t { once, twice };

// One line from the terminal, without showing it.
std::string typed_line(const Program& program, std::string_view message) {
  termios before{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &before) == 0;
  if (terminal) {
    std::cerr << program.words().plain(message) << " ";
    auto quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  std::string line;
  std::getline(std::cin, line);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::cerr << "\n";
  }
  return line;
}

// From the file that was named, from KEDGE_PASSPHRASE, or asked for.
Result<std::string> passphrase(const Program& program, const Asked& asked, Typed typed) {
  std::string line;
  if (!asked.passphrase_file.empty()) {
    TRY_DONE(require_file(asked.passphrase_file));
    std::ifstream file(asked.passphrase_file);
    std::getline(file, line);
    return line;
  }
  if (const char* given = std::getenv("KEDGE_PASSPHRASE"); given != nullptr) return std::string(given);
  line = typed_line(program, "app.keys.passphrase");
  if (typed == Typed::twice && ::isatty(STDIN_FILENO) != 0 && typed_line(program, "app.keys.passphrase_again") != line)
    return fail_field("passphrase", "app.keys.passphrase_differs");
  return line;
}

std::string day_of(std::int64_t at_ms) { return Date::at(at_ms, "UTC").text(); }

Result<Exit> back_up(const Program& program, const Asked& asked) {
  TRY_DONE(open_installation(program, Make::no));
  TRY(const auto words, passphrase(program, asked, Typed::twice));
  TRY(const auto made, store::back_up_keys(program.settings().keyring().string(), asked.file, words, kOfOpenLists, program.clock()));
  if (program.json()) std::cout << json{{"file", asked.file}, {"keys", made.keys}, {"made_on", day_of(made.made_ms)}}.dump(2) << "\n";
  else std::cout << program.words().say("app.keys.made", locale::arg("file", asked.file)) << "\n";
  return Exit::ok;
}

// Where a database is too, what was erased goes again.
Result<std::int64_t> put_right(const Program& program, const Installation& opened) {
  if (!has_data(program.settings())) return 0;
  TRY(const bool migrated, opened.db->migrated(migrations()));
  if (!migrated) return 0;
  Hands hands{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock()};
  TRY_DONE(replay_erasures(hands));
  return members_without_part(opened);
}

Result<Exit> restore(const Program& program, const Asked& asked) {
  TRY(const auto about, store::look_at_key_backup(asked.file));
  if (about.too_old(program.clock().now_ms()) && !asked.older)
    return fail(Error{Fault::conflict, "app.keys.too_old", {}, {}, {{"date", day_of(about.made_ms)}}});
  TRY(const auto words, passphrase(program, asked, Typed::once));
  TRY_DONE(open_installation(program, Make::yes));
  TRY(const auto restored, store::restore_keys(program.settings().keyring().string(), asked.file, words, program.clock()));
  TRY(const auto opened, open_installation(program, Make::yes));
  TRY(const auto without, put_right(program, opened));
  if (program.json()) {
    std::cout << json{{"file", asked.file}, {"keys", restored.keys}, {"made_on", day_of(restored.made_ms)}, {"members_without_key", without}}.dump(2) << "\n";
    return Exit::ok;
  }
  std::cout << program.words().say("app.keys.restored", locale::arg("count", restored.keys), locale::arg("date", day_of(restored.made_ms))) << "\n";
  if (without > 0) std::cout << program.words().say("app.keys.missing", locale::arg("count", without)) << "\n";
  return Exit::ok;
}

void add_options(const Program& program, CLI::App& command, Asked& asked, const std::string& about) {
  command.add_option("FILE", asked.file, about)->required();
  command.add_option("--passphrase-file", asked.passphrase_file, program.help("app.help.key.passphrase_file"))
      ->envname("KEDGE_PASSPHRASE_FILE");
}

}  // namespace

void add_key(Program& program) {
  auto& group = program.group("key", program.help("app.help.key"));
  auto asked = std::make_shared<Asked>();
  auto& backing = program.command(group, "backup", program.help("app.help.key.backup"), Program::Output::text_or_json,
                                  [&program, asked]() { return back_up(program, *asked); });
  add_options(program, backing, *asked, program.help("app.help.key.backup.file"));
  auto& restoring = program.command(group, "restore", program.help("app.help.key.restore"), Program::Output::text_or_json,
                                    [&program, asked]() { return restore(program, *asked); });
  add_options(program, restoring, *asked, program.help("app.help.key.restore.file"));
  restoring.add_flag("--older", asked->older, program.help("app.help.key.older"));
}

}  // namespace kedge::app
