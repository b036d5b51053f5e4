#include "store/query.hpp"

#include <mutex>

namespace kedge::store {
namespace {

// Queries are made before main by many files: what they need must exist without a constructor of its own.
constinit const Statement* first_statement = nullptr;
constinit std::uint64_t last_number = 0;
constinit std::mutex registry;

}  // namespace

Statement::Statement(std::string_view the_name, std::string_view the_sql, std::vector<Kind> in, std::vector<Kind> out)
    : name(the_name), sql(the_sql), parameters(std::move(in)), columns(std::move(out)) {
  const std::lock_guard lock(registry);
  number = ++last_number;
  next = first_statement;
  first_statement = this;
}

Statement::Statement(Passing /*tag*/, std::string_view the_name, std::string_view the_sql, std::vector<Kind> in, std::vector<Kind> out)
    : name(the_name), sql(the_sql), parameters(std::move(in)), columns(std::move(out)), listed(false) {}

Statement::~Statement() {
  if (!listed) return;
  const std::lock_guard lock(registry);
  if (first_statement == this) {
    first_statement = next;
    return;
  }
  for (auto* other = first_statement; other != nullptr; other = other->next)
    if (other->next == this) {
      other->next = next;
      return;
    }
}

const Statement* all_statements() { return first_statement; }

}  // namespace kedge::store
