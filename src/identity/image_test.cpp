#include "identity/image.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string number(std::size_t value, int width) {
  std::string bytes;
  for (int i = width - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

std::string chunk(const std::string& type, const std::string& data) { return number(data.size(), 4) + type + data + "crc!"; }
std::string png(std::size_t width, std::size_t height, const std::string& more = {}) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", number(width, 4) + number(height, 4) + std::string("\x08\x06\0\0\0", 5)) + more +
         chunk("IDAT", "pixels") + chunk("IEND", "");
}

std::string segment(int marker, const std::string& data) { return "\xFF" + std::string(1, static_cast<char>(marker)) + number(data.size() + 2, 2) + data; }
std::string jpeg(const std::string& more = {}) {
  return std::string("\xFF\xD8") + segment(0xE0, "JFIF") + more + segment(0xC2, "\x08" + number(20, 2) + number(30, 2) + "\x01") + segment(0xDA, "scan") +
         std::string("a\xFF\0b\xFF\xD0", 6) + segment(0xC4, "table") + segment(0xDA, "scan") + "more" + "\xFF\xD9";
}

TEST(Image, IsKnownByItsBytesWithItsSize) {
  const auto first = read_image(png(200, 50));
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->kind, ImageKind::png);
  EXPECT_EQ(first->width, 200);
  EXPECT_EQ(first->height, 50);
  EXPECT_EQ(first->bytes, png(200, 50));
  const auto second = read_image(jpeg());
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->kind, ImageKind::jpeg);
  EXPECT_EQ(second->width, 30);
  EXPECT_EQ(second->height, 20);
  EXPECT_EQ(second->bytes, jpeg());
}

TEST(Image, KeepsNeitherPlaceNorCommentNorMovementNorWhatFollowsItsEnd) {
  const auto still = read_image(png(2, 2, chunk("eXIf", "GPS 41.9 N") + chunk("tEXt", "by Rosa") + chunk("acTL", "moves") + chunk("sRGB", "0")) + "<script>");
  ASSERT_TRUE(still.has_value());
  for (const auto* gone : {"GPS", "Rosa", "moves", "<script>"}) EXPECT_THAT(still->bytes, Not(HasSubstr(gone)));
  EXPECT_THAT(still->bytes, HasSubstr("sRGB"));
  const auto photo = read_image(jpeg(segment(0xE1, "Exif GPS 41.9 N") + segment(0xFE, "by Rosa") + segment(0xE2, "ICC_PROFILE")) + "<script>");
  ASSERT_TRUE(photo.has_value());
  for (const auto* gone : {"GPS", "Rosa", "<script>"}) EXPECT_THAT(photo->bytes, Not(HasSubstr(gone)));
  EXPECT_THAT(photo->bytes, HasSubstr("ICC_PROFILE"));
}

TEST(Image, ThatIsNoneOrCutOffIsRefused) {
  for (const auto* other : {"", "GIF89a", "%PDF-1.7", "<html>", "RIFFxxxxWEBP"}) EXPECT_EQ(read_image(other).error().key, "identity.logo.not_an_image") << other;
  EXPECT_EQ(read_image("<?xml version='1.0'?><svg onload='x()'/>").error().key, "identity.logo.svg");
  for (const auto& whole : {png(3, 3), jpeg()})
    for (std::size_t length = 8; length < whole.size(); ++length) {
      const auto cut = read_image(std::string_view(whole).substr(0, length));
      ASSERT_FALSE(cut.has_value()) << length;
      EXPECT_EQ(cut.error().key, "identity.logo.broken") << length;
    }
  EXPECT_FALSE(read_image(png(0, 3)).has_value());
  auto long_chunk = png(3, 3);
  long_chunk[33] = '\x7F';
  EXPECT_FALSE(read_image(long_chunk).has_value());
}

}  // namespace
}  // namespace kedge::identity
