#include "app/program.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "core/log.hpp"

namespace kedge::app {
namespace {

locale::Message usage_words(const CLI::ParseError& error) {
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError: return "app.usage.missing";
    case CLI::ExitCodes::ExtrasError: return "app.usage.unknown";
    default: return "app.usage.value";
  }
}

}  // namespace

Program::Program(const locale::Words& words) : words_(words) { frame_in_words(); }

// Before any command is made: each takes over what its parent has.
void Program::frame_in_words() {
  root_.description(help("app.help.kedge"));
  root_.set_help_flag("-h,--help", help("app.help.help"));
  root_.set_version_flag("--version", KEDGE_VERSION, help("app.help.version"));
  root_.option_defaults()->group(help("app.help.options"));
  root_.get_help_ptr()->group(help("app.help.options"));
  root_.get_version_ptr()->group(help("app.help.options"));
  const auto frame = std::make_shared<CLI::Formatter>();
  frame->label("Usage", help("app.help.usage"));
  frame->label("OPTIONS", help("app.help.badge"));
  frame->label("Positionals", help("app.help.positionals"));
  frame->label("SUBCOMMAND", help("app.help.subcommand"));
  frame->label("REQUIRED", help("app.help.required"));
  frame->label("Env", help("app.help.variable"));
  root_.formatter(frame);
}

CLI::App& Program::group(const std::string& name, const std::string& about) {
  auto* app = root_.add_subcommand(name, about);
  app->group(help("app.help.subcommands"));
  app->get_help_ptr()->group(help("app.help.options"));
  app->require_subcommand(1);
  return *app;
}

CLI::App& Program::command(CLI::App& parent, const std::string& name, const std::string& about, Output output, std::function<Result<Exit>()> run) {
  auto* app = parent.add_subcommand(name, about);
  app->group(help("app.help.subcommands"));
  app->get_help_ptr()->group(help("app.help.options"));
  add_data_settings(*app, settings_, words_);
  if (output == Output::text_or_json) app->add_flag("--json", json_, help("app.help.json"));
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
  if (error.get_exit_code() == 0) {  // --help, --version
    root_.exit(error, std::cout, std::cerr);
    return static_cast<int>(Exit::ok);
  }
  std::string command = "kedge";
  for (const auto* at = &root_; !at->get_subcommands().empty();) command += " " + (at = at->get_subcommands().front())->get_name();
  tell(words_.say(usage_words(error), locale::arg("command", command)));
  std::cerr << "  (" << error.what() << ")\n";
  return static_cast<int>(Exit::usage);
}

int Program::run(int count, const char* const* arguments) {
  root_.name("kedge");
  root_.require_subcommand(1);
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
