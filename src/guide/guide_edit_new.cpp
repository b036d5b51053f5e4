// guide: new prompts and sections of a library's own copy.
#include <algorithm>

#include "core/text.hpp"
#include "guide/definition_reader.hpp"
#include "guide/guide_edit_words.hpp"

namespace kedge::guide {
namespace {

// "own.who-asks-for-help-x7k2mq": never longer than an id may be, whatever the label.
std::string fresh_name(const Text& label, Language writer, std::string_view suffix) {
  auto name = text::slug(label.in(writer).words).substr(0, kLongestId - 5 - suffix.size());
  while (!name.empty() && name.back() == '-') name.pop_back();
  return "own." + (name.empty() ? std::string() : name + "-") + std::string(suffix);
}

std::string numbered(char letter, std::size_t index) { return letter + std::to_string(index + 1); }

Done add_lines(const NewPrompt& typed, Prompt& made) {
  const bool choice = made.kind == Kind::choice;
  const std::size_t least = choice ? 2 : (made.own_rows ? 0 : 1);
  const char* const too_few = choice ? "guide_edit.too_few_options" : (made.kind == Kind::matrix ? "guide_edit.no_rows" : "guide_edit.no_fields");
  TRY(auto lines, typed::lines(typed.lines, typed.writer, least, too_few));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (choice) {
      made.options.push_back({numbered('o', i), std::move(lines[i])});
    } else {
      Row row;
      row.id = numbered('r', i);
      row.label = std::move(lines[i]);
      if (made.kind == Kind::notes) row.limit = kLongTextLimit;
      made.rows.push_back(std::move(row));
    }
  }
  return {};
}

bool of_directory(const Column& column) { return column.kind == ColumnKind::organization || column.kind == ColumnKind::contact; }

Done add_columns(const NewPrompt& typed, Prompt& made) {
  for (std::size_t i = 0; i < std::min(typed.columns.size(), kTypedColumns); ++i) {
    const auto& one = typed.columns[i];
    const auto name = "column" + std::to_string(i + 1);
    Column column;
    TRY(column.label, typed::words(one.label, name, typed.writer, kTypedLabel, ""));
    if (column.label.empty()) continue;
    if (one.kind == ColumnKind::choice) return fail_field(name + "_kind", "guide_edit.no_column_kind");
    column.id = numbered('c', made.columns.size());
    column.kind = one.kind;
    if (column.kind == ColumnKind::text) column.limit = kTextLimit;
    if (column.kind == ColumnKind::long_text) column.limit = kLongTextLimit;
    made.columns.push_back(std::move(column));
  }
  if (made.columns.empty()) return fail_field(typed::field_of("column1", typed.writer), "guide_edit.no_columns");
  const bool directory = std::any_of(made.columns.begin(), made.columns.end(), of_directory);
  if (directory && typed.answering != Answering::team) return fail_field("answering", "guide_edit.directory_is_the_teams");
  return {};
}

Done add_by_kind(const NewPrompt& typed, Prompt& made) {
  switch (made.kind) {
    case Kind::reading: {
      TRY(made.body, typed::words(typed.words.body, "body", typed.writer, kTypedBody, "guide_edit.no_body"));
      return {};
    }
    case Kind::goals: made.limit = kGoalLimit; return {};
    case Kind::reflection: made.limit = kReflectionLimit; return {};
    case Kind::choice: {
      TRY(made.reason, typed::words(typed.reason, "reason", typed.writer, kTypedLabel, ""));
      if (!made.reason.empty()) made.limit = kReasonLimit;
      return add_lines(typed, made);
    }
    case Kind::list: return add_columns(typed, made);
    case Kind::matrix:
      made.own_rows = typed.own_rows;
      TRY_DONE(add_lines(typed, made));
      return add_columns(typed, made);
    case Kind::scale: {
      if (typed.steps < 2 || typed.steps > 10) return fail_field("steps", "guide_edit.bad_steps");
      made.steps = static_cast<std::uint8_t>(typed.steps);
      TRY(made.low, typed::words(typed.low, "low", typed.writer, kTypedLabel, "guide_edit.no_end"));
      TRY(made.high, typed::words(typed.high, "high", typed.writer, kTypedLabel, "guide_edit.no_end"));
      return {};
    }
    case Kind::notes: return add_lines(typed, made);
    case Kind::checklist:
    case Kind::actions: break;
  }
  return fail_field("kind", "guide_edit.no_kind");
}

void set_answering(Prompt& made, Answering answering) {
  if (made.kind == Kind::reading) return;
  switch (answering) {
    case Answering::both: made.voices = {Voice::personal, Voice::team}; break;
    case Answering::team: made.voices = {Voice::team}; break;
    case Answering::personal: made.voices = {Voice::personal}; break;
    case Answering::sealed:
      made.voices = {Voice::personal};
      made.share = Share::never;
      break;
  }
}

}  // namespace

bool can_add(Kind kind) { return kind != Kind::checklist && kind != Kind::actions; }

Result<Guide> add_prompt(Guide guide, std::string_view section_id, const NewPrompt& typed, std::string_view suffix) {
  auto* const section = typed::section_in(guide, section_id);
  if (section == nullptr) return fail(Fault::not_found, "guide_edit.unknown_section");
  Prompt made;
  made.own = true;
  made.kind = typed.kind;
  TRY(made.label, typed::words(typed.words.label, "label", typed.writer, kTypedLabel, "guide_edit.no_label"));
  TRY(made.help, typed::words(typed.words.help, "help", typed.writer, kTypedHelp, ""));
  set_answering(made, typed.answering);
  TRY_DONE(add_by_kind(typed, made));
  made.id = fresh_name(made.label, typed.writer, suffix);
  if (!is_id(made.id) || guide.prompt(made.id) != nullptr) return fail(Fault::conflict, "guide_edit.id_taken");
  if (section->prompts.size() >= kMostThings) return fail(Fault::conflict, "guide_edit.full");
  section->prompts.push_back(std::move(made));
  typed::settle_languages(guide);
  return guide;
}

Result<Guide> add_section(Guide guide, const NewSection& typed, std::string_view suffix) {
  Section made;
  made.own = true;
  TRY(made.title, typed::words(typed.title, "title", typed.writer, kTypedLabel, "guide_edit.no_section_title"));
  TRY(made.lede, typed::words(typed.lede, "lede", typed.writer, kTypedHelp, ""));
  made.id = fresh_name(made.title, typed.writer, suffix);
  if (!is_id(made.id) || guide.section(made.id) != nullptr) return fail(Fault::conflict, "guide_edit.id_taken");
  if (guide.sections.size() >= kMostThings) return fail(Fault::conflict, "guide_edit.full");
  guide.sections.push_back(std::move(made));
  typed::settle_languages(guide);
  return guide;
}

}  // namespace kedge::guide
