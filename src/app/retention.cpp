#include "app/retention.hpp"

#include <algorithm>
#include <map>

#include "app/library_file.hpp"
#include "app/wiring.hpp"
#include "store/foresight.hpp"

namespace kedge::app {
namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

struct Term {
  std::string_view term;  // of a migration
  std::string_view key;   // of the catalogues
};
constexpr Term kTerms[] = {
    {"as long as the library", "retention.with_library"},
    {"with the library", "retention.with_library"},
    {"with the library, none where voice is unnamed", "retention.with_library_named"},
    {"with the workbook", "retention.with_workbook"},
    {"with the action", "retention.with_action"},
    {"with the organization", "retention.with_organization"},
    {"with the contact", "retention.with_contact"},
    {"with the member", "retention.with_member"},
    {"with the library, or until the member asks on leaving", "retention.name"},
    {"until the member leaves", "retention.until_leaving"},
    {"until taken back or the member leaves and asks", "retention.until_taken_back"},
    {"as member_id, '' for the team", "retention.until_taken_back"},
    {"30 days after removal", "retention.removed"},
    {"a year after closing", "retention.year_after_closing"},
    {"until what it names is gone", "retention.until_gone"},
    {"14 days, or until used", "retention.invitation"},
    {"90 days", "retention.ninety_days"},
    {"one day", "retention.one_day"},
    {"a minute", "retention.minute"},
    {"two days, the newest of a library a year", "retention.feed"},
    {"until it ends, at most 30 days", "retention.session"},
    {"until it is done, a failed one 30 days", "retention.job"},
    {"until the list closes", "retention.until_closing"},
};

std::string_view key_of(std::string_view term) {
  const auto found = std::ranges::find(kTerms, term, &Term::term);
  return found == std::end(kTerms) ? std::string_view() : found->key;
}

// The most usual first: what the row itself does.
std::vector<std::string> terms_of(const store::SchemaTable& table) {
  std::vector<std::pair<std::string, int>> counted;
  for (const auto& column : table.columns) {
    const auto known = std::ranges::find(counted, column.retention, &std::pair<std::string, int>::first);
    if (known == counted.end()) counted.emplace_back(column.retention, 1);
    else ++known->second;
  }
  std::ranges::stable_sort(counted, std::ranges::greater(), &std::pair<std::string, int>::second);
  std::vector<std::string> terms;
  for (auto& [term, times] : counted) terms.push_back(std::move(term));
  return terms;
}

// Addresses on the thread that are let go may have been those of a private note: they are not counted, nor is anything that no
// file of the library holds.
bool counted(const store::SchemaTable& table, Goes goes) {
  const bool anonymous = std::ranges::any_of(table.columns, [](const store::SchemaColumn& column) { return column.privacy == "anonymous"; });
  return goes == Goes::along && !anonymous && table.name != "link";
}

// Rows that stay empty, because others name them, are changed and not removed.
bool emptied(std::string_view table) { return table == "organization" || table == "contact"; }

}  // namespace

Result<std::vector<Kept>> retention(store::Database& db, const store::Scope& scope, std::int64_t now_ms) {
  std::vector<Kept> all;
  for (const auto& one : leaving()) all.push_back({one.table->name, terms_of(*one.table), counted(*one.table, one.goes), {}});
  for (const auto& name : staying()) all.push_back({name, terms_of(*schema().find(name)), false, {}});
  for (std::size_t at = 0; at < kForeseenDays.size(); ++at) {
    TRY(const auto touched, store::foresee(db, scope, now_ms + kForeseenDays[at] * kDay_ms, [&](store::Tx& tx) -> Done {
      for (const auto& slice : slices())
        if (slice.sweep != nullptr) TRY_DONE(slice.sweep(tx, scope));
      return {};
    }));
    for (auto& kept : all) {
      const auto found = touched.find(kept.table);
      if (kept.counted && found != touched.end()) kept.going[at] = found->second.removed + (emptied(kept.table) ? found->second.changed : 0);
    }
  }
  return all;
}

std::string term_words(const locale::Words& words, std::string_view term) { return std::string(words.plain(locale::Message(key_of(term)))); }
bool knows_term(std::string_view term) { return !key_of(term).empty(); }

}  // namespace kedge::app
