// app: the command line. Each command is a file of its own and adds itself here.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/App.hpp>

#include "app/exit.hpp"
#include "app/settings.hpp"
#include "core/clock.hpp"
#include "locale/words.hpp"

namespace kedge::app {

class Program {
 public:
  explicit Program(const locale::Words& words);

  // A command that knows where the data is, and --json when a program may read what it prints.
  enum class Output : std::uint8_t { text, text_or_json };
  CLI::App& command(CLI::App& parent, const std::string& name, const std::string& about, Output output, std::function<Result<Exit>()> run);
  // One that other commands stand under: "library" of "library add".
  CLI::App& group(const std::string& name, const std::string& about);

  int run(int count, const char* const* arguments);

  [[nodiscard]] const locale::Words& words() const { return words_; }
  // What a command or an option is for, as --help says it.
  [[nodiscard]] std::string help(locale::Message message) const { return std::string(words_.plain(message)); }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] Settings& settings() { return settings_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] bool json() const { return json_; }
  [[nodiscard]] CLI::App& root() { return root_; }

  // Where errors and notices go: a line on standard error.
  void tell(const Error& error) const;
  void tell(std::string_view line) const;

 private:
  void frame_in_words();
  int report(const CLI::ParseError& error);

  CLI::App root_;
  Settings settings_;
  SystemClock clock_;
  const locale::Words& words_;
  bool json_ = false;
  struct Command {
    CLI::App* app;
    std::function<Result<Exit>()> run;
  };
  std::vector<Command> commands_;
};

void add_init(Program& program);
void add_serve(Program& program);
void add_library(Program& program);
void add_member(Program& program);
void add_mail(Program& program);
void add_guide(Program& program);
void add_migrate(Program& program);
void add_check(Program& program);
void add_backup(Program& program);
void add_restore(Program& program);
void add_key(Program& program);

}  // namespace kedge::app
