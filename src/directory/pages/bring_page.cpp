#include "directory/pages/bring_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "directory/file_text.hpp"
#include "directory/pages/columns.hpp"
#include "directory/pages/views/bring.hpp"
#include "directory/vcard.hpp"

namespace kedge::directory::pages {
namespace {

constexpr std::array kMeanings{Column::none, Column::organization, Column::name, Column::first_name, Column::last_name, Column::title, Column::department, Column::phone, Column::email,
                               Column::kind, Column::alternate_name, Column::website, Column::organization_email, Column::description};

web::Frame frame_of(web::Context& context) { return {std::string(context.words().plain("directory.bring.title")), "directory", &context}; }

Result<web::Reply> start_page(web::Context& context, const Error* error) {
  // what is wrong with the file stands at the field that could hold its text
  Error shown = error != nullptr ? *error : Error{};
  if (shown.fields.empty()) shown.fields = {{"text", shown.key, shown.arguments}};
  BringView view{web::Form(context, error != nullptr ? &shown : nullptr), {}, {}};
  view.text = view.form.field(web::FieldKind::area, "text", "directory.bring.text");
  if (view.text.value.size() > kMostTextBytes) view.text.value.clear();
  view.elsewhere = view.form.field(web::FieldKind::suggest, "elsewhere", "directory.bring.elsewhere").limited(200).helped(std::string(context.words().plain("directory.bring.elsewhere.help")));
  TRY(const auto all, context.read([&](store::Read& db) { return organizations(db, context.scope()); }));
  for (const auto& one : *all) view.elsewhere.choices.push_back({one.name, one.name});
  return web::Reply::html(web::render(context.words(), views::bring, view, frame_of(context)), error == nullptr ? 200 : 422);
}

// The file, or what was pasted.
std::string_view given(const web::Request& request) {
  for (const auto& upload : request.uploads)
    if (upload.field == "file" && !upload.bytes.empty()) return upload.bytes;
  return request.form.first("text");
}

bool used(const Table& table, std::size_t at) {
  return std::any_of(table.rows.begin() + 1, table.rows.end(), [&](const Table::Row& row) { return at < row.cells.size() && !text::trim(row.cells[at]).empty(); });
}

bool names_somebody(const std::vector<Column>& columns) {
  return std::ranges::any_of(columns, [](Column one) { return one == Column::organization || one == Column::name || one == Column::first_name || one == Column::last_name; });
}

// Whether a person has to say what the columns are.
bool asks(const Table& table, const std::vector<Column>& columns) {
  const auto& headings = table.rows.front().cells;
  for (std::size_t at = 0; at < headings.size(); ++at)
    if (columns[at] == Column::none && used(table, at) && !has_no_place(headings[at])) return true;
  return !names_somebody(columns);
}

std::vector<Column> chosen_columns(const web::Request& request, std::size_t count) {
  std::vector<Column> columns;
  for (std::size_t at = 0; at < count; ++at) columns.push_back(from_code<Column>(request.form.first("column-" + std::to_string(at))).value_or(Column::none));
  return columns;
}

web::Reply columns_page(web::Context& context, const Table& table, const std::vector<Column>& columns, std::string text, const Error* error) {
  const auto& words = context.words();
  ColumnsView view{web::Form(context, error), std::move(text), context.request().line("elsewhere"), {}};
  std::vector<web::Choice> meanings;
  for (const auto column : kMeanings) meanings.push_back({std::string(code_of(column)), column_word(words, column)});
  const auto& headings = table.rows.front().cells;
  for (std::size_t at = 0; at < headings.size(); ++at) {
    if (!used(table, at)) continue;
    ColumnsView::One one;
    const auto heading = text::shorten(text::clean_line(headings[at]), 60);
    one.field = web::Form(context).field(web::FieldKind::select, "column-" + std::to_string(at), "directory.bring.column", std::string(code_of(columns[at]))).needed().of(meanings);
    one.field.label = heading.empty() ? words.say("directory.bring.column.number", locale::arg("number", at + 1)) : heading;
    for (const auto& row : table.rows)
      if (one.example.empty() && &row != &table.rows.front() && at < row.cells.size()) one.example = text::shorten(text::clean_line(row.cells[at]), 60);
    if (!one.example.empty()) one.field.help = words.say("directory.bring.column.example", locale::arg("example", one.example));
    view.columns.push_back(std::move(one));
  }
  return web::Reply::html(web::render(words, views::bring_columns, view, frame_of(context)), error == nullptr ? 200 : 422);
}

Result<web::Reply> look_page(web::Context& context, const std::vector<Line>& lines, const Notes& notes, const Error* error) {
  TRY(const auto view, context.read([&](store::Read& db) { return look_view(db, context, lines, notes, error); }));
  return web::Reply::html(web::render(context.words(), views::bring_look, view, frame_of(context)), error == nullptr ? 200 : web::status_of_form(*error));
}

Error too_many(std::size_t count) {
  Error error{Fault::invalid, "directory.bring.too_many", {}, {}, {}};
  error.arguments = {{"count", std::to_string(count)}, {"most", std::to_string(kMostLines)}};
  return error;
}

Result<web::Reply> look_at(web::Context& context, Brought brought, Encoding encoding) {
  Error error;
  if (brought.lines.empty()) error = {Fault::invalid, "directory.bring.nothing", {}, {}, {}};
  else if (brought.lines.size() > kMostLines) error = too_many(brought.lines.size());
  else if (carried(brought.lines).size() > kMostTextBytes) error = {Fault::invalid, "directory.bring.too_much", {}, {}, {}};
  if (!error.key.empty()) return start_page(context, &error);
  return look_page(context, brought.lines, {encoding == Encoding::windows_1252, std::move(brought.left_aside)}, nullptr);
}

Result<web::Reply> look_at_table(const web::Request& request, web::Context& context, const FileText& file) {
  const auto table = read_table(file.text);
  if (!table) return start_page(context, &table.error());
  const auto count = table->rows.front().cells.size();
  const bool said = request.form.has("columns");
  const auto columns = said ? chosen_columns(request, count) : recognized(table->rows.front().cells);
  if (said ? names_somebody(columns) : !asks(*table, columns)) return look_at(context, lines_of(*table, columns, kind_of_words), file.encoding);
  Error error;
  if (table->rows.size() > kMostLines + 1) error = too_many(table->rows.size() - 1);
  else if (file.text.size() > kMostTextBytes) error = {Fault::invalid, "directory.bring.too_much", {}, {}, {}};
  if (!error.key.empty()) return start_page(context, &error);
  const Error nobody{Fault::invalid, "directory.bring.no_name", {}, {}, {}};
  return columns_page(context, *table, columns, file.text, said ? &nobody : nullptr);
}

}  // namespace

// GET /directory/bring
Result<web::Reply> choose_contacts(const web::Request&, web::Context& context) { return start_page(context, nullptr); }

// POST /directory/bring: a file, its text, its text with what the columns are, or the lines of the preview to look at again
Result<web::Reply> look_at_contacts(const web::Request& request, web::Context& context) {
  if (request.form.has("lines")) {
    TRY(const auto lines, read_carried(request.form.first("lines")));
    return look_page(context, lines, {}, nullptr);
  }
  const auto file = text_of_file(given(request));
  if (!file) return start_page(context, &file.error());
  if (!looks_like_vcards(file->text)) return look_at_table(request, context, *file);
  auto cards = read_vcards(file->text);
  if (!cards) return start_page(context, &cards.error());
  return look_at(context, *std::move(cards), file->encoding);
}

// POST /directory/bring/lines: as the preview's form says
Result<web::Reply> bring_contacts(const web::Request& request, web::Context& context) {
  TRY(const auto lines, read_carried(request.form.first("lines")));
  Came came;
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto all, arrivals(tx, context.scope(), lines, request.line("elsewhere")));
    TRY(came, take_in(tx, context.scope(), all, decisions_of(request, all)));
    return web::Url::path("/directory");
  });
  if (!where) {
    const auto fault = where.error().fault;
    if (fault == Fault::invalid || fault == Fault::conflict) return look_page(context, lines, {}, &where.error());
    return fail(where.error());
  }
  const bool nothing = came.organizations + came.contacts + came.filled == 0;
  context.say_next(nothing ? "directory.bring.same" : "directory.bring.done",
                   {{"organizations", std::to_string(came.organizations)}, {"contacts", std::to_string(came.contacts)}, {"filled", std::to_string(came.filled)}});
  return web::Reply::see_other(*where);
}

}  // namespace kedge::directory::pages
