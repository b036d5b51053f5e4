#include "identity/image.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kedge::identity {
namespace {

constexpr std::string_view kPngSign("\x89PNG\r\n\x1a\n", 8);

std::size_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

std::size_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {  // big endian
  std::size_t value = 0;
  for (std::size_t i = 0; i < width; ++i) value = value << 8 | byte_at(bytes, at + i);
  return value;
}

tl::unexpected<Error> broken() { return fail(Fault::invalid, "identity.logo.broken"); }

// What a still picture needs and nothing else: no text, time, place or frames of an animation.
bool is_kept_chunk(std::string_view type) {
  static constexpr std::array<std::string_view, 9> kKept{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "pHYs"};
  return std::ranges::find(kKept, type) != kKept.end();
}

// Chunks of length, type, data and check sum, from IHDR to IEND.
Result<Image> read_png(std::string_view file) {
  Image image{ImageKind::png, 0, 0, std::string(kPngSign)};
  bool has_data = false;
  for (std::size_t at = kPngSign.size(); at + 12 <= file.size();) {
    const auto length = number_at(file, at, 4);
    if (length > file.size() - at - 12) return broken();
    const auto type = file.substr(at + 4, 4);
    const bool first = at == kPngSign.size();
    if (first != (type == "IHDR") || (first && length != 13)) return broken();
    if (first) {
      image.width = static_cast<std::int64_t>(number_at(file, at + 8, 4));
      image.height = static_cast<std::int64_t>(number_at(file, at + 12, 4));
    }
    has_data = has_data || type == "IDAT";
    if (is_kept_chunk(type)) image.bytes += file.substr(at, length + 12);
    if (type == "IEND") return has_data && length == 0 && image.width > 0 && image.height > 0 ? Result<Image>(std::move(image)) : broken();
    at += length + 12;
  }
  return broken();
}

constexpr std::size_t kStartOfScan = 0xDA;
constexpr std::size_t kEndOfImage = 0xD9;

bool stands_alone(std::size_t marker) { return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8); }

// JFIF (APP0), the colour profile (APP2) and Adobe's word on colours (APP14) are needed to show it; other applications' data
// and comments are not.
bool is_kept_segment(std::size_t marker) {
  if (marker == 0xFE) return false;
  return marker < 0xE0 || marker > 0xEF || marker == 0xE0 || marker == 0xE2 || marker == 0xEE;
}

// Where the picture's data after a scan's head end: at the next marker that is neither stuffing nor a restart.
std::size_t end_of_scan(std::string_view file, std::size_t at) {
  for (; at + 1 < file.size(); ++at) {
    const auto next = byte_at(file, at + 1);
    if (byte_at(file, at) == 0xFF && next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
  }
  return file.size();
}

// Segments of marker, length and data, from the start of the image to its end.
Result<Image> read_jpeg(std::string_view file) {
  Image image{ImageKind::jpeg, 0, 0, std::string(file.substr(0, 2))};
  for (std::size_t at = 2; at + 2 <= file.size();) {
    if (byte_at(file, at) != 0xFF) return broken();
    const auto marker = byte_at(file, at + 1);
    if (marker == 0xFF) {  // filling
      ++at;
      continue;
    }
    if (marker == kEndOfImage) {
      if (image.width <= 0 || image.height <= 0) return broken();
      image.bytes += file.substr(at, 2);
      return image;
    }
    if (marker == 0x00 || stands_alone(marker) || at + 4 > file.size()) return broken();
    const auto length = number_at(file, at + 2, 2);
    if (length < 2 || length > file.size() - at - 2) return broken();
    if (marker >= 0xC0 && marker <= 0xC2) {
      if (length < 8 || image.width > 0) return broken();
      image.height = static_cast<std::int64_t>(number_at(file, at + 5, 2));
      image.width = static_cast<std::int64_t>(number_at(file, at + 7, 2));
    }
    if (marker == kStartOfScan && image.width == 0) return broken();
    const auto end = marker == kStartOfScan ? end_of_scan(file, at + 2 + length) : at + 2 + length;
    if (is_kept_segment(marker)) image.bytes += file.substr(at, end - at);
    at = end;
  }
  return broken();
}

bool is_svg(std::string_view file) {
  const auto head = file.substr(0, 1024);
  return head.find("<svg") != std::string_view::npos;
}

}  // namespace

Result<Image> read_image(std::string_view file) {
  if (file.starts_with(kPngSign)) return read_png(file);
  if (file.starts_with("\xFF\xD8\xFF")) return read_jpeg(file);
  return fail(Fault::invalid, is_svg(file) ? "identity.logo.svg" : "identity.logo.not_an_image");
}

}  // namespace kedge::identity
