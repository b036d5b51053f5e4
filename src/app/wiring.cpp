#include "app/wiring.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "app/installation.hpp"
#include "app/pages/routes.hpp"
#include "directory/directory.hpp"
#include "directory/pages/routes.hpp"
#include "guide/pages/routes.hpp"
#include "guide/checklist.hpp"
#include "guide/sweep.hpp"
#include "guide/workbook.hpp"
#include "identity/asking.hpp"
#include "identity/departures.hpp"
#include "identity/example.hpp"
#include "identity/logo.hpp"
#include "identity/members.hpp"
#include "identity/pages/routes.hpp"
#include "identity/sessions.hpp"
#include "lineage/lineage.hpp"
#include "lineage/pages/routes.hpp"
#include "mail/mail.hpp"
#include "plan/pages/routes.hpp"
#include "plan/plan.hpp"
#include "search/pages/routes.hpp"
#include "store/erasures.hpp"
#include "store/schema.hpp"
#include "web/presence.hpp"
#include "web/serve.hpp"

namespace kedge::app {
namespace {

// Work of a module, library by library.
template <Done (*sweep)(store::Tx&, const store::Scope&)>
Done in_each_library(Hands& hands) {
  TRY(const auto libraries, hands.db.read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
  for (const auto& library : libraries) {
    const store::Scope scope{library.id, Id(), Roles()};
    TRY_DONE(hands.db.write(scope, [&](store::Tx& tx) { return sweep(tx, scope); }));
  }
  return {};
}

// One that fails does not keep the others from their work; the first is told.
Done sweep_libraries(Hands& hands) {
  TRY(const auto libraries, hands.db.read(store::InstallationScope{}, [](store::Read& db) { return identity::libraries(db); }));
  Done all;
  for (const auto& library : libraries) {
    const store::Scope scope{library.id, Id(), Roles()};
    for (const auto& slice : slices()) {
      if (slice.sweep == nullptr) continue;
      auto done = hands.db.write(scope, [&](store::Tx& tx) { return slice.sweep(tx, scope); });
      if (!done && all) all = std::move(done);
    }
  }
  return all;
}

Done tend_lists(Hands& hands) {
  TRY_DONE(guide::tend_checklists(hands.db, hands.keyring));
  return {};
}
// About once a minute each, at a moment of no second's beat, so that what is rewritten does not tell what was saved.
Done stir_lists(Hands& hands) {
  return guide::stir_checklists(hands.db, hands.keyring, 60, [](std::size_t boxes) {
    std::this_thread::sleep_for(std::chrono::milliseconds(crypto::random_below(1 + 900 / static_cast<std::uint32_t>(boxes))));
  });
}
Done start_lists_empty(Hands& hands) { return guide::start_lists_empty(hands.db, hands.keyring); }

// Who left since the backup leaves again, in every slice; the example that was erased goes again.
Done close_again(Hands& hands) {
  auto tables = tables_of_a_library();
  tables.insert(tables.end(), identity::kTables.begin(), identity::kTables.end());
  TRY_DONE(identity::erase_example_again(hands.db, hands.keyring, tables));
  TRY(const auto gone, identity::departures(hands.keyring));
  for (const auto& one : gone) {
    const store::Scope scope{one.library, Id(), {}};
    TRY_DONE(hands.db.write(scope, [&](store::Tx& tx) -> Done {
      TRY(const bool closed, identity::close_again(tx, scope, one.member, one.trace));
      return closed ? erase_member(tx, scope, one.member) : Done{};
    }));
  }
  return identity::forget_keys_of_the_left(hands.db, hands.keyring);
}

Done write_letters(Hands& hands) {
  if (!hands.mail.on()) return {};
  return plan::pages::write_digests({hands.db, hands.keyring, hands.public_url, hands.clock.now_ms()});
}

// The layer order of CMakeLists.txt.
const std::array kSlices{
    Slice{.name = "store",
          .migrations = store::kMigrations,
          .tables = {{"change", Goes::stays}, {"ledger", Goes::to_read, {"previous", "digest"}}, {"ledger_head", Goes::stays}, {"idempotency", Goes::stays}, {"job", Goes::stays}},
          .jobs = {{store::kErasedJob, [](Hands& hands, const store::Job& job) { return store::note_erased(hands.keyring, job); }}},
          .daily = [](Hands& hands) { return store::tidy(hands.db); }},
    Slice{.name = "mail",
          .migrations = mail::kMigrations,
          .tables = {{"letter", Goes::stays}},
          .daily = [](Hands& hands) { return mail::tidy(hands.db); },
          .erase_member = mail::withdraw},
    Slice{.name = "identity",
          .migrations = identity::kMigrations,
          // without its key a member's public half opens nothing: whoever comes in by a link gets a new pair
          .tables = {{"library"}, {"branch"}, {"member", Goes::along, {"public_key"}}, {"logo"}, {"member_wrap", Goes::stays}, {"session", Goes::stays},
                     {"invitation", Goes::stays}, {"join_code", Goes::stays}, {"sign_in_link", Goes::stays}, {"second_step", Goes::stays}},
          .routes = {identity::pages::kRoutes},
          .search = identity::pages::kSources,
          .jobs = {{identity::kResetAskedJob,
                    [](Hands& hands, const store::Job& job) { return identity::pages::send_asked_resets(hands.db, hands.keyring, hands.public_url, job); }}},
          .at_start = [](Hands& hands) { return identity::forget_keys_of_the_left(hands.db, hands.keyring); },
          .daily = [](Hands& hands) { return identity::tidy(hands.db); },
          .sweep = identity::sweep,
          .replay_erasures = close_again},
    Slice{.name = "lineage",
          .migrations = lineage::kMigrations,
          .tables = {{"finding"}, {"finding_revision"}, {"evidence"}, {"link"}, {"theme_word"}, {"theme_hidden"}},
          .routes = {lineage::pages::kRoutes},
          .search = lineage::pages::kSources,
          .sweep = lineage::sweep},
    Slice{.name = "directory",
          .migrations = directory::kMigrations,
          .tables = {{"organization"}, {"contact"}, {"phone"}, {"told_apart"}},
          .routes = {directory::pages::kRoutes},
          .search = directory::pages::kSources,
          .sweep = directory::sweep},
    Slice{.name = "plan",
          .migrations = plan::kMigrations,
          .tables = {{"action"}, {"check_in"}, {"digest"}, {"calendar_feed", Goes::stays}, {"action_link", Goes::stays}},
          .routes = {plan::pages::kRoutes},
          .search = plan::pages::kSources,
          .each_minute = write_letters,
          .sweep = plan::sweep,
          .erase_member = plan::erase_member},
    Slice{.name = "guide",
          .migrations = guide::kMigrations,
          .tables = {{"guide"}, {"workbook"}, {"answer"}, {"answer_revision"}, {"private_answer", Goes::stays}, {"private_revision", Goes::stays}, {"private_beside", Goes::stays},
                     {"checklist"}, {"checklist_item"}, {"checklist_roster"}, {"checklist_ticket", Goes::stays}, {"checklist_box", Goes::stays}, {"checklist_comment"},
                     {"checklist_proposal"}, {"board_page"}, {"sheet"}},
          .routes = {guide::kRoutes},
          .search = guide::kSources,
          .at_start = tend_lists,
          .each_second = stir_lists,
          .each_minute = tend_lists,
          .sweep = guide::sweep,
          .replay_erasures = [](Hands& hands) { return guide::take_back_again(hands.db, hands.keyring); },
          .after_restore = start_lists_empty,
          .erase_member = guide::erase_private},
    Slice{.name = "search", .routes = {search::pages::kRoutes}, .search = search::pages::kSources},
    Slice{.name = "web", .migrations = web::kMigrations, .tables = {{"presence", Goes::stays}}, .each_minute = in_each_library<web::forget_absent>},
    Slice{.name = "app", .routes = {pages::kRoutes}, .daily = sweep_libraries},
};

}  // namespace

std::span<const Slice> slices() { return kSlices; }

std::vector<store::Migration> migrations() {
  std::vector<store::Migration> all;
  for (const auto& slice : kSlices) all.insert(all.end(), slice.migrations.begin(), slice.migrations.end());
  return all;
}

std::vector<web::Routes> routes() {
  std::vector<web::Routes> all;
  for (const auto& slice : kSlices) all.insert(all.end(), slice.routes.begin(), slice.routes.end());
  return all;
}

const store::Schema& schema() {
  static const auto kept = [] {
    store::Schema made;
    for (const auto& migration : migrations()) static_cast<void>(store::read_migration(made, migration.text));
    return made;
  }();
  return kept;
}

// A table that refers to another was made after it, so the last made is emptied first.
std::vector<std::string_view> tables_of_a_library() {
  std::vector<std::string_view> tables;
  for (const auto& table : schema().tables)
    if (table.scoped && std::ranges::find(identity::kTables, table.name) == identity::kTables.end()) tables.push_back(table.name);
  std::ranges::reverse(tables);
  return tables;
}

Done erase_member(store::Tx& tx, const store::Scope& scope, const Id& member) {
  for (const auto& slice : kSlices)
    if (slice.erase_member != nullptr) TRY_DONE(slice.erase_member(tx, scope, member));
  return {};
}

Done replay_erasures(Hands& hands) {
  for (const auto& slice : kSlices)
    if (slice.replay_erasures != nullptr) TRY_DONE(slice.replay_erasures(hands));
  return {};
}

Done after_restore(Hands& hands) {
  TRY_DONE(replay_erasures(hands));
  for (const auto& slice : kSlices)
    if (slice.after_restore != nullptr) TRY_DONE(slice.after_restore(hands));
  return {};
}

}  // namespace kedge::app
