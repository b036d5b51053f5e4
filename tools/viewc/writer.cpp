// The C++ of a file of views.
#include "viewc/view.hpp"

namespace viewc {
namespace {

std::string literal(std::string_view text) {
  constexpr std::string_view kOctal = "01234567";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') out += '\\', out += c;
    else if (c == '\n') out += "\\n";
    else if (byte < 0x20 || byte >= 0x7f) out += '\\', out += kOctal[byte >> 6U], out += kOctal[(byte >> 3U) & 7U], out += kOctal[byte & 7U];
    else out += c;
  }
  return out + '"';
}

std::string line_mark(std::size_t line, const Names& names) { return "#line " + std::to_string(line) + " " + literal(names.shown) + "\n"; }

std::string signature(const View& view) {
  std::string out = "void " + view.name + "(::kedge::web::Html& out";
  if (!view.parameters.empty()) out += ", " + view.parameters;
  if (view.has_body) out += ", ::kedge::web::Body body";
  return out + ")";
}

std::string name_space(const Names& names) { return "kedge::" + names.include.substr(0, names.include.find('/')) + "::views"; }

std::string first_line(const Names& names) { return "// Written by viewc from " + names.shown + "; do not edit.\n"; }

}  // namespace

std::string header_of(const File& file, const Names& names) {
  std::string out = first_line(names) + "#pragma once\n\n#include \"web/html.hpp\"\n";
  for (const auto& include : file.includes) out += "#include " + include + "\n";
  out += "\nnamespace " + name_space(names) + " {\n\n";
  for (const auto& view : file.views) out += line_mark(view.line, names) + signature(view) + ";\n";
  return out + "\n}  // namespace " + name_space(names) + "\n";
}

std::string source_of(const File& file, const Names& names) {
  std::string out = first_line(names) + "#include \"" + names.include + "\"\n\n#include <string_view>\n\nnamespace " + name_space(names) +
                    " {\n\nusing namespace std::string_view_literals;\n";
  for (const auto& view : file.views) {
    out += "\n" + line_mark(view.line, names) + signature(view) + " {\n  [[maybe_unused]] const auto& words = out.words();\n";
    for (const auto& step : view.steps) {
      if (step.kind == Step::Kind::constant) out += "  out.raw(" + literal(step.text) + "sv);\n";
      else out += line_mark(step.line, names) + "  " + step.text + "\n";
    }
    out += "}\n";
  }
  return out + "\n}  // namespace " + name_space(names) + "\n";
}

}  // namespace viewc
