// web: the fields of a form as views show them, and what was typed when a form comes back with errors.
//
//   Form form(context);                      // fresh
//   Form form(context, error);               // refused: shows what was typed and what is wrong with it
//   page.title = form.field(FieldKind::line, "title", "plan.action.title", action.title).limited(120).needed();
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/context.hpp"

namespace kedge::web {

enum class FieldKind : std::uint8_t { line, area, date, email, phone, password, new_password, number, one_time_code, choice, select, check, suggest };

struct Choice {
  std::string value;
  std::string label;  // words
  bool chosen = false;
};

struct Field {
  FieldKind kind = FieldKind::line;
  std::string name;
  std::string label;           // words
  std::string value = {};      // as typed; of a check: anything means checked
  std::string help = {};       // words
  std::string error = {};      // words
  std::size_t limit = 0;       // characters; said beside the field. 0: none
  bool required = false;
  std::string autocomplete = {};
  std::vector<Choice> choices = {};  // of choice, select, and what suggest proposes while one types

  [[nodiscard]] std::string id() const { return "f-" + name; }
  [[nodiscard]] std::string help_id() const { return id() + "-help"; }
  [[nodiscard]] std::string limit_id() const { return id() + "-limit"; }
  [[nodiscard]] std::string error_id() const { return id() + "-error"; }
  [[nodiscard]] bool wrong() const { return !error.empty(); }
  // Whether it may stay empty, which its label says: a select that always has a value may not.
  [[nodiscard]] bool optional() const;
  // What describes the field, for aria-describedby.
  [[nodiscard]] std::string described_by() const;
  // Type and autocomplete of the input element.
  [[nodiscard]] std::string_view type() const;
  [[nodiscard]] std::string_view completes() const;

  [[nodiscard]] Field limited(std::size_t characters) && { limit = characters; return std::move(*this); }
  [[nodiscard]] Field needed() && { required = true; return std::move(*this); }
  [[nodiscard]] Field helped(std::string words) && { help = std::move(words); return std::move(*this); }
  // Marks the one whose value this field has.
  [[nodiscard]] Field of(std::vector<Choice> all) &&;
};

class Form {
 public:
  explicit Form(const Context& context) : context_(&context) {}
  Form(const Context& context, const Error& error) : context_(&context), error_(error) {}
  Form(const Context& context, const Error* error);  // nothing: fresh

  // `value` is what is kept now; a form that came back shows what was typed instead (but never a password).
  [[nodiscard]] Field field(FieldKind kind, std::string_view name, locale::Message label, std::string value = {}) const;

  struct Problem {
    Url field;  // "#f-title"; empty when it concerns the whole form
    std::string words;
  };
  [[nodiscard]] std::vector<Problem> problems() const;
  [[nodiscard]] bool refused() const { return error_.has_value(); }
  [[nodiscard]] const Context& context() const { return *context_; }

 private:
  const Context* context_;
  std::optional<Error> error_;
};

}  // namespace kedge::web
