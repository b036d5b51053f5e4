#include "web/reply.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "web/wire.hpp"

namespace kedge::web {

Reply Reply::html(Html page, int status) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(page).take();
  return reply;
}

Reply Reply::see_other(const Url& where) {
  Reply reply;
  reply.status = 303;
  reply.content_type.clear();
  return std::move(reply).header("Location", where.empty() ? "/" : where.text());
}

Reply Reply::json(std::string text, int status) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = std::move(text);
  return reply;
}

Reply Reply::text(std::string text, int status) {
  Reply reply;
  reply.status = status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(text);
  return reply;
}

Reply Reply::file(std::string bytes, std::string content_type, std::string_view file_name) {
  Reply reply;
  reply.content_type = std::move(content_type);
  reply.body = std::move(bytes);
  std::string plain(file_name);  // for what does not know filename*
  std::ranges::replace_if(plain, [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; }, '_');
  return std::move(reply).header("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + wire::encode(file_name));
}

Reply& Reply::header(std::string name, std::string value) & {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Reply&& Reply::header(std::string name, std::string value) && {
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

bool Reply::has_header(std::string_view name) const {
  return std::ranges::any_of(headers, [&](const auto& header) { return header.first == name; });
}

int status_of(Fault fault) {
  switch (fault) {
    case Fault::invalid: return 400;
    case Fault::not_found: return 404;
    case Fault::forbidden: return 403;
    case Fault::signed_out: return 401;
    case Fault::conflict: return 409;
    case Fault::too_large: return 413;
    case Fault::too_many: return 429;
    case Fault::busy: return 503;
    case Fault::timeout: return 503;
    case Fault::unavailable: return 503;
    case Fault::newer_version: return 503;
    case Fault::internal: return 500;
  }
  return 500;
}

int status_of_form(const Error& error) { return error.fault == Fault::invalid ? 422 : status_of(error.fault); }

}  // namespace kedge::web
