// kedge guide print
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/guide.hpp"
#include "app/installation.hpp"
#include "app/wiring.hpp"
#include "core/crypto.hpp"
#include "documents/documents.hpp"
#include "guide/definition.hpp"
#include "guide/pages/print.hpp"

namespace kedge::app {
namespace {

struct Printing {
  std::string slug, workbook, format = "pdf", language, out, library;
  bool blank = false;
  bool board = false;
  bool large = false;
};

// A database that nobody will find again, for a page that needs none.
class Scratch {
 public:
  Scratch() : folder_(std::filesystem::temp_directory_path() / ("kedge-" + crypto::fresh_token())) { std::filesystem::create_directory(folder_, ignored_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(folder_, ignored_); }
  [[nodiscard]] Result<Installation> open(const Clock& clock) const {
    Installation opened;
    TRY(opened.db, store::Database::open({.url = "sqlite:" + (folder_ / "kedge.db").string()}, clock));
    TRY(opened.keyring, store::Keyring::open((folder_ / "kedge.keys").string(), clock));
    return opened;
  }

 private:
  std::filesystem::path folder_;
  std::error_code ignored_;
};

// The page of a workbook as its library's team reads it, or without what it wrote.
Result<web::DocumentPage> workbook_page(const Installation& opened, web::Context& context, const Printing& asked) {
  const auto id = Id::parse(asked.workbook);
  if (!id) return fail(Fault::not_found, "guide.workbook.unknown");
  return opened.db->read(context.scope(), [&](store::Read& db) -> Result<web::DocumentPage> {
    TRY(const auto book, guide::workbook(db, context.scope(), *id));
    if (book.definition().slug != asked.slug) return fail(Fault::not_found, "guide.workbook.unknown");
    if (asked.board) return guide::board_document(db, context, *id);
    return guide::workbook_document(db, context, *id, asked.blank ? guide::Filling::blank : guide::Filling::team);
  });
}

// A guide needs no data; a workbook is one of a library.
Result<documents::Page> page(const Program& program, const Printing& asked) {
  const auto language = language_of(asked.language).value_or(program.words().language());
  const auto print = asked.large ? documents::Print::large : documents::Print::normal;
  const Scratch scratch;
  TRY(const auto opened, asked.workbook.empty() ? scratch.open(program.clock()) : open_migrated(program));
  identity::SignedIn nobody;
  if (!asked.workbook.empty()) {
    TRY(nobody.library, find_library(*opened.db, asked.library));
  }
  web::House house{.db = *opened.db, .keyring = *opened.keyring, .clock = program.clock(), .public_url = {}, .assets = assets_folder()};
  wire(house);
  const web::Request request;
  web::Context context(house, request, language, nobody, console_scope(nobody.library.id));
  if (!asked.workbook.empty()) {
    TRY(const auto written, workbook_page(opened, context, asked));
    return web::document_page(context, written, print);
  }
  TRY(const auto text, guide_text(program, asked.slug, asked.library));
  TRY(const auto guide, guide::parse_guide(text.yaml, asked.slug));
  return web::document_page(context, guide::blank_document(context, guide), print);
}

Result<Exit> print_guide(const Program& program, const Printing& asked) {
  TRY(const auto printed, page(program, asked));
  TRY(const auto bytes, documents::make(printed, *documents::format_of(asked.format)));
  std::ofstream out(asked.out, std::ios::binary | std::ios::trunc);
  if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) return fail(Error{Fault::unavailable, "app.file.unwritable", {}, {}, {{"file", asked.out}}});
  if (program.json()) std::cout << nlohmann::json{{"file", asked.out}, {"format", asked.format}, {"bytes", bytes.size()}, {"title", printed.title}}.dump(2) << "\n";
  else std::cout << asked.out << "\n";
  return Exit::ok;
}

}  // namespace

void add_print_command(Program& program, CLI::App& group) {
  auto asked = std::make_shared<Printing>();
  auto& command = program.command(group, "print", program.help("app.help.guide.print"), Program::Output::text_or_json,
                                  [&program, asked]() { return print_guide(program, *asked); });
  std::vector<std::string> codes;
  for (const auto& kind : documents::kinds()) codes.emplace_back(kind.code);
  command.add_option("SLUG", asked->slug, program.help("app.help.guide.slug"))->required();
  auto* workbook = command.add_option("--workbook", asked->workbook, program.help("app.help.guide.print.workbook"));
  auto* blank = command.add_flag("--blank", asked->blank, program.help("app.help.guide.print.blank"))->needs(workbook);
  command.add_flag("--board", asked->board, program.help("app.help.guide.print.board"))->needs(workbook)->excludes(blank);
  command.add_option("--format", asked->format, program.help("app.help.guide.print.format"))->check(CLI::IsMember(codes))->capture_default_str();
  command.add_option("--lang", asked->language, program.help("app.help.guide.print.language"))->check(CLI::IsMember({"en", "es"}));
  command.add_flag("--large", asked->large, program.help("app.help.guide.print.large"));
  command.add_option("--out", asked->out, program.help("app.help.guide.print.out"))->required();
  add_library_option(program, command, asked->library);
}

}  // namespace kedge::app
