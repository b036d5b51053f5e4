#include "postgres_session.hpp"

#include <endian.h>

#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "engine.hpp"
#include "sql.hpp"

namespace kedge::store {
namespace {

// pg_type.dat: object identifiers of built-in types never change.
enum Type : Oid { kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kFloat4 = 700, kFloat8 = 701, kBpchar = 1042, kVarchar = 1043 };

Oid type_of(Kind kind) {
  switch (kind) {
    case Kind::integer: return kInt8;
    case Kind::real: return kFloat8;
    case Kind::boolean: return kBool;
    case Kind::text: return kText;
    case Kind::bytes: return kBytea;
  }
  return kText;
}

bool fits(Kind kind, Oid type) {
  switch (kind) {
    case Kind::integer: return type == kInt8 || type == kInt4 || type == kInt2;
    case Kind::real: return type == kFloat8 || type == kFloat4;
    case Kind::boolean: return type == kBool;
    case Kind::text: return type == kText || type == kVarchar || type == kName || type == kBpchar;
    case Kind::bytes: return type == kBytea;
  }
  return false;
}

// The values of one statement as libpq wants them: binary, in network order.
class Bound {
 public:
  explicit Bound(std::span<const Value> values) : numbers_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) std::visit([&](const auto& value) { put(i, value); }, values[i]);
  }
  std::vector<const char*> data;
  std::vector<int> sizes;
  std::vector<int> formats;

 private:
  void put(std::size_t /*at*/, Null /*value*/) { add(nullptr, 0); }
  void put(std::size_t at, std::int64_t value) { add_number(at, static_cast<std::uint64_t>(value)); }
  void put(std::size_t at, double value) { add_number(at, std::bit_cast<std::uint64_t>(value)); }
  void put(std::size_t at, bool value) {
    numbers_[at] = 0;
    auto* bytes = reinterpret_cast<char*>(&numbers_[at]);
    bytes[0] = value ? 1 : 0;
    add(bytes, 1);
  }
  void put(std::size_t /*at*/, std::string_view value) { add(value.empty() ? "" : value.data(), value.size()); }
  void put(std::size_t /*at*/, BytesView value) { add(value.raw.empty() ? "" : value.raw.data(), value.raw.size()); }
  void add_number(std::size_t at, std::uint64_t value) {
    numbers_[at] = htobe64(value);
    add(reinterpret_cast<const char*>(&numbers_[at]), 8);
  }
  void add(const char* bytes, std::size_t size) {
    data.push_back(bytes);
    sizes.push_back(static_cast<int>(size));
    formats.push_back(1);
  }
  std::vector<std::uint64_t> numbers_;
};

class PgColumns final : public Columns {
 public:
  PgColumns(const PGresult* result, int row) : result_(result), row_(row) {}
  [[nodiscard]] bool null(int at) const override { return PQgetisnull(result_, row_, at) == 1; }
  [[nodiscard]] std::int64_t integer(int at) const override {
    const auto raw = whole(at);
    if (raw.size() == 8) return static_cast<std::int64_t>(number<std::uint64_t>(raw));
    if (raw.size() == 4) return static_cast<std::int32_t>(number<std::uint32_t>(raw));
    return raw.size() == 2 ? static_cast<std::int16_t>(number<std::uint16_t>(raw)) : 0;
  }
  [[nodiscard]] double real(int at) const override {
    const auto raw = whole(at);
    if (raw.size() == 8) return std::bit_cast<double>(number<std::uint64_t>(raw));
    return raw.size() == 4 ? static_cast<double>(std::bit_cast<float>(number<std::uint32_t>(raw))) : 0.0;
  }
  [[nodiscard]] bool boolean(int at) const override {
    const auto raw = whole(at);
    return !raw.empty() && raw[0] != 0;
  }
  [[nodiscard]] std::string_view text(int at) const override { return whole(at); }
  [[nodiscard]] std::string_view bytes(int at) const override { return whole(at); }
  [[nodiscard]] int broken() const { return broken_; }

 private:
  std::string_view whole(int at) const {
    if (null(at) && broken_ < 0) broken_ = at;
    return {PQgetvalue(result_, row_, at), static_cast<std::size_t>(PQgetlength(result_, row_, at))};
  }
  template <class Unsigned>
  static Unsigned number(std::string_view raw) {
    Unsigned value = 0;
    for (const char c : raw) value = static_cast<Unsigned>((value << 8) | static_cast<std::uint8_t>(c));
    return value;
  }
  const PGresult* result_;
  int row_;
  mutable int broken_ = -1;
};

