#include "guide/workbook.hpp"

#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>

#include "core/log.hpp"
#include "core/paths.hpp"
#include "core/text.hpp"
#include "guide/definition_reader.hpp"
#include "guide/guide_edit.hpp"
#include "guide/workbook_store.hpp"

namespace kedge::guide {
namespace {

using Shelf = std::map<std::string, std::shared_ptr<const Guide>, std::less<>>;

Shelf read_shelf() {
  Shelf shelf;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(share_folder() / "content" / "guides", error)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    auto guide = parse_guide(text.str(), entry.path().filename().string());
    if (!guide) {
      spdlog::error("guide {} can't be read: {}", entry.path().filename().string(), guide.error().key);
      continue;
    }
    auto slug = guide->slug;
    shelf.emplace(std::move(slug), std::make_shared<const Guide>(*std::move(guide)));
  }
  return shelf;
}

// Parsed definitions by guide and version: a definition never changes under its version.
class Parsed {
 public:
  Result<std::shared_ptr<const Guide>> of(const rows::GuideRow& row) {
    const auto key = row.id.text() + "/" + std::to_string(row.version);
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
    }
    TRY(auto guide, parse_guide(row.yaml, row.slug + ".yaml"));
    auto made = std::make_shared<const Guide>(std::move(guide));
    const std::scoped_lock lock(mutex_);
    if (kept_.size() > 500) kept_.clear();
    kept_.emplace(key, made);
    return made;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Guide>> kept_;
};

Parsed& parsed() {
  static Parsed kept;
  return kept;
}

Result<LibraryGuide> whole(const rows::GuideRow& row) {
  TRY(auto guide, parsed().of(row));
  return LibraryGuide{row.id, row.slug, row.shipped, row.version, std::move(guide)};
}

Result<std::string> checked_title(const std::string& title) {
  auto clean = text::clean_line(title);
  if (clean.empty()) return fail_field("title", "guide.workbook.no_title");
  if (text::length(clean) > 120) return fail_field("title", "guide.workbook.long_title");
  return clean;
}

Done changed(store::Tx& tx, const Id& workbook) {
  TRY_DONE(tx.touch("workbooks"));
  return tx.touch("workbook/" + workbook.text());
}

constexpr std::int64_t kUndoMs = 30LL * 24 * 60 * 60 * 1000;

}  // namespace

const Shelf& shipped_guides() {
  static const Shelf shelf = read_shelf();
  return shelf;
}

Result<std::vector<LibraryGuide>> guides(store::Read& db, const store::Scope& scope) {
  TRY(const auto kept, rows::guides(db, scope));
  std::vector<LibraryGuide> all;
  for (const auto& row : kept) {
    TRY(auto guide, whole(row));
    all.push_back(std::move(guide));
  }
  return all;
}

Result<LibraryGuide> guide_of(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto row, rows::guide(db, scope, id));
  return whole(row);
}

Result<Id> adopt_guide(store::Tx& tx, const store::Scope& scope, std::string_view slug) {
  TRY(const auto kept, rows::guide_by_slug(tx, scope, slug));
  if (kept) return kept->id;
  const auto found = shipped_guides().find(slug);
  if (found == shipped_guides().end()) return fail(Fault::not_found, "guide.unknown");
  const auto id = tx.fresh_id();
  TRY_DONE(rows::add_guide(tx, scope, {id, std::string(slug), to_yaml(*found->second), true, 1}));
  TRY_DONE(tx.record("guide", id, {"slug"}));
  return id;
}

Result<Id> put_guide(store::Tx& tx, const store::Scope& scope, const Guide& guide) {
  TRY(const auto kept, rows::guide_by_slug(tx, scope, guide.slug));
  if (kept) {
    TRY(const auto before, whole(*kept));
    TRY(const auto after, replace_guide(*before.guide, guide));
    TRY_DONE(save_guide(tx, scope, kept->id, after, kept->version));
    return kept->id;
  }
  const auto id = tx.fresh_id();
  TRY_DONE(rows::add_guide(tx, scope, {id, guide.slug, to_yaml(guide), false, 1}));
  TRY_DONE(tx.record("guide", id, {"slug"}));
  return id;
}

Result<Id> copy_guide(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title) {
  TRY(const auto source, guide_of(tx, scope, id));
  Guide copy = *source.guide;
  copy.based_on = source.slug;
  copy.based_on_version = copy.version;
  return put_beside(tx, scope, std::move(copy), title);
}

