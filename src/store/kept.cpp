#include "store/kept.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "store/database.hpp"

namespace kedge::store {
namespace {

constexpr std::size_t kMostEntries = 64;  // of one kind, over all libraries

const Query<std::int64_t(Id)> kFeedVersion{"store.feed_version", "SELECT COALESCE(MAX(sequence), 0) FROM change WHERE library_id = :library"};

std::set<std::string_view>& kept_tables() {  // filled before main, read afterwards
  static std::set<std::string_view> tables;
  return tables;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// The next word at or after `at`, which then stands behind it; empty at the end. Quoted text is passed over.
std::string_view next_word(std::string_view sql, std::size_t& at) {
  while (at < sql.size() && !is_word(sql[at])) at = sql[at] == '\'' ? std::min(sql.find('\'', at + 1), sql.size() - 1) + 1 : at + 1;
  const auto begin = at;
  while (at < sql.size() && is_word(sql[at])) ++at;
  return sql.substr(begin, at - begin);
}

}  // namespace

std::string_view changed_table(std::string_view sql) {
  std::size_t at = 0;
  const auto verb = next_word(sql, at);
  if (verb == "UPDATE") return next_word(sql, at);
  if (verb != "INSERT" && verb != "DELETE") return {};
  next_word(sql, at);  // INTO, FROM
  return next_word(sql, at);
}

std::vector<std::string_view> read_tables(std::string_view sql) {
  std::vector<std::string_view> tables;
  for (std::size_t at = 0; at < sql.size();) {
    const auto word = next_word(sql, at);
    if (word != "FROM" && word != "JOIN") continue;
    const auto sign = sql.find_first_not_of(' ', at);
    if (sign != std::string_view::npos && sql[sign] != '(') tables.push_back(next_word(sql, at));
  }
  return tables;
}

KeptValues::KeptValues(std::initializer_list<std::string_view> tables) : tables_(tables) { kept_tables().insert(tables.begin(), tables.end()); }

Result<Shared<void>> KeptValues::value(Read& db, const Scope& scope, std::string_view key, const Load& load) {
  const Scope library{scope.library, Id(), {}};
  // a snapshot of another library may not see these rows at all: an empty list must not be kept for them
  if (db.origin_ == 0 || db.library_ != scope.library) return load(db, library);
  if (!db.feed_version_) {
    TRY(db.feed_version_, db.one(kFeedVersion, scope.library));
  }
  const auto version = *db.feed_version_;
  const auto place = fmt::format("{} {} {}", db.origin_, scope.library.text(), key);
  if (auto found = find(place, version)) return found;
  std::vector<const Statement*> statements;
  auto* const outer = std::exchange(db.statements_, &statements);
  auto loaded = load(db, library);
  db.statements_ = outer;
  if (outer != nullptr) outer->insert(outer->end(), statements.begin(), statements.end());
  if (!loaded) return loaded;
  for (const auto* statement : statements)
    for (const auto table : read_tables(statement->sql))
      if (table != "change" && std::ranges::find(tables_, table) == tables_.end())
        return fail(Fault::internal, "store.kept_reads_more", fmt::format("{} reads {}", statement->name, table));
  keep(place, version, *loaded);
  return loaded;
}

Shared<void> KeptValues::find(const std::string& place, std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(place);
  if (found == entries_.end() || found->second.version != version) return nullptr;
  found->second.used = ++uses_;
  return found->second.value;
}

void KeptValues::keep(const std::string& place, std::int64_t version, const Shared<void>& value) {
  const std::lock_guard lock(mutex_);
  auto& entry = entries_[place];
  if (entry.version > version) return;  // a later reading was faster
  entry = {version, ++uses_, value};
  if (entries_.size() <= kMostEntries) return;
  entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& one) { return one.second.used; }));
}

void Tx::note_change(const Statement& statement, std::int64_t rows) {
  if (rows == 0 || !untold_.empty()) return;
  if (kept_tables().contains(changed_table(statement.sql))) untold_ = statement.name;
}

// What concerns the installation (a library is founded) has no pages yet that could be kept.
Done Tx::told() const {
  if (untold_.empty() || touched_ || scope_.library.empty()) return {};
  return fail(Fault::internal, "store.untold", untold_);
}

}  // namespace kedge::store
