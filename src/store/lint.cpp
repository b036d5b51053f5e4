#include "store/lint.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sql.hpp"
#include "store/schema.hpp"

namespace kedge::store {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Words and signs in capitals; a quoted text is one token 'TEXT'.
std::vector<std::string> tokens_of(std::string_view sql) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == ' ') { ++i; continue; }
    std::size_t end = i + 1;
    if (sql[i] == '\'') {
      end = std::min(sql.find('\'', end), sql.size() - 1) + 1;
      tokens.emplace_back("'TEXT'");
    } else {
      if (is_word(sql[i])) while (end < sql.size() && is_word(sql[end])) ++end;
      else if (sql.substr(i, 2) == "::" || sql.substr(i, 2) == "->") ++end;
      std::string token(sql.substr(i, end - i));
      for (auto& c : token) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      tokens.push_back(std::move(token));
    }
    i = end;
  }
  return tokens;
}

struct Refused {
  std::string_view word;
  std::string_view instead;
};
constexpr Refused kWords[] = {
    {"::", "write CAST(x AS ...)"},
    {"->", "no JSON in SQL"},
    {"\"", "no double quotes: SQLite may read them as text"},
    {"LOWER", "fold with text::fold and keep the folded text"},
    {"UPPER", "fold with text::fold and keep the folded text"},
    {"ILIKE", "PostgreSQL alone"},
    {"GLOB", "SQLite alone"},
    {"GREATEST", "write CASE"},
    {"LEAST", "write CASE"},
    {"STRING_AGG", "join in the program"},
    {"GROUP_CONCAT", "join in the program"},
    {"NOW", "give the time as a parameter"},
    {"CURRENT_TIMESTAMP", "give the time as a parameter"},
    {"CURRENT_DATE", "give the date as a parameter"},
    {"DATETIME", "give the time as a parameter"},
    {"STRFTIME", "give the time as a parameter"},
    {"RANDOM", "differs between the engines"},
    {"IFNULL", "write COALESCE"},
    {"IIF", "write CASE"},
    {"TOTAL", "SQLite alone"},
    {"AUTOINCREMENT", "write $sequence"},
    {"SERIAL", "write $sequence"},
    {"ROWID", "SQLite alone"},
    {"CTID", "PostgreSQL alone"},
    {"PRAGMA", "SQLite alone"},
};
constexpr std::array<std::string_view, 9> kTypeWords{"INTEGER", "BIGINT", "BLOB", "BYTEA", "BOOLEAN", "DOUBLE", "VARCHAR", "TIMESTAMP", "JSONB"};

class Linter {
 public:
  explicit Linter(std::string_view sql) : tokens_(tokens_of(condensed(sql))) {}

