#include "directory/contact_csv.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

#include <csv.h>

#include "core/text.hpp"

namespace kedge::directory {
namespace {

constexpr std::string_view kFormula = "=+-@\t\r";
constexpr std::size_t kMostColumns = 200;

char delimiter_of(std::string_view text) {
  std::array<std::pair<char, int>, 3> counts{{{',', 0}, {';', 0}, {'\t', 0}}};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (auto& [sign, count] : counts)
      if (c == sign) ++count;
  }
  return std::ranges::max_element(counts, {}, &std::pair<char, int>::second)->first;
}

// What libcsv tells as it goes. It says carriage return and line feed one by one, so that empty lines can be counted.
struct Reading {
  Table table;
  Table::Row row{1, {}};
  bool began = false;         // a cell of this row was told
  bool after_return = false;  // the row before ended with a carriage return: a line feed now belongs to it
  bool wide = false;

  static void cell(void* bytes, std::size_t size, void* self) {
    auto& it = *static_cast<Reading*>(self);
    it.began = true;
    it.after_return = false;
    if (it.row.cells.size() >= kMostColumns) it.wide = true;
    else it.row.cells.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void end(int sign, void* self) {
    auto& it = *static_cast<Reading*>(self);
    if (!it.began && sign == '\n' && it.after_return) {
      it.after_return = false;
      return;
    }
    it.after_return = sign == '\r';
    it.began = false;
    const int next = it.row.number + 1;
    if (std::ranges::any_of(it.row.cells, [](const std::string& text) { return !text::trim(text).empty(); })) it.table.rows.push_back(std::move(it.row));
    it.row = {next, {}};
  }
};

Result<Table> read(std::string_view utf8, char delimiter) {
  csv_parser parser{};
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return fail(Fault::internal, "directory.bring.broken");
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser, csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  Reading reading;
  const bool whole = csv_parse(&parser, utf8.data(), utf8.size(), Reading::cell, Reading::end, &reading) == utf8.size();
  if (!whole || csv_fini(&parser, Reading::cell, Reading::end, &reading) != 0) {
    Error error{Fault::invalid, "directory.csv.quote", {}, {}, {}};
    error.arguments = {{"row", std::to_string(reading.row.number)}, {"column", std::to_string(reading.row.cells.size() + 1)}};
    return fail(std::move(error));
  }
  if (reading.wide) return fail(Fault::invalid, "directory.csv.wide");
  return std::move(reading.table);
}

std::string* field_of(Line& line, Column column) {
  switch (column) {
    case Column::organization: return &line.organization.name;
    case Column::alternate_name: return &line.organization.alternate_name;
    case Column::kind: return &line.organization.kind;
    case Column::website: return &line.organization.website;
    case Column::organization_email: return &line.organization.email;
    case Column::description: return &line.organization.description;
    case Column::name: return &line.contact.name;
    case Column::title: return &line.contact.title;
    case Column::department: return &line.contact.department;
    case Column::phone: return &line.contact.phone;
    case Column::email: return &line.contact.email;
    case Column::none:
    case Column::first_name:
    case Column::last_name: break;
  }
  return nullptr;
}

void note(std::vector<std::string>& aside, std::string_view what) {
  auto said = text::shorten(text::clean_line(what), 60);
  if (!said.empty() && std::ranges::find(aside, said) == aside.end()) aside.push_back(std::move(said));
}

// Where an address stands without a person it is the organization's own.
void settle(Line& line, const std::string& first_name, const std::string& last_name) {
  if (line.contact.name.empty()) line.contact.name = text::clean_line(first_name + " " + last_name);
  if (line.contact.name.empty() && line.organization.email.empty() && line.contact.phone.empty() && line.contact.title.empty())
    std::swap(line.organization.email, line.contact.email);
}

Line line_of(const Table::Row& row, const std::vector<Column>& columns, const KindOf& kind_of, std::vector<std::string>& aside) {
  Line line;
  line.row = row.number;
  std::string first_name, last_name;
  for (std::size_t at = 0; at < row.cells.size() && at < columns.size(); ++at) {
    const auto said = text::clean(unguarded(row.cells[at]));
    if (said.empty()) continue;
    auto* field = columns[at] == Column::first_name ? &first_name : columns[at] == Column::last_name ? &last_name : field_of(line, columns[at]);
    if (field == nullptr || !field->empty()) continue;  // of several phones the first is taken
    *field = columns[at] == Column::kind ? kind_of(said) : columns[at] == Column::description ? said : text::clean_line(said);
    if (field->empty()) note(aside, said);
  }
  const auto over = std::find_if(row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(row.cells.size(), columns.size())), row.cells.end(),
                                 [](const std::string& cell) { return !text::trim(cell).empty(); });
  if (over != row.cells.end()) line.wrong = "directory.csv.extra_cells";
  settle(line, first_name, last_name);
  return line;
}

void add_cell(std::string& out, std::string_view cell, bool first) {
  if (!first) out += ',';
  const bool quoted = cell.find_first_of(",;\t\"\r\n'") != std::string_view::npos || cell.starts_with(' ') || cell.ends_with(' ');
  if (!quoted) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void add_row(std::string& out, std::span<const std::string> cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) add_cell(out, cells[at], at == 0);
  out += "\r\n";
}

}  // namespace

