// mail: a message as it travels (RFC 5322, MIME by GMime). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace kedge::mail {

struct Message {
  std::string to;        // one plain address
  std::string subject;   // one line
  std::string text;      // the same words twice: plain
  std::string html;      // and as a page without pictures
  std::string language;  // "es"
  std::string off = {};  // an address that ends letters of this kind by a POST (RFC 8058); empty: they can't be ended
};

// Whether a letter can go there: one address of plain letters, nothing that a header would take for more.
[[nodiscard]] bool is_address(std::string_view address);
// Lines end with CR LF, none longer than 998 octets; whatever the fields hold, it stays inside its field.
// `name` makes its Message-ID, together with the domain of `from`. Errors: invalid "mail.address".
[[nodiscard]] Result<std::string> compose(const Message& message, const std::string& from, std::string_view name, std::int64_t now_ms);

}  // namespace kedge::mail
