// guide pages: one form over a library's own guide: what it shows, and how it is saved by the version that was read.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "guide/guide_edit.hpp"
#include "guide/workbook.hpp"
#include "web/fields.hpp"
#include "web/reply.hpp"

namespace kedge::guide {

struct FormLine {
  web::Field field;
  std::string now;  // what stands there by now, when somebody was faster and wrote something else
};
struct FormGroup {
  std::string legend;  // may be empty; otherwise it opens and closes under this name
  std::vector<FormLine> lines;
  bool open = true;
};
struct GuideForm {
  std::string title;
  std::string help;
  web::Form form;
  std::int64_t version = 0;
  web::Url action;
  web::Url back;
  std::string submit;
  std::vector<FormGroup> groups;
};

// The languages of a text's fields: the writer's first.
[[nodiscard]] std::vector<Language> writing_order(const web::Context& context);

enum class Called : std::uint8_t { required, optional };
// A field a language, "title_en", with what is kept now.
[[nodiscard]] FormGroup text_group(const web::Form& form, const Error* error, web::FieldKind kind, std::string_view name, locale::Message label, const Text& kept,
                                   std::size_t limit, Called called);
// What was typed into these fields.
[[nodiscard]] Text typed_text(const web::Request& request, std::string_view name);

// The library's own guide. Errors: not_found, forbidden "guide_edit.copy_first".
[[nodiscard]] Result<LibraryGuide> own_guide(store::Read& db, const store::Scope& scope, const Id& id);

using Draw = std::function<Result<GuideForm>(const LibraryGuide&, const Error*)>;
using Change = std::function<Result<Guide>(const Guide&, const store::Tx&)>;
[[nodiscard]] Result<web::Reply> show_form(const web::Request& request, web::Context& context, const Draw& draw);
// Saves what `change` makes of the guide, if nobody was faster; otherwise, and when something is wrong with what was typed,
// the form comes back with it and nothing is saved. `said`: the message afterwards; `where`: of the changed guide.
[[nodiscard]] Result<web::Reply> save_form(const web::Request& request, web::Context& context, const Draw& draw, const Change& change,
                                           std::string_view said, const std::function<std::string(const Guide&)>& anchor);

// Whether its problems are at lines of a file, "guide.yaml:12".
[[nodiscard]] bool of_file(const Error& error);

// Anchors of the guide's page.
[[nodiscard]] std::string section_anchor(std::string_view section);
[[nodiscard]] std::string prompt_anchor(std::string_view prompt);

}  // namespace kedge::guide
