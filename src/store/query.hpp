// store: named, typed queries and the values that go in and come out.
//
//   const store::Query<FindingRow(Id, Id)> kFinding{"lineage.finding",
//       "SELECT id, theme, statement, state, opened_ms FROM finding WHERE library_id = :library AND id = :id"};
//   db.one(kFinding, scope.library, id)
//
// A row is a scalar (Id, std::string, std::int64_t, double, bool, Bytes, Date, a coded enum, std::optional of one) or an
// aggregate of such, in the order of the columns. Parameters are named; `:library` is always the first argument, the
// others follow by first use. Queries register themselves by name: a test prepares every one on both engines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/pfr.hpp>

#include "core/clock.hpp"
#include "core/codes.hpp"
#include "core/id.hpp"
#include "core/result.hpp"

namespace kedge::store {

struct Bytes {
  std::string raw;
  bool operator==(const Bytes&) const = default;
};
struct BytesView {
  std::string_view raw;
};

enum class Kind : std::uint8_t { integer, real, boolean, text, bytes };
// A null carries the kind of its column, for PostgreSQL's type of the parameter.
struct Null {
  Kind kind = Kind::text;
};
using Value = std::variant<Null, std::int64_t, double, bool, std::string_view, BytesView>;

// The columns of one result row, valid until the next. Positions are from 0.
class Columns {
 public:
  virtual ~Columns() = default;
  [[nodiscard]] virtual bool null(int at) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int at) const = 0;
  [[nodiscard]] virtual double real(int at) const = 0;
  [[nodiscard]] virtual bool boolean(int at) const = 0;
  [[nodiscard]] virtual std::string_view text(int at) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int at) const = 0;
};

// How one C++ type stands in a column.
template <class T>
struct Codec;
template <>
struct Codec<std::int64_t> {
  static constexpr Kind kind = Kind::integer;
  static Value in(std::int64_t value) { return value; }
  static Result<std::int64_t> out(const Columns& row, int at) { return row.integer(at); }
};
template <>
struct Codec<double> {
  static constexpr Kind kind = Kind::real;
  static Value in(double value) { return value; }
  static Result<double> out(const Columns& row, int at) { return row.real(at); }
};
template <>
struct Codec<bool> {
  static constexpr Kind kind = Kind::boolean;
  static Value in(bool value) { return value; }
  static Result<bool> out(const Columns& row, int at) { return row.boolean(at); }
};
template <>
struct Codec<std::string> {
  static constexpr Kind kind = Kind::text;
  static Value in(const std::string& value) { return std::string_view(value); }
  static Result<std::string> out(const Columns& row, int at) { return std::string(row.text(at)); }
};
template <>
struct Codec<Bytes> {
  static constexpr Kind kind = Kind::bytes;
  static Value in(const Bytes& value) { return BytesView{value.raw}; }
  static Result<Bytes> out(const Columns& row, int at) { return Bytes{std::string(row.bytes(at))}; }
};
// An empty Id or Date is NULL.
template <>
struct Codec<Id> {
  static constexpr Kind kind = Kind::text;
  static Value in(const Id& id) { return id.empty() ? Value(Null{kind}) : Value(std::string_view(id.text())); }
  static Result<Id> out(const Columns& row, int at) {
    if (row.null(at)) return Id();
    const auto id = Id::parse(row.text(at));
    if (!id) return fail(Fault::internal, "store.broken_row", "not an id");
    return *id;
  }
};
template <>
struct Codec<Date> {
  static constexpr Kind kind = Kind::text;
  static Value in(const Date& date) { return date.empty() ? Value(Null{kind}) : Value(std::string_view(date.text())); }
  static Result<Date> out(const Columns& row, int at) {
    if (row.null(at)) return Date();
    const auto date = Date::parse(row.text(at));
    if (!date) return fail(Fault::internal, "store.broken_row", "not a date");
    return *date;
  }
};
template <Coded E>
struct Codec<E> {
  static constexpr Kind kind = Kind::text;
  static Value in(E value) { return code_of(value); }
  static Result<E> out(const Columns& row, int at) {
    const auto value = from_code<E>(row.text(at));
    if (!value) return fail(Fault::internal, "store.broken_row", "unknown code");
    return *value;
  }
};
template <class T>
struct Codec<std::optional<T>> {
  static constexpr Kind kind = Codec<T>::kind;
  static Value in(const std::optional<T>& value) { return value ? Codec<T>::in(*value) : Value(Null{kind}); }
  static Result<std::optional<T>> out(const Columns& row, int at) {
    if (row.null(at)) return std::optional<T>();
    TRY(auto value, Codec<T>::out(row, at));
    return std::optional<T>(std::move(value));
  }
};

template <class T>
concept Scalar = requires { Codec<T>::kind; };

template <class Row>
constexpr int width() {
  if constexpr (std::is_void_v<Row>) return 0;
  else if constexpr (Scalar<Row>) return 1;
  else return static_cast<int>(boost::pfr::tuple_size_v<Row>);
}

template <class Row>
std::vector<Kind> kinds() {
  if constexpr (std::is_void_v<Row>) {
    return {};
  } else if constexpr (Scalar<Row>) {
    return {Codec<Row>::kind};
  } else {
    return []<std::size_t... at>(std::index_sequence<at...>) {
      return std::vector<Kind>{Codec<boost::pfr::tuple_element_t<at, Row>>::kind...};
    }(std::make_index_sequence<boost::pfr::tuple_size_v<Row>>());
  }
}

template <class Row>
Result<Row> decode(const Columns& columns) {
  if constexpr (Scalar<Row>) {
    return Codec<Row>::out(columns, 0);
  } else {
    Row row{};
    std::optional<Error> broken;
    boost::pfr::for_each_field(row, [&](auto& field, std::size_t at) {
      if (broken) return;
      auto value = Codec<std::remove_cvref_t<decltype(field)>>::out(columns, static_cast<int>(at));
      if (value) field = *std::move(value);
      else broken = std::move(value).error();
    });
    if (broken) return fail(*std::move(broken));
    return row;
  }
}

// What both engines need to know of a query, whatever its types.
struct Statement {
  std::string_view name;
  std::string_view sql;
  std::vector<Kind> parameters;
  std::vector<Kind> columns;
  std::uint64_t number = 0;         // its own, never given again: prepared statements are kept under it
  mutable const Statement* next = nullptr;  // all queries of the program, for the test that prepares them
  bool listed = true;               // false: made at run time, neither registered nor kept prepared
  bool row_wise = false;            // read one row at a time and without a time limit: for copying whole tables

  Statement(std::string_view the_name, std::string_view the_sql, std::vector<Kind> in, std::vector<Kind> out);
  struct Passing {};
  Statement(Passing, std::string_view the_name, std::string_view the_sql, std::vector<Kind> in, std::vector<Kind> out);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
};
// The first of all queries of this program; follow `next`.
[[nodiscard]] const Statement* all_statements();

template <class Signature>
struct Query;
template <class Row, class... Arguments>
struct Query<Row(Arguments...)> : Statement {
  Query(std::string_view the_name, std::string_view the_sql) : Statement(the_name, the_sql, {Codec<Arguments>::kind...}, kinds<Row>()) {}
};

}  // namespace kedge::store
