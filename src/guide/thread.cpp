#include "guide/thread.hpp"

#include <algorithm>
#include <set>

namespace kedge::guide {

Result<std::vector<Checklist>> closed_lists(store::Read& db, const store::Scope& scope, const Workbook& book) {
  std::vector<Checklist> all;
  for (const auto& section : book.definition().sections) {
    for (const auto& prompt : section.prompts) {
      if (prompt.kind != Kind::checklist) continue;
      TRY(const auto lists, checklists(db, scope, book.id, prompt.id));
      std::vector<Checklist> here;
      for (const auto& list : lists)
        if (list.state != ListState::open) here.push_back(list);
      std::ranges::stable_sort(here, {}, [](const Checklist& list) { return list.closes_on.text(); });
      all.insert(all.end(), here.begin(), here.end());
    }
  }
  return all;
}

Result<Thread> thread_of(store::Read& db, const store::Scope& scope, const Id& workbook, const std::vector<Checklist>& closed) {
  Thread thread;
  std::set<std::pair<std::string, std::string>> here;
  here.emplace("elsewhere", workbook.text());  // what did not come along with its file
  std::set<std::string> wanted;
  TRY(const auto all, answers(db, scope, workbook));
  for (const auto& answer : all) here.emplace("answer", answer.id.text());
  for (const auto& list : closed)
    for (const auto& item : list.items) here.emplace("band", list.id.text() + "/" + item.id);
  TRY(thread.actions, plan::actions_of(db, scope, workbook));
  for (const auto& action : thread.actions) {
    here.emplace("action", action.id.text());
    TRY(auto from, lineage::came_from(db, scope, {"action", action.id.text()}));
    for (const auto& ref : from)
      if (ref.kind == "finding") wanted.insert(ref.id);
    thread.came_from.emplace(action.id, std::move(from));
  }
  TRY(const auto evidence, lineage::all_evidence(db, scope));
  for (const auto& one : *evidence) {
    thread.grounds[one.finding].push_back(one.ref);
    if (here.contains({one.ref.kind, one.ref.id})) wanted.insert(one.finding.text());
  }
  TRY(const auto findings, lineage::findings(db, scope));
  for (const auto& finding : *findings)
    if (wanted.contains(finding.id.text())) thread.findings.push_back(finding);
  std::ranges::sort(thread.findings, {}, [](const lineage::Finding& finding) { return std::pair(finding.statement, finding.theme); });
  return thread;
}

}  // namespace kedge::guide
