// embed: what the build makes of migration files.
//   embed migrations <module> <out.cpp> 0001_x.sql ...   a source with kedge::<module>::kMigrations
//   embed demanded <out.md> x.sql ...         the table "what could be demanded"
// Refuses a migration whose columns do not all say their class and retention: file:line on standard error, status 1.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "schema.hpp"

namespace {

using kedge::store::Schema;

struct File {
  std::string path;
  std::string text;
};

std::vector<File> read_all(const std::vector<std::string>& paths, bool& ok) {
  std::vector<File> files;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) {
      std::cerr << path << ": can't be read\n";
      ok = false;
    }
    files.push_back({path, text.str()});
  }
  return files;
}

Schema read_schema(const std::vector<File>& files, bool& ok) {
  Schema schema;
  for (const auto& file : files) {
    for (const auto& problem : kedge::store::read_migration(schema, file.text)) {
      std::cerr << file.path << ":" << problem.line << ": " << problem.what << "\n";
      ok = false;
    }
    if (file.text.find(")kedge\"") != std::string::npos) {
      std::cerr << file.path << ": )kedge\" can't be embedded\n";
      ok = false;
    }
  }
  return schema;
}

// "0001_workbook.sql" is number 1, name "workbook".
bool number_of(const std::string& path, int& number, std::string& name) {
  const auto stem = std::filesystem::path(path).stem().string();
  if (stem.size() < 6 || stem[4] != '_' || stem.find_first_not_of("0123456789") != 4) return false;
  number = std::stoi(stem.substr(0, 4));
  name = stem.substr(5);
  return number > 0;
}

int migrations(std::string module, const std::string& out, const std::vector<std::string>& paths) {
  if (module.ends_with("_pages")) module.resize(module.size() - 6);
  bool ok = true;
  const auto files = read_all(paths, ok);
  read_schema(files, ok);
  std::stringstream source;
  source << "// Made by tools/embed.\n#include <span>\n\n#include \"store/database.hpp\"\n\nnamespace kedge::" << module << " {\n"
         << "extern const std::span<const store::Migration> kMigrations;\nnamespace {\nconstexpr store::Migration kAll[] = {\n";
  int last = 0;
  for (const auto& file : files) {
    int number = 0;
    std::string name;
    if (!number_of(file.path, number, name) || number <= last) {
      std::cerr << file.path << ": name migrations 0001_words.sql, in rising order\n";
      ok = false;
    }
    last = number;
    source << "{\"" << module << "\", " << number << ", \"" << name << "\", R\"kedge(" << file.text << ")kedge\"},\n";
  }
  source << "};\n}  // namespace\nconst std::span<const store::Migration> kMigrations{kAll};\n}  // namespace kedge::" << module << "\n";
  if (!ok) return 1;
  if (const auto parent = std::filesystem::path(out).parent_path(); !parent.empty()) std::filesystem::create_directories(parent);
  std::ofstream target(out, std::ios::binary);
  target << source.str();
  return target.flush() ? 0 : 1;
}

int demanded(const std::string& out, const std::vector<std::string>& paths) {
  bool ok = true;
  const auto schema = read_schema(read_all(paths, ok), ok);
  if (!ok) return 1;
  std::ofstream target(out, std::ios::binary);
  for (const auto& table : schema.tables) {
    target << "### `" << table.name << "`\n\n" << (table.backed_up ? "" : "Not in backups.\n\n") << "| Column | Class | Kept |\n| --- | --- | --- |\n";
    for (const auto& column : table.columns) target << "| `" << column.name << "` | " << column.privacy << " | " << column.retention << " |\n";
    target << "\n";
  }
  return target.flush() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() >= 4 && arguments[0] == "migrations") return migrations(arguments[1], arguments[2], {arguments.begin() + 3, arguments.end()});
  if (arguments.size() >= 3 && arguments[0] == "demanded") return demanded(arguments[1], {arguments.begin() + 2, arguments.end()});
  std::cerr << "embed migrations <module> <out.cpp> 0001_x.sql ... | embed demanded <out.md> x.sql ...\n";
  return 2;
}
