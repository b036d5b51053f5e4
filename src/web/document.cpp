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
  return {.title = page.title, .language = context.language(), .print = print, .style = document_style(context.house()), .body = page.body.text()};
}

Result<Reply> document(const Context& context, const DocumentPage& page, const AskedDocument& asked, const Url& along, const Url& back) {
  const auto& kind = documents::kind_of(asked.format);
  const auto name = text::slug(page.title) + "." + std::string(kind.code);
  const bool slow = asked.format == Format::pdf || asked.format == Format::docx;
  if (slow && !asked.made_now && documents::lacking(asked.format).empty()) {
    auto fetch = along.with("format", kind.code).with("now", "1");
    if (asked.print == Print::large) fetch = fetch.with("print", "large");
    const DocumentWait wait{name, fetch, back};
    const Frame frame{std::string(context.words().plain("documents.wait.title")), "workbook", &context};
    return Reply::html(render(context.words(), views::document_wait, wait, frame)).header("Refresh", "0; url=" + wait.fetch.text());
  }
  TRY(auto bytes, documents::make(document_page(context, page, asked.print), asked.format));
  return Reply::file(std::move(bytes), std::string(kind.type), name);
}

}  // namespace kedge::web
