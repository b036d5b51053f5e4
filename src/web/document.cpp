#include "web/document.hpp"

#include <fstream>
#include <iterator>

#include "core/text.hpp"
#include "web/views/document.hpp"

namespace kedge::web {

using documents::Format;
using documents::Print;

Result<AskedDocument> asked_document(const Request& request) {
  AskedDocument asked;
  if (const auto code = request.query.first("format"); !code.empty()) {
    const auto format = documents::format_of(code);
    if (!format) return fail(Fault::not_found, "web.not_found");
    asked.format = *format;
  }
  asked.print = request.query.first("print") == "large" ? Print::large : Print::normal;
  asked.made_now = !request.query.first("now").empty();
  return asked;
}

std::string document_style(const House& house) {
  std::ifstream in(house.assets + "/document.css", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

documents::Page document_page(const Context& context, const DocumentPage& page, Print print) {
  return {.title = page.title, .language = context.language(), .print = print, .style = document_style(context.house()) + page.style, .body = page.body.text()};
}

namespace {

// The page that asks for the file itself, after so many seconds.
Reply wait_for(const Context& context, std::string_view place, const DocumentWait& wait, int seconds) {
  const Frame frame{std::string(context.words().plain("documents.wait.title")), place, &context};
  return Reply::html(render(context.words(), views::document_wait, wait, frame)).header("Refresh", std::to_string(seconds) + "; url=" + wait.fetch.text());
}

}  // namespace

Result<Reply> document(const Context& context, const DocumentPage& page, const AskedDocument& asked, const Url& along, const Url& back) {
  const auto& kind = documents::kind_of(asked.format);
  const auto name = text::slug(page.title) + "." + std::string(kind.code);
  DocumentWait wait{name, along.with("format", kind.code).with("now", "1"), back, false};
  if (asked.print == Print::large) wait.fetch = wait.fetch.with("print", "large");
  const bool slow = asked.format == Format::pdf || asked.format == Format::docx;
  if (slow && !asked.made_now && documents::lacking(asked.format).empty()) return wait_for(context, page.place, wait, 0);
  auto bytes = documents::make(document_page(context, page, asked.print), asked.format);
  if (bytes) return Reply::file(std::move(*bytes), std::string(kind.type), name);
  if (bytes.error().fault != Fault::busy) return fail(bytes.error());
  wait.busy = true;
  return wait_for(context, page.place, wait, 3);
}

}  // namespace kedge::web
