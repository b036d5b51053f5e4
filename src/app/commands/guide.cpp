// kedge guide list|check|export|import; print has a file of its own
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/guide.hpp"
#include "app/installation.hpp"
#include "guide/definition.hpp"
#include "guide/workbook.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Error{Fault::not_found, "app.file.unreadable", {}, {}, {{"file", path}}});
  std::string text(guide::kLargestGuide + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

// "guide.yaml:12: This id is used twice."
Exit check_files(const Program& program, const std::vector<std::string>& paths) {
  auto worst = Exit::ok;
  json problems = json::array();
  for (const auto& path : paths) {
    const auto text = read_file(path);
    const auto parsed = text ? guide::parse_guide(*text, path) : Result<guide::Guide>(fail(text.error()));
    if (parsed) continue;
    const auto& error = parsed.error();
    worst = error.fault == Fault::not_found ? Exit::not_found : Exit::failed;
    auto fields = error.fields;
    if (fields.empty()) fields.push_back({path, error.key, error.arguments});
    for (const auto& field : fields) {
      if (program.json()) problems.push_back({{"where", field.field}, {"code", field.key}, {"what", program.words().say(field)}});
      else std::cout << field.field << ": " << program.words().say(field) << "\n";
    }
  }
  if (program.json()) std::cout << json{{"problems", problems}}.dump(2) << "\n";
  return worst;
}

void add_check_command(Program& program, CLI::App& group) {
  auto paths = std::make_shared<std::vector<std::string>>();
  auto& command = program.command(group, "check", program.help("app.help.guide.check"), Program::Output::text_or_json,
                                  [&program, paths]() -> Result<Exit> { return check_files(program, *paths); });
  command.add_option("FILE", *paths, program.help("app.help.guide.files"))->required();
}

struct Listed {
  std::string slug;
  std::string title;
  std::int64_t version = 0;
  std::string_view whose;  // "shipped", "library"
};

Result<std::vector<Listed>> listed(const Program& program, const std::string& named) {
  const auto language = program.words().language();
  std::vector<Listed> rows;
  for (const auto& [slug, guide] : guide::shipped_guides()) rows.push_back({slug, std::string(guide->title.in(language).words), guide->version, "shipped"});
  if (!has_data(program.settings())) return rows;
  TRY(const auto opened, open_migrated(program));
  const auto library = find_library(*opened.db, named);
  if (!library && named.empty()) return rows;  // none, or several and none was asked for
  if (!library) return fail(library.error());
  const auto scope = console_scope(library->id);
  TRY(const auto own, opened.db->read(scope, [&](store::Read& db) { return guide::guides(db, scope); }));
  for (const auto& row : own)
    if (!row.shipped) rows.push_back({row.slug, std::string(row.guide->title.in(language).words), row.version, "library"});
  return rows;
}

void add_list_command(Program& program, CLI::App& group) {
  auto named = std::make_shared<std::string>();
  auto& command = program.command(group, "list", program.help("app.help.guide.list"), Program::Output::text_or_json,
                                  [&program, named]() -> Result<Exit> {
                                    TRY(const auto rows, listed(program, *named));
                                    json all = json::array();
                                    for (const auto& row : rows) {
                                      if (program.json()) all.push_back({{"slug", row.slug}, {"title", row.title}, {"version", row.version}, {"whose", row.whose}});
                                      else std::cout << row.slug << "  " << row.title << "  (" << row.whose << ", " << row.version << ")\n";
                                    }
                                    if (program.json()) std::cout << all.dump(2) << "\n";
                                    return Exit::ok;
                                  });
  add_library_option(program, command, *named);
}

void add_export_command(Program& program, CLI::App& group) {
  struct Asked {
    std::string slug, library;
  };
  auto asked = std::make_shared<Asked>();
  auto& command = program.command(group, "export", program.help("app.help.guide.export"), Program::Output::text_or_json, [&program, asked]() -> Result<Exit> {
    TRY(const auto guide, guide_text(program, asked->slug, asked->library));
    if (program.json()) std::cout << json{{"slug", asked->slug}, {"version", guide.version}, {"whose", guide.whose}, {"yaml", guide.yaml}}.dump(2) << "\n";
    else std::cout << guide.yaml;
    return Exit::ok;
  });
  command.add_option("SLUG", asked->slug, program.help("app.help.guide.slug"))->required();
  add_library_option(program, command, asked->library);
}

void add_import_command(Program& program, CLI::App& group) {
  struct Asked {
    std::string file, library;
  };
  auto asked = std::make_shared<Asked>();
  auto& command = program.command(
      group, "import", program.help("app.help.guide.import"), Program::Output::text_or_json, [&program, asked]() -> Result<Exit> {
        TRY(const auto text, read_file(asked->file));
        const auto parsed = guide::parse_guide(text, asked->file);
        if (!parsed) return check_files(program, {asked->file});
        TRY(const auto opened, open_migrated(program));
        TRY(const auto library, find_library(*opened.db, asked->library));
        const auto scope = console_scope(library.id);
        TRY(const auto before, opened.db->read(scope, [&](store::Read& db) { return guide::guides(db, scope); }));
        const bool replaced = std::ranges::any_of(before, [&](const auto& row) { return row.slug == parsed->slug; });
        TRY(const auto id, opened.db->write(scope, [&](store::Tx& tx) { return guide::put_guide(tx, scope, *parsed); }));
        if (program.json()) std::cout << json{{"slug", parsed->slug}, {"id", id.text()}, {"replaced", replaced}}.dump(2) << "\n";
        else std::cout << parsed->slug << "\n";
        return Exit::ok;
      });
  command.add_option("FILE", asked->file, program.help("app.help.guide.file"))->required();
  add_library_option(program, command, asked->library);
}

}  // namespace

Result<GuideText> guide_text(const Program& program, const std::string& slug, const std::string& named) {
  if (has_data(program.settings())) {
    TRY(const auto opened, open_migrated(program));
    const auto library = find_library(*opened.db, named);
    if (!library && !named.empty()) return fail(library.error());
    if (library) {
      const auto scope = console_scope(library->id);
      TRY(const auto own, opened.db->read(scope, [&](store::Read& db) { return guide::guides(db, scope); }));
      for (const auto& row : own)
        if (row.slug == slug) return GuideText{guide::to_yaml(*row.guide), row.version, row.shipped ? "shipped" : "library"};
    }
  }
  const auto& shipped = guide::shipped_guides();
  const auto found = shipped.find(slug);
  if (found == shipped.end()) return fail(Fault::not_found, "guide.unknown");
  return GuideText{guide::to_yaml(*found->second), found->second->version, "shipped"};
}

void add_guide(Program& program) {
  auto& group = program.group("guide", program.help("app.help.guide"));
  add_list_command(program, group);
  add_check_command(program, group);
  add_export_command(program, group);
  add_import_command(program, group);
  add_print_command(program, group);
}

}  // namespace kedge::app
