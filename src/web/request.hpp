// web: one request as handlers see it. Plain values; the server's types stay in server.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/id.hpp"
#include "core/result.hpp"

namespace kedge::web {

// Fields of a form or a query, in their order, decoded.
class Fields {
 public:
  Fields() = default;
  explicit Fields(std::vector<std::pair<std::string, std::string>> items) : items_(std::move(items)) {}
  // application/x-www-form-urlencoded; at most 2,000 fields. Errors: invalid "web.form.broken", too_large.
  [[nodiscard]] static Result<Fields> parse(std::string_view encoded);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::string_view first(std::string_view name) const;  // empty when missing
  [[nodiscard]] std::vector<std::string_view> every(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

struct Upload {
  std::string field;
  std::string file_name;
  std::string content_type;
  std::string bytes;
};

struct Request {
  std::string method;
  std::string path;                                             // decoded segments are in `parts`
  std::vector<std::pair<std::string, std::string>> parameters;  // of the route's pattern: {"id", "018f..."}
  std::vector<std::pair<std::string, std::string>> headers;     // names in lower case
  std::vector<std::pair<std::string, std::string>> cookies;
  Fields query;
  Fields form;
  std::vector<Upload> uploads;
  std::string body;                                             // of other content types
  std::string peer;                                             // address of the client, for limits alone; never logged

  [[nodiscard]] std::string_view header(std::string_view lower_name) const;
  [[nodiscard]] std::string_view cookie(std::string_view name) const;
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
  // A parameter that is an id. Errors: not_found (an address that can't be).
  [[nodiscard]] Result<Id> id(std::string_view name) const;
  // A field of the form: cleaned text of several lines, or of one.
  [[nodiscard]] std::string text(std::string_view field) const;
  [[nodiscard]] std::string line(std::string_view field) const;
  // An id in a form field. Empty when the field is empty. Errors: invalid at the field.
  [[nodiscard]] Result<Id> field_id(std::string_view field) const;
  // A date in a form field, empty when empty. Errors: invalid "web.field.date" at the field.
  [[nodiscard]] Result<Date> field_date(std::string_view field) const;
  // Whether only the part that changed is wanted (header Kedge-Fragment or HX-Request).
  [[nodiscard]] bool wants_fragment() const;
};

}  // namespace kedge::web
