// msgc compile LOCALES OUT.cpp KEYS.txt   catalogues of all languages to one source, and the list of keys
// msgc check KEYS.txt ROOT FOLDER...         every key that stands in a C++ source below ROOT/FOLDER is in the list
// Exit: 0 well, 1 something is wrong with what was read (file:line on standard error), 2 wrong use.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <span>
#include <sstream>

#include "core/language.hpp"
#include "msgc/catalogue.hpp"
#include "msgc/uses.hpp"

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Leaves the file alone when it says the same already, so that nothing is built again.
bool write_if_new(const fs::path& path, const std::string& text) {
  std::error_code ignored;
  if (fs::exists(path, ignored) && read(path) == text) return true;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  return out.flush().good();
}

std::vector<fs::path> files_of(const fs::path& folder, std::initializer_list<std::string_view> endings) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const auto ending = at->path().extension().string();
    if (at->is_regular_file() && std::ranges::find(endings, ending) != endings.end()) out.push_back(at->path());
  }
  std::ranges::sort(out);
  return out;
}

int report(const std::vector<msgc::Problem>& problems) {
  std::cerr << msgc::shown(problems);
  return problems.empty() ? 0 : 1;
}

int compile(const fs::path& locales, const fs::path& source, const fs::path& keys) {
  std::vector<msgc::Problem> problems;
  std::vector<std::string> languages;
  std::vector<std::vector<msgc::Entry>> entries;
  for (const auto language : kedge::kLanguages) {
    languages.emplace_back(kedge::code(language));
    auto& list = entries.emplace_back();
    for (const auto& path : files_of(locales / languages.back(), {".po"}))
      std::ranges::move(msgc::read_po(read(path), path.string(), problems), std::back_inserter(list));
  }
  const auto catalogue = msgc::join(languages, std::move(entries), problems);
  if (catalogue.rows.empty()) problems.push_back({locales.string(), 0, "no messages at all"});
  if (!problems.empty()) return report(problems);
  if (write_if_new(source, msgc::source_of(catalogue)) && write_if_new(keys, msgc::keys_of(catalogue))) return 0;
  return report({{source.string(), 0, "can't be written"}});
}

int check(const fs::path& keys, const fs::path& root, std::span<char*> folders) {
  std::set<std::string> known;
  std::istringstream list(read(keys));
  for (std::string line; std::getline(list, line);) known.insert(line.substr(0, line.find(' ')));
  std::vector<msgc::Problem> problems;
  for (const char* folder : folders)
    for (const auto& path : files_of((root / folder).lexically_normal(), {".cpp", ".hpp"})) {
      if (path.stem().string().ends_with("_test")) continue;
      for (const auto& use : msgc::keys_used(read(path)))
        if (!known.contains(use.key)) problems.push_back({path.string(), use.line, "no message \"" + use.key + "\" in locales/"});
    }
  return report(problems);
}

}  // namespace

int main(int count, char** values) {
  const std::span arguments(values, static_cast<std::size_t>(count));
  const std::string command = count > 1 ? arguments[1] : "";
  if (command == "compile" && count == 5) return compile(arguments[2], arguments[3], arguments[4]);
  if (command == "check" && count > 4) return check(arguments[2], arguments[3], arguments.subspan(4));
  std::cerr << "msgc compile LOCALES OUT.cpp KEYS.txt\nmsgc check KEYS.txt ROOT FOLDER...\n";
  return 2;
}
