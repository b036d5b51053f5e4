#include "directory/file_text.hpp"

#include <unicode/unistr.h>

#include "core/text.hpp"
#include "directory/lines.hpp"

namespace kedge::directory {
namespace {

std::string decoded(std::string_view bytes, const char* encoding) {
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding);
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

FileText read(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return {decoded(bytes.substr(2), "UTF-16LE"), Encoding::utf16};
  if (bytes.starts_with("\xFE\xFF")) return {decoded(bytes.substr(2), "UTF-16BE"), Encoding::utf16};
  if (text::is_utf8(bytes)) return {std::string(bytes), Encoding::utf8};
  return {decoded(bytes, "windows-1252"), Encoding::windows_1252};
}

}  // namespace

Result<FileText> text_of_file(std::string_view bytes) {
  if (bytes.size() > kMostFileBytes) return fail(Fault::too_large, "directory.bring.too_large");
  auto file = read(bytes);
  if (file.text.find('\0') != std::string::npos) return fail(Fault::invalid, "directory.bring.not_text");
  return file;
}

}  // namespace kedge::directory
