// Headers that we read ourselves: cookies, languages, encodings, parameters of values, the token of a form.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "web/forgery.hpp"
#include "web/gate.hpp"
#include "web/pressing.hpp"
#include "web/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kedge;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  web::Request request;
  web::wire::read_cookies(input, request);
  if (request.cookies.size() > 50) std::abort();
  (void)web::accepted_language(input);
  (void)web::pressing::accepts(input, "br");
  (void)web::wire::value_parameter(input, "name");
  if (web::forgery::fits(input, "a secret that the input does not know")) std::abort();
  request.headers = {{"origin", std::string(input)}, {"host", "kedge.test"}};
  (void)web::forgery::from_own_site(request, "https://kedge.test");
  return 0;
}