std::string guarded(std::string_view cell) {
  const auto sign = cell.find_first_not_of('\'');
  const bool runs = sign != std::string_view::npos && kFormula.find(cell[sign]) != std::string_view::npos;
  return (runs ? "'" : "") + std::string(cell);
}

std::string unguarded(std::string_view cell) {
  if (!cell.starts_with('\'')) return std::string(cell);
  const auto rest = cell.substr(1);
  return std::string(guarded(rest).size() > rest.size() ? rest : cell);
}

std::string csv_row(std::span<const std::string> cells) {
  std::string out;
  add_row(out, cells);
  return out;
}

Result<Table> read_table(std::string_view utf8) {
  if (utf8.starts_with(kByteOrderMark)) utf8.remove_prefix(kByteOrderMark.size());
  // "sep=;" on a line of its own is Excel's way to say the sign between cells
  char delimiter = delimiter_of(utf8);
  int skipped = 0;
  if (utf8.starts_with("sep=") && utf8.size() > 5 && (utf8[5] == '\r' || utf8[5] == '\n')) {
    delimiter = utf8[4];
    skipped = 1;
  }
  TRY(auto table, read(utf8, delimiter));
  if (skipped > 0 && !table.rows.empty() && table.rows.front().number == 1) table.rows.erase(table.rows.begin());
  if (table.rows.empty()) return fail(Fault::invalid, "directory.bring.nothing");
  return table;
}

Brought lines_of(const Table& table, const std::vector<Column>& columns, const KindOf& kind_of) {
  Brought brought;
  const auto& headings = table.rows.front().cells;
  for (std::size_t at = 0; at < headings.size(); ++at) {
    if (at < columns.size() && columns[at] != Column::none) continue;
    const bool used = std::any_of(table.rows.begin() + 1, table.rows.end(), [&](const Table::Row& row) { return at < row.cells.size() && !text::trim(row.cells[at]).empty(); });
    if (used) note(brought.left_aside, headings[at]);
  }
  for (std::size_t at = 1; at < table.rows.size(); ++at) brought.lines.push_back(line_of(table.rows[at], columns, kind_of, brought.left_aside));
  return brought;
}

std::string write_csv(std::span<const Line> lines, std::span<const std::string> headings, const KindWords& kind_words) {
  std::string out(kByteOrderMark);
  add_row(out, headings);
  for (auto line : lines) {
    if (!line.organization.kind.empty()) line.organization.kind = kind_words(line.organization.kind);
    std::vector<std::string> cells;
    for (const auto column : kOwnColumns) cells.push_back(guarded(*field_of(line, column)));
    add_row(out, cells);
  }
  return out;
}

std::string carried(std::span<const Line> lines) {
  std::string out;
  for (auto line : lines) {
    std::vector<std::string> cells{std::to_string(line.row), line.mark.text(), line.wrong};
    for (const auto column : kOwnColumns) cells.push_back(*field_of(line, column));
    add_row(out, cells);
  }
  return out;
}

Result<std::vector<Line>> read_carried(std::string_view text) {
  const auto broken = [] { return fail(Fault::invalid, "directory.bring.broken"); };
  std::vector<Line> lines;
  if (text.size() > 2 * kMostTextBytes) return broken();
  const auto table = read(text, ',');
  if (!table || table->rows.size() > kMostLines) return broken();
  for (const auto& row : table->rows) {
    if (row.cells.size() != kOwnColumns.size() + 3) return broken();
    Line line;
    const auto& number = row.cells[0];
    if (std::from_chars(number.data(), number.data() + number.size(), line.row).ec != std::errc()) return broken();
    line.mark = Id::parse(row.cells[1]).value_or(Id());
    if (!row.cells[2].empty()) line.wrong = "directory.csv.extra_cells";  // the only one there is
    for (std::size_t at = 0; at < kOwnColumns.size(); ++at) *field_of(line, kOwnColumns[at]) = row.cells[at + 3];
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace kedge::directory
