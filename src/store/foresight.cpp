#include "store/foresight.hpp"

#include "rows.hpp"
#include "store/kept.hpp"

namespace kedge::store {
namespace {

// An error ends the transaction without a trace; it is told from one of the work by its having come to its end.
Done undone(Database& database, const Scope& scope, const std::function<Done(Tx&)>& work) {
  bool ended = false;
  auto done = database.write(scope, [&](Tx& tx) -> Done {
    ended = false;
    TRY_DONE(work(tx));
    ended = true;
    return fail(Fault::internal, {}, "foreseen");
  });
  if (ended) return {};
  return done;
}

// Notes what passes through to the session.
class Noting : public Session {
 public:
  explicit Noting(Session& inner) : inner_(inner) {}
  Result<std::int64_t> run(const Statement& statement, std::span<const Value> values, const OnRow& on_row) override {
    auto rows = inner_.run(statement, values, on_row);
    if (!rows || *rows == 0) return rows;
    const auto table = std::string(changed_table(statement.sql));
    if (statement.sql.starts_with("DELETE")) touched[table].removed += *rows;
    if (statement.sql.starts_with("UPDATE")) touched[table].changed += *rows;
    return rows;
  }

  std::map<std::string, Touched> touched;

 private:
  Session& inner_;
};

}  // namespace

Result<std::map<std::string, Touched>> foresee(Database& database, const Scope& scope, std::int64_t at_ms, const std::function<Done(Tx&)>& work) {
  std::map<std::string, Touched> touched;
  TRY_DONE(undone(database, scope, [&](Tx& tx) -> Done {
    Noting noting(RawSession::of(tx));
    Tx then(noting, at_ms, scope);
    TRY_DONE(work(then));
    touched = std::move(noting.touched);
    return {};
  }));
  return touched;
}

Done rehearse(Database& database, const Scope& scope, const std::function<Done(Tx&)>& work) { return undone(database, scope, work); }

}  // namespace kedge::store
