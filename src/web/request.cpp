#include "web/request.hpp"

#include "core/text.hpp"

namespace kedge::web {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string_view find(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs)
    if (key == name) return value;
  return {};
}

}  // namespace

bool Fields::has(std::string_view name) const {
  for (const auto& [key, value] : items_)
    if (key == name) return true;
  return false;
}

std::string_view Fields::first(std::string_view name) const { return find(items_, name); }

std::vector<std::string_view> Fields::every(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : items_)
    if (key == name) values.emplace_back(value);
  return values;
}

std::string_view Request::header(std::string_view lower_name) const { return find(headers, lower_name); }
std::string_view Request::cookie(std::string_view name) const { return find(cookies, name); }
std::string_view Request::parameter(std::string_view name) const { return find(parameters, name); }

Result<Id> Request::id(std::string_view name) const {
  const auto id = Id::parse(parameter(name));
  if (!id) return fail(Fault::not_found, "web.not_found");
  return *id;
}

std::string Request::text(std::string_view field) const { return text::clean(form.first(field)); }
std::string Request::line(std::string_view field) const { return text::clean_line(form.first(field)); }

Result<Id> Request::field_id(std::string_view field) const {
  const auto typed = text::trim(form.first(field));
  if (typed.empty()) return Id();
  const auto id = Id::parse(typed);
  if (!id) return fail_field(std::string(field), "web.field.choice");
  return *id;
}

Result<Date> Request::field_date(std::string_view field) const {
  const auto typed = text::trim(form.first(field));
  if (typed.empty()) return Date();
  const auto date = Date::parse(typed);
  if (!date) return fail_field(std::string(field), "web.field.date");
  return *date;
}

bool Request::wants_fragment() const { return !header("kedge-fragment").empty(); }

}  // namespace kedge::web
