// plan pages: the form of an action, from fields to what was typed and back. Inside plan pages only.
#pragma once

#include "plan/pages/action.hpp"

namespace kedge::plan::pages {

[[nodiscard]] ActionFields fields_of(const web::Form& form, const Action& action, const Owners& owners);
// The action as typed, over `kept` (what the form does not carry). Errors: invalid at "owner", "due", "status".
[[nodiscard]] Result<Action> typed_action(store::Read& db, const web::Request& request, const web::Context& context, Action kept);

// What a field for the next look says: how long an empty one waits.
[[nodiscard]] std::string look_help(const web::Context& context);

// What is said after saving: that its day has passed already, where it has.
[[nodiscard]] std::string_view said_after(const web::Context& context, const Action& action, std::string_view otherwise);

}  // namespace kedge::plan::pages
