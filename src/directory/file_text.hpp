// directory: the text in a file that somebody brings, whatever program wrote it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kedge::directory {

enum class Encoding : std::uint8_t { utf8, utf16, windows_1252 };

struct FileText {
  std::string text;  // UTF-8, without a byte order mark
  Encoding encoding = Encoding::utf8;
};

// UTF-8 with or without a byte order mark, UTF-16 with one; anything else is read as Windows-1252, which the page then says.
// Errors: invalid "directory.bring.not_text" (NUL: a picture, a spreadsheet's own file), too_large "directory.bring.too_large".
[[nodiscard]] Result<FileText> text_of_file(std::string_view bytes);

}  // namespace kedge::directory