bool good(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

struct Meaning {
  std::string_view state;  // a whole SQLSTATE or its class of two
  Fault fault;
  std::string_view key;
};
constexpr Meaning kMeanings[] = {
    {"23505", Fault::conflict, "store.duplicate"},  {"23503", Fault::conflict, "store.referenced"}, {"23", Fault::invalid, "store.refused"},
    {"22", Fault::invalid, "store.refused"},        {"40", Fault::conflict, "store.conflict"},      {"55P03", Fault::busy, "store.busy"},
    {"57014", Fault::timeout, "store.timeout"},     {"25006", Fault::internal, "store.read_only"},  {"42501", Fault::forbidden, "store.other_library"},
    {"53100", Fault::unavailable, "store.disk_full"}, {"53", Fault::unavailable, "store.unavailable"}, {"54", Fault::too_large, "store.too_large"},
    {"57", Fault::unavailable, "store.unavailable"}, {"08", Fault::unavailable, "store.unavailable"}, {"58", Fault::unavailable, "store.unavailable"},
};

}  // namespace

Result<std::unique_ptr<PostgresSession>> PostgresSession::open(const std::string& url, std::chrono::milliseconds statement_timeout) {
  const char* keywords[] = {"dbname", "connect_timeout", "client_encoding", "application_name", nullptr};
  const char* values[] = {url.c_str(), "5", "UTF8", "kedge", nullptr};
  auto* connection = PQconnectdbParams(keywords, values, 1);
  std::unique_ptr<PostgresSession> session(new PostgresSession(connection));
  if (PQstatus(connection) != CONNECTION_OK) return fail(Fault::unavailable, "store.unavailable", "PostgreSQL does not answer");
  PQsetNoticeProcessor(connection, [](void* /*none*/, const char* /*text*/) {}, nullptr);
  const auto limit = statement_timeout.count();
  TRY_DONE(session->execute(fmt::format("SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = 60000; SET jit = off",
                                        limit, std::max<std::int64_t>(1, limit * 8 / 10))));
  return session;
}

PostgresSession::~PostgresSession() { PQfinish(connection_); }

void PostgresSession::drain() {
  if (!draining_) return;
  draining_ = false;
  while (const PgResult rest{PQgetResult(connection_)}) {}
}

Error PostgresSession::note_failure(const PGresult* result, std::string_view what) {
  const char* state_text = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string state = state_text == nullptr ? "" : state_text;
  Error error{Fault::internal, "store.failed", fmt::format("{}: {}", what, state), {}, {}};
  // a lost connection has no SQLSTATE
  if (PQstatus(connection_) != CONNECTION_OK) {
    lost_ = true;
    error.fault = Fault::unavailable;
    error.key = "store.unavailable";
  }
  for (const auto& meaning : kMeanings) {
    if (state.empty() || !state.starts_with(meaning.state)) continue;
    error.fault = meaning.fault;
    error.key = meaning.key;
    break;
  }
  if (state == "0A000" || state == "26000") stale_ = true;
  if (state == "40001" || state == "40P01") again_ = true;
  // the words of class 42 (syntax, names) hold no values; those of others may
  if (state.starts_with("42")) error.detail += fmt::format(" {}", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
  else if (const char* name = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME)) error.detail += fmt::format(" {}", name);
  failure_ = error;
  return error;
}

Result<PgResult> PostgresSession::execute(const std::string& sql) {
  drain();
  PgResult result(PQexec(connection_, sql.c_str()));
  if (!good(result.get())) return fail(note_failure(result.get(), "execute"));
  return result;
}

Done PostgresSession::begin(const std::string& sql) {
  failure_.reset();
  stale_ = again_ = commit_sent_ = carries_key_ = touched_ = false;
  TRY_DONE(execute(sql));
  return {};
}

Done PostgresSession::commit() {
  commit_sent_ = true;
  const PgResult result(PQexec(connection_, touched_ ? "SELECT pg_notify('kedge_change', ''); COMMIT" : "COMMIT"));
  if (!good(result.get())) {
    commit_sent_ = PQstatus(connection_) != CONNECTION_OK;  // an answer, even a bad one, says that nothing was kept
    return fail(note_failure(result.get(), "commit"));
  }
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") return fail(Fault::internal, "store.failed", "COMMIT answered ROLLBACK");
  return {};
}

void PostgresSession::rollback() {
  if (lost_) return;
  const PgResult result(PQexec(connection_, "ROLLBACK"));
  if (PQstatus(connection_) != CONNECTION_OK) lost_ = true;
}

void PostgresSession::end_read() {
  draining_ = PQsendQuery(connection_, "COMMIT") == 1;
  if (!draining_) lost_ = true;
}

void PostgresSession::forget_statements() {
  prepared_.clear();
  (void)execute("DEALLOCATE ALL");
}

