// web: what a handler answers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "web/html.hpp"

namespace kedge::web {

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool cacheable = false;  // else no-store: pages hold private things

  [[nodiscard]] static Reply html(Html page, int status = 200);
  [[nodiscard]] static Reply see_other(const Url& where);  // 303, after a change
  [[nodiscard]] static Reply json(std::string text, int status = 200);
  [[nodiscard]] static Reply text(std::string text, int status = 200);
  [[nodiscard]] static Reply file(std::string bytes, std::string content_type, std::string_view file_name);
  Reply& header(std::string name, std::string value) &;
  Reply&& header(std::string name, std::string value) &&;
};

// The one table from fault to status.
[[nodiscard]] int status_of(Fault fault);

}  // namespace kedge::web
