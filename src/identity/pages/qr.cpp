#include "identity/pages/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace kedge::identity::pages {

web::SafeHtml qr_svg(const locale::Words& words, const std::string& text, const std::string& label) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
  if (!code) return {};
  constexpr int kQuiet = 4;  // modules of margin that readers need
  const int whole = code->width + 2 * kQuiet;
  std::string dark;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x)
      if ((code->data[y * code->width + x] & 1) != 0)
        dark += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h1v1h-1z";
  web::Html out(words);
  out.raw("<svg class=\"k-qr\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" width=\"240\" height=\"240\" viewBox=\"0 0 ");
  out.text(whole);
  out.raw(" ");
  out.text(whole);
  out.raw("\" aria-label=\"");
  out.attribute(label);
  out.raw("\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"");
  out.attribute(dark);
  out.raw("\"/></svg>");
  return web::SafeHtml(std::move(out));
}

}  // namespace kedge::identity::pages
