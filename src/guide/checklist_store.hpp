// guide: rows of the checklist's tables, and nothing that decides.
#pragma once

#include <vector>

#include "guide/checklist.hpp"

namespace kedge::guide::rows {

struct ListRow {
  Id id;
  Id workbook;
  std::string prompt;
  ListState state = ListState::open;
  Date opened_on;
  Date closes_on;
  std::int64_t threshold = 5;
  bool said = false;
  Date restarted_on = {};
  bool paper = false;
};
Result<std::vector<ListRow>> lists(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt);
Result<std::vector<ListRow>> all_lists(store::Read& db, const store::Scope& scope);
Result<ListRow> list(store::Read& db, const store::Scope& scope, const Id& id);
struct OpenList {
  Id library;
  Id id;
};
Result<std::vector<OpenList>> open_lists(store::Read& db);  // of every library: in an InstallationScope
Done add_list(store::Tx& tx, const store::Scope& scope, const ListRow& row);
Done set_state(store::Tx& tx, const store::Scope& scope, const Id& id, ListState state);
Done set_restarted(store::Tx& tx, const store::Scope& scope, const Id& id, const Date& day);

struct ItemRow {
  std::string item;
  std::string label;
  std::int64_t position = 0;
  std::optional<disclosure::Band> well;
  std::optional<disclosure::Band> better;
};
Result<std::vector<ItemRow>> items(store::Read& db, const store::Scope& scope, const Id& list);
Done add_item(store::Tx& tx, const store::Scope& scope, const Id& list, const ItemRow& row);
Done set_bands(store::Tx& tx, const store::Scope& scope, const Id& list, const ItemRow& row);

Result<std::vector<Id>> roster(store::Read& db, const store::Scope& scope, const Id& list);
Done add_to_roster(store::Tx& tx, const store::Scope& scope, const Id& list, const Id& member);
Result<std::optional<store::Bytes>> ticket(store::Read& db, const store::Scope& scope, const Id& list);
Done add_ticket(store::Tx& tx, const store::Scope& scope, const Id& list, const Id& member, const store::Bytes& sealed);
Result<std::optional<store::Bytes>> box(store::Read& db, const store::Scope& scope, const Id& list);
Done add_box(store::Tx& tx, const store::Scope& scope, const Id& list, const store::Bytes& sealed);
Done set_box(store::Tx& tx, const store::Scope& scope, const Id& list, const store::Bytes& sealed);
// The box and the tickets go.
Done empty(store::Tx& tx, const store::Scope& scope, const Id& list);

Result<std::vector<std::string>> comments(store::Read& db, const store::Scope& scope, const Id& list);
Done add_comment(store::Tx& tx, const store::Scope& scope, const Id& list, const std::string& words);
Result<std::vector<std::string>> proposals(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt);
Done add_proposal(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label);
Done drop_proposals(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt);
Done drop_proposal(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label);

}  // namespace kedge::guide::rows
