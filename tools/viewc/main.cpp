// viewc VIEW OUT.hpp OUT.cpp --include NAME --keys KEYS.txt [--shown PATH]
// One file of views to one header and one source; nothing is written when something is refused, nor when nothing changed.
// Exit: 0 well, 1 refused (file:line:column on standard error), 2 wrong use.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>

#include "viewc/view.hpp"

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_if_new(const fs::path& path, const std::string& text) {
  std::error_code ignored;
  if (fs::exists(path, ignored) && read_file(path) == text) return true;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  return out.flush().good();
}

struct Options {
  std::vector<std::string> files;
  viewc::Names names;
  std::string keys;
};

Options parse(std::span<char*> arguments) {
  Options out;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view now = arguments[i];
    auto* named = now == "--include" ? &out.names.include : now == "--keys" ? &out.keys : now == "--shown" ? &out.names.shown : nullptr;
    if (named == nullptr) out.files.emplace_back(now);
    else if (i + 1 < arguments.size()) *named = arguments[++i];
  }
  if (out.names.shown.empty() && !out.files.empty()) out.names.shown = out.files[0];
  return out;
}

}  // namespace

int main(int count, char** values) {
  const auto options = parse({values, static_cast<std::size_t>(count)});
  if (options.files.size() != 3 || options.names.include.find('/') == std::string::npos || options.keys.empty()) {
    std::cerr << "viewc VIEW OUT.hpp OUT.cpp --include FOLDER/views/NAME.hpp --keys KEYS.txt [--shown PATH]\n";
    return 2;
  }
  std::error_code error;
  if (!fs::is_regular_file(options.files[0], error)) {
    std::cerr << options.files[0] << ": can't be read\n";
    return 1;
  }
  std::vector<viewc::Problem> problems;
  const auto file = viewc::read(read_file(options.files[0]), viewc::read_keys(read_file(options.keys)), problems);
  for (const auto& problem : problems)
    std::cerr << options.names.shown << ":" << problem.line << ":" << problem.column << ": error: " << problem.text << "\n";
  if (!problems.empty()) return 1;
  const bool written = write_if_new(options.files[1], viewc::header_of(file, options.names)) &&
                       write_if_new(options.files[2], viewc::source_of(file, options.names));
  if (!written) std::cerr << options.files[2] << ": can't be written\n";
  return written ? 0 : 1;
}
