// web: what a handler answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "web/html.hpp"

namespace kedge::web {

// A reply that goes on: the connection becomes an event stream of one library's changes (see live.hpp).
struct LiveSeat {
  Id library;
  std::string cookie;      // of the session that opened it; the stream ends with it
  std::int64_t after = 0;  // the last change that the page knows; 0: from now on
};

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool cacheable = false;  // else no-store: pages hold private things
  std::shared_ptr<const std::string> shared = {};  // instead of body, for bytes that many replies share
  std::optional<LiveSeat> live = {};

  [[nodiscard]] static Reply html(Html page, int status = 200);
  [[nodiscard]] static Reply see_other(const Url& where);  // 303, after a change
  [[nodiscard]] static Reply json(std::string text, int status = 200);
  [[nodiscard]] static Reply text(std::string text, int status = 200);
  [[nodiscard]] static Reply file(std::string bytes, std::string content_type, std::string_view file_name);
  Reply& header(std::string name, std::string value) &;
  Reply&& header(std::string name, std::string value) &&;
  [[nodiscard]] std::string_view bytes() const { return shared ? std::string_view(*shared) : std::string_view(body); }
  [[nodiscard]] bool has_header(std::string_view name) const;
};

// The one table from fault to status.
[[nodiscard]] int status_of(Fault fault);
// Of a form that comes back, or of a save that names fields: 422 for what was typed wrongly; 400 is for what can't be read at all.
[[nodiscard]] int status_of_form(const Error& error);

}  // namespace kedge::web