Result<std::int64_t> PostgresSession::run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) {
  if (failure_) return fail(*failure_);
  auto checked = check_values(statement, values);
  if (!checked) return fail(std::move(checked).error());
  drain();
  if (&statement == &kAnswer || &statement == &kAnswered) carries_key_ = true;
  if (&statement == &kTouch) touched_ = true;
  const auto name = statement.listed ? fmt::format("s{}", statement.number) : std::string();
  if (!statement.listed || !prepared_.contains(statement.number)) {
    auto text = query_text(Engine::postgresql, statement);
    if (!text) {
      failure_ = text.error();
      return fail(*failure_);
    }
    std::vector<Oid> types;
    for (const auto kind : statement.parameters) types.push_back(type_of(kind));
    const PgResult made(PQprepare(connection_, name.c_str(), text->c_str(), static_cast<int>(types.size()), types.data()));
    if (!good(made.get())) return fail(note_failure(made.get(), statement.name));
    if (statement.listed) prepared_.insert(statement.number);
  }
  const Bound bound(values);
  const int count = static_cast<int>(values.size());
  if (statement.row_wise) {
    if (PQsendQueryPrepared(connection_, name.c_str(), count, bound.data.data(), bound.sizes.data(), bound.formats.data(), 1) != 1)
      return fail(note_failure(nullptr, statement.name));
    return row_wise(statement, on_row);
  }
  const PgResult result(PQexecPrepared(connection_, name.c_str(), count, bound.data.data(), bound.sizes.data(), bound.formats.data(), 1));
  if (!good(result.get())) return fail(note_failure(result.get(), statement.name));
  return take_rows(statement, result.get(), on_row);
}

Result<std::int64_t> PostgresSession::take_rows(const Statement& statement, const PGresult* result, const OnRow& on_row) {
  const auto wrong = [&](std::string_view key, std::string detail) {
    failure_ = Error{Fault::internal, std::string(key), fmt::format("{}: {}", statement.name, detail), {}, {}};
    return tl::unexpected<Error>(*failure_);
  };
  const int width = PQnfields(result);
  if (!statement.columns.empty() && static_cast<std::size_t>(width) != statement.columns.size())
    return wrong("store.wrong_query", fmt::format("{} columns in the text, {} in its type", width, statement.columns.size()));
  for (std::size_t at = 0; at < statement.columns.size(); ++at)
    if (const auto type = PQftype(result, static_cast<int>(at)); !fits(statement.columns[at], type))
      return wrong("store.wrong_type", fmt::format("column {} has type {}", at + 1, type));
  const int rows = PQntuples(result);
  for (int row = 0; row < rows; ++row) {
    const PgColumns columns(result, row);
    auto taken = on_row(columns);
    if (columns.broken() >= 0) return wrong("store.wrong_type", fmt::format("column {} is null", columns.broken() + 1));
    if (!taken) return fail(std::move(taken).error());
  }
  const std::string_view changed = PQcmdTuples(const_cast<PGresult*>(result));
  std::int64_t count = 0;
  for (const char c : changed) count = count * 10 + (c - '0');
  return count;
}

Result<std::int64_t> PostgresSession::row_wise(const Statement& statement, const OnRow& on_row) {
  PQsetSingleRowMode(connection_);
  Result<std::int64_t> rows = 0;
  while (const PgResult result{PQgetResult(connection_)}) {
    if (!rows) continue;  // the rest of the rows, unread
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_SINGLE_TUPLE) {
      if (auto taken = take_rows(statement, result.get(), on_row); !taken) rows = fail(std::move(taken).error());
      else ++*rows;
    } else if (!good(result.get())) {
      rows = fail(note_failure(result.get(), statement.name));
    }
  }
  return rows;
}

Done PostgresSession::prepare(const Statement& statement) {
  TRY(const auto text, query_text(Engine::postgresql, statement));
  std::vector<Oid> types;
  for (const auto kind : statement.parameters) types.push_back(type_of(kind));
  const auto done = [&]() -> Done {
    const PgResult made(PQprepare(connection_, "", text.c_str(), static_cast<int>(types.size()), types.data()));
    if (!good(made.get())) return fail(note_failure(made.get(), statement.name));
    const PgResult described(PQdescribePrepared(connection_, ""));
    if (!good(described.get())) return fail(note_failure(described.get(), statement.name));
    const auto width = statement.columns.size();
    if (width > 0 && static_cast<std::size_t>(PQnfields(described.get())) != width)
      return fail(Fault::internal, "store.wrong_query", fmt::format("{}: {} columns, {} in its type", statement.name, PQnfields(described.get()), width));
    for (std::size_t at = 0; at < width; ++at)
      if (!fits(statement.columns[at], PQftype(described.get(), static_cast<int>(at))))
        return fail(Fault::internal, "store.wrong_query", fmt::format("{}: column {} has type {}", statement.name, at + 1, PQftype(described.get(), static_cast<int>(at))));
    return {};
  }();
  failure_.reset();
  return done;
}

}  // namespace kedge::store
