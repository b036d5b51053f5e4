// guide: an object of a workbook's JSON file and where it stands, so that whatever is wrong is told at its place.
#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/clock.hpp"
#include "core/codes.hpp"
#include "core/result.hpp"

namespace kedge::guide::exchange {

inline tl::unexpected<Error> broken(const std::string& where, std::string key) {
  Error error{Fault::invalid, "guide.import.broken", {}, {{where, std::move(key), {}}}, {{"where", where}}};
  return fail(std::move(error));
}

// An error of one record, told at its place in the file.
inline Error at(Error error, const std::string& where) {
  if (error.key == "guide.import.broken") return error;
  for (auto& field : error.fields) field.field = where + "/" + field.field;
  if (error.fields.empty()) error.fields.push_back({where, error.key, error.arguments});
  return Error{Fault::invalid, "guide.import.broken", error.detail, error.fields, {{"where", error.fields.front().field}}};
}

// One object of the file and where it stands.
class Node {
 public:
  Node(const nlohmann::json& object, std::string where) : object_(&object), where_(std::move(where)) {}
  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] std::string at(const char* name) const { return where_.empty() ? name : where_ + "/" + name; }
  [[nodiscard]] const nlohmann::json* find(const char* name) const {
    const auto found = object_->find(name);
    return found == object_->end() || found->is_null() ? nullptr : &*found;
  }
  [[nodiscard]] Result<std::string> text(const char* name) const {
    const auto* found = find(name);
    if (found == nullptr || !found->is_string()) return broken(at(name), "guide.import.text");
    return found->get<std::string>();
  }
  // Empty where it is not there.
  [[nodiscard]] Result<std::string> text_if(const char* name) const {
    if (find(name) == nullptr) return std::string();
    return text(name);
  }
  [[nodiscard]] Result<Date> date(const char* name) const {
    TRY(const auto written, text_if(name));
    if (written.empty()) return Date();
    const auto known = Date::parse(written);
    if (!known) return broken(at(name), "web.field.date");
    return *known;
  }
  template <class Enum>
  [[nodiscard]] Result<Enum> code(const char* name) const {
    TRY(const auto written, text(name));
    const auto known = from_code<Enum>(written);
    if (!known) return broken(at(name), "guide.import.word");
    return *known;
  }
  // Runs through a list of objects; one that is not there is an empty one.
  template <class F>
  Done each(const char* name, F&& work) const {
    const auto* found = find(name);
    if (found == nullptr) return {};
    if (!found->is_array()) return broken(at(name), "guide.import.list");
    for (std::size_t i = 0; i < found->size(); ++i) {
      const Node node((*found)[i], at(name) + "/" + std::to_string(i));
      if (!(*found)[i].is_object()) return broken(node.where(), "guide.import.object");
      if (auto done = work(node); !done) return fail(exchange::at(std::move(done).error(), node.where()));
    }
    return {};
  }

 private:
  const nlohmann::json* object_;
  std::string where_;
};

}  // namespace kedge::guide::exchange
