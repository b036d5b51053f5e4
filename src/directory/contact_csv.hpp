// directory: tables of contacts (CSV, RFC 4180), as spreadsheets and address books write and read them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.hpp"
#include "directory/lines.hpp"

namespace kedge::directory {

// What a column holds. `first_name` and `last_name` make a name where no column has it whole.
enum class Column : std::uint8_t {
  none, organization, alternate_name, kind, website, organization_email, description, name, first_name, last_name, title, department, phone, email
};

// The columns of our own tables, in their order.
inline constexpr std::array kOwnColumns{Column::organization, Column::name, Column::title, Column::department, Column::phone, Column::email,
                                        Column::kind, Column::alternate_name, Column::website, Column::organization_email, Column::description};

struct Table {
  struct Row {
    int number = 0;  // as a spreadsheet counts: the first is 1, and empty ones count
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;  // without empty ones; the first holds the headings
};

// Comma, semicolon or tab, by the first line. Errors: invalid "directory.csv.quote" with "row" and "column" (a quotation mark
// that stands alone or is never closed), "directory.csv.wide", "directory.bring.nothing".
[[nodiscard]] Result<Table> read_table(std::string_view utf8);

// What the headings mean, in English or Spanish, as address books write them and as we do; Column::none where nobody knows.
[[nodiscard]] std::vector<Column> recognized(const std::vector<std::string>& headings);
// Whether it is a heading of an address book for which there is no place here, so that nobody needs to be asked.
[[nodiscard]] bool has_no_place(std::string_view heading);

// The code of a kind in somebody's words; empty: unknown.
using KindOf = std::function<std::string(std::string_view words)>;
[[nodiscard]] Brought lines_of(const Table& table, const std::vector<Column>& columns, const KindOf& kind_of);

// A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a return) gets an apostrophe in front, and so
// does one that begins with apostrophes and then such a sign; `unguarded` takes exactly that one away again.
[[nodiscard]] std::string guarded(std::string_view cell);
[[nodiscard]] std::string unguarded(std::string_view cell);

// One line of a table with its end; the cells as they are.
[[nodiscard]] std::string csv_row(std::span<const std::string> cells);
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// With a byte order mark, by which Excel knows UTF-8; lines end with CR LF. `headings`: of kOwnColumns. An organization without
// contacts has a line of its own. `kind_words` says a code.
using KindWords = std::function<std::string(const std::string& code)>;
[[nodiscard]] std::string write_csv(std::span<const Line> lines, std::span<const std::string> headings, const KindWords& kind_words);
// For a hidden field between two pages: the same with each line's number and mark, read again by read_carried.
[[nodiscard]] std::string carried(std::span<const Line> lines);
// Errors: invalid "directory.bring.broken".
[[nodiscard]] Result<std::vector<Line>> read_carried(std::string_view text);

}  // namespace kedge::directory

template <>
struct kedge::Codes<kedge::directory::Column> {
  static constexpr std::array<std::string_view, 14> names{"none", "organization", "alternate_name", "kind", "website", "organization_email", "description", "name",
                                                          "first_name", "last_name", "title", "department", "phone", "email"};
};