  std::vector<std::string> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      for (const auto& refused : kWords)
        if (tokens_[i] == refused.word && !is_column(i)) complain(tokens_[i], refused.instead);
      if (tokens_[i].starts_with("JSON") && next(i) == "(") complain(tokens_[i], "no JSON in SQL");
      if (tokens_[i] == "SELECT" && next(i) == "*") complain("SELECT *", "name the columns");
      if (tokens_[i] == "." && next(i) == "*") complain("SELECT *", "name the columns");
      if ((tokens_[i] == "MAX" || tokens_[i] == "MIN") && next(i) == "(" && has_comma(i + 1)) complain(tokens_[i] + "(a, b)", "write CASE");
      if (tokens_[i] == "LIKE" && (i == 0 || !tokens_[i - 1].ends_with("_FOLDED"))) complain("LIKE", "only on a column named ..._folded");
      if (tokens_[i] == "OR" && i > 0 && (tokens_[i - 1] == "INSERT" || tokens_[i - 1] == "UPDATE")) complain("INSERT OR", "write ON CONFLICT");
      if (tokens_[i] == "REPLACE" && next(i) == "INTO") complain("REPLACE INTO", "write ON CONFLICT");
      if (tokens_[i] == "ADD" && next(i) == "CONSTRAINT") complain("ADD CONSTRAINT", "make a new table");
      if (tokens_[i] == "ALTER" && next(i) == "COLUMN") complain("ALTER COLUMN", "make a new table");
      if (tokens_[i] == "AS" && next(i) == "(" && writes(i + 2)) complain("WITH ... AS (write)", "PostgreSQL alone");
      if (tokens_[i] == "/" && next(i) == "0") complain("x/0", "an error on one engine, null on the other");
      if (tokens_[i] == "SUM" && next(i) == "(" && (word(i + 2) == "CASE" ? false : is_comparison(i + 1))) complain("SUM(condition)", "COUNT(*) FILTER (WHERE ...)");
    }
    types();
    return std::move(said_);
  }

 private:
  [[nodiscard]] std::string word(std::size_t at) const { return at < tokens_.size() ? tokens_[at] : std::string(); }
  [[nodiscard]] std::string next(std::size_t at) const { return word(at + 1); }
  void complain(std::string_view what, std::string_view instead) { said_.push_back(std::string(what) + ": " + std::string(instead)); }

  // A function's name may also be a column's or a parameter's.
  [[nodiscard]] bool is_column(std::size_t at) const {
    if (at > 0 && (tokens_[at - 1] == ":" || tokens_[at - 1] == "." || tokens_[at - 1] == "AS" || tokens_[at - 1] == "$")) return true;
    return is_word(tokens_[at][0]) && next(at) != "(" && !tokens_[at].starts_with("CURRENT_") && tokens_[at] != "ILIKE" && tokens_[at] != "GLOB" &&
           tokens_[at] != "AUTOINCREMENT" && tokens_[at] != "SERIAL" && tokens_[at] != "PRAGMA" && tokens_[at] != "ROWID" && tokens_[at] != "CTID";
  }
  [[nodiscard]] bool has_comma(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (tokens_[i] == "(") ++depth;
      if (tokens_[i] == ")" && --depth == 0) return false;
      if (tokens_[i] == "," && depth == 1) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_comparison(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (tokens_[i] == "(") ++depth;
      if (tokens_[i] == ")" && --depth == 0) return false;
      if (depth == 1 && (tokens_[i] == "=" || tokens_[i] == "<" || tokens_[i] == ">" || tokens_[i] == "NOT")) return true;
    }
    return false;
  }
  [[nodiscard]] bool writes(std::size_t at) const { return word(at) == "INSERT" || word(at) == "UPDATE" || word(at) == "DELETE"; }

  // An engine's own type words in place of ours; CAST has the standard's.
  void types() {
    const bool makes = std::find(tokens_.begin(), tokens_.end(), "CREATE") != tokens_.end() || std::find(tokens_.begin(), tokens_.end(), "ALTER") != tokens_.end();
    for (std::size_t i = 1; makes && i < tokens_.size(); ++i)
      if (std::find(kTypeWords.begin(), kTypeWords.end(), tokens_[i]) != kTypeWords.end() && tokens_[i - 1] != "$" && tokens_[i - 1] != "AS")
        complain(tokens_[i], "use our type words");
  }

  std::vector<std::string> tokens_;
  std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> lint_sql(std::string_view sql) { return Linter(sql).run(); }

std::vector<std::string> lint_all(std::span<const Migration> migrations) {
  std::vector<std::string> all;
  const auto add = [&](std::string_view name, std::string_view sql) {
    for (const auto& what : lint_sql(sql)) all.push_back(std::string(name) + ": " + what);
  };
  for (const auto& migration : migrations) add(std::string(migration.module) + "/" + std::string(migration.name), migration.text);
  for (const auto* statement = all_statements(); statement != nullptr; statement = statement->next)
    if (!statement->name.starts_with("test.")) add(statement->name, statement->sql);
  return all;
}

std::vector<std::string> queries_across_libraries(std::span<const Migration> migrations) {
  Schema schema;
  for (const auto& migration : with_own(migrations)) read_migration(schema, migration.text);
  std::vector<std::string> names;
  for (const auto* statement = all_statements(); statement != nullptr; statement = statement->next) {
    if (statement->name.starts_with("test.") || names_library(statement->sql)) continue;
    const auto tokens = tokens_of(condensed(statement->sql));
    const bool touches = std::any_of(schema.tables.begin(), schema.tables.end(), [&](const SchemaTable& table) {
      std::string name = table.name;
      for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      for (std::size_t i = 1; table.scoped && i < tokens.size(); ++i)
        if (tokens[i] == name && (tokens[i - 1] == "FROM" || tokens[i - 1] == "JOIN" || tokens[i - 1] == "INTO" || tokens[i - 1] == "UPDATE" || tokens[i - 1] == ",")) return true;
      return false;
    });
    if (touches) names.emplace_back(statement->name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace kedge::store
