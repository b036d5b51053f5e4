#include "directory/taking_along.hpp"

#include "directory/directory_store.hpp"

namespace kedge::directory {

Result<std::vector<Line>> all_lines(store::Read& db, const store::Scope& scope) {
  TRY(const auto all, organizations(db, scope));
  TRY(const auto people, contacts(db, scope));
  std::vector<Line> lines;
  const auto add = [&](const Organization& organization, const Contact& contact) {
    Line line;
    line.row = static_cast<int>(lines.size()) + 2;
    line.organization = organization;
    line.contact = contact;
    lines.push_back(std::move(line));
  };
  for (const auto& one : *all) {
    bool alone = true;
    for (const auto& person : *people) {
      if (person.organization != one.id) continue;
      alone = false;
      add(one, person);
    }
    if (alone) add(one, {});
  }
  return lines;
}

Result<ChangedAt> changed_at(store::Read& db, const store::Scope& scope) {
  TRY(const auto rows, db.all(kChangedAt, scope.library));
  ChangedAt all;
  for (const auto& row : rows) all[row.id] = row.changed_ms;
  return all;
}

}  // namespace kedge::directory
