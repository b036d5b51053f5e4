#include "documents/documents.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>

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

// Each child takes a core and some hundred megabytes: two work, four wait for up to half a minute, the rest is asked to come again.
class Places {
 public:
  class Taken {
   public:
    explicit Taken(Places& places) : places_(&places) {}
    Taken(Taken&& other) noexcept : places_(std::exchange(other.places_, nullptr)) {}
    Taken& operator=(Taken&&) = delete;
    ~Taken() {
      if (places_ != nullptr) places_->leave();
    }

   private:
    Places* places_;
  };

  Result<Taken> take() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= kMostWaiting) return fail(Fault::busy, "documents.busy");
    ++waiting_;
    const bool came = free_.wait_for(lock, std::chrono::seconds(30), [this] { return working_ < kMostWorking; });
    --waiting_;
    if (!came) return fail(Fault::busy, "documents.busy");
    ++working_;
    return Taken(*this);
  }

 private:
  static constexpr int kMostWorking = 2;
  static constexpr int kMostWaiting = 4;
  void leave() {
    {
      const std::lock_guard lock(mutex_);
      --working_;
    }
    free_.notify_one();
  }
  std::mutex mutex_;
  std::condition_variable free_;
  int working_ = 0;
  int waiting_ = 0;
};

Places& places() {
  static Places all;
  return all;
}

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
  TRY(const auto place, places().take());
  return format == Format::pdf ? by_chromium(html) : by_pandoc(html, format, page.print);
}

}  // namespace kedge::documents
