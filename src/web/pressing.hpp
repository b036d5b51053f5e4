// web: compression of what is made for one request.
#pragma once

#include <string>
#include <string_view>

#include "web/reply.hpp"

namespace kedge::web::pressing {

// Whether Accept-Encoding takes this coding ("gzip;q=0" does not).
[[nodiscard]] bool accepts(std::string_view accept_encoding, std::string_view coding);
// Compresses text of more than 1 kB by brotli 5 or gzip 6, and says so in the headers.
void press(Reply& reply, std::string_view accept_encoding);

}  // namespace kedge::web::pressing
