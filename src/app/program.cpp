#include "app/program.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include "core/log.hpp"

namespace kedge::app {

CLI::App& Program::group(const std::string& name, const std::string& about) {
  auto* app = root_.add_subcommand(name, about);
  app->require_subcommand(1);
  return *app;
}

CLI::App& Program::command(CLI::App& parent, const std::string& name, const std::string& about, Output output, std::function<Result<Exit>()> run) {
  auto* app = parent.add_subcommand(name, about);
  add_data_settings(*app, settings_);
  if (output == Output::text_or_json) app->add_flag("--json", json_, "Print JSON for a program to read");
  commands_.push_back({app, std::move(run)});
  return *app;
}

void Program::tell(std::string_view line) const { std::cerr << "kedge: " << line << "\n"; }

void Program::tell(const Error& error) const {
  tell(words_.say(error));
  for (const auto& field : error.fields) std::cerr << "  " << field.field << ": " << words_.say(field) << "\n";
  if (!error.detail.empty()) std::cerr << "  (" << error.detail << ")\n";
}

int Program::report(const CLI::ParseError& error) {
  const bool asked_for = error.get_exit_code() == 0;  // --help, --version
  root_.exit(error, std::cout, std::cerr);
  return static_cast<int>(asked_for ? Exit::ok : Exit::usage);
}

int Program::run(int count, const char* const* arguments) {
  root_.name("kedge");
  root_.require_subcommand(1);
  root_.set_version_flag("--version", KEDGE_VERSION);
  try {
    root_.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return report(error);
  }
  for (const auto& command : commands_) {
    if (!command.app->parsed()) continue;
    const auto* serving = root_.get_subcommand("serve");
    if (auto done = read_settings_file(*command.app, *serving, settings_); !done) {
      tell(done.error());
      return static_cast<int>(Exit::usage);
    }
    log::start(settings_.log);
    const auto result = command.run();
    if (result) return static_cast<int>(*result);
    tell(result.error());
    return static_cast<int>(exit_of(result.error().fault));
  }
  return static_cast<int>(Exit::usage);
}

}  // namespace kedge::app
