// documents: a page that stands alone, as a file that people take along: HTML, Markdown, docx, PDF.
// Knows nothing of libraries: it gets the page's body as HTML that somebody else has escaped.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/language.hpp"
#include "core/result.hpp"

namespace kedge::documents {

enum class Format : std::uint8_t { html, markdown, docx, pdf };
enum class Print : std::uint8_t { normal, large };

struct Kind {
  Format format;
  std::string_view code;     // of addresses and options, and the file's ending
  std::string_view type;     // for Content-Type
  std::string_view program;  // that makes it, in the sandbox; empty: none is needed
};
[[nodiscard]] std::span<const Kind> kinds();
[[nodiscard]] const Kind& kind_of(Format format);
[[nodiscard]] std::optional<Format> format_of(std::string_view code);
// The first program that this format needs and this machine lacks; empty: it can be made.
[[nodiscard]] std::string_view lacking(Format format);

struct Page {
  std::string title;        // plain text
  Language language = Language::en;
  Print print = Print::normal;
  std::string style;        // CSS, type faces and pictures within
  std::string body;         // HTML; one h1 at its beginning
};

// The page as one HTML file, which asks nothing of any other place.
[[nodiscard]] std::string standing_alone(const Page& page);

// At most two are made at a time by this process. Takes seconds; call it without a database session.
// Errors: unavailable "documents.lacking" (argument program), busy "documents.busy" (ask again), and those of run().
[[nodiscard]] Result<std::string> make(const Page& page, Format format);

}  // namespace kedge::documents