Result<Id> put_beside(store::Tx& tx, const store::Scope& scope, Guide guide, const std::string& title) {
  TRY(const auto name, checked_title(title));
  for (const auto language : kLanguages) guide.title.say(language, name);
  guide.slug = text::slug(name).substr(0, kLongestId);
  while (!guide.slug.empty() && guide.slug.back() == '-') guide.slug.pop_back();
  if (guide.slug.empty()) guide.slug = "guide";
  TRY(const auto taken, taken_by(tx, scope, guide.slug, Language::en));
  if (taken) return fail_field("title", "guide.copy.taken");
  return put_guide(tx, scope, guide);
}

Result<std::optional<Taken>> taken_by(store::Read& db, const store::Scope& scope, std::string_view slug, Language language) {
  TRY(const auto row, rows::guide_by_slug(db, scope, slug));
  if (row) {
    TRY(auto kept, whole(*row));
    auto title = std::string(kept.guide->title.in(language).words);
    const bool replaceable = !kept.shipped;
    return Taken{std::move(kept), std::move(title), replaceable};
  }
  const auto shipped = shipped_guides().find(slug);
  if (shipped == shipped_guides().end()) return std::nullopt;
  return Taken{std::nullopt, std::string(shipped->second->title.in(language).words), false};
}

Result<std::set<std::string, std::less<>>> answered_prompts(store::Read& db, const store::Scope& scope, const Id& guide) {
  TRY(const auto prompts, rows::answered_prompts(db, scope, guide));
  return std::set<std::string, std::less<>>(prompts.begin(), prompts.end());
}

Done save_guide(store::Tx& tx, const store::Scope& scope, const Id& id, const Guide& guide, std::int64_t version) {
  const auto yaml = to_yaml(guide);
  TRY_DONE(parse_guide(yaml, guide.slug + ".yaml"));  // what is kept can be read again
  TRY(const auto rows_changed, rows::save_guide(tx, scope, {id, guide.slug, yaml, false, version}, version));
  if (rows_changed == 0) return fail(Fault::conflict, "guide.changed");
  TRY_DONE(tx.record("guide", id, {"yaml"}));
  return tx.touch("guide/" + id.text());
}

Result<Id> open_workbook(store::Tx& tx, const store::Scope& scope, const Id& guide, const std::string& title) {
  TRY(const auto name, checked_title(title));
  TRY_DONE(rows::guide(tx, scope, guide));
  const auto id = tx.fresh_id();
  TRY_DONE(rows::add_workbook(tx, scope, {id, guide, name, tx.now_ms()}));
  TRY_DONE(tx.record("workbook", id, {"title"}));
  TRY_DONE(changed(tx, id));
  return id;
}

Result<std::vector<Workbook>> workbooks(store::Read& db, const store::Scope& scope) {
  TRY(const auto kept, rows::workbooks(db, scope));
  std::vector<Workbook> all;
  for (const auto& row : kept) {
    TRY(auto guide, guide_of(db, scope, row.guide));
    all.push_back({row.id, row.title, row.opened_ms, std::move(guide)});
  }
  return all;
}

Result<Workbook> workbook(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto row, rows::workbook(db, scope, id));
  TRY(auto guide, guide_of(db, scope, row.guide));
  return Workbook{row.id, row.title, row.opened_ms, std::move(guide)};
}

Result<std::vector<RemovedWorkbook>> removed_workbooks(store::Read& db, const store::Scope& scope) {
  return rows::removed_workbooks(db, scope, db.now_ms() - kUndoMs);
}

Done rename_workbook(store::Tx& tx, const store::Scope& scope, const Id& id, const std::string& title) {
  TRY(const auto name, checked_title(title));
  TRY(const auto count, rows::rename_workbook(tx, scope, id, name));
  if (count == 0) return fail(Fault::not_found, "guide.workbook.unknown");
  TRY_DONE(tx.record("workbook", id, {"title"}));
  return changed(tx, id);
}

Done remove_workbook(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto count, rows::mark_workbook(tx, scope, id, tx.now_ms()));
  if (count == 0) return fail(Fault::not_found, "guide.workbook.unknown");
  TRY_DONE(tx.record("workbook", id, {"removed"}));
  return changed(tx, id);
}

Done restore_workbook(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY(const auto count, rows::mark_workbook(tx, scope, id, std::nullopt));
  if (count == 0) return fail(Fault::not_found, "guide.workbook.unknown");
  TRY_DONE(tx.record("workbook", id, {"removed"}));
  return changed(tx, id);
}

}  // namespace kedge::guide
