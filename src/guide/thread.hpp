// guide: the part of the golden thread that hangs on one workbook: its actions, and the findings of it.
#pragma once

#include <map>
#include <vector>

#include "guide/checklist.hpp"
#include "guide/workbook.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"

namespace kedge::guide {

// The closed lists of a workbook, prompt by prompt, oldest first. An open one tells nothing, not even that it is there.
[[nodiscard]] Result<std::vector<Checklist>> closed_lists(store::Read& db, const store::Scope& scope, const Workbook& book);

struct Thread {
  std::vector<plan::Action> actions;                  // of its action table, as they were made
  std::map<Id, std::vector<lineage::Ref>> came_from;  // of each action
  std::vector<lineage::Finding> findings;             // that rest on an answer, a band or an action of it, or that an action came from; by their sentences
  std::map<Id, std::vector<lineage::Ref>> grounds;    // of each finding
};
[[nodiscard]] Result<Thread> thread_of(store::Read& db, const store::Scope& scope, const Id& workbook, const std::vector<Checklist>& closed);

}  // namespace kedge::guide
