// web: a page as a file to take along. What takes some seconds is asked for by a page that says so meanwhile; the browser
// fetches the file by itself, with and without scripts.
#pragma once

#include <string>
#include <string_view>

#include "documents/documents.hpp"
#include "web/context.hpp"
#include "web/html.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::web {

// What of a page goes into a file.
struct DocumentPage {
  std::string title;
  SafeHtml body;
  std::string_view place = "workbook";  // of Frame, for the page that waits
  std::string style = {};               // beside the style of all documents
};

struct AskedDocument {
  documents::Format format = documents::Format::pdf;
  documents::Print print = documents::Print::normal;
  bool made_now = false;  // the page that waits asks for the file itself
};
// ?format=pdf|docx|html|md&print=large&now=1. Errors: not_found (no such format).
[[nodiscard]] Result<AskedDocument> asked_document(const Request& request);

// The style sheet of documents, type faces within; empty where the assets are not built.
[[nodiscard]] std::string document_style(const House& house);
[[nodiscard]] documents::Page document_page(const Context& context, const DocumentPage& page, documents::Print print);

// The file, or the page that waits for it and asks again while others are being made: nobody's wait holds a worker. `along`: this page as a file, without format and print; `back`: where who has it goes
// on. Errors: those of documents::make.
[[nodiscard]] Result<Reply> document(const Context& context, const DocumentPage& page, const AskedDocument& asked, const Url& along, const Url& back);

// For views::document_wait.
struct DocumentWait {
  std::string file;
  Url fetch;
  Url back;
  bool busy = false;  // others are being made; it asks again by itself
};

}  // namespace kedge::web
