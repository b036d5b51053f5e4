#include "mail/smtp.hpp"

#include <algorithm>
#include <mutex>

#include <curl/curl.h>

namespace kedge::mail {
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kSeconds = 45;

struct Unread {
  const std::string* text;
  std::size_t at = 0;
};
std::size_t read_on(char* out, std::size_t size, std::size_t count, void* from) {
  auto& unread = *static_cast<Unread*>(from);
  const auto taken = std::min(size * count, unread.text->size() - unread.at);
  std::copy_n(unread.text->data() + unread.at, taken, out);
  unread.at += taken;
  return taken;
}
std::size_t drop(char* /*text*/, std::size_t size, std::size_t count, void* /*nowhere*/) { return size * count; }

Outcome outcome_of(CURLcode code, long said) {
  if (code == CURLE_OK) return {};
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED: return {Taken::later, "certificate"};
    case CURLE_LOGIN_DENIED: return {Taken::later, "password"};
    default: break;
  }
  if (said >= 500 && said <= 599) return {Taken::refused, std::to_string(said)};
  if (said >= 400 && said <= 499) return {Taken::later, std::to_string(said)};
  return {Taken::later, "unreachable"};
}

}  // namespace

void Smtp::Close::operator()(void* handle) const { curl_easy_cleanup(handle); }

Smtp::Smtp(Server server) : server_(std::move(server)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  handle_.reset(curl_easy_init());
}
Smtp::~Smtp() = default;

Outcome Smtp::send(const std::string& to, const std::string& message) {
  auto* curl = static_cast<CURL*>(handle_.get());
  if (curl == nullptr) return {Taken::later, "unreachable"};
  curl_easy_reset(curl);  // keeps the connection
  Unread unread{&message};
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> receivers(curl_slist_append(nullptr, ("<" + to + ">").c_str()), curl_slist_free_all);
  curl_easy_setopt(curl, CURLOPT_URL, server_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, server_.unencrypted ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!server_.authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, server_.authorities.c_str());
  if (!server_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_PROXY, "");  // no word of the environment leads a letter elsewhere
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + server_.from + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_on);
  curl_easy_setopt(curl, CURLOPT_READDATA, &unread);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  const auto code = curl_easy_perform(curl);
  long said = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said);
  return outcome_of(code, said);
}

}  // namespace kedge::mail
