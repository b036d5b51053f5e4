#include "documents/documents.hpp"

#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <utility>

#include "core/paths.hpp"
#include "documents/reference.hpp"
#include "documents/sandbox.hpp"

namespace kedge::documents {
namespace {

constexpr std::array<Kind, 4> kKinds{{
    {Format::html, "html", "text/html; charset=utf-8", ""},
    {Format::markdown, "md", "text/markdown; charset=utf-8", "pandoc"},
    {Format::docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pandoc"},
    {Format::pdf, "pdf", "application/pdf", "chromium"},
}};

std::string escaped(std::string_view plain) {
  std::string html;
  for (const char c : plain) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
  return html;
}

// Each child takes a core and some hundred megabytes, and the thread that asks waits for it: two at a time, who comes then asks again.
class Place {
 public:
  static Result<Place> take() {
    if (taken.fetch_add(1) < kMost) return Place();
    taken.fetch_sub(1);
    return fail(Fault::busy, "documents.busy");
  }
  Place(Place&& other) noexcept : mine_(std::exchange(other.mine_, false)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (mine_) taken.fetch_sub(1);
  }

 private:
  static constexpr int kMost = 2;
  static inline std::atomic<int> taken{0};
  Place() = default;
  bool mine_ = true;
};

Result<std::string> filter() {
  std::ifstream in(share_folder() / "content" / "documents" / "paper.lua", std::ios::binary);
  if (!in) return fail(Fault::not_found, "app.content_missing");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<std::string> by_pandoc(const std::string& html, Format format, Print print) {
  TRY(const auto script, filter());
  Work work{.command = {"pandoc", "--from=html", "--lua-filter=paper.lua", "--output=-"}, .files = {{"page.html", html}, {"paper.lua", script}}};
  if (format == Format::docx) {
    work.files.push_back({"reference.docx", reference(print)});
    for (const auto* word : {"--to=docx", "--reference-doc=reference.docx"}) work.command.emplace_back(word);
  } else {
    for (const auto* word : {"--to=gfm", "--wrap=none"}) work.command.emplace_back(word);
  }
  work.command.emplace_back("page.html");
  return run(work);
}

// Inside of a box that has no other users root is all that there is, and Chromium's own box refuses to work as root.
Result<std::string> by_chromium(const std::string& html) {
  return run({.command = {"sh", "-c",
                          "[ \"$(id -u)\" != 0 ] || set -- --no-sandbox; chromium \"$@\" --headless=new --disable-gpu --disable-dev-shm-usage --no-first-run "
                          "--no-pdf-header-footer --generate-pdf-document-outline --print-to-pdf=page.pdf file:///box/page.html && cat page.pdf"},
              .files = {{"page.html", html}}});
}

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

const Kind& kind_of(Format format) { return kKinds.at(static_cast<std::size_t>(format)); }

std::optional<Format> format_of(std::string_view code) {
  for (const auto& kind : kKinds)
    if (kind.code == code) return kind.format;
  return std::nullopt;
}

std::string_view lacking(Format format) {
  const auto program = kind_of(format).program;
  if (program.empty()) return {};
  if (!installed(program)) return program;
  return installed("bwrap") ? std::string_view() : std::string_view("bubblewrap");
}

std::string standing_alone(const Page& page) {
  std::string html = "<!doctype html>\n<html lang=\"";
  html += code(page.language);
  html += page.print == Print::large ? "\" class=\"k-large\">\n" : "\">\n";
  html += "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(page.title) + "</title>\n<style>" +
          page.style + "</style>\n</head>\n<body class=\"k-body k-document\">\n<main>\n" + page.body + "\n</main>\n</body>\n</html>\n";
  return html;
}

Result<std::string> make(const Page& page, Format format) {
  if (const auto program = lacking(format); !program.empty()) return fail(Error{Fault::unavailable, "documents.lacking", {}, {}, {{"program", std::string(program)}}});
  auto html = standing_alone(page);
  if (format == Format::html) return html;
  TRY(const auto place, Place::take());
  return format == Format::pdf ? by_chromium(html) : by_pandoc(html, format, page.print);
}

}  // namespace kedge::documents
