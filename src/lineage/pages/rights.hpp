// What a reader may do on the pages of the thread. The routes say it too; here it decides which forms are shown.
#pragma once

#include "web/context.hpp"

namespace kedge::lineage::pages {

// The board reads; everybody who fills the workbook changes.
[[nodiscard]] inline bool may_change(const web::Context& context) {
  return context.scope().roles.any({Role::administrator, Role::lead, Role::staff, Role::intern});
}
[[nodiscard]] inline bool may_lead(const web::Context& context) { return context.scope().roles.any({Role::administrator, Role::lead}); }

// After a conflict: what somebody else saved meanwhile, beside what was typed.
struct Differing {
  std::string label;
  std::string theirs;
  std::string typed;
};

}  // namespace kedge::lineage::pages
