#include "schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace kedge::store {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

std::string upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

// Words and single signs, in order.
std::vector<std::string> tokens_of(std::string_view code) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < code.size();) {
    if (std::isspace(static_cast<unsigned char>(code[i])) != 0) { ++i; continue; }
    std::size_t end = i + 1;
    if (is_word(code[i])) while (end < code.size() && is_word(code[end])) ++end;
    if (code[i] == '\'') while (end < code.size() && code[end++] != '\'') {}
    tokens.emplace_back(code.substr(i, end - i));
    i = end;
  }
  return tokens;
}

struct Line {
  std::string_view code;
  std::string_view comment;
};

Line split(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'') quoted = !quoted;
    if (!quoted && line.substr(i, 2) == "--") return {trim(line.substr(0, i)), trim(line.substr(i + 2))};
  }
  return {trim(line), {}};
}

class Reader {
 public:
  explicit Reader(Schema& schema) : schema_(schema) {}

  std::vector<SchemaProblem> read(std::string_view text) {
    while (!text.empty()) {
      ++line_;
      const auto end = std::min(text.find('\n'), text.size());
      take(split(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (depth_ > 0) problem("the table is not closed");
    for (const auto& name : made_) check(name);
    return std::move(problems_);
  }

 private:
  void problem(std::string what) { problems_.push_back({line_, std::move(what)}); }

  void take(const Line& line) {
    if (depth_ == 0) outside(line);
    else inside(line);
  }

  void outside(const Line& line) {
    if (line.code.empty()) {
      notes_ += std::string(line.comment) + '\n';
      if (line.comment.empty()) notes_.clear();
      return;
    }
    const auto words = tokens_of(line.code);
    const auto first = upper(words[0]);
    if (first == "CREATE" && words.size() > 2 && upper(words[1]) == "TABLE") return create(line, words);
    if (first == "ALTER" && words.size() > 4) alter(line, words);
    if (first == "DROP" && words.size() > 2 && upper(words[1]) == "TABLE") std::erase_if(schema_.tables, [&](const SchemaTable& t) { return t.name == words[2]; });
    if (first == "$SCOPED" && words.size() > 2) {
      if (auto* table = schema_.find(words[2])) table->scoped = true;
      else problem("$scoped of a table that is not there: " + words[2]);
    }
    notes_.clear();
  }

  void create(const Line& line, const std::vector<std::string>& words) {
    SchemaTable table;
    table.name = words[2];
    table.line = line_;
    table.backed_up = (notes_ + std::string(line.comment)).find("backup: no") == std::string::npos;
    if (schema_.find(table.name) != nullptr) problem("table " + table.name + " is made twice");
    if (words.size() != 4 || words[3] != "(") problem("write CREATE TABLE name ( on one line, then one column a line");
    schema_.tables.push_back(std::move(table));
    made_.push_back(words[2]);
    depth_ = 1;
    item_starts_ = true;
    in_column_ = false;
    notes_.clear();
  }

  void inside(const Line& line) {
    auto& table = schema_.tables.back();
    if (!line.code.empty() && line.code.front() == ')' && depth_ == 1) {
      depth_ = 0;
      return;
    }
    const auto words = tokens_of(line.code);
    if (item_starts_ && !words.empty()) start_item(table, words);
    bool more = false;
    for (const auto& word : words) {
      if (more && in_column_) problem("write one column a line");
      more = false;
      if (word == "(") ++depth_;
      if (word == ")") --depth_;
      if (word == "," && depth_ == 1) more = true;
    }
    references(table, words);
    if (!words.empty()) item_starts_ = more;
    if (in_column_ && !line.comment.empty()) read_class(table.columns.back(), line.comment);
  }

  void start_item(SchemaTable& table, const std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 5> kConstraints{"PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT"};
    in_column_ = std::find(kConstraints.begin(), kConstraints.end(), upper(words[0])) == kConstraints.end();
    if (in_column_) add_column(table, words, 0);
  }

  void add_column(SchemaTable& table, const std::vector<std::string>& words, std::size_t at) {
    SchemaColumn column;
    column.name = words[at];
    column.line = line_;
    if (words.size() > at + 1 && words[at + 1].front() == '$') column.type = words[at + 1].substr(1);
    else problem("column " + column.name + " needs one of our type words ($text, $int64, ...)");
    table.columns.push_back(std::move(column));
  }

  void references(SchemaTable& table, const std::vector<std::string>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (upper(words[i]) == "FOREIGN") {
        pending_.clear();
        for (std::size_t k = i + 3; k < words.size() && words[k] != ")"; ++k)
          if (words[k] != ",") pending_.push_back(words[k]);
      }
      if (upper(words[i]) != "REFERENCES") continue;
      table.references.push_back({in_column_ ? std::vector<std::string>{table.columns.back().name} : pending_, words[i + 1]});
    }
  }

  void read_class(SchemaColumn& column, std::string_view comment) {
    const auto value = [&](std::string_view key) {
      const auto at = comment.find(key);
      if (at == std::string_view::npos) return std::string();
      const auto rest = comment.substr(at + key.size());
      return std::string(trim(rest.substr(0, std::min(rest.find(';'), rest.size()))));
    };
    if (const auto found = value("class:"); !found.empty()) column.privacy = found;
    if (const auto found = value("retention:"); !found.empty()) column.retention = found;
  }

  void alter(const Line& line, const std::vector<std::string>& words) {
    auto* table = schema_.find(words[2]);
    if (table == nullptr) return problem("ALTER TABLE of a table that is not there: " + words[2]);
    const auto what = upper(words[3]) + " " + upper(words[4]);
    const auto column = [&](const std::string& name) {
      return std::find_if(table->columns.begin(), table->columns.end(), [&](const SchemaColumn& c) { return c.name == name; });
    };
    if (what == "ADD COLUMN" && words.size() > 6) {
      add_column(*table, words, 5);
      read_class(table->columns.back(), line.comment);
      references(*table, {});
      made_.push_back(table->name);
    } else if (what == "DROP COLUMN" && words.size() > 5) {
      if (const auto found = column(words[5]); found != table->columns.end()) table->columns.erase(found);
    } else if (what == "RENAME COLUMN" && words.size() > 7) {
      if (const auto found = column(words[5]); found != table->columns.end()) found->name = words[7];
    } else if (what == "RENAME TO" && words.size() > 5) {
      table->name = words[5];
    } else {
      problem("ALTER TABLE knows ADD COLUMN, DROP COLUMN, RENAME COLUMN and RENAME TO");
    }
  }

  void check(const std::string& name) {
    static constexpr std::array<std::string_view, 5> kClasses{"public", "library", "personal", "sealed", "anonymous"};
    static constexpr std::array<std::string_view, 8> kTypes{"int64", "time", "real", "bool", "text", "id", "date", "bytes"};
    const auto* table = schema_.find(name);
    if (table == nullptr) return;
    bool of_library = false;
    for (const auto& column : table->columns) {
      of_library = of_library || column.name == "library_id";
      const auto wrong = [&](const std::string& what) { problems_.push_back({column.line, table->name + "." + column.name + ": " + what}); };
      if (std::find(kTypes.begin(), kTypes.end(), column.type) == kTypes.end() && column.type != "sequence") wrong("unknown type word $" + column.type);
      if (std::find(kClasses.begin(), kClasses.end(), column.privacy) == kClasses.end())
        wrong("needs '-- class: public|library|personal|sealed|anonymous; retention: <words>'");
      else if (column.retention.empty()) wrong("needs 'retention: <words>' after its class");
    }
    if (of_library && !table->scoped) problems_.push_back({table->line, table->name + " has library_id: write $scoped(" + table->name + "); after it"});
  }

  Schema& schema_;
  std::vector<SchemaProblem> problems_;
  std::vector<std::string> made_;
  std::vector<std::string> pending_;
  std::string notes_;
  int line_ = 0;
  int depth_ = 0;
  bool item_starts_ = false;
  bool in_column_ = false;
};

}  // namespace

SchemaTable* Schema::find(std::string_view name) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const SchemaTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}
const SchemaTable* Schema::find(std::string_view name) const { return const_cast<Schema*>(this)->find(name); }

std::vector<SchemaProblem> read_migration(Schema& schema, std::string_view text) { return Reader(schema).read(text); }

}  // namespace kedge::store
