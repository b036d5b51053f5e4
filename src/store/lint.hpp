// store: what our SQL may not say, because the two engines read it differently. For a test of the whole program.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace kedge::store {

// What is wrong with one text: "LIKE: fold both sides and name the column ..._folded". Empty: nothing.
[[nodiscard]] std::vector<std::string> lint_sql(std::string_view sql);
// Over these migrations and every registered query: "name: what". Queries named "test..." are left out.
[[nodiscard]] std::vector<std::string> lint_all(std::span<const Migration> migrations);
// Names of queries that read or change a library's table without `:library`: a test lists them all, sorted.
[[nodiscard]] std::vector<std::string> queries_across_libraries(std::span<const Migration> migrations);

}  // namespace kedge::store
