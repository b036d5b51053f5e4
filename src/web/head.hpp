// web: the head of a request as Boost.Beast read it, checked and copied into the plain values of request.hpp.
#pragma once

#include <boost/beast/http/message.hpp>

#include "web/request.hpp"

namespace kedge::web::wire {

using Head = boost::beast::http::request_header<>;

// Method, target, headers and cookies; copied at once, since the parser adds the trailers of a chunked body to its headers.
// Returns 0, or the status of the refusal: 400, 405, 417.
[[nodiscard]] int read_head(const Head& head, Request& request);
// Of a head that is not read to its end: so much that the refusal speaks the reader's language.
void read_language(const Head& head, Request& request);

}  // namespace kedge::web::wire
