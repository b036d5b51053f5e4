#include <algorithm>

#include <nlohmann/json.hpp>

#include "guide/workbook.hpp"

namespace kedge::guide {

bool Answer::blank() const {
  return std::all_of(values.begin(), values.end(), [](const auto& field) { return field.second.empty(); });
}

bool holds(const Values& whole, const Values& part) {
  return std::all_of(part.begin(), part.end(), [&](const auto& field) {
    const auto found = whole.find(field.first);
    return field.second.empty() || (found != whole.end() && found->second.find(field.second) != std::string::npos);
  });
}

std::string to_json(const Values& values) { return nlohmann::json(values).dump(); }

Result<Values> values_from(std::string_view json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return fail(Fault::internal, "store.broken_row", "an answer's body is no object");
  Values values;
  for (const auto& [name, value] : parsed.items()) {
    if (!value.is_string()) return fail(Fault::internal, "store.broken_row", "an answer's field is no text");
    values.emplace(name, value.get<std::string>());
  }
  return values;
}

}  // namespace kedge::guide
