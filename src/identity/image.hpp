// identity: a picture that somebody uploads, as far as it is looked at before it is kept: what it is, how large, and what in
// it is needed to show it. Nothing is decoded. Inside identity only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/codes.hpp"
#include "core/result.hpp"

namespace kedge::identity {

enum class ImageKind : std::uint8_t { png, jpeg };

struct Image {
  ImageKind kind = ImageKind::png;
  std::int64_t width = 0;   // pixels
  std::int64_t height = 0;
  std::string bytes;        // without place, camera, comments, animation or anything after the end of the picture
};

// By its bytes, whatever it is called. PNG (W3C PNG 3, 5) and JPEG (ITU T.81 Annex B; baseline and progressive).
// Errors: invalid "identity.logo.svg", "identity.logo.not_an_image", "identity.logo.broken" (cut off or not whole).
[[nodiscard]] Result<Image> read_image(std::string_view file);

}  // namespace kedge::identity

template <>
struct kedge::Codes<kedge::identity::ImageKind> {
  static constexpr std::array<std::string_view, 2> names{"png", "jpeg"};
};
